"""A file's bytes -> its paragraphs. Only .txt and .docx; everything else is refused by name."""

import re
from pathlib import PurePath

from plans.reader import docx
from plans.reader.normalise import columns, is_noise, squeeze, unify
from plans.reader.reading import Paragraph, UnreadableFileError

MAX_BYTES = 20 * 1024 * 1024
MAX_PARAGRAPHS = 12_000
MAX_LINE = 50_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TABLE_RULE = re.compile(r"^\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$")
OTHER_TYPE = (
    "Chỉ nạp được tệp Word (.docx) hoặc tệp chữ (.txt);"
    " hãy lưu kế hoạch thành một trong hai loại này."
)


def paragraphs(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """The paragraphs of the file ``name`` with the content ``data``, in reading order.

    Raises :class:`UnreadableFileError` when it is empty, over 20 MB, damaged, encrypted or of
    another type than its name says.
    """
    if not data:
        raise UnreadableFileError("Tệp này rỗng, không có nội dung nào để đọc.")
    if len(data) > MAX_BYTES:
        raise UnreadableFileError("Tệp lớn hơn 20 MB; hãy bớt hình ảnh trong tệp rồi nạp lại.")
    suffix = PurePath(name).suffix.lower()
    if data.startswith(OLE):
        raise UnreadableFileError(_ole_sentence(data))
    if suffix == ".docx":
        rows = docx.rows(data)
    elif suffix == ".txt":
        rows = _text_rows(_decode(data))
    else:
        raise UnreadableFileError(OTHER_TYPE)
    if len(rows) > MAX_PARAGRAPHS:
        raise UnreadableFileError("Tệp có quá nhiều đoạn, không phải là một văn bản kế hoạch.")
    result = tuple(
        Paragraph(
            index=index,
            text=row.text,
            raw=row.raw,
            cells=row.cells,
            table=row.table,
            is_centred=row.is_centred,
            after_blank=row.after_blank,
            is_ignored=row.cells is None and is_noise(row.text),
        )
        for index, row in enumerate(rows)
    )
    if not any(any(c.isalpha() for c in paragraph.text) for paragraph in result):
        raise UnreadableFileError("Tệp không có chữ nào để đọc.")
    return result


def _ole_sentence(data: bytes) -> str:
    if ENCRYPTED in data:
        return "Tệp được đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi nạp lại."
    return "Đây là tệp Word kiểu cũ (.doc); hãy mở bằng Word và lưu lại thành .docx rồi nạp lại."


def _decode(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableFileError(OTHER_TYPE)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            "Tệp chữ không theo bảng mã Unicode (UTF-8); hãy lưu lại với bảng mã UTF-8 rồi nạp lại."
        ) from error
    if "\x00" in text:
        raise UnreadableFileError(OTHER_TYPE)
    return text


def _text_rows(text: str) -> list[docx.Row]:
    rows: list[docx.Row] = []
    table, in_table, after_blank = -1, False, False
    for line in unify(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
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
    result: list[docx.Row] = []
    for i, row in enumerate(rows):
        if row.gaps and len(row.gaps) > 1 and (i < head or i >= tail):
            result += [
                docx.Row(squeeze(part), part, after_blank=row.after_blank) for part in row.gaps
            ]
        else:
            result.append(row)
    return result
