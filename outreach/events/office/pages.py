"""One event: the units invited, the text for them, how many came."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import OfficePage, office_render
from core.text import NumberFormatError, parse_count
from core.workflow import StaleError, TransitionRefusedError
from outreach.events import workflow
from outreach.models import Event
from units.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
def event_page(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Event.objects.visible_to(request.user).select_related("owner")
    event = get_object_or_404(rows, pk=pk)
    errors, status = [], HTTPStatus.OK
    if request.method == "POST":
        try:
            words = _taken(request, event)
        except StaleError as error:
            errors, status, event = [str(error)], HTTPStatus.CONFLICT, error.fresh
        except (TransitionRefusedError, NumberFormatError) as error:
            errors, status = [str(error)], HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, words)
            return redirect("admin:event_page", event.pk)
    invited = list(event.invitations.select_related("unit"))
    for row in invited:
        row.typed = request.POST.get(f"so-{row.unit_id}", "") if errors else ""
    known = {row.unit_id for row in invited}
    units = Unit.objects.filter(path__startswith=event.owner.path).open_on(timezone.localdate())
    context = {
        "event": event,
        "invited": invited,
        "others": [
            one for one in units.exclude(pk=event.owner_id).in_order() if one.pk not in known
        ],
        "when": workflow.when(event),
        "letter": workflow.letter(event),
        "must_tell": [row for row in invited if row.must_tell],
        "came": sum(row.attendance or 0 for row in invited),
        "told": event.activities.select_related("report__unit"),  # type: ignore[attr-defined]
        "is_past": event.held_on < timezone.localdate(),
        "is_due": event.held_on <= timezone.localdate(),
        "may_write": request.user.has_perm(workflow.CHANGE, event),
        "errors": errors,
    }
    return office_render(request, "outreach/events/event.html", context, status)


def _taken(request: HttpRequest, event: Event) -> str:
    """Take the step that the button names; what to say of it."""
    seen = request.POST.get("seen_version", "")
    who: dict[str, Any] = {
        "actor": request.user,
        "seen_version": int(seen) if seen.isdecimal() else 0,
    }
    step = request.POST.get("step")
    if step == "invite":
        wanted = [key for key in request.POST.getlist("unit") if key.isdecimal()]
        units = list(Unit.objects.filter(pk__in=wanted, path__startswith=event.owner.path))
        if not units:
            raise TransitionRefusedError("Đồng chí đánh dấu ít nhất một đơn vị rồi bấm lại.")
        workflow.invite(event, units, **who)
        return f"Đã ghi {len(units)} đơn vị được mời. Chép lời mời gửi vào nhóm Zalo."
    if step == "told":
        workflow.told(event, **who)
        return "Đã ghi là các đơn vị biết lịch mới."
    if step == "count":
        numbers = {}
        for row in event.invitations.all():
            typed = request.POST.get(f"so-{row.unit_id}", "").strip()
            numbers[row.unit_id] = parse_count(typed).value if typed else None
        workflow.count(event, numbers, **who)
        return "Đã ghi số người dự."
    raise TransitionRefusedError("Đồng chí bấm một nút trên trang rồi thử lại.")


admin.site.add_pages(
    OfficePage(
        route="tuyen-truyen/hoat-dong/<int:pk>/",
        name="event_page",
        view=event_page,
        policy="outreach.view_event",
        section="outreach",
    )
)
