"""The screens on which something is typed; each post is kept at the ward, right or wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.access import keeps_typed, policy
from core.workflow import TransitionRefusedError
from reports import drafts, forms, rules
from reports.answers import PARTS
from reports.compare import typed_differences
from reports.drafts import DraftConflictError
from reports.forms import PART_FORMS, SeenForm
from reports.views import counts
from reports.views.gone import gives_back
from reports.views.place import BACK_TO_CHECK, CHECK, Place, place_for
from reports.views.text_size import FIELD as TEXT_SIZE
from reports.views.text_size import keep_size

Screen = dict[str, dict[str, Any]]


@keeps_typed
@gives_back
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
    return _page(request, place, part, place.typed.content, place.typed.version)


def _save(request: HttpRequest, place: Place, part: str) -> HttpResponse:
    screen = forms.collect(place.paper, part, request.POST)
    try:
        draft = drafts.save_part(
            place.paper,
            part,
            screen[part],
            beside={name: typed for name, typed in screen.items() if name != part},
            actor=request.user,
            seen_version=SeenForm(request.POST).version,
        )
    except DraftConflictError as conflict:
        return _conflict(request, place, conflict, screen)
    except TransitionRefusedError as refusal:
        context = {"refusal": str(refusal), "typed": typed_differences(place.paper, screen, {})}
        return place.render(request, "refused.html", context, HTTPStatus.UNPROCESSABLE_ENTITY)
    if stays := _stays(request):
        return stays
    # The strip shall say what has just been kept.
    place = place_for(request, place.unit.pk, place.month)
    if must_stay(request, place, part, screen):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, place, part, screen, draft.version, status)
    return redirect(place.url(_following(request, part)))


def _stays(request: HttpRequest) -> HttpResponse | None:
    """The small buttons: one happening more or less, larger letters; what was typed is kept."""
    if TEXT_SIZE in request.POST:
        return keep_size(redirect(request.get_full_path()), request.POST[TEXT_SIZE])
    if counts.ROW in request.POST:
        return redirect(counts.rows_url(request))
    return None


def must_stay(request: HttpRequest, place: Place, part: str, screen: Screen) -> bool:
    """Something was not understood, or is odd and was not asked about yet."""
    bound = [PART_FORMS[name](place.paper, typed) for name, typed in screen.items()]
    if not all(form.is_valid() for form in bound):
        return True
    return part == "counts" and counts.asks(request, place, screen)


def _following(request: HttpRequest, part: str) -> str:
    """Back to the check page for whoever came from there, else the next screen."""
    names = [*PARTS, "check"]
    came_from_check = request.GET.get(BACK_TO_CHECK) == CHECK
    return "check" if came_from_check else names[names.index(part) + 1]


def _page(
    request: HttpRequest,
    place: Place,
    part: str,
    content: Mapping[str, Any],
    version: int,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    came_from_check = request.GET.get(BACK_TO_CHECK) == CHECK
    names = list(PARTS)
    position = names.index(part)
    back = "check" if came_from_check else (names[position - 1] if position else None)
    context: dict[str, Any] = {
        "seen_version": version,
        "back_url": place.url(back) if back else None,
    }
    if part == "counts":
        context |= counts.context(request, place, content)
    else:
        context["form"] = PART_FORMS[part](place.paper, content.get(part))
    return place.render(request, f"{part}.html", context, status)


def _conflict(
    request: HttpRequest, place: Place, conflict: DraftConflictError, screen: Screen
) -> HttpResponse:
    theirs = conflict.theirs
    kept = {part: theirs.content.get(part, {}) for part in screen}
    context = {
        "differences": typed_differences(place.paper, screen, kept),
        "theirs": theirs,
        "fields": _hidden(screen),
        "part": conflict.part,
        "keep_url": place.url(conflict.part),
    }
    return place.render(request, "conflict.html", context, HTTPStatus.CONFLICT)


def _hidden(screen: Screen) -> list[tuple[str, str]]:
    """Names and values that send the same text once more."""
    pairs = []
    for part, typed in screen.items():
        for name, value in typed.items():
            values = value if isinstance(value, list) else [value]
            pairs += [(f"{part}-{name}", one) for one in values]
    return pairs
