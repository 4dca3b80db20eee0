"""Make a link for a leader; its token and PIN are on the answer, once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from approvals import kinds, requests, rules
from approvals.forms import AskForm
from approvals.models import ApprovalRequest
from core.admin import office_render
from core.text import format_date
from core.workflow import StaleError, TransitionRefusedError


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    found = kinds.get(kind)
    row = found.find(pk) if found else None
    if found is None or row is None or not request.user.has_perm(_seen_with(found), row):
        raise Http404
    if not rules.may_ask(request.user, found, row):
        raise PermissionDenied
    is_post = request.method == "POST"
    form = AskForm(
        row.scope_unit.ward,
        request.POST if is_post else None,
        initial={"seen_version": row.version},
    )
    if not is_post or not form.is_valid():
        return _page(request, found, row, form, status=422 if form.errors else 200)
    try:
        made, token, pin = requests.make(
            found,
            row,
            leader=form.cleaned_data["leader"],
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
            hours=form.cleaned_data["hours"],
        )
    except StaleError as error:
        refusal = (
            "Văn bản vừa có người sửa. Đồng chí xem lại văn bản rồi bấm lần nữa: "
            "đường dẫn sẽ trình bản mới."
        )
        fresh = error.fresh
        if fresh is None:
            raise Http404 from error
        data = request.POST.copy()
        data["seen_version"] = str(fresh.version)
        again = AskForm(fresh.scope_unit.ward, data)
        return _page(request, found, fresh, again, refusal=refusal, status=409)
    except TransitionRefusedError as error:
        return _page(request, found, row, form, refusal=str(error), status=422)
    return _made(request, made, token, pin)


def _seen_with(kind: kinds.Kind) -> str:
    """The action of looking at such a row, beside that of changing it."""
    app, verb = kind.asks.split(".")
    return f"{app}.view_{verb.split('_', 1)[1]}"


def _page(
    request: HttpRequest,
    kind: kinds.Kind,
    row: Any,
    form: AskForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    sentence = kind.refusal(row)
    context = {
        "form": form,
        "title_of_row": kind.title(row),
        "label": kind.label,
        "row_url": kind.address(row),
        "errors": [text for text in (refusal or sentence,) if text],
        "is_open": not sentence,
        "has_leaders": form.fields["leader"].queryset.exists(),  # type: ignore[attr-defined]
        "earlier": requests.of_row(kind.key, row.pk),
    }
    return office_render(request, "approvals/office/ask.html", context, status=status)


def _made(request: HttpRequest, made: ApprovalRequest, token: str, pin: str) -> HttpResponse:
    """The only page that ever shows this address and this PIN: neither is stored."""
    address = request.build_absolute_uri(reverse("approvals:open_link", args=[token]))
    context = {"asked": made, "pin": pin, "message": message_of(made, address)}
    return office_render(request, "approvals/office/made.html", context)


def message_of(made: ApprovalRequest, address: str) -> str:
    """What is sent in Zalo; never the PIN."""
    end = timezone.localtime(made.expires_at)
    return (
        f"Kính gửi đồng chí {made.leader}. {made.owner.name} xin trình đồng chí xem và duyệt: "
        f"{made.title}.\nMở trên điện thoại: {address}\n"
        f"Mã PIN văn phòng báo qua điện thoại. Đường dẫn dùng được đến {end:%H:%M} ngày "
        f"{format_date(end.date())}."
    )
