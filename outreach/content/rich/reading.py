"""Safe HTML -> blocks: whatever stands in whatever, set in plain order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lxml import html as lxml_html

from outreach.content.rich.blocks import HEADINGS, LISTS, Block, Item, Run, target, tidy

_DEEPEST = 3  # lists in lists; what is deeper is lifted to there
_STYLES = {"strong": {"bold": True}, "em": {"italic": True}}


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    italic: bool = False
    href: str = ""


def blocks_of_html(html: str) -> list[Block]:
    """``html`` holds only the tags that the sanitiser lets through."""
    if not html.strip():
        return []
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return _Reader().read(root, is_quote=False)


class _Reader:
    """Gathers letters until a block begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.kind = "p"

    def read(self, element: Any, *, is_quote: bool) -> list[Block]:
        self._inside(element, _Style(), is_quote)
        self._end()
        return self.blocks

    def _inside(self, element: Any, style: _Style, is_quote: bool) -> None:
        self._say(element.text, style)
        for child in element:
            self._child(child, style, is_quote)
            self._say(child.tail, style)

    def _child(self, child: Any, style: _Style, is_quote: bool) -> None:
        tag = child.tag
        if tag == "br":
            self.runs.append(Run("\n", style.bold, style.italic, style.href))
        elif tag in _STYLES:
            self._inside(child, replace(style, **_STYLES[tag]), is_quote)
        elif tag == "a":
            href = target(child.get("href") or "")
            self._inside(child, replace(style, href=href or style.href), is_quote)
        elif tag in LISTS:
            self._end()
            self.blocks.extend(_list(child, 1))
        elif tag == "blockquote" and not is_quote:
            self._end()
            blocks = _Reader().read(child, is_quote=True)
            if blocks:
                self.blocks.append(Block("blockquote", blocks=blocks))
        else:
            self._end(tag if tag in HEADINGS and not is_quote else "p")
            self._inside(child, style, is_quote)
            self._end()

    def _say(self, text: str | None, style: _Style) -> None:
        if text:
            # A line feed of the source is a space; only <br> breaks a line.
            self.runs.append(Run(text.replace("\n", " "), style.bold, style.italic, style.href))

    def _end(self, kind: str = "p") -> None:
        runs = tidy(self.runs)
        if runs:
            self.blocks.append(Block(self.kind, runs=runs))
        self.runs, self.kind = [], kind


def _list(element: Any, depth: int) -> list[Block]:
    """A list, or nothing where it has no words."""
    items: list[Item] = []
    for child in element:
        if child.tag == "li":
            items.extend(_item(child, depth))
        elif child.tag in LISTS:  # Word and old editors put a list right into a list
            below = _list(child, depth + 1)
            if items and depth < _DEEPEST:
                items[-1].lists.extend(below)
            else:
                items.extend(item for block in below for item in block.items)
    return [Block(element.tag, items=items)] if items else []


def _item(element: Any, depth: int) -> list[Item]:
    """The words of the item before its lists; paragraphs in it are lines. A list stays below."""
    inner = _Reader().read(element, is_quote=True)
    runs: list[Run] = []
    lists: list[Block] = []
    for block in inner:
        if block.kind in LISTS:
            lists.append(block)
        else:
            runs.extend([Run("\n"), *block.runs] if runs else block.runs)
    runs = tidy(runs)
    if depth >= _DEEPEST:
        lifted = [item for block in lists for item in block.items]
        return [*([Item(runs)] if runs else []), *lifted]
    if not runs:
        return [item for block in lists for item in block.items]
    return [Item(runs, lists)]
