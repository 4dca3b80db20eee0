"""Who else has a form open: a note in the cache that lapses, never a lock."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.access import person

LASTS = 150  # seconds; an open page tells of itself once a minute


def sentence(user: Any, row: Model) -> str:
    """ "Đồng chí Trần Thị Bình đang mở trang này, từ 10:30."; empty where nobody else has it."""
    others = [one for key, one in _open(row).items() if key != str(user.pk)]
    if not others:
        return ""
    names = ", ".join(name for name, _, _ in others)
    since = dt.datetime.fromtimestamp(min(one[1] for one in others), dt.UTC)
    told = f"Đồng chí {names} đang mở trang này, từ {timezone.localtime(since):%H:%M}."
    return f"{told} Ai lưu sau sẽ thấy cả hai bản."


@require_POST
def note_page(request: HttpRequest) -> HttpResponse:
    """An open form tells of itself; the answer is who else has it open."""
    if not (request.POST.get("model") and request.POST.get("pk")):
        return JsonResponse({"ok": False}, status=400)
    row = _row(request)
    now = time.time()
    found = _open(row)
    user = person(request)
    since = found[str(user.pk)][1] if str(user.pk) in found else now
    found[str(user.pk)] = (str(user), since, now)
    cache.set(_key(row), found, LASTS)
    return JsonResponse({"sentence": sentence(user, row)})


def _row(request: HttpRequest) -> Model:
    """The row that the sent names mean, where this officer may change it; else 404."""
    for model, model_admin in admin.site._registry.items():
        if model._meta.label_lower == request.POST.get("model"):
            row = model_admin.get_object(request, request.POST.get("pk", ""))
            if row is not None and model_admin.has_change_permission(request, row):
                return row
    raise Http404


def _open(row: Model) -> dict[str, tuple[str, float, float]]:
    earliest = time.time() - LASTS
    return {key: one for key, one in cache.get(_key(row), {}).items() if one[2] > earliest}


def _key(row: Model) -> str:
    return f"office-open:{row._meta.label_lower}:{row.pk}"
