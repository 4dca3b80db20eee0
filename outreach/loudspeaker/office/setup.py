"""Tells the office of the loudspeakers' pages; read once, from the app's ``admin.py``."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from core.admin import OfficePage, TodayItem
from outreach.loudspeaker import coverage
from outreach.loudspeaker.models import Airing, Bulletin
from outreach.loudspeaker.office import (
    lists,  # noqa: F401  they register themselves
    pages,
)
from plans import standing


def _page(route: str, name: str, view: object, label: str = "", order: int = 50) -> OfficePage:
    return OfficePage(
        route=f"tuyen-truyen/loa/{route}",
        name=f"loudspeaker_{name}",
        view=view,  # type: ignore[arg-type]
        policy=pages.VIEW,
        section="outreach",
        label=label,
        order=order,
    )


admin.site.add_pages(
    _page("", "month", pages.month_page, "Lịch phát loa", 60),
    _page("nam/<int:year>/", "year", pages.year_page),
    _page("tuan/", "week", pages.week_page),
    _page("lich.ics", "ics", pages.ics_file),
    _page("nhat-ky/", "log", pages.log_page, "Nhật ký phát loa", 61),
    _page("luot-phat/<int:pk>/", "airing", pages.airing_page),
    _page("ban-tin/<int:pk>/ban-in/", "script", pages.script_page),
    _page("ban-tin/<int:pk>/doc-thu.wav", "sound", pages.sound_file),
)
standing.count_with(coverage.by_month, noun=Bulletin.noun)


def today_items(request: HttpRequest) -> list[TodayItem]:
    """Due and not told yet; planned for soon and not approved yet."""
    if not request.user.has_perm("outreach.change_bulletin"):
        return []
    rows = Airing.objects.visible_to(request.user).filter(status=Airing.Status.PLANNED)
    return [
        TodayItem(
            rows.due(),
            "lượt phát loa đã qua giờ, chưa ghi nhật ký",
            reverse("admin:loudspeaker_log"),
            "Ghi nhật ký",
            weight=58,
        ),
        TodayItem(
            rows.not_approved(),
            "lượt phát loa trong 3 ngày tới mà bản tin chưa duyệt",
            reverse("admin:loudspeaker_month"),
            "Xem lịch",
            weight=66,
        ),
    ]


admin.site.add_today(today_items)
