"""Word (.docx) -> rows of text: numbering resolved, deletions left out, tables told apart.

A table that only lays out the head or the foot of a document is read cell by cell; a table
with column headings is read row by row.
"""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from plans.reader.normalise import columns, squeeze, unify
from plans.reader.numbering import Numbering, W, value, whole
from plans.reader.package import DAMAGED, Package
from plans.reader.reading import UnreadableFileError
from plans.reader.runs import SKIPPED, Fonts, Text, guess, is_deleted
from plans.reader.tables import is_data_table


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph, or one row of a data table, before it gets its number."""

    text: str
    raw: str
    cells: tuple[str, ...] | None = None
    table: int | None = None
    is_centred: bool = False
    after_blank: bool = False
    gaps: list[str] | None = None
    is_note: bool = False
    is_doubtful: bool = False


def rows(data: bytes) -> list[Row]:
    """The rows of the document in reading order.

    Raises :class:`UnreadableFileError` when the package is damaged, encrypted or unsafe.
    """
    package = Package(data)
    document = package.xml("word/document.xml")
    body = document.find(W + "body") if document is not None else None
    if body is None:
        raise UnreadableFileError(DAMAGED)
    styles = package.xml("word/styles.xml")
    numbering = Numbering(package.xml("word/numbering.xml"), styles)
    walk = _Walk(numbering, Fonts(styles, fallback=guess(body)))
    return walk.blocks(body) + _notes(package, walk)


def _notes(package: Package, walk: "_Walk") -> list[Row]:
    """Footnotes and endnotes, behind the text and apart from it."""
    result = []
    for part, tag in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes = package.xml(part)
        for note in notes.findall(W + tag) if notes is not None else ():
            if note.get(W + "type") not in (None, "normal"):
                continue  # the line that parts notes from the text
            text = " ".join(row.text for row in walk.blocks(note))
            if text:
                result.append(
                    Row(text, f"Chú thích {note.get(W + 'id', '')}: {text}", is_note=True)
                )
    return result


class _Walk:
    """Keeps the counters of numbering while it goes through the document once."""

    def __init__(self, numbering: Numbering, fonts: Fonts) -> None:
        self._numbering = numbering
        self._fonts = fonts
        self._tables = -1
        self._carried = ""  # text of paragraphs whose end was deleted: it goes on in the next

    def blocks(self, parent: Element) -> list[Row]:
        result: list[Row] = []
        blank = False
        for element in parent:
            if element.tag == W + "p":
                found = self._paragraph(element)
                if found and blank:
                    found[0] = replace(found[0], after_blank=True)
                blank = not found
                result += found
            elif element.tag == W + "tbl":
                result += self._table(element)
                blank = False
            elif element.tag not in SKIPPED:
                found = self.blocks(element)  # content controls, insertions, custom XML
                result += found
                blank = blank and not found
        if self._carried:
            rest, self._carried = unify(self._carried), ""
            result.append(Row(squeeze(rest), rest.strip()))
        return result

    def _paragraph(self, element: Element) -> list[Row]:
        properties = element.find(W + "pPr")
        found = Text(self._fonts, self._fonts.of_paragraph(properties))
        found.read(element)
        shown, self._carried = self._carried + str(found), ""
        in_boxes = [row for box in found.boxes for row in self.blocks(box)]
        if is_deleted(properties, "rPr"):
            self._carried = shown
            return in_boxes
        lines = [line for line in unify(shown).split("\n") if line.strip()]
        if not lines:
            return in_boxes
        label = self._numbering.label(properties)
        is_centred = value(properties, "jc") == "center"
        result = []
        for number, line in enumerate(lines):
            shown = f"{label} {line}" if label and number == 0 else line
            for part in columns(shown) if not label and "\t" in shown else [shown]:
                result.append(Row(squeeze(part), part.strip(), is_centred=is_centred))
        return result + in_boxes

    def _table(self, table: Element) -> list[Row]:
        grid = [self._cells(row) for row in _rows_of(table)]
        filled = _fill_merged(grid)
        texts = [[_joined(cell.rows) for cell in row] for row in filled]
        if is_data_table(texts):
            self._tables += 1
            return [
                Row(" | ".join(map(_flat, row)), " | ".join(map(_flat, row)), tuple(row),
                    self._tables)
                for row in texts
                if any(row)
            ]  # fmt: skip
        return [row for line in grid for cell in line if not cell.is_merged for row in cell.rows]

    def _cells(self, row: Element) -> list["_Cell"]:
        result = []
        for cell in _children(row, W + "tc"):
            properties = cell.find(W + "tcPr")
            merge = properties.find(W + "vMerge") if properties is not None else None
            is_merged = merge is not None and merge.get(W + "val") != "restart"
            span = min(max(whole(value(properties, "gridSpan"), 1), 1), 63)
            result.append(_Cell(self.blocks(cell), is_merged))
            result += [_Cell([], False)] * (span - 1)
        return result


@dataclass(frozen=True, slots=True)
class _Cell:
    rows: list[Row]
    is_merged: bool


def _rows_of(table: Element) -> list[Element]:
    return [row for row in _children(table, W + "tr") if not is_deleted(row.find(W + "trPr"))]


def _children(parent: Element, tag: str) -> list[Element]:
    """Children with ``tag``, also inside content controls and insertions."""
    result = []
    for child in parent:
        if child.tag == tag:
            result.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            result += _children(child, tag)
    return result


def _fill_merged(grid: list[list[_Cell]]) -> list[list[_Cell]]:
    """A cell merged downwards counts for each of its rows."""
    result: list[list[_Cell]] = []
    for row in grid:
        above = result[-1] if result else []
        result.append(
            [above[i] if cell.is_merged and i < len(above) else cell for i, cell in enumerate(row)]
        )
    return result


def _joined(found: list[Row]) -> str:
    return "\n".join(row.text for row in found)


def _flat(text: str) -> str:
    return text.replace("\n", " ")
