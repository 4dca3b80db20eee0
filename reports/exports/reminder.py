"""The official letter that reminds: who still owes the month, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from core.docx import PARTY_HD05, Head, OfficialDocument, Signature
from core.text import clean, format_count, format_month, long_date
from reports.periods import Period
from reports.reminders import Missing
from reports.sentences import CAMPAIGN
from units.models import Unit, WardProfile


def reminder_docx(
    ward: Unit,
    card: WardProfile | None,
    period: Period,
    lines: Sequence[Missing],
    *,
    today: dt.date,
) -> bytes:
    """To the units of ``lines``; number, day and the signer's name stay blank."""
    month = format_month(period.month)
    issuer = card.committee_name if card else ward.name
    document = OfficialDocument(PARTY_HD05)
    document.head(
        Head(
            issuers=(issuer,),
            superior=card.superior_name if card else "",
            symbol="CV/ĐU",
            place=card.place_name if card else "",
            year=today.year,
            month=today.month,
        )
    )
    document.letter_subject(f"về việc đôn đốc gửi báo cáo {month}")
    document.paragraph("Kính gửi:")
    for place, one in enumerate(lines, 1):
        end = "." if place == len(lines) else ";"
        document.item("-", f"{clean(one.unit.name)}{end}", level=3)
    document.paragraph(
        f"{_deadline(period, today)}. Đến {long_date(today)}, còn {format_count(len(lines))} đơn vị "
        f"chưa gửi báo cáo kết quả thực hiện {CAMPAIGN} {month}."
    )
    document.paragraph(
        f"{issuer} đề nghị các đồng chí bí thư chỉ đạo gửi báo cáo ngay trên cổng của phường; đơn "
        "vị không có hoạt động thì báo không phát sinh, nêu lý do."
    )
    notes = [one for one in lines if one.note]
    if notes:
        document.paragraph("Lưu ý:")
        for one in notes:
            document.item("-", f"{clean(one.unit.name)}: {one.note}.", level=3)
    phone = card.office_phone_name if card else ""
    if phone:
        document.paragraph(f"Vướng mắc xin liên hệ {phone}.")
    document.foot(
        recipients=("Như trên", "Lưu Văn phòng Đảng ủy"),
        signatures=[Signature(("T/L BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG")],
    )
    return document.save(title=f"Đôn đốc báo cáo {month}", author=issuer, at=timezone.localtime())


def _deadline(period: Period, today: dt.date) -> str:
    due = long_date(period.due_on)
    return f"Hạn gửi ({due}) đã qua" if period.is_overdue(today) else f"Hạn gửi là {due}"
