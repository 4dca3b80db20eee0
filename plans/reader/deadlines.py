"""When something is due: the forms of DOMAIN §D.4 -> the codes of shared/plans/README."""

import re
from dataclasses import dataclass

TRIGGER = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|muộn nhất|(?:thời )?hạn(?: chót| cuối)?|xong|hoàn thành)(?!\w)",
    re.I,
)
# Between the trigger and the time only words that say nothing by themselves may stand.
FILLER = re.compile(
    r"[\s:]*(?:\(|(?:là|vào|đến|hết|trong|trước|xong|chậm nhất|nhất|cuối cùng"
    r"|hoàn thành|nộp|gửi|báo cáo|về|thực hiện)(?!\w)|:|,)*[\s:]*",
    re.I,
)
DONE_WITHIN = re.compile(
    r"^[^.;]{0,80}?(?<!\w)(?:trong|vào|xong trong|xong)\s+(?=(?:tháng|quý)\s)", re.I
)
HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?(?:\s*phút)?\s*,?\s*(?=ngày|\d)", re.I)
RECURRING = r"(?:hằng|hàng|mỗi)"
DAY = r"(?:(?:các )?ngày\s*)?(\d{1,2})"
FULL = re.compile(
    rf"{DAY}\s*(?:[/.-]|tháng)\s*(\d{{1,2}})\s*(?:[/.-]|,?\s*năm)\s*(\d{{4}})(?!\d)", re.I
)
QUARTERLY = re.compile(
    rf"{DAY},?\s*(?:của\s+|các\s+)*tháng\s+(?:cuối|thứ ba)\s*(?:của\s+|mỗi\s+|{RECURRING}\s+)*quý"
    rf"|{DAY}\s+{RECURRING}\s+quý",
    re.I,
)
MONTHLY = re.compile(rf"{DAY},?\s*(?:của\s+)?(?:{RECURRING}|các)\s+tháng(?!\s*\d)", re.I)
YEARLY = re.compile(
    rf"{DAY}\s*(?:[/.-]|tháng)\s*(\d{{1,2}})(?!\d|[/.-]\d)\s*,?\s*(?:của\s+)?{RECURRING}\s+năm",
    re.I,
)
DAY_MONTH = re.compile(rf"{DAY}\s*(?:[/-]|tháng)\s*(\d{{1,2}})(?!\d|[/.-]\d)", re.I)
MONTH = re.compile(r"tháng\s*(\d{1,2})(?:\s*(?:/|năm)\s*(\d{4}))?(?!\s*\d)", re.I)
QUARTER = re.compile(
    r"quý\s*(IV|I{1,3}|[1-4])(?:\s*(?:,|-|–|và|đến)\s*(?:quý\s*)?(IV|I{1,3}|[1-4]))?(?!\w)"
    r"(?:\s*[/,]?\s*(?:năm\s*)?(\d{4}))?",
    re.I,
)
BARE_DAY = re.compile(r"(?:các )?ngày\s*(\d{1,2})(?!\s*[/\-\d]|\.\d)", re.I)
ALWAYS = re.compile(r"^(?:thường xuyên|liên tục)\b", re.I)
MORE = re.compile(
    r"^\s*(?:,|;|và|hoặc|-)\s*(?:trước\s*)?(?=(?:ngày\s*)?\d{1,2}\s*[/-]|(?:ngày\s*)?\d{1,2}\s+tháng\b)",
    re.I,
)
QUARTER_NUMBERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MAX_TEXT = 60


@dataclass(frozen=True, slots=True)
class Due:
    """``code`` in the forms of the README; the printed text where none fits (``is_known`` False)."""

    code: str
    is_known: bool = True
    suggestion: str | None = None


def in_text(text: str, year: int | None) -> list[Due]:
    """The deadlines of a sentence: times behind "trước", "chậm nhất", "hạn", "hoàn thành"."""
    result: list[Due] = []
    at = 0
    while match := TRIGGER.search(text, at):
        at = match.end()
        start = _time_start(text, match)
        found, end = _times(text, start, year)
        if found:
            result += found
            at = end
    return result


def in_column(text: str, year: int | None) -> list[Due]:
    """The deadlines of a cell under "Thời gian hoàn thành" and the like."""
    text = text.strip(" .;")
    if not text:
        return []
    if ALWAYS.match(text):
        return [Due("always")]
    span = re.match(
        r"(?:từ\s+)?(?P<a>.{2,40}?)\s*(?:đến(?: hết)?|[-–])\s*(?P<b>.{2,40})$", text, re.I
    )
    if span:
        ends = _span(span["a"], span["b"], year)
        if ends:
            return [Due(ends)]
    trigger = TRIGGER.match(text)
    start = _time_start(text, trigger) if trigger else 0
    found, end = _times(text, start, year)
    rest = text[end:].strip(" ,.;()")
    if found and len(rest) <= len(text) / 2:
        return found
    return [Due(text, is_known=False)]


CODE = re.compile(r"always|(?:monthly|quarterly|yearly):[\d-]+|\d{4}-(?:Q\d|\d\d)\S*")


def is_code(text: str) -> bool:
    """Whether a due is one of the known forms and not the words as printed."""
    return bool(CODE.fullmatch(text))


def recurring(text: str) -> str | None:
    """The code of a recurring day that no word makes a deadline ("báo cáo ngày 20 hằng tháng")."""
    for pattern in (QUARTERLY, MONTHLY, YEARLY):
        for match in pattern.finditer(text):
            due, _ = _time(text, match.start(), None, first=True)
            if due and due.is_known:
                return due.code
    return None


def _time_start(text: str, trigger: re.Match[str]) -> int:
    start = trigger.end()
    if trigger.group().lower() == "hoàn thành":
        later = DONE_WITHIN.match(text[start:])
        if later:
            return start + later.end()
    filler = FILLER.match(text, start)
    return filler.end() if filler else start


def _times(text: str, start: int, year: int | None) -> tuple[list[Due], int]:
    """The times that stand at ``start``: one, or several joined by "và"."""
    result: list[Due] = []
    at = start
    while True:
        due, end = _time(text, at, year, first=not result)
        if due is None:
            return result, at
        result.append(due)
        at = end
        more = MORE.match(text[at:])
        if not more:
            if len(result) > 1 and result[-1].code.startswith("yearly:"):
                result = [_as_yearly(entry) for entry in result]
            return result, at
        at += more.end()


def _as_yearly(due: Due) -> Due:
    """ "15/6 và 15/12 hằng năm": what recurs is said behind the last one."""
    match = re.fullmatch(r"\d{4}-(\d{2}-\d{2})", due.code)
    return Due(f"yearly:{match[1]}") if match else due


def _time(text: str, at: int, year: int | None, *, first: bool) -> tuple[Due | None, int]:
    hour = HOUR.match(text, at)
    if hour:
        date, end = _date(text, hour.end(), year)
        if date and int(hour[1]) < 24:
            return Due(f"{date}T{int(hour[1]):02d}:{hour[2] or '00'}"), end
    for pattern, code in ((QUARTERLY, "quarterly"), (MONTHLY, "monthly")):
        match = pattern.match(text, at)
        if match:
            day = next(int(group) for group in match.groups() if group)
            return (Due(f"{code}:{day}"), match.end()) if 1 <= day <= 31 else (None, at)
    match = YEARLY.match(text, at)
    if match and _is_day(int(match[1]), int(match[2])):
        return Due(f"yearly:{int(match[2]):02d}-{int(match[1]):02d}"), match.end()
    date, end = _date(text, at, year)
    if date:
        if re.search(rf"{RECURRING} năm[^.;]*$", text[:at], re.I) and not FULL.match(text, at):
            return Due(f"yearly:{date[5:]}"), end
        return Due(date), end
    return _coarse(text, at, year) if first else (None, at)


def _coarse(text: str, at: int, year: int | None) -> tuple[Due | None, int]:
    match = QUARTER.match(text, at)
    if match:
        when = match[3] or year
        codes = [f"{when}-Q{QUARTER_NUMBERS[g.upper()]}" for g in match.groups()[:2] if g]
        if when:
            return Due("/".join(codes)), match.end()
    match = MONTH.match(text, at)
    if match and 1 <= int(match[1]) <= 12 and (match[2] or year):
        return Due(f"{match[2] or year}-{int(match[1]):02d}"), match.end()
    match = BARE_DAY.match(text, at)
    if match:
        return _bare_day(text, at, match)
    return None, at


def _bare_day(text: str, at: int, match: re.Match[str]) -> tuple[Due | None, int]:
    """ "trước ngày 20": which month is said earlier in the clause, or has to be asked."""
    day = int(match[1])
    clause = re.split(r"[.;]\s", text[:at])[-1]
    known = re.search(rf"{RECURRING} (tháng|quý)(?!.*{RECURRING} (?:tháng|quý))", clause, re.I)
    if known and 1 <= day <= 31:
        kind = "monthly" if known[1].lower() == "tháng" else "quarterly"
        return Due(f"{kind}:{day}"), match.end()
    start = max((m.start() for m in TRIGGER.finditer(text[:at])), default=at)
    later = re.match(r"\s+(?:của\s+)?tháng\s+(?:sau|kế tiếp|liền kề)", text[match.end() :], re.I)
    end = match.end() + (later.end() if later else 0)
    suggestion = f"monthly:{day}" if not later and re.search(r"\btháng\b", clause) else None
    return Due(text[start:end][-MAX_TEXT:], is_known=False, suggestion=suggestion), end


def _date(text: str, at: int, year: int | None) -> tuple[str | None, int]:
    match = FULL.match(text, at)
    if match and _is_day(int(match[1]), int(match[2])):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}", match.end()
    match = DAY_MONTH.match(text, at)
    if match and year and _is_day(int(match[1]), int(match[2])):
        return f"{year}-{int(match[2]):02d}-{int(match[1]):02d}", match.end()
    return None, at


def _span(first: str, second: str, year: int | None) -> str | None:
    """ "từ 08/3 đến 26/3/2026" -> "2026-03-08/2026-03-26"; the year may stand at the end only."""
    later = re.search(r"\b(20\d{2})\b", second)
    found = []
    for part in (first, second):
        due, end = _time(part.strip(), 0, int(later[1]) if later else year, first=True)
        if due is None or not due.is_known or ":" in due.code or part.strip()[end:].strip(" ./,"):
            return None
        found.append(due.code)
    return "/".join(found)


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
