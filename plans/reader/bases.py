"""Legal bases: the instruments that are cited before the first section, and who issues the plan."""

import re
from dataclasses import dataclass

from core.text import fold
from plans.reader import quotes
from plans.reader.lines import Line
from plans.reader.reading import Basis
from plans.reader.words import BASIS_BY_KEY, BASIS_TYPES, ORGAN_START

_TYPES = "|".join(BASIS_TYPES)
CODE = (
    r"\d{1,5}(?:\.\d{1,3})?[a-zA-Z]?(?:/\d{4})?\s?[-–/]\s?[A-ZĐƯ][\w&]*(?:\s?[-/]\s?[A-ZĐƯ][\w&]*)*"
)
WITH_CODE = re.compile(rf"(?<!\w)(?P<type>{_TYPES})\s*(?:số\s*:?\s*)?(?P<code>{CODE})", re.I)
LAW = re.compile(
    rf"(?<!\w)(?P<type>Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+"
    rf"(?P<title>[^;“]{{3,150}}?),?\s+số\s*:?\s*(?P<code>{CODE})"
)
OPENING = (
    r"^\W*(?:(?:Căn cứ(?: vào)?|Thực hiện|Theo|Trên cơ sở|Tiếp tục thực hiện|Triển khai(?: thực hiện)?"
    r"|Quán triệt|Thi hành|Chấp hành|Để (?:triển khai |tổ chức )?thực hiện(?: tốt)?)\s+)?(?:các |nội dung )?"
)
WITHOUT_CODE = re.compile(rf"{OPENING}(?P<type>{_TYPES})(?!\w)")
DATE = re.compile(
    r"^,?\s*\(?(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<m>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<y>\d{4})\)?",
    re.I,
)
DATE_INSIDE = re.compile(
    r",?\s*ngày\s*(?P<d>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<m>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<y>\d{4})",
    re.I,
)
OF = re.compile(r"^,?\s*của\s+")
ISSUER_END = re.compile(
    r"\s(?=(?:về|hướng dẫn|ban hành|phê duyệt|quy định|sửa đổi|triển khai|thực hiện|nhằm|đã|tại|v/v|giao)\b)"
    r"|\s(?=và\s+(?!Dân|Đô|Du|Truyền|Môi|Xã|Thể|Công nghệ|Đào|Phát|Nhân|Gia|Hội|các|Đầu|UBND|Ủy|Uỷ)[\w])"
    r"|(?<=[a-zà-ỹ]{2})\.\s+(?=[A-ZĐ])|\s?[“\"]|,?\s+ngày\s+\d|\s?\((?!kh|Kh|nhiệm)|\s[-–]\s(?=về\b)"
)
ABOUT = re.compile(r"^[\s,:-]*(?:v/v|về)\s+", re.I)
TRIM = re.compile(r"^[\s,:–-]+")
REQUESTED = re.compile(r"(?:^|,)\W*(?:Xét|Theo)\s+(?:đề nghị|đề xuất|tờ trình)\b", re.I)
BY_REQUEST = re.compile(r"^\W*(?:Xét|Theo)\s+(?:đề nghị|đề xuất|tờ trình)", re.I)
ENACTING = re.compile(
    r"(?:thống nhất )?(?:ban hành|xây dựng|đề ra|triển khai|lập|tổ chức)\s+"
    r"(?:và\s[^,;:]{0,40}\s)?(?:bản\s)?kế hoạch\b",
    re.I,
)
YEAR_ONLY = re.compile(r"^(?:năm\s+)?\d{4}$")
INSIDE_SUBJECT = re.compile(
    r"(?:thực hiện|triển khai|theo|sửa đổi|bổ sung|tổng kết|sơ kết|hướng dẫn|kèm theo|quán triệt"
    r"|thi hành|ban hành|cụ thể hóa|của)(?: (?:các|một số điều của|nội dung))?\s*$"
)


@dataclass(frozen=True, slots=True)
class Enacting:
    """The clause "<issuer> ban hành kế hoạch …"."""

    issuer: str | None
    paragraph: int


def read(lines: list[Line]) -> tuple[list[Basis], Enacting | None]:
    """The instruments cited in ``lines``, in order, and the enacting clause if there is one."""
    bases: list[Basis] = []
    enacting = None
    for line in lines:
        text, clause = _without_enacting(line.text)
        if clause is not None:
            enacting = Enacting(clause or None, line.first)
        for part in quotes.split(text, sentences=False):
            if not BY_REQUEST.match(part):
                bases += _in_part(part, line.first)
    return bases, enacting


def _without_enacting(text: str) -> tuple[str, str | None]:
    """``text`` before the enacting clause, and the issuer named in it ("" where none is)."""
    level = quotes.depths(text)
    verbs = [match for match in ENACTING.finditer(text) if level[match.start()] == 0]
    if not verbs:
        return text, None
    verb = verbs[-1]
    if not text.rstrip(" .").endswith(":") and "như sau" not in text[verb.start() :]:
        return text, None
    starts = [
        match.end()
        for match in re.finditer(r"(?:^|[,;.”]\s*|\bnay\s+)(?=\w)", text[: verb.start()], re.I)
        if level[match.end()] == 0 and ORGAN_START.match(text, match.end())
    ]
    if not starts:
        return text[: verb.start()], ""
    issuer = quotes.without_end(text[starts[-1] : verb.start()])
    return text[: starts[-1]], issuer if len(issuer) < 150 else ""


def _in_part(part: str, paragraph: int) -> list[Basis]:
    """The instruments of one part between top-level semicolons."""
    level = quotes.depths(part)
    found: list[re.Match[str]] = []
    law = LAW.search(part)
    if law and level[law.start()] == 0:
        found.append(law)
    for match in WITH_CODE.finditer(part):
        if level[match.start()] or any(m.start() <= match.start() < m.end() for m in found):
            continue
        if _is_own_citation(part, match.start(), found):
            found.append(match)
    found.sort(key=lambda match: match.start())
    first = WITHOUT_CODE.match(part)
    result = []
    if first and (not found or first.start("type") < found[0].start()):
        ends = _has_subject(part[first.end("type") :])
        if not found or not ends:
            end = found[0].start() if found and not ends else len(part)
            result.append(_plain(first, part[first.end("type") : end], paragraph))
            if ends:
                return result
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(part)
        result.append(_coded(match, part[match.end() : end], paragraph))
    return result


def _has_subject(text: str) -> bool:
    """Whether an instrument without a number goes on to say what it is about."""
    return bool(re.match(r"\s+(?:[A-ZĐ]|năm|về|của)", text))


def _is_own_citation(part: str, start: int, found: list[re.Match[str]]) -> bool:
    """Not a citation inside the subject of the one before ("… về thực hiện Chỉ thị số …")."""
    if not found:
        return True
    between = part[found[-1].end() : start]
    about = re.search(r"(?:\bvề|v/v)\s", between, re.I)
    return not (about and INSIDE_SUBJECT.search(between[about.start() :]))


def _coded(match: re.Match[str], rest: str, paragraph: int) -> Basis:
    code = re.sub(r"\s*([-/])\s*", r"\1", match["code"].replace("–", "-"))
    title = match.groupdict().get("title")
    issued_on, issuer, subject = _details(rest)
    if title:
        subject = quotes.without_end(title)
    return Basis(_type(match["type"]), code, issued_on, issuer, subject, paragraph)


def _plain(match: re.Match[str], rest: str, paragraph: int) -> Basis:
    """An instrument without a number: its title stands between type and date or issuer."""
    date = DATE_INSIDE.search(rest)
    of = re.search(r"\scủa\s", rest)
    if match["type"] in ("Luật", "Bộ luật", "Pháp lệnh"):
        of = of if of and re.match(r"\s*(?:Quốc hội|Ủy ban Thường vụ)", rest[of.end() :]) else None
    cut = min([m.start() for m in (date, of) if m] or [len(rest)])
    title = quotes.without_end(TRIM.sub("", rest[:cut]))
    issued_on, issuer, subject = _details(rest[cut:])
    title = ABOUT.sub("", title)
    title = re.sub(r",?\s+năm\s+\d{4}$", "", title) if match["type"] == "Luật" else title
    if title and not YEAR_ONLY.match(title):
        subject = _unquoted(title)
    return Basis(_type(match["type"]), None, issued_on, issuer, subject or None, paragraph, 0.8)


def _details(rest: str) -> tuple[str | None, str | None, str | None]:
    """(date, issuer, subject) of what follows an instrument's number."""
    issued_on, rest = _take_date(rest)
    issuer = None
    of = OF.match(rest)
    if of:
        rest = rest[of.end() :]
        end = _issuer_end(rest)
        named = re.sub(r"\s+(?:và|cùng|theo)$", "", quotes.without_end(rest[:end]))
        issuer, rest = named or None, rest[end:]
        if issued_on is None:
            issued_on, rest = _take_date(rest)
    return issued_on, issuer, _subject(rest)


def _take_date(rest: str) -> tuple[str | None, str]:
    match = DATE.match(rest)
    if not match:
        return None, rest
    day, month = int(match["d"]), int(match["m"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None, rest[match.end() :]
    return f"{match['y']}-{month:02d}-{day:02d}", rest[match.end() :]


def _issuer_end(rest: str) -> int:
    """An issuer ends before what it says; a comma ends it unless it stands inside a name."""
    match = ISSUER_END.search(rest)
    end = match.start() if match else len(rest)
    at = quotes.top_level(rest[:end], ",")
    while 0 <= at < end:
        after = rest[at + 1 :].lstrip()
        named = re.match(r"(?:Bộ|Sở|Phòng|Ban|(?:Ủy|Uỷ) ban|Cục)\s", rest)
        if not (named and after[:1].isupper() and not ORGAN_START.match(after)):
            return at
        if re.match(r"(?:Xét|Căn cứ|Thực hiện|Theo|Nay|Để)\b", after):
            return at
        later = rest.find(",", at + 1, end)
        at = later
    return end


def _subject(rest: str) -> str | None:
    rest = REQUESTED.split(rest)[0]  # who asked for the plan is no matter of the instrument
    text = re.split(r"\s+(?:và|đồng thời)\s+(?:triển khai|thực hiện|căn cứ)[\w\s]{0,30}$", rest)[0]
    text = re.sub(r",?\s+(?:và|theo|cùng)$", "", text.rstrip(" ,"))
    text = TRIM.sub("", text)
    text = _unquoted(quotes.without_end(ABOUT.sub("", text)))
    return text if len(text) > 2 and re.search(r"\w{2}", text) else None


def _unquoted(text: str) -> str:
    """``text`` without quotation marks that enclose all of it."""
    if len(text) > 1 and (text[0], text[-1]) in (("“", "”"), ('"', '"')):
        inner = text[1:-1]
        level = quotes.depths(text)
        if all(level[at] > 0 for at in range(len(text))):
            return inner.strip()
    return text


def _type(name: str) -> str:
    return BASIS_BY_KEY.get(fold(name), name)
