"""What a ward starts with: indicators and the rule of the due day, all open to change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from reports.models import DeadlineRule, Indicator
from reports.periods import DEFAULT_DAYS
from units.models import Unit

SINCE = dt.date(2020, 1, 1)

# code, name, unit of measure, words in the report, help, how it is rolled up
CORE = [
    (
        "sessions",
        "Buổi tuyên truyền",
        "buổi",
        "tổ chức … buổi tuyên truyền",
        "Buổi riêng hoặc lồng ghép vào sinh hoạt, họp tổ dân phố.",
        "sum",
    ),
    (
        "session_attendees",
        "Lượt người dự tuyên truyền",
        "lượt người",
        "… lượt người dự",
        "Cộng số người dự của các buổi trên.",
        "sum",
    ),
    (
        "posts_social",
        "Tin, bài trên Zalo, Facebook",
        "tin, bài",
        "đăng … tin, bài trên mạng xã hội",
        "",
        "sum",
    ),
    (
        "banners",
        "Băng rôn, pa-nô, áp phích",
        "chiếc",
        "treo … băng rôn, pa-nô, áp phích",
        "",
        "sum",
    ),
    ("leaflets", "Tờ rơi, tài liệu đã phát", "tờ", "phát … tờ rơi, tài liệu", "", "sum"),
    (
        "products_introduced",
        "Sản phẩm Việt được giới thiệu",
        "sản phẩm",
        "giới thiệu … sản phẩm Việt Nam",
        "",
        "sum",
    ),
    (
        "commitments",
        "Hộ kinh doanh, doanh nghiệp ký cam kết",
        "cơ sở",
        "vận động … cơ sở kinh doanh ký cam kết không bán hàng giả",
        "Chỉ ghi cơ sở ký mới trong tháng.",
        "sum",
    ),
    (
        "models",
        "Mô hình, cách làm hay đang duy trì",
        "mô hình",
        "duy trì … mô hình, cách làm hay",
        "Ghi số đang duy trì đến cuối tháng, kể cả mô hình cũ.",
        "last",
    ),
]
FURTHER = [
    ("directive_docs", "Văn bản chỉ đạo, triển khai", "văn bản", "ban hành … văn bản", "", "sum"),
    (
        "household_share",
        "Hộ gia đình hưởng ứng",
        "hộ",
        "có … hộ gia đình hưởng ứng trên tổng số … hộ",
        "",
        "share",
    ),
    ("broadcasts", "Lượt phát thanh", "lượt", "phát thanh … lượt", "", "sum"),
    (
        "votes",
        "Lượt bình chọn hàng Việt được yêu thích",
        "lượt",
        "vận động … lượt bình chọn hàng Việt Nam được yêu thích",
        "",
        "sum",
    ),
    ("fair_visitors", "Lượt người dự hội chợ, phiên chợ", "lượt người", "", "", "sum"),
    (
        "consumer_feedback",
        "Phản ánh của người tiêu dùng",
        "vụ",
        "tiếp nhận … phản ánh của người tiêu dùng",
        "",
        "sum",
    ),
    ("commended_people", "Cá nhân được biểu dương", "người", "biểu dương … cá nhân", "", "sum"),
]
# Everything else is told of under outreach.
SECTIONS = {
    "directive_docs": "leadership",
    "products_introduced": "market",
    "fair_visitors": "market",
    "commitments": "control",
    "consumer_feedback": "control",
    "models": "models",
    "commended_people": "models",
}
ATTENDANCE = {"session_attendees": "sessions"}


@transaction.atomic
def install_defaults(ward: Unit) -> None:
    """Give ``ward`` the indicators and the deadline rule that it has not got yet; safe to repeat."""
    made: dict[str, Indicator] = {}
    for position, (line, is_core) in enumerate(
        [(line, True) for line in CORE] + [(line, False) for line in FURTHER], start=1
    ):
        made[line[0]] = _indicator(ward, line, is_core=is_core, position=position * 10)
    for code, held in ATTENDANCE.items():
        if made[code].attendance_of_id is None:
            made[code].attendance_of = made[held]
            made[code].save(update_fields=["attendance_of"])
    if not DeadlineRule.objects.filter(owner=ward).exists():
        DeadlineRule.objects.create(
            owner=ward,
            starts_on=SINCE,
            month_offset=DEFAULT_DAYS.month_offset,
            opens_day=DEFAULT_DAYS.opens_day,
            due_day=DEFAULT_DAYS.due_day,
            grace_days=DEFAULT_DAYS.grace_days,
            closes_after_days=DEFAULT_DAYS.closes_after_days,
            data_from_day=DEFAULT_DAYS.data_from_day,
            shifts_to_working_day=True,
        )


def _indicator(ward: Unit, line: tuple[str, ...], **place: Any) -> Indicator:
    code, name, unit_of_measure, phrase, help_text, roll_up = line
    indicator, _ = Indicator.objects.get_or_create(
        owner=ward,
        code=code,
        defaults={
            "name": name,
            "unit_of_measure": unit_of_measure,
            "phrase": phrase,
            "help_text": help_text,
            "roll_up": roll_up,
            "section": SECTIONS.get(code, "outreach"),
            "starts_on": SINCE,
            **place,
        },
    )
    return indicator
