"""HTML as Word, LibreOffice and Google Docs put it on the clipboard, in ordinary tags.

Word writes a list as paragraphs with ``mso-list`` in their style and the mark as text, headings
sometimes as paragraphs of a class, bold as a style. All that would be lost with the styles.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from outreach.content.rich.blocks import BULLETS

_NOT_TEXT = [
    "script",
    "style",
    "xml",
    "title",
    "head",
    "meta",
    "link",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "textarea",
    "select",
    "button",
    "form",
    "input",
    "canvas",
    "audio",
    "video",
    "frameset",
    "frame",
]
_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_HEADING_CLASS = re.compile(r"MsoHeading([1-6])|^heading-?([1-6])$", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:\d+|[a-zA-ZđĐ]|[ivxIVX]+)[.)/]")
_BULLET = re.compile(rf"\s*[{BULLETS}]\s")
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NORMAL = re.compile(r"font-weight:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*italic", re.IGNORECASE)
_CONDITION = re.compile(r"<!\[(?:if|endif)[^>]*>|<!--\[(?:if [^\]]*|endif)\]-->", re.IGNORECASE)
_HIDDEN_PART = re.compile(r"<!--\[if (?!!supportLists)[^\]]*\]>.*?<!\[endif\]-->", re.I | re.S)
_DEEPEST = 100  # elements in elements; nothing that people write goes so deep


def without_word(html: str) -> str:
    """The same in ordinary tags, for the sanitiser behind. Never safe by itself."""
    html = _CONDITION.sub("", _HIDDEN_PART.sub("", html))
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    if _depth(root) > _DEEPEST:
        return " ".join(root.itertext())
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag.lower() in _NOT_TEXT:
            _drop(element)
    _headings(root)
    _styles(root)
    _tables(root)
    _lists(root)
    return lxml_html.tostring(root, encoding="unicode")


def _depth(root: Any) -> int:
    deepest, here = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        here += 1 if event == "start" else -1
        deepest = max(deepest, here)
    return deepest


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _headings(root: Any) -> None:
    """Classes to tags; where a text has an h1, all go one down: the page has its own."""
    for element in root.iter("p", "div"):
        found = _HEADING_CLASS.search(element.get("class") or "")
        if found:
            element.tag = f"h{found[1] or found[2]}"
        elif (element.get("class") or "").lower() == "msotitle":
            element.tag = "h1"
    if root.find(".//h1") is not None:
        for level in (5, 4, 3, 2, 1):
            for element in list(root.iter(f"h{level}")):
                element.tag = f"h{level + 1}"
    for element in list(root.iter("h5", "h6")):
        element.tag = "h4"


def _styles(root: Any) -> None:
    for element in list(root.iter("b", "strong", "i", "em", "span", "font")):
        style = element.get("style") or ""
        if element.tag in ("b", "strong"):
            element.tag = "span" if _NORMAL.search(style) else "strong"
        elif element.tag in ("i", "em"):
            element.tag = "em"
        if element.tag in ("span", "font"):
            bold, italic = _BOLD.search(style), _ITALIC.search(style)
            if bold and italic:
                inner = etree.Element("em")
                inner.text, element.text = element.text, None
                inner.extend(list(element))
                element.append(inner)
            element.tag = "strong" if bold else "em" if italic else "span"


def _lists(root: Any) -> None:
    """Paragraphs that Word calls items become lists, each run of them one."""
    stack: list[tuple[int, Any]] = []
    before: Any = None
    for element in list(root.iter("p")):
        level = _level(element)
        if not level:
            continue
        if before is None or element.getprevious() is not before or not stack:
            stack = []
        kind, mark = _kind_of(element)
        while stack and stack[-1][0] > level:
            stack.pop()
        if not stack or stack[-1][0] < level:
            new = etree.Element(kind)
            if stack and len(stack[-1][1]):
                stack[-1][1][-1].append(new)
            else:
                element.addprevious(new)
                before = new
            stack.append((level, new))
        _cut(element, mark)
        tail, element.tail = element.tail, None
        element.tag = "li"
        stack[-1][1].append(element)
        before = stack[0][1]
        if tail and tail.strip():
            before.tail, stack = tail, []


def _level(element: Any) -> int:
    found = _LIST.search(element.get("style") or "")
    if found:
        return int(found[1])
    is_marked = _BULLET.match("".join(element.itertext())) and len("".join(element.itertext())) > 2
    return 1 if is_marked else 0


def _kind_of(element: Any) -> tuple[str, str]:
    """ul or ol by the mark, and the mark where it is text of the paragraph itself."""
    for span in list(element.iter("span", "strong", "em", "font")):
        if _IGNORED.search(span.get("style") or ""):
            mark = "".join(span.itertext())
            _drop(span)
            return ("ol" if _NUMBERED.match(mark) else "ul"), ""
    text = "".join(element.itertext())
    if bullet := _BULLET.match(text):
        return "ul", bullet[0]
    if numbered := _NUMBERED.match(text):
        return "ol", numbered[0]
    return "ul", ""


def _cut(element: Any, mark: str) -> None:
    """Take the letters of ``mark`` from the beginning of ``element``."""
    left = len(mark)
    for node in element.iter():
        if left <= 0:
            return
        text = node.text or ""
        node.text, left = text[left:], left - len(text)
        if left > 0 and node is not element and node.tail:
            tail = node.tail
            node.tail, left = tail[left:], left - len(tail)


def _tables(root: Any) -> None:
    """A row is a line: an article has no tables, but no word of one is lost."""
    for row in list(root.iter("tr")):
        for cell in list(row)[1:]:
            cell.text = f" – {cell.text or ''}"
        row.tag = "p"
    for cell in list(root.iter("td", "th")):
        cell.tag = "span"
        for inner in list(cell.iter("p", "div")):
            inner.tag = "span"
