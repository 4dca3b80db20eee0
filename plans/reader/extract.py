"""A file's bytes or a pasted text -> its paragraphs, by what the content is."""

import re
from dataclasses import replace
from pathlib import PurePath

from plans.reader import docx, encoding, flat, old_word, pdf
from plans.reader.normalise import columns, is_noise, squeeze, unify
from plans.reader.reading import Paragraph, UnreadableFileError

MAX_BYTES = 20 * 1024 * 1024
MAX_PARAGRAPHS = 12_000
MAX_LINE = 50_000
SUFFIXES = (".docx", ".doc", ".pdf", ".txt")
TABLE_RULE = re.compile(r"^\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$")
OTHER_TYPE = (
    "Chỉ nạp được tệp Word (.docx, .doc), PDF có lớp chữ hoặc tệp chữ (.txt);"
    " hãy lưu kế hoạch thành một trong các loại này."
)
RTF = "Đây là tệp RTF; hãy mở bằng Word và lưu lại thành .docx rồi nạp lại."
NO_PLAN_FORMATS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"MZ", b"\x7fELF")


def paragraphs(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """The paragraphs of the file ``name`` with the content ``data``, in reading order.

    Raises :class:`UnreadableFileError` when it is empty, over 20 MB, damaged, encrypted,
    a scan, or of a type that is not read.
    """
    if not data:
        raise UnreadableFileError("Tệp này rỗng, không có nội dung nào để đọc.")
    if len(data) > MAX_BYTES:
        raise UnreadableFileError("Tệp lớn hơn 20 MB; hãy bớt hình ảnh trong tệp rồi nạp lại.")
    return _numbered(_rows(data, PurePath(name).suffix.lower()))


def paragraphs_of_text(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text that was pasted. Raises as :func:`paragraphs` does."""
    if not text.strip():
        raise UnreadableFileError("Chưa có chữ nào để đọc; hãy dán toàn văn kế hoạch vào ô.")
    if len(text) > MAX_BYTES // 4:
        raise UnreadableFileError("Phần chữ dán vào quá dài, không phải là một kế hoạch.")
    return _numbered(_text_rows(encoding.from_legacy(text)))


def _rows(data: bytes, suffix: str) -> list[docx.Row]:
    if suffix not in SUFFIXES or data.startswith(NO_PLAN_FORMATS):
        raise UnreadableFileError(OTHER_TYPE)
    if data.startswith(old_word.OLE):
        made, text = old_word.converted(data)
        return docx.rows(made) if made is not None else _text_rows(encoding.from_legacy(text))
    if data.startswith(b"PK") or (suffix == ".docx" and not data.startswith(b"%PDF")):
        return docx.rows(data)
    if data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF"):
        return _text_rows(encoding.from_legacy(pdf.text(data)))
    if data.startswith(b"{\\rtf"):
        raise UnreadableFileError(RTF)
    if suffix == ".pdf":
        raise UnreadableFileError(pdf.DAMAGED)
    return _text_rows(encoding.decode(data))


def _numbered(rows: list[docx.Row]) -> tuple[Paragraph, ...]:
    if len(rows) > MAX_PARAGRAPHS:
        raise UnreadableFileError("Tệp có quá nhiều đoạn, không phải là một văn bản kế hoạch.")
    rows = _with_tables(rows)
    result = tuple(
        Paragraph(
            index=index,
            text=row.text,
            raw=row.raw,
            cells=row.cells,
            table=row.table,
            is_centred=row.is_centred,
            after_blank=row.after_blank,
            is_ignored=row.is_note or (row.cells is None and is_noise(row.text)),
            is_note=row.is_note,
            is_doubtful=row.is_doubtful,
        )
        for index, row in enumerate(rows)
    )
    if not any(any(c.isalpha() for c in paragraph.text) for paragraph in result):
        raise UnreadableFileError("Tệp không có chữ nào để đọc.")
    return result


def _with_tables(rows: list[docx.Row]) -> list[docx.Row]:
    """Tables whose cells became lines are rows again."""
    result: list[docx.Row] = []
    at, table = 0, max((row.table or 0 for row in rows), default=0)
    for found in flat.find(["" if row.cells else row.text for row in rows]):
        result += rows[at : found.start]
        table += 1
        ends = [*found.firsts[1:], found.end]
        for number, (cells, first, end) in enumerate(
            zip(found.rows, found.firsts, ends, strict=True)
        ):
            raw = "\n".join(row.raw for row in rows[first:end])
            shown = " | ".join(cells)
            doubtful = number in found.doubtful
            result.append(replace(rows[first], text=shown, raw=raw, cells=cells, table=table,
                                  is_doubtful=doubtful))  # fmt: skip
        at = found.end
    return result + rows[at:]


def _one_line_end(text: str) -> str:
    return re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)


def _text_rows(text: str) -> list[docx.Row]:
    rows: list[docx.Row] = []
    table, in_table, after_blank = -1, False, False
    for line in unify(_one_line_end(text)).split("\n"):
        if len(line) > MAX_LINE:
            raise UnreadableFileError("Tệp có dòng quá dài, không phải là một văn bản kế hoạch.")
        stripped = line.strip()
        if not stripped:
            after_blank, in_table = True, False
            continue
        if stripped.startswith("|") and stripped.count("|") >= 3:
            if not TABLE_RULE.match(stripped):
                table += not in_table
                in_table = True
                cells = tuple(squeeze(cell) for cell in stripped.strip("|").split("|"))
                rows.append(docx.Row(" | ".join(cells), stripped, cells, table))
            continue
        rows.append(
            docx.Row(squeeze(stripped), line.rstrip(), after_blank=after_blank, gaps=columns(line))
        )
        in_table = after_blank = False
    return _split_columns(rows)


HEAD_END = re.compile(r"^\W*kế hoạch\b", re.I)
TAIL_START = re.compile(r"^\W*(?:nơi nhận|T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|T/UQ)", re.I)


def _split_columns(rows: list[docx.Row]) -> list[docx.Row]:
    """Two columns on one line are parted above the type and from the recipients on only."""
    head = next((i for i, row in enumerate(rows[:40]) if HEAD_END.match(row.text)), 0)
    tail = next(
        (i for i, row in enumerate(rows) if i > head and TAIL_START.match(row.text)), len(rows)
    )
    result = _head_columns(rows[:head])
    for i, row in enumerate(rows[head:], head):
        if row.gaps and len(row.gaps) > 1 and i >= tail:
            result += [
                docx.Row(squeeze(part), part, after_blank=row.after_blank) for part in row.gaps
            ]
        else:
            result.append(row)
    return result


def _head_columns(rows: list[docx.Row]) -> list[docx.Row]:
    """The left column of the head from top to bottom, then the right one."""
    pairs = [row for row in rows if row.gaps and len(row.gaps) == 2]
    if not pairs:
        return [_part(row, part) for row in rows for part in row.gaps or [row.text]]
    begin = min(row.raw.rfind(row.gaps[1]) for row in pairs if row.gaps)
    left: list[docx.Row] = []
    right: list[docx.Row] = []
    for row in rows:
        parts = row.gaps or [row.text]
        is_right = len(parts) == 1 and len(row.raw) - len(row.raw.lstrip()) >= max(begin - 3, 8)
        (right if is_right else left).append(_part(row, parts[0]))
        right += [_part(row, part) for part in parts[1:]]
    return left + right


def _part(row: docx.Row, text: str) -> docx.Row:
    if row.cells is not None:
        return row
    return docx.Row(squeeze(text), text, after_blank=row.after_blank, is_centred=row.is_centred)
