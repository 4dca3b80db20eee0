"""The report as a text to copy into Zalo, for when nothing else gets through."""

from __future__ import annotations

import datetime as dt
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.access import policy
from reports import plain_text, rules
from reports.views.place import KEEPING, place_for


@policy(rules.SUBMIT)
@require_safe
def text(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """The draft, or what was handed in, as :mod:`reports.plain_text` writes it."""
    place = place_for(request, unit_pk, month)
    # A phone that keeps the page writes the text itself, from what is typed later.
    if not place.typed.content and KEEPING not in request.headers:
        return redirect(place.url("contents"))
    written = plain_text.as_text(place.paper, place.typed.content)
    outline = json.dumps(plain_text.outline(place.paper), ensure_ascii=False)
    back = place.url("check" if place.can_edit else "show")
    return place.render(
        request, "text.html", {"text": written, "outline": outline, "back_url": back}
    )
