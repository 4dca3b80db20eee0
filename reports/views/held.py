"""What was typed when the session had ended: to the screen it was meant for, after one tap."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_http_methods

from accounts import held as kept_texts
from accounts.held import Held
from core.access import signed_in
from core.sent import texts_of
from reports import rules
from reports.answers import PARTS
from units.models import Unit


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """Offer the text that waits. Into another unit than the person's own it is never sent."""
    kept = kept_texts.held_in(request.session)
    if request.method == "POST":
        kept_texts.drop(request.session)
        messages.info(request, "Đã bỏ nội dung chưa gửi.")
        return redirect("home_of_user")
    if kept is None:
        return redirect("home_of_user")
    return render(request, "reports/secretary/held.html", _context(request, kept))


def _context(request: HttpRequest, kept: Held) -> dict[str, Any]:
    place = resolve(kept.path.partition("?")[0])
    unit_pk, month = place.kwargs["unit_pk"], place.kwargs["month"]
    unit = Unit.objects.permitted(request.user, rules.SUBMIT).filter(pk=unit_pk).first()
    is_screen = place.kwargs.get("part") in PARTS
    return {
        "unit": unit,
        "month": month,
        "texts": texts_of(kept.fields),
        "path": kept.path if unit and is_screen else "",
        "fields": kept.fields,
        "screen_url": reverse(place.view_name, args=[unit_pk, month]) if unit else "",
    }
