"""What I owe and until when; and what I handed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.held import held_in
from core.access import policy
from core.text import Count, first_of_month, format_number, next_month
from reports import helpers, periods, rules
from reports.answers import Answers
from reports.forms import figure_as_typed
from reports.models import Draft, Indicator, Status, Submission
from reports.periods import Owed, Period
from reports.sentences import passages
from reports.stored import answers_of
from reports.views.place import BACK_TO_CHECK, CHECK, Place, next_screen, place_for, return_of
from units.models import Unit, WardProfile

SHOWN = 3  # months handed in; the rest is on the page of the year


@dataclass(frozen=True)
class Due:
    """One month that waits for the secretary."""

    owed: Owed
    state: str
    is_overdue: bool
    url: str
    returned: dict[str, Any] | None = None
    saved_at: dt.datetime | None = None

    @property
    def verb(self) -> str:
        if self.owed.status == Status.RETURNED:
            return "Sửa báo cáo"
        return "Viết tiếp báo cáo" if self.owed.report else "Làm báo cáo"


@dataclass(frozen=True)
class Desk:
    """One unit of the person: what waits, the overdue first, and what was before."""

    unit: Unit
    due: list[Due]
    current: Owed | None
    current_state: str
    past: list[Owed]
    coming: Period
    helped: list[Submission]


@policy(rules.SUBMIT)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    units = Unit.objects.permitted(request.user, rules.SUBMIT).in_order()
    desks = [_desk(unit, today) for unit in units]
    profile = None
    if desks:
        profile = WardProfile.objects.filter(ward__path=desks[0].unit.ward_path).first()
    return render(
        request,
        "reports/secretary/home.html",
        {
            "desks": desks,
            "unit": desks[0].unit if len(desks) == 1 else None,
            "ward_profile": profile,
            "today": today,
            "sentence": _sentence(desks, today),
            "is_held": held_in(request.session) is not None,
        },
    )


@policy(rules.SUBMIT)
@require_safe
def show(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """A report as it was handed in."""
    place = place_for(request, unit_pk, month)
    if place.report is None or place.report.first_submitted_at is None:
        raise Http404
    answers = answers_of(place.report)
    return place.render(
        request,
        "show.html",
        {
            "passages": passages(answers, place.paper),
            "numbers": _numbers(place, answers) if place.can_edit else [],
            "submission": place.report.submissions.select_related("confirmation")
            .order_by("-number")
            .first(),
        },
    )


def _numbers(place: Place, answers: Answers) -> list[dict[str, str]]:
    """Each number that was handed in, with the way to its own box."""
    totals = answers.totals(place.paper.indicators)
    return [
        {
            "label": one.name,
            "number": figure_as_typed(totals[one.code]) + _whole(totals[one.code]),
            "url": f"{place.url('counts')}?{BACK_TO_CHECK}={CHECK}#id_counts-{one.code}",
        }
        for one in place.paper.indicators
        if one.code in totals
    ]


def _whole(count: Count) -> str:
    return "" if count.of is None else f"/{format_number(count.of)}"


def _sentence(desks: list[Desk], today: dt.date) -> str:
    """The title of the page: what is most urgent, in the words of a reminder."""
    waiting = [due.owed for desk in desks for due in desk.due]
    first = waiting[0] if waiting else next((d.current for d in desks if d.current), None)
    return periods.sentence(first, today) if first else "Báo cáo tháng"


def _desk(unit: Unit, today: dt.date) -> Desk:
    owed = periods.owed_by(unit, today)
    current = owed[0] if owed else None
    late = periods.overdue(owed, today)
    waiting = [one for one in late if one is not current]
    if current is not None and not current.is_received:
        waiting.append(current)
    # A returned report waits whatever its month.
    waiting += [one for one in owed if one.status == Status.RETURNED and one not in waiting]
    following = next_month(current.month) if current else first_of_month(today)
    return Desk(
        unit=unit,
        due=_due(unit, waiting, late, today),
        current=current,
        current_state=periods.state_words(current, today) if current else "",
        past=[
            one
            for one in owed
            if one not in waiting and one is not current and one.report is not None
        ][:SHOWN],
        coming=periods.period_of(unit, following),
        helped=list(helpers.unconfirmed([unit])),
    )


def _due(unit: Unit, waiting: list[Owed], late: list[Owed], today: dt.date) -> list[Due]:
    drafts = Draft.objects.filter(report__unit=unit).exclude(content={})
    typed = {draft.report_id: draft for draft in drafts}
    indicators = list(Indicator.objects.filter(owner__path=unit.ward_path))
    lines = []
    for owed in waiting:
        returned, url = None, ""
        draft = typed.get(owed.report.pk) if owed.report else None
        if owed.report and owed.status == Status.RETURNED:
            returned = return_of(owed.report, indicators)
            url = returned["url"]
        else:
            screen = next_screen(draft.content if draft else {})
            url = reverse(f"reports:{screen}", args=[unit.pk, owed.month])
        state = periods.state_words(owed, today)
        saved_at = draft.saved_at if draft else None
        lines.append(Due(owed, state, owed in late, url, returned, saved_at))
    return lines
