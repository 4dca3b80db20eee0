"""A reading -> a proposed plan with everything in it, for a person to check."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from core.models import StoredFile
from core.workflow import StaleError, TransitionRefusedError
from plans.models import (
    ContentItem,
    LegalBasis,
    NamedUnit,
    Plan,
    PlanNode,
    Recipient,
    Revision,
    Status,
    Target,
    Task,
)
from plans.naming import NamedUnits, day_or_none, is_person, recipient_target
from plans.reader import Reading
from plans.titles import short_title
from units.models import Unit


def digest(data: bytes) -> str:
    """The SHA-256 by which a file is known again."""
    return hashlib.sha256(data).hexdigest()


def known_plan(ward: Unit, sha256: str) -> Plan | None:
    """The plan of ``ward`` that a file with this SHA-256 has made, or was a newer text of."""
    plans = Plan.objects.filter(owner=ward)
    revised = Q(revisions__source__sha256=sha256, revisions__state=Revision.State.TAKEN)
    return plans.filter(Q(source_sha256=sha256) | revised).first()


class KnownPlanError(ValueError):
    """Another file has made this plan already; ``plan`` is it."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "Kế hoạch cùng số, ký hiệu, ngày và cơ quan ban hành đã được nạp từ một tệp khác."
        )
        self.plan = plan


@transaction.atomic
def propose(reading: Reading, *, ward: Unit, stored_file: StoredFile, user: Any) -> Plan:
    """Write the proposed plan that ``reading`` describes, all of it or nothing.

    A file that is known opens the plan that it made: that one comes back, unchanged.
    Raises :class:`KnownPlanError` when another file has made the same plan.
    """
    # Two presses of the button: the second waits here and finds what the first made.
    Unit.objects.select_for_update().get(pk=ward.pk)
    known = known_plan(ward, stored_file.sha256)
    if known is not None:
        return known
    plan = _plan(reading, ward, stored_file, user)
    twin = plan.code and Plan.objects.filter(
        owner=ward, issuer=plan.issuer, code=plan.code, issued_on=plan.issued_on
    )
    if twin and plan.issued_on and (same := twin.first()):
        raise KnownPlanError(same)
    plan.save(force_insert=True)
    nodes = write_nodes(plan, reading)
    _bases(plan, reading, nodes)
    _contents(plan, reading, nodes)
    _targets(plan, reading, nodes)
    _tasks(plan, reading, nodes)
    _recipients(plan, reading, nodes)
    return plan


@transaction.atomic
def discard(plan: Plan, *, seen_version: int) -> None:
    """Drop a plan that is still proposed, with all that grew from it; the file is kept.

    Raises :class:`~core.workflow.TransitionRefusedError` once it is confirmed and
    :class:`~core.workflow.StaleError` when someone wrote since.
    """
    fresh = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if fresh.status != Status.PROPOSED:
        raise TransitionRefusedError("Kế hoạch đã được xác nhận nên không bỏ được.")
    if fresh.version != seen_version:
        raise StaleError(fresh)
    Task.objects.filter(plan=fresh).delete()  # its names are protected by it
    fresh.delete()


def as_stored(reading: Reading) -> dict[str, Any]:
    """``reading`` as ``Plan.reading`` keeps it."""
    return reading.as_dict() | {
        "paragraphs": [p.raw for p in reading.paragraphs],
        "cells": {str(p.index): list(p.cells) for p in reading.paragraphs if p.cells},
    }


def _plan(reading: Reading, ward: Unit, stored_file: StoredFile, user: Any) -> Plan:
    issued_on = day_or_none(reading.issued_on)
    starts = issued_on or (dt.date(reading.year, 1, 1) if reading.year else None)
    ends = dt.date(reading.year + 1, 1, 1) if reading.year else None
    return Plan(
        owner=ward,
        code=(reading.code or "")[:80],
        document_type=reading.document_type[:60],
        issued_on=issued_on,
        issue_place=(reading.issue_place or "")[:120],
        issuer=" / ".join(reading.issuers)[:300],
        superior=(reading.superior or "")[:300],
        subject=reading.subject,
        year=reading.year,
        valid_from=starts,
        valid_to=ends if ends and (starts is None or ends > starts) else None,
        closing=reading.closing or "",
        source=stored_file,
        source_sha256=stored_file.sha256,
        reading=as_stored(reading),
        created_by=user,
    )


def write_nodes(plan: Plan, reading: Reading) -> dict[int, PlanNode]:
    """Write the text; the deepest node of each source paragraph, for those that point to it."""
    by_position: dict[int, PlanNode] = {}
    levels: dict[int, list[PlanNode]] = {}
    for node in reading.nodes:
        parent = by_position.get(node.parent) if node.parent is not None else None
        row = PlanNode(
            plan=plan,
            parent=parent,
            position=node.position,
            depth=parent.depth + 1 if parent else 0,
            numeral=node.numeral[:20],
            heading=node.heading,
            text=node.text,
            role=node.role,
            paragraph=node.paragraph,
            last_paragraph=node.last,
        )
        by_position[node.position] = row
        levels.setdefault(row.depth, []).append(row)
    for depth in sorted(levels):  # parents first: a child takes the key that its parent got
        PlanNode.objects.bulk_create(levels[depth])
    return {node.paragraph: node for node in by_position.values()}


def _bases(plan: Plan, reading: Reading, nodes: dict[int, PlanNode]) -> None:
    _write(
        LegalBasis,
        (
            LegalBasis(
                plan=plan,
                node=nodes.get(basis.paragraph),
                position=number,
                document_type=basis.document_type[:60],
                code=(basis.code or "")[:80],
                issued_on=day_or_none(basis.issued_on),
                issuer=(basis.issuer or "")[:300],
                subject=basis.subject or "",
            )
            for number, basis in enumerate(reading.legal_bases, 1)
        ),
    )


def _contents(plan: Plan, reading: Reading, nodes: dict[int, PlanNode]) -> None:
    _write(
        ContentItem,
        (
            ContentItem(
                plan=plan,
                node=nodes.get(paragraph),
                position=number,
                text=text,
                short_title=short_title(text),
            )
            for number, (text, paragraph) in enumerate(reading.items("content"), 1)
        ),
    )


def _targets(plan: Plan, reading: Reading, nodes: dict[int, PlanNode]) -> None:
    _write(
        Target,
        (
            Target(plan=plan, node=nodes.get(paragraph), position=number, text=text)
            for number, (text, paragraph) in enumerate(reading.items("target"), 1)
        ),
    )


def _tasks(plan: Plan, reading: Reading, nodes: dict[int, PlanNode]) -> None:
    names = NamedUnits(plan, nodes)
    tasks: list[Task] = []
    cooperating: list[list[NamedUnit]] = []
    for assignment in reading.assignments:
        lead = names.get(assignment.unit, assignment.paragraph)
        others = [names.get(name, assignment.paragraph) for name in assignment.cooperating]
        for task in assignment.tasks:
            tasks.append(
                Task(
                    plan=plan,
                    node=nodes.get(task.paragraph),
                    position=len(tasks) + 1,
                    lead=lead,
                    text=task.text,
                    person=assignment.unit[:200] if is_person(assignment.unit) else "",
                    due=list(task.due),
                    deliverable=(task.deliverable or "")[:300],
                )
            )
            cooperating.append(others)
    _write(Task, tasks)
    through = Task.cooperating.through
    through.objects.bulk_create(
        through(task_id=task.pk, namedunit_id=name.pk)
        for task, others in zip(tasks, cooperating, strict=True)
        for name in {other.pk: other for other in others}.values()
    )


def _recipients(plan: Plan, reading: Reading, nodes: dict[int, PlanNode]) -> None:
    rows = []
    for number, recipient in enumerate(reading.recipients, 1):
        rows.append(
            Recipient(
                plan=plan,
                node=nodes.get(recipient.paragraph),
                position=number,
                text=recipient.text[:300],
                **recipient_target(plan, recipient.text),
            )
        )
    Recipient.objects.bulk_create(rows)


def _write(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    bulk_create_with_history(list(rows), model)
