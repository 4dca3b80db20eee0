"""Links for leaders in the office's navigation."""

from django.contrib import admin

from approvals import office, rules
from core.admin import OfficePage

VIEW = "approvals.view_approvalrequest"

admin.site.add_pages(  # type: ignore[attr-defined]
    OfficePage(
        route="trinh-duyet/",
        name="approvals",
        view=office.approvals,
        policy=VIEW,
        section="today",
        label="Trình lãnh đạo",
        order=60,
    ),
    OfficePage(
        route="trinh-duyet/<int:pk>/",
        name="approval",
        view=office.approval,
        policy=VIEW,
        section="today",
    ),
    OfficePage(
        route="trinh-duyet/<int:pk>/buoc/",
        name="approval_step",
        view=office.step,
        policy=rules.ADD,
        section="today",
    ),
    OfficePage(
        route="trinh-duyet/tao/<slug:kind>/<int:pk>/",
        name="approval_ask",
        view=office.ask,
        policy=rules.ADD,
        section="today",
    ),
)
admin.site.add_today(office.today_items)  # type: ignore[attr-defined]
