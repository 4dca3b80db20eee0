"""One unit's card, PIN and phones, and the acts on them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.admin import office_render
from core.workflow import StaleError
from units import links
from units.models import Device, LinkEvent, Unit, UnitLink
from units.office.cards import card_of

VIEW, CHANGE = "units.view_unitlink", "units.change_unitlink"
LATEST = 30  # events shown
Act = Callable[[HttpRequest, Unit, UnitLink | None], HttpResponse]


@require_safe
def link_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _unit(request, pk, VIEW))


@require_POST
def link_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the pressed button names, against the card and the PIN that the page had shown."""
    unit = _unit(request, pk, CHANGE)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return _page(request, unit, "Chưa rõ việc cần làm, mời bấm lại nút.", status=422)
    link = UnitLink.objects.in_use().select_related("unit").filter(unit=unit).first()
    try:
        return act(request, unit, link)
    except StaleError as error:
        return _page(request, unit, _stale_sentence(error.fresh), status=409)


def _give(request: HttpRequest, unit: Unit, link: UnitLink | None) -> HttpResponse:
    if sentence := links.closed_sentence(unit):
        return _page(request, unit, sentence, status=422)
    issued, pin = links.issue(unit, actor=request.user, seen=_seen(request))
    return _slip(request, issued, pin, "Đã cấp thẻ mới" if link else "Đã cấp thẻ")


def _new_pin(request: HttpRequest, unit: Unit, link: UnitLink | None) -> HttpResponse:
    if link is None:
        raise StaleError(None)
    pin = links.new_pin(link, request.user, _seen(request))
    return _slip(request, link, pin, "Đã đổi mã PIN")


def _revoke(request: HttpRequest, unit: Unit, link: UnitLink | None) -> HttpResponse:
    if link is None:
        raise StaleError(None)
    links.revoke(link, request.user, _seen(request))
    messages.success(request, "Đã thu hồi thẻ. Thẻ và các máy của đơn vị không vào được nữa.")
    return redirect("admin:unit_link", pk=unit.pk)


def _revoke_phone(request: HttpRequest, unit: Unit, link: UnitLink | None) -> HttpResponse:
    text = request.POST.get("device", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
    device = get_object_or_404(Device.objects.select_related("link"), pk=number, unit=unit)
    links.revoke_phone(device, actor=request.user)
    messages.success(
        request,
        f"Đã thu hồi {device.name}. Ai còn nhớ mã PIN vẫn vào lại được; "
        "máy bị mất thì đồng chí đổi luôn mã PIN.",
    )
    return redirect("admin:unit_link", pk=unit.pk)


def _revoke_phones(request: HttpRequest, unit: Unit, link: UnitLink | None) -> HttpResponse:
    if link is None:
        raise StaleError(None)
    count = links.revoke_phones(link, actor=request.user)
    messages.success(request, f"Đã thu hồi {count} máy. Lần sau vào, các máy đó phải nhập mã PIN.")
    return redirect("admin:unit_link", pk=unit.pk)


def _note(request: HttpRequest, unit: Unit, link: UnitLink | None) -> HttpResponse:
    links.note_rests(unit, actor=request.user)
    messages.success(request, "Đã ghi là văn phòng đã biết.")
    return redirect("admin:unit_link", pk=unit.pk)


ACTS: dict[str, Act] = {
    "give": _give,
    "new_pin": _new_pin,
    "revoke": _revoke,
    "revoke_phone": _revoke_phone,
    "revoke_phones": _revoke_phones,
    "note": _note,
}


def _unit(request: HttpRequest, pk: int, action: str) -> Unit:
    unit = get_object_or_404(Unit.objects.permitted(request.user, VIEW), pk=pk)
    if not request.user.has_perm(action, unit):
        raise PermissionDenied
    return unit


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")


def _stale_sentence(link: UnitLink | None) -> str:
    if link is None:
        return "Thẻ của đơn vị vừa được thu hồi. Đồng chí xem lại bên dưới."
    moment = timezone.localtime(link.pin_set_at)
    return (
        f"Thẻ hoặc mã PIN vừa được cấp lúc {moment:%H:%M}, có thể do bấm hai lần hoặc có người "
        "khác cùng làm. Nếu chưa kịp ghi mã PIN, đồng chí bấm “Đổi mã PIN”."
    )


def _slip(request: HttpRequest, link: UnitLink, pin: str, done: str) -> HttpResponse:
    """The only page that ever shows this PIN: it is not stored, so there is nothing to reload."""
    return office_render(
        request,
        "units/office/slip.html",
        {"card": card_of(link, request, pin), "unit": link.unit, "done": done},
    )


def _page(request: HttpRequest, unit: Unit, refusal: str = "", status: int = 200) -> HttpResponse:
    link = UnitLink.objects.in_use().select_related("unit", "issued_by").filter(unit=unit).first()
    now = timezone.now()
    context = {
        "unit": unit,
        "link": link,
        "card": card_of(link, request) if link else None,
        "seen": links.stamp(link),
        "devices": Device.objects.in_use().filter(unit=unit).select_related("user"),
        "events": LinkEvent.objects.filter(unit=unit).select_related("actor", "device", "noted_by")[
            :LATEST
        ],
        "rests": LinkEvent.objects.to_tell().filter(unit=unit),
        "is_resting": bool(link and link.closed_until and link.closed_until > now),
        "people": links.people_of(unit),
        "closed": links.closed_sentence(unit),
        "may_change": request.user.has_perm(CHANGE, unit),
        "refusal": refusal,
    }
    status = HTTPStatus(status)
    return office_render(request, "units/office/link.html", context, status=status)
