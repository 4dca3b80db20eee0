"""Larger letters that stay: one cookie, read by the pages of the secretary alone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.access import policy
from reports import rules

FIELD = "co-chu"
COOKIE = "co_chu"
SIZES = ("1", "2", "3")
A_YEAR = 365 * 24 * 3600  # seconds


@policy(rules.SUBMIT)
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep the size and go back to the page; screens with boxes post to themselves instead."""
    home = reverse("reports:home")
    back = request.POST.get("ve", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(home)
    return keep_size(redirect(back if is_ours else home), request.POST.get(FIELD, ""))


def keep_size(response: HttpResponse, size: str) -> HttpResponse:
    """``response`` with the cookie; an unknown size changes nothing."""
    if size in SIZES:
        response.set_cookie(
            COOKIE,
            size,
            max_age=A_YEAR,
            path=reverse("reports:home"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
