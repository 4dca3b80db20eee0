"""By when a request about personal data is answered and done.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP: an answer within 2 working days; withdrawal,
restriction and objection done within 15 days (20 where others must act too); seeing, correcting
and a copy within 10, deletion within 20; one extension of 15 days, with its reason.
"""

from __future__ import annotations

import datetime as dt

from reports.days_off import DaysOff

ANSWER_WORKING_DAYS = 2
EXTENSION_DAYS = 15
DAYS = {
    "view": 10,
    "correct": 10,
    "copy": 10,
    "delete": 20,
    "withdraw": 15,
    "restrict": 15,
    "object": 15,
}
WITH_OTHERS = {"withdraw": 20, "restrict": 20, "object": 20}


def answer_due(received: dt.date, days_off: DaysOff) -> dt.date:
    """The second working day after the one on which it came."""
    day = received
    for _ in range(ANSWER_WORKING_DAYS):
        day = days_off.working_day_from(day + dt.timedelta(days=1))
    return day


def done_due(
    kind: str, received: dt.date, *, needs_others: bool = False, is_extended: bool = False
) -> dt.date:
    days = WITH_OTHERS.get(kind, DAYS[kind]) if needs_others else DAYS[kind]
    return received + dt.timedelta(days=days + EXTENSION_DAYS * is_extended)
