"""The cards of all units: who has one, who uses it, all on one print sheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.admin import office_render
from units import links
from units.models import LinkEvent, ReportingDuty, Unit, UnitLink
from units.models.tree import holds_on
from units.office.cards import Card, card_of
from units.office.link_page import CHANGE, VIEW


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Every unit that reports: its card, its phones, when they were last used; four queries."""
    units = _reporting(request, VIEW).annotate(
        phones=Count("devices", filter=Q(devices__revoked_at__isnull=True)),
        used_at=Max("devices__last_seen_at", filter=Q(devices__revoked_at__isnull=True)),
        issued_at=Subquery(
            UnitLink.objects.in_use().filter(unit=OuterRef("pk")).values("issued_at")[:1]
        ),
    )
    rows = list(units)
    told = set(LinkEvent.objects.to_tell().filter(unit__in=rows).values_list("unit", flat=True))
    context = {
        "rows": [(unit, unit.pk in told) for unit in rows],
        "without": sum(unit.issued_at is None for unit in rows),
        "unused": sum(unit.issued_at is not None and not unit.phones for unit in rows),
        "may_change": request.user.has_perm(CHANGE),
    }
    return office_render(request, "units/office/links.html", context)


@require_safe
def print_page(request: HttpRequest) -> HttpResponse:
    """The cards alone, of all units or of the one that ``?don-vi=`` names; never a PIN."""
    cards = UnitLink.objects.in_use().filter(unit__in=_reporting(request, VIEW, is_all=True))
    wanted = request.GET.get("don-vi", "")
    if wanted:
        is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 18
        cards = cards.filter(unit=int(wanted) if is_number else 0)
    rows = cards.select_related("unit").order_by("unit__position", "unit__sort_key", "unit")
    return _sheet(request, [card_of(link, request) for link in rows])


@require_POST
def give_missing(request: HttpRequest) -> HttpResponse:
    """Cards for every unit without one; this answer is the only one that has their PINs."""
    given = links.issue_missing(_reporting(request, CHANGE), actor=request.user)
    return _slips(request, given, "Mọi đơn vị đang báo cáo đều đã có thẻ.")


@require_POST
def renew_unused(request: HttpRequest) -> HttpResponse:
    """Other PINs for the cards that no phone has used yet: the slips were lost or not printed."""
    unused = UnitLink.objects.in_use().filter(
        unit__in=_reporting(request, CHANGE), devices__isnull=True
    )
    given = links.new_pins(
        unused.select_related("unit").order_by("unit__position", "unit__sort_key", "unit"),
        actor=request.user,
    )
    return _slips(request, given, "Thẻ nào cũng đã có máy vào, không có mã PIN nào cần cấp lại.")


def _reporting(request: HttpRequest, action: str, *, is_all: bool = False) -> QuerySet[Unit]:
    """The units below this person that report today, as an official list."""
    today = timezone.localdate()
    units = Unit.objects.permitted(request.user, action)
    if not is_all:
        duties = ReportingDuty.objects.filter(holds_on(today, "starts_on", "ends_on"))
        units = units.open_on(today).filter(pk__in=duties.values("unit"))
    return units.in_order()


def _slips(
    request: HttpRequest, given: Iterable[tuple[UnitLink, str]], nothing: str
) -> HttpResponse:
    cards = [card_of(link, request, pin) for link, pin in given]
    if not cards:
        messages.info(request, nothing)
        return redirect("admin:unit_links")
    return _sheet(request, cards)


def _sheet(request: HttpRequest, cards: list[Card]) -> HttpResponse:
    context = {"cards": cards, "has_pins": any(card.pin for card in cards)}
    return office_render(request, "units/office/sheet.html", context)
