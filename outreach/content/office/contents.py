"""One content of a plan, the forms in which it goes out, and what people were told of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.admin import office_render
from outreach.content import kinds
from outreach.content.models import Status
from plans.models import ContentItem
from units.wards import ward_of


@require_safe
def contents_page(request: HttpRequest) -> HttpResponse:
    """The contents in force, each with how much of every form there is; a query a form."""
    ward = ward_of(request.user)
    items: list[Any] = []
    if ward is not None:
        month = timezone.localdate().replace(day=1)
        items = list(ContentItem.objects.in_force(ward, month))
    every = kinds.every()
    counts = {kind.name: _counts(kind, items) for kind in every}
    for item in items:
        item.cells = [
            (
                kind.label,
                counts[kind.name].get(item.pk, {}).get("out", 0),
                counts[kind.name].get(item.pk, {}).get("on_the_way", 0),
            )
            for kind in every
        ]
    context = {"items": items, "kinds": every}
    return office_render(request, "outreach/content/office/contents.html", context)


def _counts(kind: kinds.Kind, items: list[Any]) -> dict[int, dict[str, int]]:
    rows: Any = kind.model._default_manager.filter(content_item__in=items)
    grouped = rows.order_by().values_list("content_item", "status").annotate(count=Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for item, status, count in grouped:
        if status != Status.WITHDRAWN:
            place = "out" if status == Status.PUBLISHED else "on_the_way"
            counts = found.setdefault(item, {})
            counts[place] = counts.get(place, 0) + count
    return found


@require_safe
def content_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the plan, its instruments at hand, and each form with its state."""
    items = ContentItem.objects.visible_to(request.user).select_related("plan__owner")
    item = get_object_or_404(items.defer("plan__reading"), pk=pk)
    bases = item.plan.legal_bases.filter(is_left_out=False).select_related("instrument__successor")
    forms = []
    for kind in kinds.every():
        rows: Any = kind.model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
        if request.user.has_perm(f"outreach.view_{kind.name}", item):
            forms.append(
                {
                    "kind": kind,
                    "rows": list(rows.filter(content_item=item).select_related("author")[:20]),
                    "may_add": request.user.has_perm(f"outreach.add_{kind.name}", item),
                }
            )
    context = {"item": item, "bases": list(bases), "forms": forms}
    return office_render(request, "outreach/content/office/content.html", context)
