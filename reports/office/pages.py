"""The addresses of the office's pages on reports, with the action that each asks for."""

from __future__ import annotations

from core import converters  # noqa: F401  knows <month:month>
from core.admin import OfficePage
from reports import office, overview, rules
from reports.office.consolidated.pages import PAGES as CONSOLIDATED_PAGES
from reports.office.word_templates import PAGES as TEMPLATE_PAGES

PAGES: tuple[OfficePage, ...] = (
    OfficePage(
        route="bao-cao/cho-xem/",
        name="report_queue",
        view=office.queue_page,
        policy=rules.REVIEW,
        section="reports",
        label="Chờ xem",
        order=10,
    ),
    OfficePage(
        route="bao-cao/cho-xem/tiep-nhan/",
        name="report_sample",
        view=office.sample_page,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/theo-thang/",
        name="report_grid",
        view=office.grid_page,
        policy=rules.VIEW,
        section="reports",
        label="Theo tháng",
        order=20,
    ),
    OfficePage(
        route="bao-cao/o/<int:unit_pk>/<month:month>/",
        name="report_cell",
        view=office.cell_page,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/o/<int:unit_pk>/<month:month>/nop-ho/",
        name="report_file",
        view=office.file_page,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/tong-hop/",
        name="report_totals",
        view=office.totals_page,
        policy=rules.VIEW,
        section="reports",
        label="Tổng hợp tháng",
        order=30,
    ),
    OfficePage(
        route="bao-cao/loi-nhac/",
        name="report_reminder",
        view=office.reminder_page,
        policy=rules.REVIEW,
        section="reports",
        label="Lời nhắc",
        order=25,
    ),
    OfficePage(
        route="bao-cao/nhan-van-ban/",
        name="report_receive",
        view=office.receive_page,
        policy=rules.REVIEW,
        section="reports",
        label="Nhận báo cáo qua Zalo",
        order=35,
    ),
    OfficePage(
        route="bao-cao/bieu-trong/",
        name="report_blank_forms",
        view=office.blank_forms_page,
        policy=office.VIEW_LINKS,
        section="reports",
        label="In biểu trống",
        order=45,
    ),
    OfficePage(
        route="bao-cao/ganh-nang/",
        name="report_burden",
        view=office.burden_page,
        policy=office.VIEW_INDICATORS,
        section="reports",
        label="Gánh nặng báo cáo",
        order=70,
    ),
    OfficePage(
        route="bao-cao/<int:pk>/",
        name="report_page",
        view=office.report_page,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/anh/<str:name>",
        name="report_photo",
        view=office.report_photo,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/bao-cao.docx",
        name="report_word",
        view=office.report_word,
        policy=rules.VIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/loi-nhac/cong-van.docx",
        name="report_reminder_letter",
        view=office.reminder_letter,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/xac-nhan-nop-ho/",
        name="report_helper",
        view=office.report_helper,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/<int:pk>/buoc/",
        name="report_step",
        view=office.report_step,
        policy=rules.REVIEW,
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/",
        name="report_deadlines",
        view=office.deadlines.deadlines_page,
        policy="reports.view_deadlinerule",
        section="reports",
        label="Hạn nộp",
        order=50,
    ),
    OfficePage(
        route="bao-cao/han-nop/doi/",
        name="report_deadline_change",
        view=office.deadlines.deadline_change,
        policy="reports.add_deadlinerule",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/",
        name="report_exceptions",
        view=office.deadlines.exceptions_page,
        policy="reports.view_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/them/",
        name="report_exception_add",
        view=office.deadlines.exception_add,
        policy="reports.add_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/<int:pk>/",
        name="report_exception_change",
        view=office.deadlines.exception_change,
        policy="reports.change_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/gia-han/<int:pk>/bo/",
        name="report_exception_withdraw",
        view=office.deadlines.exception_withdraw,
        policy="reports.change_extension",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/ngay-nghi/",
        name="report_days_off",
        view=office.deadlines.days_off_page,
        policy="reports.view_holiday",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/ngay-nghi/them/",
        name="report_day_off_add",
        view=office.deadlines.day_off_add,
        policy="reports.add_holiday",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/han-nop/ngay-nghi/<int:pk>/bo/",
        name="report_day_off_remove",
        view=office.deadlines.day_off_remove,
        policy="reports.change_holiday",
        section="reports",
    ),
    *(
        OfficePage(
            route=f"bao-cao/{place}/xuat/", name=name, view=view, policy=action, section="reports"
        )
        for place, name, view, action in (
            ("cho-xem", "report_queue_export", office.queue_table, rules.REVIEW),
            ("theo-thang", "report_grid_export", office.grid_table, rules.VIEW),
            ("tong-hop", "report_totals_export", office.totals_table, rules.VIEW),
        )
    ),
    *overview.PAGES,
    *office.PIVOT_PAGES,
    *CONSOLIDATED_PAGES,
    *TEMPLATE_PAGES,
)
