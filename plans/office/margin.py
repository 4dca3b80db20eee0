"""The text of a plan with, beside each place, what it became and how that stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from plans import standing
from plans.models import Plan, PlanNode, Status, Task
from plans.standing import Light
from plans.tracking import Standing

WORST = ("bad", "none", "some", "good")


@dataclass(frozen=True)
class Note:
    """What a place became: a link to it, and its light where it has one."""

    label: str
    anchor: str
    light: Light | None = None


def margin(
    plan: Plan,
    bases: list[Any],
    contents: list[Any],
    tasks: list[Task],
    stands: dict[int, Standing],
    today: dt.date,
) -> list[tuple[PlanNode, list[Note]]]:
    """Every place of the text with its notes; a proposal has no lights yet."""
    is_held = plan.status != Status.PROPOSED
    became: dict[int | None, list[Note]] = defaultdict(list)
    for basis in bases:
        became[basis.node_id].append(
            Note(f"Căn cứ: {basis}", f"can-cu-{basis.pk}", _basis_light(basis))
        )
    lights = standing.content_lights(plan, contents, today) if is_held else {}
    for item in contents:
        note = Note(f"Nội dung: {item.short_title}", f"noi-dung-{item.pk}", lights.get(item.pk))
        became[item.node_id].append(note)
    groups: dict[tuple[int | None, Any], list[Task]] = defaultdict(list)
    for task in tasks:
        groups[task.node_id, task.lead].append(task)
    for (node, lead), group in groups.items():
        name = lead.printed_name if lead else "chưa rõ đơn vị"
        anchor = f"ten-{lead.pk}" if lead else "giao"
        light = _worst([stands[task.pk] for task in group]) if is_held else None
        became[node].append(Note(f"{len(group)} nhiệm vụ: {name}", anchor, light))
    return [(node, became.get(node.pk, [])) for node in plan.nodes.all()]


def _basis_light(basis: Any) -> Light | None:
    if basis.instrument is None or basis.instrument.holds:
        return None
    return Light("bad", basis.instrument.get_status_display().capitalize())


def _worst(stands: list[Standing]) -> Light:
    """One light for the tasks of a place: the worst of them, and how many are done."""
    lights = [one.light for one in stands]
    worst = min(lights, key=lambda light: WORST.index(light.level))
    if len(stands) == 1:
        return worst
    done = sum(one.is_done for one in stands)
    late = sum(one.is_overdue for one in stands)
    text = f"{done}/{len(stands)} đã xong" + (f", {late} quá hạn" if late else "")
    return Light(worst.level, text)
