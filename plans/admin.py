"""Plans in the office's navigation."""

from django.contrib import admin
from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from approvals import kinds
from core.admin import OfficePage, TodayItem
from core.finding import add_sources
from core.history.pages import add_histories
from core.lists import add_list, add_ready, is_short, matches, one_of
from plans import finding, history, office, unit_guard
from plans.approving import PlanKind
from plans.models import LegalInstrument, Plan, Status
from plans.office import exporting, task, task_list
from units import changes

VIEW, ADD, CHANGE = "plans.view_plan", "plans.add_plan", "plans.change_plan"


def _register_page(
    route: str, name: str, view: object, action: str, **options: object
) -> OfficePage:
    return OfficePage(
        route=f"can-cu/{route}",
        name=name,
        view=view,  # type: ignore[arg-type]
        policy=f"plans.{action}_legalinstrument",
        section="plans",
        **options,  # type: ignore[arg-type]
    )


def _task_page(route: str, name: str, view: object, policy: str, **options: object) -> OfficePage:
    return OfficePage(
        route=f"nhiem-vu/{route}",
        name=name,
        view=view,  # type: ignore[arg-type]
        policy=policy,
        section="plans",
        **options,  # type: ignore[arg-type]
    )


def _page(route: str, name: str, view: object, policy: str, **options: object) -> OfficePage:
    return OfficePage(
        route=f"ke-hoach/{route}",
        name=name,
        view=view,  # type: ignore[arg-type]
        policy=policy,
        section="plans",
        **options,  # type: ignore[arg-type]
    )


changes.register_guard(unit_guard.look)  # units lie below and cannot ask
admin.site.add_pages(  # type: ignore[attr-defined]
    _page("xuat/", "plan_list_export", office.plans_table, VIEW),
    _page("", "plan_list", office.plans, VIEW, label="Kế hoạch", order=10),
    _page("nap/", "plan_upload", office.upload, ADD, label="Nạp kế hoạch", order=20),
    _page("<int:pk>/", "plan_detail", office.detail, VIEW),
    _page("<int:pk>/duyet/", "plan_review", office.review, CHANGE),
    _page("<int:pk>/gia-han/", "plan_extend", office.extend, CHANGE),
    _page("<int:pk>/ket-thuc/", "plan_close", office.close, CHANGE),
    _page("<int:pk>/bo/", "plan_discard", office.discard, CHANGE),
    _page("<int:pk>/ten-gon/", "plan_titles", office.titles, CHANGE),
    _page("<int:pk>/tien-do/", "plan_progress", office.progress, CHANGE),
    _page("<int:pk>/nam-sau/", "plan_renew", office.renew, ADD),
    _page("<int:pk>/ban-moi/", "plan_revision", office.revision, CHANGE),
    _page("<int:pk>/tep-goc/", "plan_source", office.source, VIEW),
    _page("<int:pk>/van-ban/", "plan_export", exporting.export, VIEW),
    _page("mau-van-ban/", "plan_templates", exporting.plan_templates, CHANGE),
    _task_page("", "task_list", task_list.task_list, VIEW, label="Nhiệm vụ", order=15),
    _task_page("<int:pk>/", "task", task.task_page, VIEW),
    _task_page("<int:pk>/ghi/", "task_write", task.task_write, CHANGE),
    _task_page("<int:pk>/chuyen/", "task_move", task.task_move, CHANGE),
    _task_page("tep/<int:pk>/", "task_file", task.task_file, VIEW),
    _task_page("tep/<int:pk>/bo/", "task_file_remove", task.task_file_remove, CHANGE),
    _register_page("xuat/", "instrument_list_export", office.instruments_table, "view"),
    _register_page("", "instrument_list", office.instruments, "view", label="Sổ căn cứ", order=30),
    _register_page("<int:pk>/", "instrument", office.instrument, "change"),
)

add_histories(*history.KINDS)
add_sources(*finding.SOURCES)
add_list(
    key="plan_list",
    label="Kế hoạch",
    url_name="admin:plan_list",
    action="plans.view_plan",
    params={"tim": is_short, "trang-thai": one_of(*Status.values)},
)
add_list(
    key="task_list",
    label="Nhiệm vụ",
    url_name="admin:task_list",
    action="plans.view_plan",
    params={
        "ke-hoach": matches(r"\d{1,10}"),
        "don-vi": matches(r"\d{1,10}"),
        "tinh-trang": one_of(*task_list.STATES),
        "kieu": one_of("bang"),
        "tim": is_short,
        "phuong": matches(r"\d{1,10}"),
    },
)
add_list(
    key="instrument_list",
    label="Sổ căn cứ",
    url_name="admin:instrument_list",
    action="plans.view_legalinstrument",
    params={"q": is_short, "status": one_of(*LegalInstrument.Status.values)},
)
add_ready("instrument_list", "Căn cứ hết hiệu lực", status="expired")


def waiting(request: HttpRequest) -> list[TodayItem]:
    """Plans that were read and that nobody has confirmed yet; the first of all, where none is there."""
    user = request.user
    if not user.has_perm(CHANGE):
        return []
    plans = Plan.objects.visible_to(user)
    items = [
        TodayItem(
            count=plans.filter(status=Status.PROPOSED),
            text="kế hoạch chờ xác nhận",
            url=reverse("admin:plan_list"),
            verb="Xem và xác nhận",
            weight=60,
        )
    ]
    if user.has_perm(ADD):
        items.append(
            TodayItem(
                # One where there is no plan, else none.
                count=User.objects.filter(~Exists(plans), pk=user.pk),
                text="việc đầu tiên: nạp tệp Word của kế hoạch",
                url=reverse("admin:plan_upload"),
                verb="Nạp kế hoạch",
                weight=96,
            )
        )
    return items


kinds.register(PlanKind())
admin.site.add_today(waiting)  # type: ignore[attr-defined]
