"""The page of the office's one search; the dialog of Ctrl+K shows its list alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.admin.site import office_render
from core.finding import MAX_LENGTH, Asked, find


@require_safe
def find_page(request: HttpRequest) -> HttpResponse:
    """``?q=`` is what is looked for; ``?phan=1`` asks for the list without its frame."""
    typed = request.GET.get("q", "")[: MAX_LENGTH + 1]
    asked = Asked.of(typed)
    context = {
        "typed": typed[:MAX_LENGTH],
        "asked": asked,
        "groups": find(request.user, asked),
    }
    if request.GET.get("phan"):
        return render(request, "admin/_found.html", context)
    return office_render(request, "admin/find.html", context)
