"""What a person should look at: doubtful or missing fields, each with a sentence."""

import re
from collections import Counter

from core.text import fold
from plans.reader.body import Place
from plans.reader.header import Head
from plans.reader.reading import Paragraph, Question
from plans.reader.tail import Tail

WARD_PREFIX = re.compile(r"^(?:phường|xã|thị trấn|đặc khu|quận|huyện|thành phố|tỉnh)\s+", re.I)
NAMED_WARD = re.compile(r"\b(?:phường|xã|thị trấn)\s+((?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?){1,4})", re.I)
MAX_DISTANCE = 2
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
TONES = tuple(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),  # noqa: SIM905  reads as it sounds
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),  # noqa: SIM905
        strict=True,
    )
)


def bare_place(name: str) -> str:
    """ "Phường Phương Liệt" -> "Phương Liệt"."""
    return WARD_PREFIX.sub("", name.strip()).strip()


def about_place(head: Head, known: list[str]) -> Question | None:
    """A place that is nearly, but not quite, one of the ``known`` names."""
    place = head.issue_place
    if not place or any(place.casefold() == name.casefold() for name in known):
        return None
    for name in known:
        near = distance(fold(place), fold(name)) <= (MAX_DISTANCE if len(name) > 5 else 1)
        if name and near and _key(place) != _key(name):
            return Question(
                "issue_place",
                f"Địa danh ghi “{place}”, gần giống “{name}”. Có phải là “{name}” không?",
                name,
                head.places["issue_place"].paragraph,
            )
    return None


def places_named(texts: list[str]) -> list[str]:
    """Names behind "phường", "xã" in the organs and the enacting clause, as written there."""
    result = []
    for text in texts:
        for match in NAMED_WARD.finditer(text):
            name = match[1].strip()
            if name.upper() == name:
                name = name.title()
            if name[:1].isupper() and name not in result:
                result.append(name)
    return result


def about_head(head: Head, year: int | None) -> list[Question]:
    """Blank number, blank or missing date, missing abstract."""
    result = []
    at = {name: place.paragraph for name, place in head.places.items()}
    if head.symbol and not head.number:
        message = "Số của kế hoạch để trống; điền số khi văn thư đã cấp."
        result.append(Question("number", message, None, at.get("number")))
    elif not head.symbol:
        message = "Không thấy số, ký hiệu của kế hoạch."
        result.append(Question("number", message, None, None))
    if not head.issued_on:
        message = (
            "Ngày ban hành để trống; điền ngày ghi trên bản đã ký."
            if head.has_blank_day
            else "Không thấy ngày ban hành của kế hoạch."
        )
        result.append(Question("issued_on", message, None, at.get("issued_on")))
    if not head.subject:
        result.append(Question("subject", "Không thấy trích yếu của kế hoạch.", None, None))
    if year is None:
        message = "Không rõ kế hoạch của năm nào."
        result.append(Question("year", message, None, None))
    return result


def about_sections(sections: list[Place]) -> list[Question]:
    """No sections, numerals twice, numerals misread, no contents."""
    result = []
    if not sections:
        message = "Không thấy các mục của kế hoạch (I, II, III…)."
        return [Question("sections", message, None, None)]
    seen: Counter[str] = Counter()
    for section in sections:
        seen[section.numeral] += bool(section.numeral)
        at = section.line.first
        if section.numeral and seen[section.numeral] == 2:
            message = f"Mục {section.numeral} có hai lần; hãy xem lại số thứ tự."
            result.append(Question("sections", message, None, at))
        if _is_gap(numerals(sections), section.numeral):
            message = (
                f"Trước mục {section.numeral} có số bị bỏ qua; hãy xem có thiếu mục nào không."
            )
            result.append(Question("sections", message, None, at))
        if section.is_misread:
            message = f"Số mục bị nhận dạng sai, được đọc là “{section.numeral}”."
            result.append(Question("sections", message, section.numeral, at))
    if not any(s.role in ("content", "implementation") for s in sections):
        message = "Không thấy mục nội dung hoặc tổ chức thực hiện."
        result.append(Question("sections", message, None, sections[0].line.first))
    return result


def numerals(sections: list[Place]) -> list[str]:
    return [section.numeral for section in sections if section.numeral]


def _is_gap(printed: list[str], numeral: str) -> bool:
    """Whether the number before ``numeral`` is missing from the ``printed`` ones."""
    order = ROMANS if numeral in ROMANS and printed[0] in ROMANS else ()
    if numeral.isdigit():
        return int(numeral) > 1 and str(int(numeral) - 1) not in printed
    if numeral not in order:
        return False
    at = order.index(numeral)
    return at > 0 and order[at - 1] not in printed


def about_tail(foot: Tail) -> list[Question]:
    """No signature, a signature without a name or title, a line that belongs to nobody."""
    result = []
    if not foot.signatures:
        message = "Không thấy người ký kế hoạch."
        result.append(Question("signatures", message, None, None))
    for signature in foot.signatures:
        if not signature.name or not signature.title:
            message = "Chưa rõ người ký: thiếu họ tên hoặc chức vụ."
            result.append(Question("signatures", message, None, signature.paragraph))
    for line in foot.unclear:
        message = f"Dòng “{line.text}” ở phần ký chưa rõ thuộc về đâu."
        result.append(Question("signatures", message, None, line.first))
    return result


def about_rows(paragraphs: tuple[Paragraph, ...]) -> list[Question]:
    """Rows of a table whose cells had to be guessed."""
    message = "Bảng bị tách mỗi ô một dòng, số ô không khớp số cột; hãy xem lại hàng này."
    return [Question("assignments", message, None, p.index) for p in paragraphs if p.is_doubtful]


def _key(text: str) -> str:
    """Both tone placements alike: hoà and hòa, uỷ and ủy."""
    text = text.casefold()
    for new, old in TONES:
        text = text.replace(new, old)
    return text


def distance(first: str, second: str) -> int:
    """Letters to add, drop or change to make one out of the other."""
    if abs(len(first) - len(second)) > MAX_DISTANCE:
        return MAX_DISTANCE + 1
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]
