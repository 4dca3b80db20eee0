"""Who does what until when: from tables, from "Chủ trì: …" lines, and from section "TỔ CHỨC THỰC HIỆN"."""

import re
from dataclasses import dataclass, field

from plans.reader import deadlines, quotes
from plans.reader.body import MAX_HEADING, Place
from plans.reader.deadlines import Due
from plans.reader.reading import Assignment, Question, Task
from plans.reader.words import ASKING, ORGAN_START, UNIT_START, VERB

MAX_UNIT = 150
BY_THIS_PLAN = re.compile(r"^(?:Căn cứ|Trên cơ sở|Theo)\s[^,.;:]{3,120},\s+(?=\S)")
LEAD_LABEL = re.compile(
    r"^(?:(?:cơ quan|đơn vị|bộ phận|người)\s)?(?:chủ trì|phụ trách|thực hiện)(?: thực hiện)?\s*:\s*",
    re.I,
)
COOPERATING_LABEL = re.compile(
    r"^(?:(?:cơ quan|đơn vị|bộ phận)\s)?phối hợp(?: thực hiện)?\s*:\s*", re.I
)
TIME_LABEL = re.compile(
    r"^(?:thời gian|thời hạn|tiến độ|hạn)(?: thực hiện| hoàn thành)?\s*:\s*", re.I
)
DONE_LABEL = re.compile(
    r"^(?:thời gian hoàn thành|thời hạn(?: hoàn thành)?|hạn(?: hoàn thành)?)\s*:\s*", re.I
)
RESULT_LABEL = re.compile(r"^(?:sản phẩm|kết quả)(?: đầu ra| đạt được)?\s*:\s*", re.I)
NOT_A_UNIT = re.compile(
    r"^(?:kinh phí|thời gian|địa điểm|chế độ|nội dung|hình thức|công tác|đối tượng|thành phần|yêu cầu"
    r"|tuyên truyền|mục tiêu|mục đích|bước|giai đoạn|đợt|lưu ý|chế độ|kiểm tra|khen thưởng|cơ sở vật chất"
    r"|thông tin|tháng|quý|tuần|ngày|tiến độ|tài liệu|phương tiện|thi đua|sơ kết|tổng kết|nguồn)\b",
    re.I,
)


GUESSED = re.compile(r"^([A-ZĐÀ-Ỹ][^:;.]{1,60}):\s+(\S.*)$")
ACTION = re.compile(
    r"^(?:tổ chức|phát động|triển khai|xây dựng|thực hiện|đẩy mạnh|tăng cường|phối hợp|chỉ đạo|hướng dẫn"
    r"|báo cáo|theo dõi|công tác|việc|về|trong|định kỳ|hằng|hàng|đối với|lãnh đạo|quán triệt|vận động)\b",
    re.I,
)


@dataclass(slots=True)
class Found:
    """The assignments and deadlines of a plan while they are collected, in document order."""

    year: int | None
    assignments: list[Assignment] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def due(self, found: list[Due], paragraph: int) -> tuple[str, ...]:
        """Note the deadlines; ask about those that no form fits."""
        for due in found:
            self.deadlines.append(due.code)
            if not due.is_known:
                message = f"Chưa rõ thời hạn “{due.code}” là ngày nào hoặc định kỳ nào."
                self.questions.append(Question("deadlines", message, due.suggestion, paragraph))
        return tuple(due.code for due in found)


def collect(sections: list[Place], year: int | None) -> Found:
    """Everything assigned or due in ``sections``."""
    found = Found(year)
    for section in sections:
        names_units = section.role in ("other", "content") and _are_units(section.children)
        is_implementation = section.role == "implementation" or names_units
        _children(found, section, is_implementation=is_implementation)
    return found


def _children(found: Found, parent: Place, *, is_implementation: bool) -> None:
    if _labels(found, parent):
        return
    for child in parent.children:
        if child.row:
            _row(found, child)
        elif is_implementation:
            _assigned(found, child, is_first_level=parent.is_section)
        else:
            _due_of(found, child)
            _children(found, child, is_implementation=False)


def _due_of(found: Found, place: Place) -> None:
    label = DONE_LABEL.match(place.text)
    if label:
        found.due(deadlines.in_column(place.text[label.end() :], found.year), place.line.first)
    else:
        found.due(deadlines.in_text(place.text, found.year), place.line.first)


def _row(found: Found, place: Place) -> None:
    row = place.row
    if row is None:
        return
    due = deadlines.in_column(row.due, found.year) or deadlines.in_text(row.content, found.year)
    codes = found.due(due, place.line.first)
    text = quotes.without_end(row.content)
    task = Task(text, codes, quotes.without_end(row.deliverable) or None, place.line.first)
    for unit in _units(row.unit):
        cooperating = tuple(_units(row.cooperating))
        found.assignments.append(Assignment(unit, cooperating, (task,), place.line.first))


def _units(text: str) -> list[str]:
    """The units of a cell or label: split at semicolons, and where a line begins a new name."""
    parts: list[str] = []
    for line in text.split("\n"):
        for number, part in enumerate(line.split(";")):
            name = quotes.without_end(re.sub(r"^[-–+•]\s*", "", part.strip()))
            if not name:
                continue
            is_new = number > 0 or not parts or ORGAN_START.match(name) or UNIT_START.match(name)
            if is_new:
                parts.append(name)
            else:
                parts[-1] = f"{parts[-1]} {name}"
    return parts


def _labels(found: Found, parent: Place) -> bool:
    """ "Cơ quan chủ trì: …", "phối hợp: …", "Thời gian: …" below the thing to do."""
    lead = [child for child in parent.children if LEAD_LABEL.match(child.text)]
    if not lead or parent.is_section:
        return False
    values: dict[str, str] = {}
    for child in parent.children:
        for name, label in (
            ("unit", LEAD_LABEL), ("cooperating", COOPERATING_LABEL), ("due", TIME_LABEL),
            ("deliverable", RESULT_LABEL),
        ):  # fmt: skip
            match = label.match(child.text)
            if match:
                values[name] = child.text[match.end() :]
                break
        else:
            _due_of(found, child)
    due = deadlines.in_column(values.get("due", ""), found.year)
    codes = found.due(due, parent.line.first)
    deliverable = quotes.without_end(values.get("deliverable", "")) or None
    task = Task(quotes.without_end(parent.text), codes, deliverable, parent.line.first)
    cooperating = tuple(_units(values.get("cooperating", "")))
    for unit in _units(values["unit"]):
        found.assignments.append(Assignment(unit, cooperating, (task,), lead[0].line.first))
    return True


def _assigned(found: Found, place: Place, *, is_first_level: bool) -> None:
    """An item of "TỔ CHỨC THỰC HIỆN": a unit with its tasks, or a heading over such items."""
    split = split_unit(place.text, has_children=bool(place.children))
    if split is None and is_first_level:
        split = _guessed(found, place)
    if split is None:
        _due_of(found, place)
        if place.children:
            _children(found, place, is_implementation=True)
        elif is_first_level and not place.text.endswith(":"):
            message = "Chưa rõ đơn vị nào thực hiện việc này."
            found.questions.append(Question("assignments", message, None, place.line.first))
        return
    unit, rest, confidence = split
    if not rest and _are_units(place.children):
        _children(found, place, is_implementation=True)
        return
    tasks = _tasks(found, rest, place.line.first) if rest else []
    for child in place.children:
        tasks += _below(found, child)
    found.assignments.append(Assignment(unit, (), tuple(tasks), place.line.first, confidence))
    if not tasks:
        message = f"Chưa thấy nhiệm vụ nào của “{unit}”."
        found.questions.append(Question("assignments", message, None, place.line.first))


def _guessed(found: Found, place: Place) -> tuple[str, str, float] | None:
    """A name before a colon that no word tells to be a unit: taken, and asked about."""
    match = GUESSED.match(place.text)
    if not match or NOT_A_UNIT.match(match[1]) or VERB.search(match[1]) or ACTION.match(match[1]):
        return None
    message = f"“{match[1]}” có phải là đơn vị hoặc người thực hiện không?"
    found.questions.append(Question("assignments", message, None, place.line.first))
    return match[1], match[2], 0.5


def _are_units(places: list[Place]) -> bool:
    """Whether what stands below a heading such as "Các thành viên" names units of its own."""
    return len(places) > 1 and all(
        (split := split_unit(place.text, has_children=bool(place.children)))
        and split[2] == 1
        and ":" in place.text[:MAX_UNIT]
        for place in places
    )


def _below(found: Found, place: Place) -> list[Task]:
    if place.row:
        due = deadlines.in_column(place.row.due, found.year)
        codes = found.due(due, place.line.first)
        text = quotes.without_end(place.row.content)
        return [Task(text, codes, place.row.deliverable or None, place.line.first)]
    result = _tasks(found, place.text, place.line.first)
    for child in place.children:
        result += _below(found, child)
    return result


def _tasks(found: Found, text: str, paragraph: int) -> list[Task]:
    result = []
    for part in quotes.split(text, sentences=True):
        codes = found.due(deadlines.in_text(part, found.year), paragraph)
        hint = None if codes else deadlines.recurring(part)
        if hint:
            message = "Việc này có vẻ định kỳ nhưng câu không ghi rõ là thời hạn; hãy xem lại."
            found.questions.append(Question("deadlines", message, hint, paragraph))
        is_sure = not hint and all(deadlines.is_code(code) for code in codes)
        result.append(
            Task(quotes.without_end(part), codes, None, paragraph, 1.0 if is_sure else 0.5)
        )
    return [task for task in result if task.text]


def split_unit(text: str, *, has_children: bool) -> tuple[str, str, float] | None:
    """(unit, what it has to do, confidence) of an item; None where it names no unit."""
    given = BY_THIS_PLAN.match(text)
    text = text[given.end() :] if given else text
    asked = ASKING.match(text)
    bare = text[asked.end() :] if asked else text
    colon = quotes.top_level(bare, ":")
    if 0 < colon <= MAX_UNIT:
        unit, rest = bare[:colon].strip(), bare[colon + 1 :].strip()
        verb = VERB.search(unit)
        if UNIT_START.match(unit) and not (verb and not _is_person(unit)):
            return (unit, rest, 1.0) if rest or has_children else None
        if asked and rest and unit[0].isupper() and not NOT_A_UNIT.match(unit) and not verb:
            return unit, rest, 0.6
    if not UNIT_START.match(bare) or NOT_A_UNIT.match(bare):
        return None
    verb = VERB.search(bare)
    if verb and verb.start() <= MAX_UNIT:
        unit = bare[: verb.start()].strip(" ,")
        return unit, bare[verb.start() :].strip(" ,"), 0.9
    if has_children and len(bare) < MAX_HEADING and not bare.endswith((".", ";")):
        return quotes.without_end(bare), "", 1.0
    return None


def _is_person(unit: str) -> bool:
    """ "Đ/c Chi ủy viên phụ trách tuyên giáo": a person is named with the duty."""
    return bool(re.match(r"(?:các )?(?:đ/c|đồng chí|ông|bà|bí thư|phó bí thư)\b", unit, re.I))
