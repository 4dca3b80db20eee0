"""Messages that go out with a step, through the outbox, in the same transaction."""

from __future__ import annotations

from core import outbox
from core.text import format_month
from reports.models import MonthlyReport
from units.models import Membership, Role


def report_returned(report: MonthlyReport, *, reason: str) -> int:
    """Tell the secretaries of the unit who have an e-mail address; how many were told."""
    month = format_month(report.month)
    secretaries = (
        Membership.objects.active()
        .filter(unit=report.unit, role=Role.SECRETARY, user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
    )
    told = 0
    for membership in secretaries:
        outbox.queue(
            recipient=membership.user.email,
            subject=f"Báo cáo {month} của {report.unit.name}: đề nghị sửa",
            body=(
                f"Kính gửi đồng chí {membership.user.full_name},\n\n"
                f"Báo cáo {month} của {report.unit.name} được trả lại để sửa. Lý do:\n\n"
                f"{reason}\n\n"
                "Đồng chí mở trang báo cáo của đơn vị, sửa phần này rồi nộp lại. "
                "Những phần đã nhập vẫn còn nguyên."
            ),
            dedupe_key=f"report-returned:{report.pk}:{report.version}:{membership.user_id}",
        )
        told += 1
    return told
