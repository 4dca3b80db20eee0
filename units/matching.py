"""From a name in a document to a unit of the tree: names in time, aliases, groups."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.text import fold
from units.models import Unit, UnitGroup, UnitName
from units.models.tree import holds_on

EXACT, ALIAS, NEAR = 100, 95, 60  # a match below NEAR is no match
NOISE = re.compile(r"\b(de nghi|dong chi|d/c|phuong|tren dia ban)\b")


@dataclass(frozen=True)
class UnitMatch:
    """A unit or a group that a name may mean; ``score`` from 0 to 100, 95 and more is sure."""

    score: int
    name: str
    unit: Unit | None = None
    group: UnitGroup | None = None

    @property
    def is_sure(self) -> bool:
        return self.score >= ALIAS


def find_unit(ward: Unit, name: str, day: dt.date) -> list[UnitMatch]:
    """What ``name`` in a document of ``day`` may mean in ``ward`` today, best first, at most 5.

    An alias counts when its time contains ``day`` ("Tuyên giáo Đảng ủy" of 2023 is
    Ban Xây dựng Đảng now). Compared by folded keys, so marks and tone placement do
    not matter. Empty when nothing is near.
    """
    key = fold(name)
    found: dict[tuple[str, int], UnitMatch] = {}

    def offer(match: UnitMatch) -> None:
        kind, target = ("unit", match.unit) if match.unit else ("group", match.group)
        slot = (kind, target.pk)  # type: ignore[union-attr]
        if match.score >= NEAR and match.score > getattr(found.get(slot), "score", 0):
            found[slot] = match

    for candidate, target, sure in _candidates(ward, day):
        offer(
            UnitMatch(
                score=_score(key, fold(candidate), sure),
                name=candidate,
                unit=target if isinstance(target, Unit) else None,
                group=target if isinstance(target, UnitGroup) else None,
            )
        )
    return sorted(found.values(), key=lambda match: -match.score)[:5]


def _candidates(ward: Unit, day: dt.date) -> list[tuple[str, Unit | UnitGroup, int]]:
    """Every name that a document of ``day`` may use: (name, what it means, score if equal)."""
    units = list(Unit.objects.under(ward).filter(closed_on__isnull=True))
    by_pk = {unit.pk: unit for unit in units}
    names: list[tuple[str, Unit | UnitGroup, int]] = [(unit.name, unit, EXACT) for unit in units]
    names += [(unit.short_name, unit, ALIAS) for unit in units if unit.short_name]
    aliases = UnitName.objects.filter(
        holds_on(day, "valid_from", "valid_to"), unit__path__startswith=ward.path
    )
    names += [(a.name, by_pk[a.unit_id], ALIAS) for a in aliases if a.unit_id in by_pk]
    for group in UnitGroup.objects.filter(owner=ward):
        names += [
            (name, group, EXACT) for name in [group.name, *group.aliases.splitlines()] if name
        ]
    return names


def _score(key: str, candidate: str, sure: int) -> int:
    if key == candidate:
        return sure
    bare, bare_candidate = _bare(key), _bare(candidate)
    if bare and bare == bare_candidate:
        return ALIAS - 1
    return int(90 * SequenceMatcher(None, bare, bare_candidate).ratio())


def _bare(key: str) -> str:
    return " ".join(NOISE.sub(" ", key).split())
