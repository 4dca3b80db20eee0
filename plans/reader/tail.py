"""What stands below the text: recipients, signatures, and the headings of attachments."""

import re
from dataclasses import dataclass, field

from plans.reader import quotes
from plans.reader.lines import Line
from plans.reader.normalise import is_rule
from plans.reader.reading import Recipient, Signature

RECIPIENTS = re.compile(r"^\W*Nơi nhận\b\s*:?\s*", re.I)
AUTHORITY = re.compile(
    r"^(?:T/M|TM\.|TM(?=\s)|K/T|KT\.|KT(?=\s)|T/L|TL\.|TL(?=\s)|TUQ\.?|T/UQ\.?)\s*(?=\S)"
)
TITLE = re.compile(
    r"^(?:Q\.\s*|quyền )?(?:(?:phó |trưởng |chánh |tổ |cục |vụ )*"
    r"(?:bí thư|chủ tịch|giám đốc|hiệu trưởng|trưởng ban"
    r"|trưởng phòng|trưởng|chánh văn phòng|chánh|chủ nhiệm|tổ trưởng|viện trưởng|phó)|(?:ủy|uỷ) viên|kiêm"
    r"|cục trưởng|chi cục trưởng|chỉ huy|tổng giám đốc|đội trưởng|trạm trưởng|người lập|thư ký)\b",
    re.I,
)
SIGNED = re.compile(r"^\(?\s*(?:đã ký|ký tên|ký, ghi rõ họ tên)[^)]*\)?$", re.I)
NAME = re.compile(
    r"^(?:(?:ThS|TS|PGS|GS|BS|KS|CN|Thượng tá|Trung tá|Đại tá|Thiếu tá|Đại úy|Thượng úy)\.?\s*)*"
    r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s[A-ZĐÀ-Ỹ][^\W\d_]*){1,5}$"
)
ATTACHMENT = re.compile(
    r"^(?:PHỤ LỤC|ĐỀ CƯƠNG|BIỂU|MẪU|DANH SÁCH|DANH MỤC|BẢNG|LỊCH|PHIẾU"
    r"|Phụ lục|Đề cương|Biểu|Mẫu|Danh sách|Danh mục)\b"
)
ITEM = re.compile(r"^[-–—+•*]\s*")
MAX_DATED = 120
DATED = re.compile(r"ngày\b.*(?:tháng|\d{4})", re.I)
MAX_ATTACHMENT = 120


@dataclass(slots=True)
class Tail:
    recipients: list[Recipient] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    attachments: list[Line] = field(default_factory=list)
    attached_from: int | None = None
    unclear: list[Line] = field(default_factory=list)


def starts_at(lines: list[Line], begin: int) -> int:
    """The first line of the tail, looked for from ``begin`` on; ``len(lines)`` where none is."""
    for at in range(begin, len(lines)):
        line = lines[at]
        if line.cells is not None:
            continue
        if RECIPIENTS.match(line.text) and len(line.text) < 200:
            return _with_date(lines, at, begin)
        if _is_capital(line.text) and (AUTHORITY.match(line.text) or _lone_title(lines, at)):
            return _with_date(lines, at, begin)
        if ATTACHMENT.match(line.text) and _is_capital(line.text) and at > begin:
            return at
    return len(lines)


def _with_date(lines: list[Line], at: int, begin: int) -> int:
    """A place and date right above belong to the foot, not to the text."""
    above = lines[at - 1] if at > begin else None
    is_date = above and above.cells is None and _is_dated(above.text)
    return (
        at - 1
        if is_date and above and re.match(r"^[^\d.;:]{0,40}ngày\b[^.;:]{0,40}$", above.text)
        else at
    )


def _is_dated(text: str) -> bool:
    return len(text) < MAX_DATED and bool(DATED.search(text))


def _lone_title(lines: list[Line], at: int) -> bool:
    """A title without "T/M" counts only with a name below it."""
    below = [line.text for line in lines[at + 1 : at + 5] if not is_rule(line.text)]
    below = [text for text in below if not SIGNED.match(text)]
    return bool(TITLE.match(lines[at].text)) and bool(below) and bool(NAME.match(below[0]))


def read(lines: list[Line]) -> Tail:
    """The tail of a plan; recipients and signature may come in any order or interleaved."""
    tail = Tail()
    pending: list[Line] = []
    listing = open_item = False
    for at, line in enumerate(lines):
        text = line.text
        if _is_attachment(line) and (tail.signatures or not pending):
            tail.attached_from = at
            break
        opened = RECIPIENTS.match(text)
        if opened:
            listing, open_item = True, False
            _inline(tail, text[opened.end() :], line)
        elif is_rule(text) or SIGNED.match(text) or (_is_dated(text) and not ITEM.match(text)):
            continue
        elif _is_signature_line(line, pending):
            pending.append(line)
            open_item = False
        elif pending and NAME.match(text) and not ITEM.match(text):
            left, right = _two_columns(pending) if _next_is_name(lines, at) else (pending, [])
            tail.signatures.append(_signature(left, line))
            pending = right
        elif listing and (ITEM.match(text) or not tail.signatures or open_item):
            open_item = _recipient(tail, line, open_item=open_item)
    if pending and tail.signatures and not any(AUTHORITY.match(line.text) for line in pending):
        tail.unclear = pending  # the other office of the one who signed
    elif pending:
        tail.signatures.append(_signature(pending, None))
    if tail.attached_from is not None:
        tail.attachments = [line for line in lines[tail.attached_from :] if _is_attachment(line)]
    return tail


def _next_is_name(lines: list[Line], at: int) -> bool:
    """Whether the name of a second signer follows."""
    below = [line.text for line in lines[at + 1 : at + 4] if not is_rule(line.text)]
    return bool(below) and bool(NAME.match(below[0])) and not _is_capital(below[0])


def _two_columns(pending: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines over two names side by side: read across, or the left column and then the right."""
    opens = [n for n, line in enumerate(pending) if AUTHORITY.match(line.text)]
    if len(opens) == 2 and opens[1] > 1:
        return pending[: opens[1]], pending[opens[1] :]
    return pending[::2], pending[1::2]


def _is_attachment(line: Line) -> bool:
    text = line.text
    if line.cells is not None or not ATTACHMENT.match(text) or len(text) > MAX_ATTACHMENT:
        return False
    return _is_capital(text) or bool(re.match(r"^\w+(?: \w+)?(?: số)?:? (?:\d+|[IVX]+)\b", text))


def _is_signature_line(line: Line, pending: list[Line]) -> bool:
    text = line.text
    if ITEM.match(text) or line.cells is not None:
        return False
    if AUTHORITY.match(text) or (pending and _is_capital(text)):
        return True
    if _is_capital(text):
        return bool(TITLE.match(text))
    return bool(pending) and bool(TITLE.match(text)) and len(text) < 60 and text[-1] not in ",;."


def _signature(pending: list[Line], name: Line | None) -> Signature:
    """Lines above the name: the last ones that are a title, the rest is the authority."""
    texts = [line.text.strip(" ,") for line in pending]
    cut = len(texts)
    while cut > 0 and TITLE.match(texts[cut - 1]):
        cut -= 1
    if cut == len(texts) and len(texts) > 1 and not AUTHORITY.match(texts[-1]):
        cut -= 1
    return Signature(
        authority=" / ".join(texts[:cut]) or None,
        title=" ".join(texts[cut:]) or None,
        name=name.text if name else None,
        paragraph=pending[0].first,
        confidence=1.0 if name and cut < len(texts) else 0.5,
    )


def _inline(tail: Tail, rest: str, line: Line) -> None:
    """ "Nơi nhận: - A; - B." on one line."""
    for part in re.split(r"(?:^|[;,.]\s*)[-–]\s+", rest):
        if part.strip(" .;,"):
            tail.recipients.append(Recipient(quotes.without_end(part), line.first))


def _recipient(tail: Tail, line: Line, *, open_item: bool) -> bool:
    """Add an item, or the second line of one. Returns whether the item may go on."""
    text = line.text
    item = ITEM.match(text)
    body = text[item.end() :] if item else text
    if not item and open_item and tail.recipients:
        above = tail.recipients[-1]
        joined = quotes.without_end(f"{above.text} {body}")
        tail.recipients[-1] = Recipient(joined, above.paragraph)
    elif quotes.without_end(body):
        tail.recipients.append(Recipient(quotes.without_end(body), line.first))
    return body.rstrip()[-1:] not in (",", ";", ".")


def _is_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and text.upper() == text
