"""Small pieces of WordprocessingML: units of measure, runs, paragraph properties."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from core.docx.profiles import Look, Profile

TWIPS_A_MILLIMETRE = 56.7
TWIPS_A_POINT = 20
SINGLE = 240  # w:line of single spacing


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_A_MILLIMETRE)


def element(tag: str, **attributes: object) -> Any:
    """``<w:tag w:name="value"/>``; a name "r_id" would be of another namespace, none is needed."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def under(parent: Any, tag: str, **attributes: object) -> Any:
    """A new child ``tag`` at the end of ``parent``."""
    child = element(tag, **attributes)
    parent.append(child)
    return child


def run_properties(look: Look, profile: Profile) -> Any:
    """``w:rPr`` in the order of the schema, with all four fonts and the language."""
    properties = element("rPr")
    font = profile.fonts
    under(properties, "rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    for is_set, tags in ((look.is_bold, ("b", "bCs")), (look.is_italic, ("i", "iCs"))):
        for tag in tags:
            under(properties, tag, **({} if is_set else {"val": "0"}))
    if look.is_caps:
        under(properties, "caps")
    under(properties, "color", val=profile.colour)
    half_points = round(look.size * 2)
    under(properties, "sz", val=half_points)
    under(properties, "szCs", val=half_points)
    if look.is_underlined:
        under(properties, "u", val="single")
    under(properties, "lang", val=profile.language, eastAsia=profile.language)
    return properties


def add_run(paragraph: Any, text: str, look: Look, profile: Profile) -> Any:
    """Text into the ``w:p`` element; line ends become breaks, runs of spaces are kept."""
    run = under(paragraph, "r")
    run.append(run_properties(look, profile))
    for number, line in enumerate(text.split("\n")):
        if number:
            under(run, "br")
        written = under(run, "t")
        written.text = line
        if line != " ".join(line.split()):
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def paragraph(look: Look, *, keep_next: bool = False, new_page: bool = False,
              left: float = 0, right: float = 0, border: str = "") -> Any:  # fmt: skip
    """A ``w:p`` with its properties in the order of the schema; ``border`` is top or bottom.

    ``left`` and ``right`` are indents in millimetres.
    """
    made = element("p")
    properties = under(made, "pPr")
    if keep_next:
        under(properties, "keepNext")
    if new_page:
        under(properties, "pageBreakBefore")
    under(properties, "widowControl")
    if border:
        borders = under(properties, "pBdr")
        under(borders, border, val="single", sz="6", space="0", color="auto")
    spacing = {"before": round(look.before * 20), "after": round(look.after * 20)}
    if look.line is not None:
        under(properties, "spacing", **spacing, line=round(look.line * 20), lineRule="exact")
    else:
        line = round((look.lines or 1) * SINGLE)
        under(properties, "spacing", **spacing, line=line, lineRule="auto")
    under(properties, "ind", left=twips(left), right=twips(right), firstLine=twips(look.indent))
    under(properties, "jc", val=look.align)
    return made


def text_paragraph(text: str, look: Look, profile: Profile, **options: Any) -> Any:
    made = paragraph(look, **options)
    if text:
        add_run(made, text, look, profile)
    return made


def rule(width: float, *, length: float, gap: float = 2, before: float = 2) -> Any:
    """A solid line of 0.75 pt, ``length`` millimetres long, centred in ``width``.

    It is the upper border of an empty, low paragraph, so that it stays where the text is.
    """
    side = max(0.0, (width - length) / 2)
    return paragraph(Look(2, before=before, line=gap + 2), left=side, right=side, border="top")


def layout_table(widths: list[float]) -> Any:
    """A ``w:tbl`` without borders and cell margins that only sets things side by side."""
    table = element("tbl")
    properties = under(table, "tblPr")
    under(properties, "tblW", w=sum(map(twips, widths)), type="dxa")
    under(properties, "tblInd", w=0, type="dxa")
    under(properties, "tblLayout", type="fixed")
    margins = under(properties, "tblCellMar")
    under(margins, "left", w=0, type="dxa")
    under(margins, "right", w=0, type="dxa")
    grid = under(table, "tblGrid")
    for width in widths:
        under(grid, "gridCol", w=twips(width))
    return table


def row(table: Any, cells: list[list[Any]], widths: list[float], *, is_head: bool = False) -> Any:
    """A row that never breaks over pages; each cell is a list of paragraphs (at least one)."""
    made = under(table, "tr")
    properties = under(made, "trPr")
    under(properties, "cantSplit")
    if is_head:
        under(properties, "tblHeader")
    for paragraphs, width in zip(cells, widths, strict=True):
        cell = under(made, "tc")
        cell_properties = under(cell, "tcPr")
        under(cell_properties, "tcW", w=twips(width), type="dxa")
        for content in paragraphs or [paragraph(Look(2, line=2))]:
            cell.append(content)
    return made
