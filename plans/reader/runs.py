"""The visible text of a Word paragraph: changes as accepted, old fonts converted."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from core.text import legacy
from plans.reader.numbering import W, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted or moved-away text, field codes, notes, and the second copy of a drawing.
SKIPPED = {
    W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "footnoteReference",
    W + "endnoteReference", W + "footnoteRef", W + "endnoteRef", W + "annotationRef",
    W + "pPr", W + "rPr", W + "sectPr", W + "tblPr", W + "trPr", W + "tcPr", MC + "Fallback",
}  # fmt: skip
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-", W + "cr": "\n",
         W + "softHyphen": ""}  # fmt: skip
PAGE_BREAKS = ("page", "column")


class Fonts:
    """Which runs are set in a font from before Unicode: by the run, its style or the default."""

    def __init__(self, styles: Element | None, *, fallback: str | None) -> None:
        self._own: dict[str, str | None] = {}
        self._base: dict[str, str | None] = {}
        self._default = ""
        self.fallback = fallback  # the coding guessed for a text without such fonts
        if styles is None:
            return
        defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        default_style = ""
        for style in styles.findall(W + "style"):
            name = style.get(W + "styleId", "")
            self._own[name] = font_of(style.find(W + "rPr"))
            self._base[name] = value(style, "basedOn")
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                default_style = name
        self._default = self._of_style(default_style) or font_of(defaults) or ""

    def _of_style(self, name: str | None) -> str | None:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            if self._own.get(name):
                return self._own[name]
            name = self._base.get(name)
        return None

    def of_paragraph(self, properties: Element | None) -> str:
        return self._of_style(value(properties, "pStyle")) or self._default

    def of_run(self, properties: Element | None, paragraph: str) -> str:
        if properties is None:
            return paragraph
        return font_of(properties) or self._of_style(value(properties, "rStyle")) or paragraph


def font_of(properties: Element | None) -> str | None:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    if fonts is None:
        return None
    return fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs")


@dataclass(slots=True)
class Text:
    """Pieces of one paragraph by the coding of their font; text boxes are collected apart."""

    fonts: Fonts
    paragraph_font: str = ""
    pieces: list[tuple[str, str | None, bool]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def read(self, element: Element, font: str | None = None) -> None:
        font = self.paragraph_font if font is None else font
        for child in element:
            if child.tag in SKIPPED or _is_hidden(child):
                continue
            if child.tag == W + "t":
                self._add(child.text or "", font)
            elif child.tag in SIGNS:
                self._add(SIGNS[child.tag], font)
            elif child.tag == W + "br":
                self._add(" " if child.get(W + "type") in PAGE_BREAKS else "\n", font)
            elif child.tag == W + "txbxContent":
                self.boxes.append(child)
            elif child.tag == W + "r":
                self.read(child, self.fonts.of_run(child.find(W + "rPr"), self.paragraph_font))
            else:
                self.read(child, font)

    def _add(self, text: str, font: str) -> None:
        kind, is_capital = legacy.of_font(font) or self.fonts.fallback, legacy.is_capital_font(font)
        if self.pieces and self.pieces[-1][1:] == (kind, is_capital):
            text = self.pieces.pop()[0] + text  # a letter and its mark may stand in two runs
        self.pieces.append((text, kind, is_capital))

    def __str__(self) -> str:
        return "".join(
            (converted.upper() if is_capital else converted)
            for text, kind, is_capital in self.pieces
            for converted in [legacy.convert(text, kind) if kind else text]
        )


def _is_hidden(run: Element) -> bool:
    properties = run.find(W + "rPr") if run.tag == W + "r" else None
    hidden = properties.find(W + "vanish") if properties is not None else None
    return hidden is not None and hidden.get(W + "val") not in ("0", "false")


def is_deleted(properties: Element | None, inner: str | None = None) -> bool:
    """Whether a table row (w:trPr) or a paragraph's end (w:pPr, ``inner`` w:rPr) was deleted."""
    if properties is not None and inner:
        properties = properties.find(W + inner)
    return properties is not None and any(
        properties.find(W + name) is not None for name in ("del", "moveFrom")
    )


def guess(document: Element) -> str | None:
    """The old coding of a document whose fonts do not tell it."""
    pieces, size = [], 0
    for element in document.iter(W + "t"):
        pieces.append(element.text or "")
        size += len(pieces[-1])
        if size > 20_000:
            break
    return legacy.guess(" ".join(pieces))
