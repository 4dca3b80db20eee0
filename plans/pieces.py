"""The pieces of a plan that is being checked: split, merged, moved, added. Each is one change.

Every function gives a change for ``review.Edits.pieces``: it takes the plan inside the
transaction that writes the edits, and raises ``TransitionRefusedError`` where it cannot be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F

from core.text import clean
from core.workflow import TransitionRefusedError
from plans.models import ContentItem, LegalBasis, Plan, PlanNode, Recipient, Target, Task
from plans.naming import NamedUnits, day_or_none, recipient_target
from plans.reader import bases
from plans.reader.lines import Line
from plans.titles import short_title

Change = Callable[[Plan, NamedUnits], None]
KINDS: dict[str, type[Any]] = {
    "contentitem": ContentItem,
    "target": Target,
    "task": Task,
    "legalbasis": LegalBasis,
    "recipient": Recipient,
}
TEXTS = ("contentitem", "target", "task")  # what can be split, merged and moved
EMPTY_LINE = re.compile(r"\n\s*\n")
GONE = "Dòng này không còn trong kế hoạch, có thể vừa có người bỏ đi; mời đồng chí xem lại."


# The first part of a row's anchor on the review page.
ANCHORS = {
    "contentitem": "noi-dung",
    "target": "chi-tieu",
    "task": "viec",
    "legalbasis": "can-cu",
    "recipient": "noi-nhan",
}
ASKED = re.compile(
    r"(?P<verb>split|merge|move|take):(?P<kind>[a-z]+):(?P<key>\d{1,12})(?::(?P<to>[a-z]+))?"
)


def parse(asked: str) -> tuple[Change, str]:
    """What a button of the review page asks, and the anchor to come back to.

    Raises :class:`~core.workflow.TransitionRefusedError` for anything that no button says.
    """
    match = ASKED.fullmatch(asked)
    if match is None or match["kind"] not in KINDS:
        raise TransitionRefusedError(GONE)
    verb, kind, key, to = match["verb"], match["kind"], int(match["key"]), match["to"]
    if verb == "take":
        return take(kind, key), f"doan-{key}"
    if kind not in TEXTS or (verb == "move" and (to not in TEXTS or to == kind)):
        raise TransitionRefusedError(GONE)
    if verb == "split":
        return split(kind, key), f"{ANCHORS[kind]}-{key}"
    return merge(kind, key) if verb == "merge" else move(kind, key, to), f"muc-{ANCHORS[kind]}"


def parts_of(text: str) -> list[str]:
    """``text`` parted at its empty lines."""
    return [clean(part) for part in EMPTY_LINE.split(text) if part.strip()]


def split(kind: str, pk: int) -> Change:
    """Part the row's text at its empty lines; the parts after the first become rows behind it."""

    def change(plan: Plan, names: NamedUnits) -> None:
        row = _row(plan, kind, pk)
        parts = parts_of(row.text)
        if len(parts) < 2:
            raise TransitionRefusedError(
                "Chưa có dòng trống nào trong ô; hãy đặt con trỏ vào chỗ muốn tách và gõ Enter"
                " hai lần."
            )
        _open_room(plan, KINDS[kind], row.position, len(parts) - 1)
        _put_text(row, parts[0])
        for offset, text in enumerate(parts[1:], 1):
            _copy(row, position=row.position + offset, text=text)

    return change


def merge(kind: str, pk: int) -> Change:
    """Put the row's text behind that of the row before it."""

    def change(plan: Plan, names: NamedUnits) -> None:
        row = _row(plan, kind, pk)
        rows = KINDS[kind].objects.filter(plan=plan, position__lt=row.position, is_left_out=False)
        if kind == "task":
            rows = rows.filter(lead=row.lead_id)
        before = rows.select_related("node").order_by("position").last()
        if before is None:
            raise TransitionRefusedError("Không có mục nào ở trước để gộp vào.")
        last = max([*before.paragraphs, *row.paragraphs], default=None)
        if before.node is not None and last is not None and last > before.node.paragraph:
            before.last_paragraph = last
        if kind == "task":
            before.due = [*before.due, *(code for code in row.due if code not in before.due)]
            before.cooperating.add(*row.cooperating.all())
            _merge_details(before, row)
        _put_text(before, _joined(before.text, row.text))
        row.delete()

    return change


def move(kind: str, pk: int, to: str) -> Change:
    """Make the row one of another kind, at its place in the order of the source."""

    def change(plan: Plan, names: NamedUnits) -> None:
        row = _row(plan, kind, pk)
        _add(plan, to, row.text, node=row.node, last_paragraph=row.last_paragraph)
        row.delete()

    return change


def add(kind: str, text: str, *, lead: str = "") -> Change:
    """A row that the reader did not see, behind the others; a task is given to ``lead``."""

    def change(plan: Plan, names: NamedUnits) -> None:
        _add(plan, kind, text, **{"lead": names.get(lead)} if lead else {})

    return change


def take(kind: str, paragraph: int) -> Change:
    """A paragraph of the source becomes a row."""

    def change(plan: Plan, names: NamedUnits) -> None:
        texts = plan.reading.get("paragraphs", [])
        if not 0 <= paragraph < len(texts) or not clean(texts[paragraph]):
            raise TransitionRefusedError("Không thấy đoạn này trong nguyên văn.")
        holding = PlanNode.objects.filter(
            plan=plan, paragraph__lte=paragraph, last_paragraph__gte=paragraph
        )
        _add(plan, kind, clean(texts[paragraph]), node=holding.order_by("position").last())

    return change


def _row(plan: Plan, kind: str, pk: int) -> Any:
    rows = KINDS[kind].objects.select_related("node").filter(plan=plan)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise TransitionRefusedError(GONE)
    return row


def _open_room(plan: Plan, model: type[Any], position: int, count: int) -> None:
    """Move the rows behind ``position`` down by ``count``; an order alone makes no history."""
    rows = model.objects.filter(plan=plan, position__gt=position)
    rows.update(position=F("position") + count)


def _put_text(row: Any, text: str) -> None:
    """Write the text; a short title that came from the old one follows it."""
    if isinstance(row, ContentItem) and row.short_title == short_title(row.text):
        row.short_title = short_title(text)
    row.text = text
    row.save()


def _joined(first: str, second: str) -> str:
    """A sentence that was cut in two goes on; after a whole one a new line begins."""
    goes_on = not first.rstrip().endswith((".", ";", ":", "!", "?", "”"))
    return f"{first.rstrip()}{' ' if goes_on else chr(10)}{second.lstrip()}"


def _merge_details(before: Task, row: Task) -> None:
    """Who, with what and by what right: both, where the two tasks say it differently."""
    for name in ("person", "responsibility", "deliverable", "authority"):
        said = dict.fromkeys(filter(None, (getattr(before, name), getattr(row, name))))
        text, limit = "; ".join(said), Task._meta.get_field(name).max_length
        if limit and len(text) > limit:
            raise TransitionRefusedError(
                "Gộp lại thì sản phẩm, người hoặc thẩm quyền quá dài; mời đồng chí rút gọn trước."
            )
        setattr(before, name, text)


def _copy(row: Any, *, position: int, text: str) -> None:
    """A row like ``row`` with its own text."""
    left = {"id", "position", "text", "short_title"}
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in left
    }
    if isinstance(row, ContentItem):
        values["short_title"] = short_title(text)
    new = type(row).objects.create(**values, position=position, text=text)
    if isinstance(row, Task):
        new.cooperating.set(row.cooperating.all())


def _add(plan: Plan, kind: str, text: str, *, node: Any = None, **values: Any) -> None:
    model = KINDS[kind]
    position = _position(model, plan, node)
    _open_room(plan, model, position - 1, 1)
    model.objects.create(
        plan=plan, node=node, position=position, **values, **_fields(plan, kind, text)
    )


def _position(model: type[Any], plan: Plan, node: PlanNode | None) -> int:
    """Behind the rows of earlier places of the text; last, where it has no place."""
    rows = model.objects.filter(plan=plan)
    if node is not None:
        before = models.Q(node__position__lte=node.position)
        rows = rows.filter(before) if rows.filter(node__isnull=False).exists() else rows
    last = rows.aggregate(last=models.Max("position"))["last"]
    return int(last or 0) + 1


def _fields(plan: Plan, kind: str, text: str) -> dict[str, Any]:
    """What a text means as a row of ``kind``."""
    if kind == "contentitem":
        return {"text": text, "short_title": short_title(text)}
    if kind == "legalbasis":
        return basis_fields(text)
    if kind == "recipient":
        text = text.lstrip("-– ")[:300]
        return {"text": text, **recipient_target(plan, text)}
    return {"text": text}


def basis_fields(text: str) -> dict[str, Any]:
    """An instrument as it is cited; what cannot be read as one is kept as its subject."""
    found, _ = bases.read([Line(text=text, first=0, last=0)])
    if not found:
        return {"document_type": "Văn bản", "subject": text}
    basis = found[0]
    return {
        "document_type": basis.document_type[:60],
        "code": (basis.code or "")[:80],
        "issued_on": day_or_none(basis.issued_on),
        "issuer": (basis.issuer or "")[:300],
        "subject": basis.subject or "",
    }
