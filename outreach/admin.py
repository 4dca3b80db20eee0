"""What residents ask for, as candidate contents of a plan that is being prepared."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import OfficePage, office_render
from core.workflow import StaleError, TransitionRefusedError
from outreach import candidates
from outreach.loudspeaker.office import kind  # noqa: F401  before the pages of all forms

# isort: split
from outreach.content.office import setup  # noqa: F401  the pages of what goes out
from outreach.events.office import lists as event_lists  # noqa: F401
from outreach.events.office import pages as event_pages  # noqa: F401
from outreach.loudspeaker.office import setup as loudspeaker  # noqa: F401
from units.models import Unit
from units.wards import ward_of

POLICY = "plans.change_plan"


@require_http_methods(["GET", "HEAD", "POST"])
def candidates_page(request: HttpRequest) -> HttpResponse:
    """The list; a press puts one candidate into a plan that is still to be confirmed."""
    ward = ward_of(request.user)
    if ward is None or not request.user.has_perm(POLICY, ward):
        raise PermissionDenied
    errors, status = [], HTTPStatus.OK
    if request.method == "POST":
        try:
            return _add(request, ward)
        except StaleError as error:
            errors, status = [str(error)], HTTPStatus.CONFLICT
        except TransitionRefusedError as error:
            errors, status = [str(error)], HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "candidates": candidates.of_ward(ward),
        "plans": list(candidates.proposed_plans(request.user, ward)),
        "errors": errors,
    }
    return office_render(request, "outreach/office/candidates.html", context, status)


def _add(request: HttpRequest, ward: Unit) -> HttpResponse:
    """The plan is sent as "key:version", as the page had seen it."""
    pk, _, version = request.POST.get("plan", "").partition(":")
    plans = {str(plan.pk): plan for plan in candidates.proposed_plans(request.user, ward)}
    asked = {one.key: one for one in candidates.of_ward(ward)}
    plan, one = plans.get(pk), asked.get(request.POST.get("key", ""))
    if plan is None or one is None or not (version.isascii() and version.isdigit()):
        raise TransitionRefusedError(
            "Mời đồng chí chọn một kế hoạch đang chờ xác nhận rồi bấm lại."
        )
    candidates.add(one, plan, seen_version=int(version[:9]))
    messages.success(request, f"Đã thêm vào nội dung của kế hoạch: {one.text}")
    return redirect("admin:plan_candidates")


admin.site.add_pages(
    OfficePage(
        route="ke-hoach/ba-con-hoi/",
        name="plan_candidates",
        view=candidates_page,
        policy=POLICY,
        section="plans",
        label="Bà con hỏi nhiều",
        order=45,
    )
)
