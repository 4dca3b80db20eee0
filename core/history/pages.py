"""The three pages of a record's history: its timeline, two states side by side, the way back."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from core.admin.parts import OfficePage
from core.admin.site import office_render
from core.forms import PlainTextField
from core.history import reverting
from core.history.kinds import Kind, add_kinds
from core.history.states import Words, fields_of, label_of, values_of
from core.history.timeline import MOST, Change, differs, own_states, timeline
from core.workflow import StaleError, TransitionRefusedError

PAGE_SIZE = 30


def pages_of(kind: Kind) -> list[OfficePage]:
    """The pages to add to the office for records of ``kind``."""
    pages = [_page(kind, "", "history", show, kind.view)]
    if kind.has_states:
        pages.append(_page(kind, "so-sanh/", "compare", compare, kind.view))
    if kind.has_states and kind.is_reverted:
        pages.append(_page(kind, "tro-lai/", "revert", revert, kind.change))
    return pages


def _page(kind: Kind, tail: str, name: str, view: Any, action: str) -> OfficePage:
    return OfficePage(
        route=f"lich-su/{kind.slug}/<int:pk>/{tail}",
        name=f"{name}_{kind.slug}",
        view=partial(view, kind=kind),
        policy=action,
        section=kind.section,
    )


@require_safe
def show(request: HttpRequest, pk: int, *, kind: Kind) -> HttpResponse:
    """Who changed what and when, the newest first."""
    row = _row(request, kind, pk)
    entries = timeline(kind, row, request.user)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("trang"))
    states = [entry for entry in entries if entry.state is not None]
    context = {
        **_context(request, kind, row),
        "page": page,
        "states": states if len(states) > 1 else [],
        "newest": states[0].state if states else None,
        "most": MOST if len(states) >= MOST else None,
    }
    return office_render(request, "history/timeline.html", context)


@require_safe
def compare(request: HttpRequest, pk: int, *, kind: Kind) -> HttpResponse:
    """Two states of the record, column by column; ``?tu=`` and ``?den=`` name them."""
    row = _row(request, kind, pk)
    if not (request.GET.get("tu") and request.GET.get("den")):
        return redirect(f"admin:history_{kind.slug}", pk)
    states = {state.history_id: state for state in own_states(kind, pk)}
    pair: list[Any] = [states.get(_number(request.GET[name])) for name in ("tu", "den")]
    if None in pair:
        raise Http404
    first, second = sorted(pair, key=lambda state: (state.history_date, state.history_id))
    fields = fields_of(kind.model, kind.hidden)
    values = values_of([first, second], kind.model, fields)
    before, after = values[first.history_id], values[second.history_id]
    words = Words([before, after], fields)
    changes, same = [], []
    for one in fields:
        texts = words.say(one, before[one.name]), words.say(one, after[one.name])
        if differs(before[one.name], after[one.name]):
            changes.append(Change(label_of(one), *texts))
        else:
            same.append((label_of(one), texts[1]))
    context = {
        **_context(request, kind, row),
        "first": first,
        "second": second,
        "changes": changes,
        "same": same,
        "is_newest": second.history_id == list(states)[-1],
    }
    return office_render(request, "history/compare.html", context)


class ReasonForm(forms.Form):
    reason = PlainTextField(
        label="Lý do",
        max_length=reverting.MAX_REASON,
        help_text="Ghi vào lịch sử. Ví dụ: gõ nhầm tên ngày 12/3.",
        error_messages={"required": "Cần ghi lý do."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: HttpRequest, pk: int, *, kind: Kind) -> HttpResponse:
    """Back to the state that ``?ban=`` names: first what would change, then the change."""
    row = _row(request, kind, pk)
    if not request.user.has_perm(kind.change, row):
        raise PermissionDenied
    if not request.GET.get("ban"):
        return redirect(f"admin:history_{kind.slug}", pk)
    try:
        return _revert(request, kind, row, _number(request.GET["ban"]))
    except reverting.StateNotFoundError as error:
        raise Http404 from error


def _revert(request: HttpRequest, kind: Kind, row: Any, state: int) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusals: list[str] = []
    status = HTTPStatus.OK
    choices = {}
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        choices = {
            name.removeprefix("o-"): request.POST[name]
            for name in request.POST
            if name.startswith("o-")
        }
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        seen = request.POST.get("seen", "")
        try:
            if not form.errors:
                reverting.go_back(kind, row, state, seen=seen, choices=choices, reason=reason)
                messages.success(request, "Đã trở lại bản cũ; lần sửa này cũng có trong lịch sử.")
                return redirect(f"admin:history_{kind.slug}", row.pk)
        except StaleError as error:
            row, status = error.fresh, HTTPStatus.CONFLICT
            refusals = ["Mục này vừa có người khác sửa. Đồng chí xem lại từng ô rồi bấm lần nữa."]
        except TransitionRefusedError as error:
            refusals = [str(error)]
        except ValidationError as error:
            refusals = error.messages
            row = kind.model._default_manager.get(pk=row.pk)
    way = reverting.way_back(kind, row, state)
    for line in way.open_lines:
        line.choice = choices.get(line.name, line.choice if request.method != "POST" else "")
    context = {**_context(request, kind, row), "way": way, "form": form, "refusals": refusals}
    return office_render(request, "history/revert.html", context, status=status)


def _row(request: HttpRequest, kind: Kind, pk: int) -> Any:
    return get_object_or_404(kind.rows(request.user), pk=pk)


def _context(request: HttpRequest, kind: Kind, row: Any) -> dict[str, Any]:
    may_revert = kind.has_states and kind.is_reverted and request.user.has_perm(kind.change, row)
    return {
        "kind": kind,
        "row": row,
        "row_url": kind.url(row),
        "history_name": f"admin:history_{kind.slug}",
        "compare_name": f"admin:compare_{kind.slug}",
        "revert_name": f"admin:revert_{kind.slug}" if may_revert else "",
    }


def _number(text: str) -> int:
    """The number that ``text`` writes; 0, which no state has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def add_histories(*kinds: Kind) -> None:
    """Give these records a history in the office."""
    add_kinds(*kinds)
    for kind in kinds:
        admin.site.add_pages(*pages_of(kind))  # type: ignore[attr-defined]
