"""What residents ask for again and again: candidate contents of the next plan.

Searches that found nothing and suggestions of the same goods are one wish; repeated reports of a
fake are another. Only what several people said counts, and nobody is told apart.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min
from django.utils import timezone

from core.workflow import TransitionRefusedError
from plans import pieces, review
from plans.models import ContentItem, Plan, Status
from products.models import SearchMiss, Suggestion
from units.models import Unit

REPEATED = 2  # suggestions or reports of one thing
YEAR = dt.timedelta(days=365)
MOST = 50


@dataclass
class Candidate:
    """``key`` names it in the form; the counts say why it stands here."""

    key: str
    name: str
    is_fake: bool = False
    searches: int = 0
    messages: int = 0
    last_on: dt.date = dt.date.min
    plan: Plan | None = None  # the one that has it already

    @property
    def text(self) -> str:
        if self.is_fake:
            return f"Hướng dẫn nhận biết hàng giả, hàng kém chất lượng: {self.name}."
        return f"Giới thiệu hàng Việt mà bà con tìm: {self.name}."

    @property
    def weight(self) -> int:
        """A message is more trouble than a search."""
        return self.searches + 3 * self.messages


def of_ward(ward: Unit) -> list[Candidate]:
    """The candidates of ``ward``, the most asked first, each with the plan that has it."""
    found = _wishes(ward) + _fakes(ward)
    found.sort(key=lambda one: (-one.weight, one.key))
    found = found[:MOST]
    plans = {
        item.text: item.plan
        for item in ContentItem.objects.filter(
            plan__owner=ward, is_left_out=False, text__in=[one.text for one in found]
        )
        .select_related("plan")
        .defer("plan__reading")
    }
    for one in found:
        one.plan = plans.get(one.text)
    return found


def add(candidate: Candidate, plan: Plan, *, seen_version: int) -> Plan:
    """Put ``candidate`` behind the contents of a plan that is still proposed.

    Raises what :func:`plans.review.save_draft` raises, and a refusal when a plan has it already.
    """
    if candidate.plan is not None:
        raise TransitionRefusedError("Nội dung này đã có trong kế hoạch.")
    edits = review.Edits(pieces=[pieces.add("contentitem", candidate.text)])
    return review.save_draft(plan, edits, seen_version=seen_version)


def proposed_plans(user: Any, ward: Unit) -> Any:
    """Plans of ``ward`` to which a content can still be added."""
    plans = Plan.objects.visible_to(user).filter(owner=ward, status=Status.PROPOSED)
    return plans.defer("reading").order_by("-pk")


def _wishes(ward: Unit) -> list[Candidate]:
    """Searches and suggestions by their folded words; the name as the first person wrote it."""
    by_key: dict[str, Candidate] = {}
    for row in SearchMiss.objects.filter(owner=ward).listed()[:MOST]:
        by_key[row.key] = Candidate(row.key, row.key, searches=row.count, last_on=row.last_on)
    messages = (
        _messages(ward, Suggestion.Kind.PRODUCT)
        .exclude(name_key="")
        .filter(candidate__isnull=True)
        .values("name_key")
        .annotate(count=Count("pk"), last=Max("created_at"), first=Min("pk"))
    )
    rows = [row for row in messages if row["count"] >= REPEATED or row["name_key"] in by_key]
    names = dict(
        Suggestion.objects.filter(pk__in=[row["first"] for row in rows]).values_list(
            "name_key", "product_name"
        )
    )
    for row in rows:
        key = row["name_key"]
        one = by_key.setdefault(key, Candidate(key, names[key]))
        one.name, one.messages = names[key], row["count"]
        one.last_on = max(one.last_on, timezone.localdate(row["last"]))
    return list(by_key.values())


def _fakes(ward: Unit) -> list[Candidate]:
    """Goods of which several people reported a fake."""
    rows = (
        _messages(ward, Suggestion.Kind.FAKE)
        .filter(product__isnull=False)
        .values("product", "product__name")
        .annotate(count=Count("pk"), last=Max("created_at"))
        .filter(count__gte=REPEATED)
        .order_by("product")
    )
    return [
        Candidate(
            f"gia-{row['product']}",
            row["product__name"],
            is_fake=True,
            messages=row["count"],
            last_on=timezone.localdate(row["last"]),
        )
        for row in rows
    ]


def _messages(ward: Unit, kind: str) -> Any:
    """What was not thrown out, of the last year."""
    since = timezone.now() - YEAR
    rows = Suggestion.objects.filter(owner=ward, kind=kind, created_at__gte=since)
    return rows.exclude(status=Suggestion.Status.DISMISSED).order_by()
