"""What the history pages say about indicators and deadlines."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.history import Kind
from reports.models import DeadlineRule, Indicator
from units.history import OWNER_STAYS, page_of


def _deadlines_page(row: Any) -> str:
    return reverse("admin:report_deadlines")


KINDS = (
    Kind(
        slug="chi-tieu",
        model=Indicator,
        section="reports",
        url=page_of,
        fixed=OWNER_STAYS | {"code": "Mã của chỉ tiêu đặt một lần, không đổi."},
    ),
    # A rule is never edited, another one follows it: there is nothing to go back to.
    Kind(
        slug="han-nop",
        model=DeadlineRule,
        section="reports",
        url=_deadlines_page,
        is_reverted=False,
    ),
)
