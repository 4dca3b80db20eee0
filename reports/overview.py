"""The office's pages that look over the whole ward, for :mod:`reports.admin`."""

from core.admin import OfficePage
from core.replica import reads_replica
from reports import office

PAGES = (
    OfficePage(
        route="do-phu/",
        name="coverage",
        view=reads_replica(office.coverage_page),
        policy="plans.view_plan",
        section="outreach",
        label="Độ phủ nội dung",
        order=10,
    ),
    OfficePage(
        route="do-phu/<int:pk>/",
        name="coverage_content",
        view=office.coverage_content,
        policy="plans.view_plan",
        section="outreach",
    ),
    OfficePage(
        route="bao-cao/tinh-hai-lan/",
        name="report_twice",
        view=office.twice_page,
        policy="outreach.view_event",
        section="reports",
        label="Tính hai lần",
        order=28,
    ),
    OfficePage(
        route="bao-cao/tinh-hai-lan/quyet-dinh/",
        name="report_twice_decide",
        view=office.twice_decide,
        policy="outreach.add_event",
        section="reports",
    ),
    OfficePage(
        route="bao-cao/tinh-hai-lan/<int:pk>/tach/",
        name="report_twice_unlink",
        view=office.twice_unlink,
        policy="outreach.change_event",
        section="reports",
    ),
    OfficePage(
        route="bieu-duong/",
        name="commend",
        view=office.commend_page,
        policy="reports.view_monthlyreport",
        section="outreach",
        label="Đề nghị biểu dương",
        order=40,
    ),
    OfficePage(
        route="bieu-duong/tieu-chi/",
        name="commend_settings",
        view=office.commend_settings,
        policy="reports.change_indicator",
        section="outreach",
    ),
)
