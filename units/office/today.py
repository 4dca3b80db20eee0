"""The units' line of “Hôm nay”: somebody tried PINs."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from core.admin import TodayItem
from core.text import format_date
from units.links.pins import TRIES
from units.models import LinkEvent

MOST = 5  # lines


def today_items(request: HttpRequest) -> list[TodayItem]:
    """One line for each unit, at most five: who, how many, when."""
    rests = LinkEvent.objects.visible_to(request.user).to_tell().select_related("unit")
    latest: dict[int, LinkEvent] = {}
    for rest in rests[:200]:
        latest.setdefault(rest.unit_id, rest)
    items = [
        TodayItem(
            1,
            _sentence(rest),
            reverse("admin:unit_link", args=[rest.unit_id]),
            "Xem",
            weight=85,
        )
        for rest in list(latest.values())[:MOST]
    ]
    more = len(latest) - MOST
    if more > 0:
        text = "đơn vị khác cũng bị nhập sai mã PIN nhiều lần"
        items.append(TodayItem(more, text, reverse("admin:unit_links"), "Xem", weight=84))
    return items


def _sentence(rest: LinkEvent) -> str:
    at = timezone.localtime(rest.at)
    when = f"{at:%H:%M}"
    if at.date() != timezone.localdate():
        when += f" ngày {format_date(at.date())}"
    return f"thẻ tạm nghỉ. {rest.unit.name}: nhập sai mã PIN {TRIES} lần lúc {when}"
