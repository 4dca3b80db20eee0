"""Automatic numbers of Word (numbering.xml): what a person sees in front of a paragraph.

Handles startOverride, lvlRestart, isLgl, numbering that comes from a style (also by
w:basedOn and w:numStyleLink), bullets, and lists shared by paragraphs in table cells.
"""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_LEVEL = 8
BULLETS = {"o": "+", "\uf0a7": "+", "\uf02b": "+", "\uf0fc": "-", "\u00a7": "+", "*": "*", "+": "+"}
ROMAN = [
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
]
MAX_ROMAN = 200


@dataclass(slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class List:
    """One w:num: its levels after overrides, and the abstract list whose counters it shares."""

    abstract: str
    levels: dict[int, Level]
    overrides: dict[int, int] = field(default_factory=dict)


def value(element: Element | None, name: str) -> str | None:
    child = element.find(W + name) if element is not None else None
    return child.get(W + "val") if child is not None else None


def whole(text: str | None, default: int = 0) -> int:
    try:
        return min(max(int(text or default), 0), 10_000)
    except ValueError:
        return default


class Numbering:
    """The counters of one document. Call :meth:`label` for its paragraphs in reading order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists: dict[str, List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = _style_numbers(styles)
        self._style_levels: dict[tuple[str, str], int] = {}
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Element) -> None:
        abstracts = {
            element.get(W + "abstractNumId", ""): element
            for element in numbering.findall(W + "abstractNum")
        }
        by_style = {value(a, "styleLink"): a for a in abstracts.values() if value(a, "styleLink")}
        for num in numbering.findall(W + "num"):
            key = num.get(W + "numId", "")
            abstract = value(num, "abstractNumId") or ""
            element = abstracts.get(abstract)
            if element is None:
                continue
            linked = by_style.get(value(element, "numStyleLink"))
            levels = _levels(linked if linked is not None else element)
            overrides = {}
            for override in num.findall(W + "lvlOverride"):
                index = whole(override.get(W + "ilvl"))
                levels |= _levels(override)
                start = value(override, "startOverride")
                if start is not None:
                    overrides[index] = whole(start)
            self._lists[key] = List(abstract, levels, overrides)
            for level in (linked if linked is not None else element).findall(W + "lvl"):
                style = value(level, "pStyle")
                if style:
                    self._style_levels[key, style] = whole(level.get(W + "ilvl"))

    def label(self, properties: Element | None) -> str:
        """The number or bullet of the paragraph with these w:pPr; "" where it has none."""
        key, index = self._reference(properties)
        found = self._lists.get(key)
        if found is None or index not in found.levels:
            return ""
        level = found.levels[index]
        counters = self._counters.setdefault(found.abstract, {})
        self._advance(key, index, found, counters)
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return BULLETS.get(level.text, "-")
        text = level.text
        for n in range(index + 1):
            if f"%{n + 1}" in text:
                at = found.levels.get(n, Level())
                form = "decimal" if level.is_legal and n < index else at.form
                text = text.replace(f"%{n + 1}", write(counters.get(n, at.start), form))
        return text.strip()

    def _reference(self, properties: Element | None) -> tuple[str, int]:
        if properties is None:
            return self._styles.get(None, ("", 0))
        style = value(properties, "pStyle")
        key, index = self._styles.get(style, ("", 0))
        index = self._style_levels.get((key, style or ""), index)
        own = properties.find(W + "numPr")
        if own is not None:
            key = value(own, "numId") or key
            index = whole(value(own, "ilvl"), index if value(own, "numId") is None else 0)
        return key, min(index, MAX_LEVEL)

    def _advance(self, key: str, index: int, found: List, counters: dict[int, int]) -> None:
        level = found.levels[index]
        first_use = (key, index) not in self._begun
        self._begun.add((key, index))
        if first_use and index in found.overrides:
            counters[index] = found.overrides[index]
        elif index in counters:
            counters[index] += 1
        else:
            counters[index] = level.start
        for deeper in [n for n in counters if n > index]:
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or (restart != 0 and index < restart):
                del counters[deeper]


def _levels(element: Element) -> dict[int, Level]:
    result = {}
    for level in element.findall(W + "lvl"):
        restart = value(level, "lvlRestart")
        result[whole(level.get(W + "ilvl"))] = Level(
            start=whole(value(level, "start"), 1),
            form=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or "",
            restart=None if restart is None else whole(restart),
            is_legal=level.find(W + "isLgl") is not None,
        )
    return result


def _style_numbers(styles: Element | None) -> dict[str | None, tuple[str, int]]:
    """Style id -> (numId, level), inherited through w:basedOn. None stands for the default."""
    if styles is None:
        return {}
    own: dict[str | None, tuple[str | None, int]] = {}
    base: dict[str | None, str | None] = {}
    default = None
    for style in styles.findall(W + "style"):
        name = style.get(W + "styleId")
        properties = style.find(W + "pPr")
        numbers = properties.find(W + "numPr") if properties is not None else None
        own[name] = (value(numbers, "numId"), whole(value(numbers, "ilvl")))
        base[name] = value(style, "basedOn")
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
            default = name
    result: dict[str | None, tuple[str, int]] = {}
    for name, (number, index) in own.items():
        at, seen = name, set()
        while number is None and base.get(at) and at not in seen:
            seen.add(at)
            at = base[at]
            number = own.get(at, (None, 0))[0]
        if number:
            result[name] = (number, index or own.get(at, (None, 0))[1])
    if default in result:
        result[None] = result[default]
    return result


def write(number: int, form: str) -> str:
    """``number`` as Word prints it in the number format ``form``."""
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26) if number else ""
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < MAX_ROMAN:
        return str(number)
    result = ""
    for amount, sign in ROMAN:
        while number >= amount:
            result += sign
            number -= amount
    return result
