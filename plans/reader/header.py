"""The head of a plan: organs, number and symbol, place and date, type, abstract."""

import re
from dataclasses import dataclass, field

from core.text import fold
from plans.reader.lines import Line, is_heading, opens_body
from plans.reader.normalise import is_rule
from plans.reader.reading import Place
from plans.reader.words import ORGAN_START, TYPES_BY_KEY

NUMBER = re.compile(
    r"^\W*(?:Số|SỐ|So|số)\s?[:.]?\s*(?P<no>\d[\d.]{0,7}[a-z]?)?\s*(?P<sep>[-–/])\s*"
    r"(?P<sym>[^\W\d_][\w&.]*(?:\s?[-–/]\s?[\w&.]+)*)"
)
DOTS = re.compile(r"…+|[._]{2,}")
DATE = re.compile(
    r"ngày\s*(?P<d>\d{1,2})?[\s.…]*(?:tháng|[-/.])\s*(?P<m>\d{1,2})\s*(?:năm|[-/.])\s*(?P<y>\d{4})",
    re.I,
)
DATE_LINE = re.compile(r"^(?P<place>[^,\d]{0,60}?),?\s*(?=ngày\b)", re.I)
MOTTO = re.compile(r"^(?:dangcongsanvietnam|conghoaxahoichunghiavietnam|doclap)")
MOTTOS = ("dangcongsanvietnam", "conghoaxahoichunghiavietnam")
ATTACHED_TO = re.compile(r"^\(?\s*(?:ban hành\s+)?kèm theo\b", re.I)
JOINT = re.compile(r"LIÊN TỊCH|PHỐI HỢP|LIÊN NGÀNH")
JOINT_SYMBOL = re.compile(r"^(?:KHLT|KHPH|KHLN|KH-LT|KH/LT|CTPH|CTrPH)")
DRAFT = re.compile(r"^(?:du thao|\(?du thao|lan \d|hoa toc|khan|thuong khan)")
ABOUT = re.compile(r"^(?:v/v|về việc|về)\b", re.I)
INCOMPLETE = re.compile(
    r"^(?:(?:ủy|uỷ) ban|chi bộ|đảng bộ|đảng (?:ủy|uỷ)|ban chỉ đạo|ban chấp hành|hội đồng|chi (?:ủy|uỷ)|ban"
    r"|hội|công đoàn|trường|ban công tác)$",
    re.I,
)
MAX_SUBJECT = 600
MAX_TITLE = 200


@dataclass(slots=True)
class Head:
    """What the lines above the text say; ``end`` is the first line behind the abstract."""

    document_type: str | None = None
    number: str | None = None
    separator: str = "-"
    symbol: str | None = None
    issued_on: str | None = None
    issued_month: str | None = None
    has_blank_day: bool = False
    issue_place: str | None = None
    organs: list[str] = field(default_factory=list)
    subject: str = ""
    type_line: int | None = None
    end: int = 0
    places: dict[str, Place] = field(default_factory=dict)


def type_of(text: str, *, is_plan_symbol: bool) -> tuple[str, str] | None:
    """(type, what follows it on the line) when ``text`` is the line of the document's type."""
    key = fold(text).strip(" .:")
    if key in TYPES_BY_KEY:
        return TYPES_BY_KEY[key], ""
    for name in TYPES_BY_KEY.values():
        if text.startswith(f"{name} ") and len(text) < MAX_TITLE:
            rest = text[len(name) :].strip()
            if fold(rest) in ("lien tich", "phoi hop", "lien nganh"):
                return f"{name} {rest}", ""
            if rest[:1].islower() or rest.upper() == rest or is_plan_symbol:
                return name, rest
    if is_plan_symbol and key.startswith("ke hoach ") and len(text) < MAX_TITLE:
        return "KẾ HOẠCH", text[len("kế hoạch") :].strip()
    return None


def read_head(lines: list[Line]) -> Head:
    """The head of the document; ``document_type`` stays None where no type is printed."""
    head = Head()
    limit = min(len(lines), 60)
    organs: list[Line] = []
    rest = ""
    for at, line in enumerate(lines[:limit]):
        is_long = len(line.text) > MAX_SUBJECT  # no line of a head is, and patterns take their time
        if line.cells is not None or is_long or re.match(r"^Kính gửi\b", line.text):
            break
        found = type_of(line.text, is_plan_symbol="KH" in (head.symbol or ""))
        if found:
            head.document_type, rest = found
            head.type_line, head.end = at, at + 1
            head.places["document_type"] = Place(line.first)
            break
        is_text = opens_body(line.text) and not is_rule(line.text)
        if at and is_text and not ORGAN_START.match(line.text):
            break
        _read_line(head, line, organs)
    _join_organs(head, organs)
    if head.type_line is not None:
        _read_abstract(head, lines, rest)
    return head


def is_motto(text: str) -> bool:
    """The motto of Party or state, or a part of it that a narrow column cut off."""
    key = fold(text).strip("*-–—_ ").replace(" ", "")
    parts = len(key) > 6 and any(m.startswith(key) or m.endswith(key) for m in MOTTOS)
    return parts or bool(MOTTO.match(key))


def _read_line(head: Head, line: Line, organs: list[Line]) -> None:
    """One line above the type, told by what it says and not by where it stands."""
    text = line.text
    key = fold(text).strip("*-–—_ ")
    number = NUMBER.match(DOTS.sub(" ", text))
    if number and head.symbol is None:
        _set_number(head, number, line)
        text = DOTS.sub(" ", text)[number.end() :].strip()
        if not DATE.search(text):
            return
    if DATE_LINE.match(text) and re.search(r"\bngày\b.*\bnăm\b|\bngày\b.*\d{4}", text, re.I):
        _set_date(head, text, line)
    elif not (is_rule(text) or is_motto(text) or DRAFT.match(key) or ABOUT.match(text)):
        organs.append(line)


def _set_number(head: Head, number: re.Match[str], line: Line) -> None:
    head.number = number["no"]
    head.symbol = re.sub(r"\s?[-–]\s?", "-", re.sub(r"\s?/\s?", "/", number["sym"])).rstrip(".")
    head.separator = "/" if number["sep"] == "/" else "-"
    place = Place(line.first, 1.0 if head.number else 0.5)
    head.places |= {"number": place, "symbol": place, "code": place}


def _set_date(head: Head, text: str, line: Line) -> None:
    place = DATE_LINE.match(text)
    head.issue_place = (place["place"].strip(" ,") or None) if place else None
    head.places["issue_place"] = Place(line.first)
    date = DATE.search(DOTS.sub(" ", text))
    if date and 1 <= int(date["m"]) <= 12:
        month = f"{date['y']}-{int(date['m']):02d}"
        if date["d"] and 1 <= int(date["d"]) <= 31:
            head.issued_on = f"{month}-{int(date['d']):02d}"
        else:
            head.issued_month, head.has_blank_day = month, True
    else:
        head.has_blank_day = True
    head.places["issued_on"] = Place(line.first, 1.0 if head.issued_on else 0.5)


def read_late_date(head: Head, lines: list[Line]) -> None:
    """Cells and schools often date a plan above the signature instead of in the head."""
    for line in lines:
        text = line.text
        if line.cells is None and len(text) < 80 and DATE_LINE.match(text) and DATE.search(text):
            _set_date(head, text, line)
            return


def _join_organs(head: Head, lines: list[Line]) -> None:
    """Join a name that is broken over lines; the last name issues, what stands above is superior."""
    for line in lines:
        text = line.text.strip(" *")
        above = head.organs[-1] if head.organs else ""
        if above and (INCOMPLETE.match(above) or not ORGAN_START.match(text)):
            head.organs[-1] = f"{above} {text}"
        else:
            head.organs.append(text)
            head.places["issuers"] = Place(line.first)
    if len(head.organs) > 1:
        head.places["superior"] = Place(lines[0].first)


def organs(head: Head) -> tuple[str | None, tuple[str, ...]]:
    """(superior, issuers) as printed."""
    if not head.organs:
        return None, ()
    joint = _joint(head)
    if joint > 1:
        above = head.organs[:-joint]
        return (" ".join(above) or None), tuple(head.organs[-joint:])
    *above, last = head.organs
    parts = re.split(r"\s[-–]\s", last)
    if len(parts) > 1 and all(ORGAN_START.match(part) for part in parts):
        return (" ".join(above) or None), tuple(parts)
    return (" ".join(above) or None), (last,)


def _joint(head: Head) -> int:
    """How many of the organs issue a joint plan: as many as its symbol names, else the last two."""
    symbol = head.symbol or ""
    if not (JOINT.search(head.document_type or "") or JOINT_SYMBOL.match(symbol)):
        return 1
    named = len([part for part in re.split(r"[-/]", symbol)[1:] if part != "LT"])
    return min(len(head.organs), named if named > 1 else 2)


def _read_abstract(head: Head, lines: list[Line], rest: str) -> None:
    """The abstract: one to four lines up to a rule, a blank line or the opening of the text."""
    parts = [rest] if rest else []
    at = head.end
    while at < len(lines):
        line = lines[at]
        text = line.text
        if is_rule(text):
            at += 1
            if parts:
                break
            continue
        if line.cells is not None or _ends_abstract(parts, line):
            break
        if not parts and _is_late_head(head, line):
            at += 1
            continue
        if not parts:
            head.places["subject"] = Place(line.first)
        parts.append(text)
        at += 1
    while at < len(lines) and is_rule(lines[at].text):
        at += 1
    head.end = at
    head.subject = " ".join(parts)


def _is_late_head(head: Head, line: Line) -> bool:
    """A number or date that two columns left behind the type."""
    if len(line.text) > MAX_TITLE:
        return False
    number = NUMBER.match(line.text)
    if number and head.symbol is None:
        _set_number(head, number, line)
        return True
    if head.issued_on is None and DATE_LINE.match(line.text) and DATE.search(line.text):
        _set_date(head, line.text, line)
        return True
    return False


def _ends_abstract(parts: list[str], line: Line) -> bool:
    text = line.text
    if not parts:
        return is_heading(text)
    if ATTACHED_TO.match(text):
        return True
    if opens_body(text) or is_heading(text) or sum(map(len, parts)) > MAX_SUBJECT:
        return True
    if text.startswith("("):
        return not line.is_centred
    if line.is_centred or text.upper() == text:
        return False
    if line.after_blank:
        return not text[0].islower()
    return text.endswith((":", ";", ".")) or len(text) > MAX_TITLE
