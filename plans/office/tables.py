"""The office's own lists of plans as tables: what the screen shows, all pages of it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from core.exporting import logged_sheet, made_at
from core.sheets import Column, Kind
from plans.office.asked import AskedPlans
from plans.office.register import asked_instruments
from units.permissions import ward_paths


@require_POST
def plans_table(request: HttpRequest) -> HttpResponseBase:
    columns = [
        Column("Số, ký hiệu"),
        Column("Ngày ban hành", Kind.DATE),
        Column("Trích yếu", width=60),
        Column("Trạng thái", width=16),
        Column("Có hiệu lực từ", Kind.DATE),
        Column("Đến hết ngày", Kind.DATE),
        Column("Nội dung", Kind.COUNT),
        Column("Nhiệm vụ", Kind.COUNT),
    ]
    rows = (
        [
            plan.code,
            plan.issued_on,
            plan.subject,
            plan.get_status_display(),
            plan.valid_from,
            plan.last_day,
            plan.content_count,
            plan.task_count,
        ]
        for plan in AskedPlans.of(request).rows(request.user)
    )
    name = "Kế hoạch"
    return logged_sheet(
        request,
        name=name,
        columns=columns,
        rows=rows,
        heading=(made_at(),),
        wards=ward_paths(request.user, "plans.view_plan"),
    )


@require_POST
def instruments_table(request: HttpRequest) -> HttpResponseBase:
    columns = [
        Column("Văn bản"),
        Column("Ngày", Kind.DATE),
        Column("Cơ quan ban hành", width=36),
        Column("Về việc", width=60),
        Column("Hiệu lực", width=18),
        Column("Văn bản thay thế"),
        Column("Kế hoạch có nêu", width=36),
    ]
    _, found = asked_instruments(request)
    rows = (
        [
            str(row),
            row.issued_on,
            row.issuer,
            row.subject,
            row.get_status_display(),
            str(row.successor) if row.successor else "",
            ", ".join(str(basis.plan) for basis in row.citations.all()),
        ]
        for row in found
    )
    name = "Sổ căn cứ"
    return logged_sheet(
        request,
        name=name,
        columns=columns,
        rows=rows,
        heading=(made_at(),),
        wards=ward_paths(request.user, "plans.view_legalinstrument"),
    )
