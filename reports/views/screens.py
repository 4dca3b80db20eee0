"""The screens on which something is typed; each post is kept at the ward, right or wrong."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.access import policy
from core.text import previous_month
from core.workflow import TransitionRefusedError
from reports import drafts, rules
from reports.answers import PARTS
from reports.compare import typed_differences
from reports.drafts import DraftConflictError
from reports.forms import PART_FORMS, CountsForm, PartForm, SeenForm
from reports.models import IndicatorValue
from reports.views.place import BACK_TO_CHECK, CHECK, Place, place_for


@policy(rules.SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, unit_pk: int, month: dt.date, part: str) -> HttpResponse:
    place = place_for(request, unit_pk, month)
    if place.today < place.period.opens_on:
        return place.render(request, "not_open.html", {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        return _save(request, place, part)
    if not place.can_edit:
        return redirect(place.url("show"))
    form = PART_FORMS[part](place.paper, place.typed.content.get(part))
    return _screen(request, place, form, place.typed.version)


def _save(request: HttpRequest, place: Place, part: str) -> HttpResponse:
    form_class = PART_FORMS[part]
    typed = form_class(place.paper).collect(request.POST)
    form = form_class(place.paper, typed)
    try:
        draft = drafts.save_part(
            place.paper,
            part,
            typed,
            actor=request.user,
            seen_version=SeenForm(request.POST).version,
        )
    except DraftConflictError as conflict:
        return _conflict(request, place, conflict, form)
    except TransitionRefusedError as refusal:
        context = {
            "refusal": str(refusal),
            "typed": typed_differences(place.paper, {part: typed}, {}),
        }
        return place.render(request, "refused.html", context, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.is_valid():
        # The strip shall say what has just been kept.
        place = place_for(request, place.unit.pk, place.month)
        return _screen(request, place, form, draft.version, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(place.url(_following(request, part)))


def _following(request: HttpRequest, part: str) -> str:
    """Back to the check page for whoever came from there, else the next screen."""
    names = [*PARTS, "check"]
    came_from_check = request.GET.get(BACK_TO_CHECK) == CHECK
    return "check" if came_from_check else names[names.index(part) + 1]


def _screen(
    request: HttpRequest, place: Place, form: PartForm, version: int, status: int = HTTPStatus.OK
) -> HttpResponse:
    came_from_check = request.GET.get(BACK_TO_CHECK) == CHECK
    names = list(PARTS)
    position = names.index(form.part)
    back = "check" if came_from_check else (names[position - 1] if position else None)
    context: dict[str, Any] = {
        "form": form,
        "seen_version": version,
        "back_url": place.url(back) if back else None,
    }
    if isinstance(form, CountsForm):
        before = _last_month(place)
        others = form.rows(place.paper.others, before)
        context |= {
            "rows": form.rows(place.paper.core, before),
            "others": others,
            "others_open": any(row["field"].value() or row["field"].errors for row in others),
            "previous": previous_month(place.month),
        }
    return place.render(request, f"{form.part}.html", context, status)


def _conflict(
    request: HttpRequest, place: Place, conflict: DraftConflictError, form: PartForm
) -> HttpResponse:
    part, theirs = conflict.part, conflict.theirs
    kept = {part: theirs.content.get(part, {})}
    context = {
        "differences": typed_differences(place.paper, {part: conflict.mine}, kept),
        "theirs": theirs,
        "fields": _hidden(form, conflict.mine),
        "keep_url": place.url(part),
    }
    return place.render(request, "conflict.html", context, HTTPStatus.CONFLICT)


def _hidden(form: PartForm, typed: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and values that send the same text once more."""
    pairs = []
    for name, value in typed.items():
        values = value if isinstance(value, list) else [value]
        pairs += [(form.add_prefix(name), one) for one in values]
    return pairs


def _last_month(place: Place) -> dict[str, int]:
    rows = IndicatorValue.objects.filter(
        unit=place.unit, month=previous_month(place.month), value__isnull=False
    )
    return dict(rows.values_list("indicator__code", "value"))
