"""Kept filters: saved from a list, and looked after on a page of their own."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from core.admin import office_render
from core.forms import PlainTextField
from core.lists import list_of, pairs_of
from core.workflow import StaleError, TransitionRefusedError
from units import saving
from units.models import SavedFilter
from units.models.saved import STAFF


class FilterForm(forms.Form):
    """A name, and whom it is shown to."""

    name = PlainTextField(
        label="Tên bộ lọc",
        max_length=60,
        error_messages={"required": "Chưa có tên, hãy đặt một tên ngắn cho bộ lọc."},
    )
    role = forms.ChoiceField(
        label="Dùng chung với",
        required=False,
        choices=[("", "chỉ mình tôi"), *STAFF],
        error_messages={"invalid_choice": "Chọn một vai trò trong danh sách."},
    )


@require_safe
def saved_page(request: HttpRequest) -> HttpResponse:
    """The own filters, list by list."""
    return _page(request)


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the list that the form stands on; what the list does not take is left out."""
    of_list = list_of(request.POST.get("list", ""))
    if of_list is None:
        return _page(request, "Chưa rõ danh sách, mời mở lại danh sách rồi lưu bộ lọc.", status=422)
    if not request.user.has_perm(of_list.action):
        raise PermissionDenied
    form = FilterForm(request.POST)
    kept, _ = of_list.split(request, pairs_of(request.POST.get("query", "")))
    again = {"form": form, "list_key": of_list.key, "query": request.POST.get("query", "")}
    if not form.is_valid():
        return _page(request, again=again, status=422)
    try:
        saving.keep(
            request.user, of_list, form.cleaned_data["name"], kept, role=form.cleaned_data["role"]
        )
    except TransitionRefusedError as error:
        return _page(request, str(error), again=again, status=422)
    messages.success(request, f"Đã lưu bộ lọc “{form.cleaned_data['name']}”.")
    return redirect(of_list.address(kept))


@require_POST
def change_filter(request: HttpRequest) -> HttpResponse:
    """Rename, share, move up or drop one's own filter."""
    pk, version = _number(request, "pk"), _number(request, "seen_version")
    if pk is None:
        return _page(request, "Chưa rõ bộ lọc nào, mời chọn lại ở bên dưới.", status=422)
    kept = get_object_or_404(SavedFilter.objects.of(request.user), pk=pk)
    seen = {"seen_version": version or 0}
    form = FilterForm(request.POST)
    try:
        if "drop" in request.POST:
            saving.drop(kept, **seen)
        elif "up" in request.POST:
            saving.move_up(kept, **seen)
        elif form.is_valid():
            saving.change(kept, **seen, **form.cleaned_data)
        else:
            sentence = " ".join(text for errors in form.errors.values() for text in errors)
            return _page(request, sentence, typed={kept.pk: form}, status=422)
    except StaleError as error:
        return _page(request, str(error), typed={kept.pk: form}, status=HTTPStatus.CONFLICT)
    except TransitionRefusedError as error:
        return _page(request, str(error), typed={kept.pk: form}, status=422)
    messages.success(request, "Đã bỏ bộ lọc." if "drop" in request.POST else "Đã lưu.")
    return redirect("admin:saved_filters")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _page(
    request: HttpRequest,
    refusal: str = "",
    *,
    again: dict[str, Any] | None = None,
    typed: dict[int, FilterForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    groups = []
    for key, rows in groupby(SavedFilter.objects.of(request.user), key=lambda one: one.list_key):
        of_list = list_of(key)
        label = of_list.label if of_list else "Danh sách không còn"
        groups.append((label, [_row(request, row, of_list, typed or {}) for row in rows]))
    context = {"groups": groups, "refusal": refusal, "again": again}
    return office_render(request, "units/office/saved.html", context, status=status)


def _row(request: HttpRequest, row: SavedFilter, of_list: Any, typed: dict[int, Any]) -> Any:
    form = typed.get(row.pk) or FilterForm(initial={"name": row.name, "role": row.role})
    for field in form.fields.values():
        field.widget.attrs["id"] = f"{field.label}-{row.pk}"
    kept = of_list.split(request, [(a, b) for a, b in row.params])[0] if of_list else []
    return {"row": row, "form": form, "url": of_list.address(kept) if of_list else ""}
