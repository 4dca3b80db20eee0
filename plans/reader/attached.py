"""A plan that a decision puts into force: the decision in front, the plan behind its signature."""

from core.text import fold
from plans.reader.header import Head, read_head
from plans.reader.lines import Line
from plans.reader.markers import marker
from plans.reader.reading import Place, Question

CARRIERS = ("QUYẾT ĐỊNH", "CÔNG VĂN", "TỜ TRÌNH", "THÔNG BÁO")
FROM_CARRIER = ("number", "symbol", "issued_on", "issued_month", "issue_place")


def plan_within(lines: list[Line]) -> int | None:
    """Where the line "KẾ HOẠCH" of an attached plan stands; None where there is none."""
    for at, line in enumerate(lines):
        if (
            at
            and line.cells is None
            and fold(line.text).strip(" .:") in ("ke hoach", "k e h o a c h")
        ):
            has_text = any(marker(other.text) for other in lines[at + 1 :])
            return at if has_text and line.text.upper() == line.text else None
    return None


def head_of_plan(carrier: Head, lines: list[Line], at: int) -> Head:
    """The head of the plan whose type is printed at ``at``; what it lacks is the carrier's."""
    head = read_head(lines[at:])
    head.type_line = at
    head.end += at
    for name in FROM_CARRIER:
        if getattr(head, name) is None:
            setattr(head, name, getattr(carrier, name))
    head.separator = carrier.separator if carrier.number else head.separator
    head.has_blank_day = carrier.has_blank_day
    head.organs = carrier.organs
    for name, place in carrier.places.items():
        head.places.setdefault(name, Place(place.paragraph, min(place.confidence, 0.6)))
    return head


def question(carrier: Head) -> Question:
    kind = (carrier.document_type or "").lower()
    message = f"Kế hoạch này kèm theo một {kind}; số và ngày được lấy từ {kind} đó, hãy xem lại."
    place = carrier.places.get("number")
    return Question("number", message, None, place.paragraph if place else None)
