"""Where the office's search looks among plans: by number, subject, bases, contents, tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import CharField, Value
from django.urls import reverse

from core.finding import LOOKED_AT, Asked, Found, Source, holding, rank_of
from core.text import format_date
from plans.models import ContentItem, LegalInstrument, Plan, Task

LONGEST = 160  # characters of a line


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _plans(user: Any, asked: Asked) -> list[Found]:
    # The key has no kind: "kế hoạch 85" is looked for as 85, and weighed by the whole name.
    words = tuple(word for word in asked.words if word not in ("ke", "hoach")) or asked.words
    rows = Plan.objects.visible_to(user).filter(holding(replace(asked, words=words), "search"))
    return [
        Found(
            _dated(plan, plan.issued_on),
            _short(plan.subject),
            _plan_page(plan, user),
            rank_of(asked, str(plan), plan.code, plan.subject, key=plan.search),
        )
        for plan in rows.defer("reading").select_related("owner")[:LOOKED_AT]
    ]


def _plan_page(plan: Plan, user: Any) -> str:
    """The review of a proposed plan is for those who change it."""
    if user.has_perm("plans.change_plan", plan):
        return plan.get_absolute_url()
    return reverse("admin:plan_detail", args=[plan.pk])


def _instruments(user: Any, asked: Asked) -> list[Found]:
    """Opened in the register, narrowed to the one row: its own page is for those who change it."""
    rows = LegalInstrument.objects.visible_to(user).filter(holding(asked, "search"))
    return [
        Found(
            _dated(row, row.issued_on),
            _short(", ".join(part for part in (row.issuer, row.subject) if part)),
            _instrument_page(row, user),
            rank_of(asked, str(row), row.code, row.subject, key=row.search),
        )
        for row in rows.select_related("owner")[:LOOKED_AT]
    ]


def _instrument_page(row: LegalInstrument, user: Any) -> str:
    if user.has_perm("plans.change_legalinstrument", row):
        return reverse("admin:instrument", args=[row.pk])
    return reverse("admin:instrument_list", query={"q": str(row)})


def _dated(row: Any, day: Any) -> str:
    return f"{row}, {format_date(day)}" if day else str(row)


def _parts(user: Any, asked: Asked) -> list[Found]:
    """Contents and tasks of the plans; two queries.

    The plans come first: a number is no word that an index knows, and the database would look
    through the contents of every ward for it.
    """
    plans = {plan.pk: plan for plan in Plan.objects.visible_to(user).defer("reading").order_by()}
    contents = _found_in(ContentItem, plans, asked, "Nội dung", text="short_title")
    tasks = _found_in(Task, plans, asked, "Nhiệm vụ", text="text")
    rows = contents.union(tasks, all=True).order_by("noun", "pk")[: 2 * LOOKED_AT]
    return [
        Found(
            _short(text),
            f"{noun} của {plans[plan]}",
            reverse("admin:plan_detail", args=[plan]) + _anchor(noun, pk, node),
            rank_of(asked, text, key=search),
        )
        for noun, pk, plan, node, text, search in rows
    ]


def _found_in(model: Any, plans: dict[int, Plan], asked: Asked, noun: str, *, text: str) -> Any:
    rows = model.objects.filter(holding(asked, "search"), plan__in=plans, is_left_out=False)
    shown = rows.annotate(noun=Value(noun, output_field=CharField())).order_by()
    return shown.values_list("noun", "pk", "plan_id", "node_id", text, "search")


def _anchor(noun: str, pk: int, node: int | None) -> str:
    """A content has its own place on the page; a task is shown where its paragraph is."""
    if noun == "Nội dung":
        return f"#noi-dung-{pk}"
    return f"#nut-{node}" if node else ""


SOURCES = (
    Source(key="plans", label="Kế hoạch", order=30, action="plans.view_plan", find=_plans),
    Source(
        key="instruments",
        label="Căn cứ",
        order=40,
        action="plans.view_legalinstrument",
        find=_instruments,
    ),
    Source(
        key="parts",
        label="Nội dung, nhiệm vụ",
        order=50,
        action="plans.view_plan",
        find=_parts,
    ),
)
