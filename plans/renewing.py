"""Last year's plan as a proposal for the next: dates moved, what is unfinished carried."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from core.files import Kind, store_upload
from core.workflow import TransitionRefusedError
from plans import tracking
from plans.models import (
    ContentItem,
    LegalBasis,
    NamedUnit,
    Plan,
    PlanNode,
    Recipient,
    Status,
    Target,
    Task,
)
from plans.proposals import digest, known_plan
from plans.reader.bases import CODE

Role = PlanNode.Role
# Who signed, on what ground and with which number stays as it was printed.
KEPT = frozenset({Role.HEADER, Role.BASIS, Role.SIGNATURE, Role.RECIPIENT})
CITED = re.compile(rf"{CODE}(?:[^.;“”]{{0,60}}?\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})?")
DATED = re.compile(r"^(\d{4})(-.*)$")
NOT_HELD = "Chỉ kế hoạch đã xác nhận mới chép sang năm sau được."


@dataclass(frozen=True)
class Renewal:
    """What a copy will be: its year, the tasks carried and left, the bases that were replaced."""

    was: int
    year: int
    carried: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)
    outdated: list[LegalBasis] = field(default_factory=list)


def look(plan: Plan, *, today: dt.date) -> Renewal:
    """What :func:`renew` will do. Raises ``TransitionRefusedError`` where it cannot.

    The copy is for the year after the plan's; after this one for a plan that was extended since.
    """
    if plan.valid_from is None or plan.status == Status.PROPOSED:
        raise TransitionRefusedError(NOT_HELD)
    year = plan.year or plan.valid_from.year
    tasks = list(plan.tasks.filter(is_left_out=False).select_related("lead"))
    stands = tracking.standings(plan.owner, tasks, today)
    bases = plan.legal_bases.filter(is_left_out=False, instrument__isnull=False)
    rows = bases.select_related("instrument__successor")
    return Renewal(
        was=year,
        year=year + 1 if year + 1 >= today.year else today.year + 1,
        carried=[task for task in tasks if not stands[task.pk].is_done],
        done=[task for task in tasks if stands[task.pk].is_done],
        outdated=[row for row in rows if not row.instrument.holds],
    )


@transaction.atomic
def renew(plan: Plan, *, user: Any, today: dt.date) -> Plan:
    """A proposed plan for the next year; the same copy asked for again comes back as it is.

    Number, day and signer are left to the office. Raises ``TransitionRefusedError``.
    """
    renewal = look(plan, today=today)
    move = Mover(renewal.was, renewal.year)
    text = _text(plan, move)
    data = f"{text}\n".encode()
    known = known_plan(plan.owner, digest(data))
    if known is not None:
        return known
    file = ContentFile(data, name=f"ke-hoach-{renewal.year}.txt")
    source = store_upload(file, kinds=[Kind.DOCUMENT], user=user)
    copy = Plan(
        owner=plan.owner,
        document_type=plan.document_type,
        issue_place=plan.issue_place,
        issuer=plan.issuer,
        superior=plan.superior,
        subject=move.text(plan.subject),
        year=renewal.year,
        valid_from=dt.date(renewal.year, 1, 1),
        valid_to=dt.date(renewal.year + 1, 1, 1),
        closing=move.text(plan.closing),
        source=source,
        source_sha256=source.sha256,
        reading={"paragraphs": text.splitlines(), "questions": []},
        copied_from=plan,
        created_by=user,
    )
    copy.save(force_insert=True)
    _rows(plan, copy, move, renewal)
    return copy


class Mover:
    """Moves what names ``year`` to ``to``; citations keep the year of their instrument."""

    def __init__(self, year: int, to: int) -> None:
        self._year = re.compile(rf"(?<!\d){year}(?!\d)")
        self._next, self._years = str(to), to - year

    def text(self, text: str) -> str:
        """ "đến 30/11/2026" -> "đến 30/11/2027"; "Kế hoạch số 12/KH-UBND ngày 3/2/2026" stays."""
        result, at = [], 0
        for cited in CITED.finditer(text):
            result += [self._year.sub(self._next, text[at : cited.start()]), cited[0]]
            at = cited.end()
        return "".join([*result, self._year.sub(self._next, text[at:])])

    def code(self, code: str) -> str:
        """ "2026-Q4" -> "2027-Q4"; what comes back every month or year stays."""
        return "/".join(_later(part, self._years) for part in code.split("/"))


def _later(code: str, years: int) -> str:
    match = DATED.match(code)
    if not match:
        return code
    moved = f"{int(match[1]) + years}{match[2]}"
    return moved.replace("-02-29", "-02-28")


def _text(plan: Plan, move: Mover) -> str:
    """The full text, paragraph by paragraph, for the next year."""
    kept = {
        paragraph
        for node in plan.nodes.filter(role__in=KEPT)
        for paragraph in range(node.paragraph, node.last_paragraph + 1)
    }
    texts = plan.reading.get("paragraphs", [])
    lines = (
        " ".join((text if number in kept else move.text(text)).split())
        for number, text in enumerate(texts)
    )
    return "\n".join(lines)


def _rows(plan: Plan, copy: Plan, move: Mover, renewal: Renewal) -> None:
    nodes = _nodes(plan, copy, move)
    names = {}
    for name in plan.named_units.all():
        old, name.pk = name.pk, None
        name.plan, name.node = copy, nodes.get(name.node_id)  # type: ignore[arg-type]
        names[old] = name
    NamedUnit.objects.bulk_create(names.values())
    contents = plan.content_items.filter(is_left_out=False, left_out_from__isnull=True)
    for model, rows in (
        (LegalBasis, plan.legal_bases.filter(is_left_out=False)),
        (ContentItem, contents),
        (Target, plan.targets.filter(is_left_out=False)),
    ):
        bulk_create_with_history([_copied(row, copy, nodes, move) for row in rows], model)
    recipients = plan.recipients.filter(is_left_out=False)
    Recipient.objects.bulk_create([_copied(row, copy, nodes, None) for row in recipients])
    _tasks(copy, renewal.carried, nodes, names, move)


def _nodes(plan: Plan, copy: Plan, move: Mover) -> dict[int, PlanNode]:
    """The tree of the text; old key -> new row."""
    result: dict[int, PlanNode] = {}
    levels: dict[int, list[PlanNode]] = {}
    for node in plan.nodes.all():
        old, parent = node.pk, result.get(node.parent_id)  # type: ignore[arg-type]
        node.pk, node.plan, node.parent = None, copy, parent
        if node.role not in KEPT:
            node.heading, node.text = move.text(node.heading), move.text(node.text)
        result[old] = node
        levels.setdefault(node.depth, []).append(node)
    for depth in sorted(levels):
        PlanNode.objects.bulk_create(levels[depth])
    return result


def _copied(row: Any, copy: Plan, nodes: dict[int, PlanNode], move: Mover | None) -> Any:
    row.node = nodes.get(row.node_id)
    row.pk, row.plan = None, copy
    if isinstance(row, ContentItem):
        row.counts_from = None
        row.short_title = move.text(row.short_title) if move else row.short_title
    if move and not isinstance(row, LegalBasis):
        row.text = move.text(row.text)
    return row


def _tasks(
    copy: Plan,
    carried: list[Task],
    nodes: dict[int, PlanNode],
    names: dict[int, NamedUnit],
    move: Mover,
) -> None:
    through = Task.cooperating.through
    links = through.objects.filter(task__in=carried).values_list("task_id", "namedunit_id")
    old = {id(task): task.pk for task in carried}
    for position, task in enumerate(carried, 1):
        lead = names.get(task.lead_id)  # type: ignore[arg-type]
        _copied(task, copy, nodes, move)
        task.lead, task.position = lead, position
        task.state, task.evidence, task.percent = Task.State.TODO, "", 0
        # What is counted, and how it was split, is of the year that ends.
        task.parent, task.rule, task.rule_item = None, Task.Rule.BY_HAND, None
        task.rule_code, task.rule_target, task.override_reason = "", None, ""
        task.version = 1
        task.due = [move.code(code) for code in task.due]
    links = list(links)
    new = {old[id(task)]: task for task in bulk_create_with_history(carried, Task)}
    through.objects.bulk_create(
        through(task_id=new[task].pk, namedunit_id=names[name].pk) for task, name in links
    )
