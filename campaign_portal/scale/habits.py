"""What kind of unit it is: how large, how punctual, how busy; and how the year goes."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from reports.models import Extension
from units.models import Unit

K = Unit.Kind

# How much is done in a month: little before Tết and in June, much around 15/3, in July and November.
SEASON = (0.9, 0.6, 1.6, 1.0, 0.9, 0.7, 1.35, 1.0, 1.1, 1.1, 1.7, 1.2)


@dataclass(frozen=True, slots=True)
class Manner:
    """Shares of a unit's months: late, not sent at all, without activity, numbers copied."""

    late: float
    missing: float
    zero: float
    copied: float


# share of the units, their manner
MANNERS = (
    (0.70, Manner(late=0.03, missing=0.005, zero=0.02, copied=0.01)),
    (0.20, Manner(late=0.15, missing=0.02, zero=0.05, copied=0.03)),
    (0.08, Manner(late=0.35, missing=0.07, zero=0.08, copied=0.20)),
    (0.02, Manner(late=0.30, missing=0.25, zero=0.30, copied=0.10)),
)

# code of the indicator: least, most in a usual month, share of the reports that answer it
RESIDENTS = {
    "posts_social": (0, 10, 0.8),
    "banners": (0, 5, 0.5),
    "leaflets": (10, 250, 0.6),
    "products_introduced": (0, 8, 0.5),
    "commitments": (0, 12, 0.4),
    "broadcasts": (2, 12, 0.6),
}
SCHOOL = {
    "posts_social": (1, 8, 0.8),
    "banners": (0, 3, 0.4),
    "leaflets": (0, 150, 0.4),
    "products_introduced": (0, 6, 0.5),
}
ENTERPRISE = {
    "posts_social": (0, 6, 0.6),
    "products_introduced": (1, 12, 0.8),
    "commitments": (0, 1, 0.3),
}
OFFICE = {
    "posts_social": (0, 4, 0.7),
    "leaflets": (0, 60, 0.3),
    "products_introduced": (0, 4, 0.4),
    "directive_docs": (0, 2, 0.3),
}
USUAL = {
    K.RESIDENTIAL_CELL: RESIDENTS,
    K.SCHOOL_CELL: SCHOOL,
    K.ENTERPRISE_CELL: ENTERPRISE,
}
# Months in which the city lets people vote for goods, and in which people are commended.
VOTES_IN, COMMENDED_IN = (9, 10), (11, 12)

# What a unit gets that asks for more time.
_KIND = Extension.Kind
KINDS = (*[_KIND.REQUESTED] * 6, *[_KIND.EXCUSED] * 3, _KIND.EXEMPT)


@dataclass(frozen=True, slots=True)
class Habit:
    """One unit, for as long as it lives. ``room`` is how many people come to a session."""

    kind: str
    manner: Manner
    zeal: float
    room: int
    models: int
    rounds: float
    usual: dict[str, tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Year:
    """What happens to a unit in one year: months asleep; the month with another due day or none."""

    asleep: frozenset[int]
    excepted: int | None
    kind: str
    days: int


def habit_of(kind: str, rng: random.Random) -> Habit:
    point, manner = rng.random(), MANNERS[-1][1]
    for share, one in MANNERS:
        if point < share:
            manner = one
            break
        point -= share
    least, most = {K.RESIDENTIAL_CELL: (25, 70), K.SCHOOL_CELL: (40, 180)}.get(kind, (12, 45))
    return Habit(
        kind=kind,
        manner=manner,
        zeal=rng.uniform(0.4, 1.5),
        room=rng.randint(least, most),
        models=rng.choice((0, 0, 0, 1, 1, 2)),
        rounds=rng.choice((0.0, 0.02, 0.1, 0.4)),
        usual=USUAL.get(kind, OFFICE),
    )


def year_of(rng: random.Random) -> Year:
    """Now and then three or four months without activity; more often more time around Tết."""
    asleep: frozenset[int] = frozenset()
    if rng.random() < 0.02:
        start = rng.randint(1, 9)
        asleep = frozenset(range(start, start + rng.randint(3, 4)))
    return Year(
        asleep=asleep,
        excepted=rng.choice((1, 2, 2, 4, 9, 10, 11)) if rng.random() < 0.12 else None,
        kind=rng.choice(KINDS),
        days=rng.randint(3, 8),
    )


def season(month: dt.date) -> float:
    return SEASON[month.month - 1]
