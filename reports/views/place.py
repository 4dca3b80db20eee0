"""What every page of one unit and month starts from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from core.text import format_month, format_number, previous_month
from reports import drafts, periods, rules
from reports.answers import COUNT_PREFIX, PARTS, Paper, paper_for, part_of, question_label
from reports.drafts import Typed
from reports.models import Indicator, MonthlyReport, Status
from reports.odd_numbers import past_of
from reports.periods import Period
from units.models import Unit

BACK_TO_CHECK = "ve"
CHECK = "kiem-tra"
KEEPING = "X-Keep"  # header of the phone's own worker


@dataclass(frozen=True)
class Strip:
    """The line that never leaves the screen: what is handed in and what is not."""

    kind: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Place:
    """One unit and month of the person who asks."""

    paper: Paper
    period: Period
    report: MonthlyReport | None
    typed: Typed
    today: dt.date

    @property
    def unit(self) -> Unit:
        return self.paper.unit

    @property
    def month(self) -> dt.date:
        return self.paper.month

    @property
    def seen_version(self) -> int:
        """A report that does not exist yet will begin with version 1."""
        return self.report.version if self.report else 1

    @property
    def can_edit(self) -> bool:
        return self.report is None or self.report.status != Status.ACCEPTED

    @property
    def keyed_in_by(self) -> Any:
        """The office person who typed what waits, from a message or from paper; else None."""
        by = self.typed.saved_by if self.typed.is_unsent else None
        return by if by is not None and by.has_perm(rules.REVIEW, self.unit) else None

    @cached_property
    def past(self) -> dict[int, dict[dt.date, int]]:
        """What the unit reported in the half year before, by indicator and month."""
        return past_of(self.unit, self.month)

    def before(self) -> dict[str, int]:
        """Last month's numbers by code."""
        last = previous_month(self.month)
        codes = {one.pk: one.code for one in self.paper.indicators}
        return {
            codes[pk]: months[last]
            for pk, months in self.past.items()
            if pk in codes and last in months
        }

    def examples(self) -> dict[str, str]:
        """The unit's own newest number of each code, as "118 như tháng trước"."""
        found = {}
        for one in self.paper.indicators:
            months = self.past.get(one.pk)
            if months:
                newest = max(months)
                is_last = newest == previous_month(self.month)
                when = "trước" if is_last else str(newest.month)
                found[one.code] = f"{format_number(months[newest])} như tháng {when}"
        return found

    def url(self, name: str) -> str:
        return reverse(f"reports:{name}", args=[self.unit.pk, self.month])

    def render(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        common = {
            "place": self,
            "unit": self.unit,
            "month": self.month,
            "month_name": format_month(self.month).capitalize(),
            "we": "chi bộ" if self.unit.kind in Unit.CELL_KINDS else "đơn vị",
            "period": self.period,
            "report": self.report,
            "strip": strip_of(self),
            "returned": returned_notice(self),
            "ward_profile": getattr(self.paper.ward, "profile", None),
        }
        return render(request, f"reports/secretary/{template}", common | context, status=status)


def next_screen(content: Mapping[str, Any]) -> str:
    """The first screen that nothing was typed on yet, else the check page."""
    return next((part for part in PARTS if part not in content), "check")


def place_for(request: HttpRequest, unit_pk: int, month: dt.date) -> Place:
    """The place in the address; 404 for a foreign unit and for a month that is not owed."""
    mine = Unit.objects.permitted(request.user, rules.SUBMIT)
    unit = get_object_or_404(mine, pk=unit_pk)
    report = unit.reports.filter(month=month).first()
    if report is None and not periods.owes(unit, month):
        raise Http404
    ward = unit.ward
    paper = paper_for(unit, month, ward=ward)
    return Place(
        paper=paper,
        period=periods.Calendar(ward, [month]).period(month, unit),
        report=report,
        typed=drafts.typed_for(report, paper),
        today=timezone.localdate(),
    )


def strip_of(place: Place) -> Strip:
    """CHƯA NỘP, Đã lưu ở phường, ĐÃ NỘP: the same words everywhere."""
    typed, report = place.typed, place.report
    saved = ""
    if typed.is_unsent and typed.saved_at:
        saved = f"Đã lưu ở phường lúc {_moment(typed.saved_at)}"
    if report is None or report.status == Status.DRAFT:
        return Strip("saved" if saved else "unsaved", "CHƯA NỘP", saved)
    if report.status == Status.RETURNED:
        return Strip("returned", "CHƯA NỘP LẠI", saved or "Phường trả lại để sửa")
    if typed.is_unsent:
        return Strip("saved", "CHƯA NỘP BẢN SỬA", saved)
    seen = "phường đã tiếp nhận" if report.status == Status.ACCEPTED else "phường đang xem"
    return Strip("done", "ĐÃ NỘP", f"lúc {_moment(report.submitted_at)}, {seen}")


def returned_notice(place: Place) -> dict[str, Any] | None:
    """Why the report went back, where, and the screen on which to mend it."""
    if place.report is None or place.report.status != Status.RETURNED:
        return None
    return return_of(place.report, place.paper.indicators)


def return_of(report: MonthlyReport, indicators: list[Indicator]) -> dict[str, Any]:
    """The reason of the last return and the way to the box that it speaks of; one query."""
    step = report.steps.filter(to_status=Status.RETURNED).order_by("-pk").first()
    question = report.returned_question
    part = part_of(question)
    code = question.removeprefix(COUNT_PREFIX) if question.startswith(COUNT_PREFIX) else ""
    name = part or ("zero" if question == "zero" else "check")
    url = reverse(f"reports:{name}", args=[report.unit_id, report.month])
    if part:
        url += f"?{BACK_TO_CHECK}={CHECK}"
    return {
        "reason": step.reason if step else "",
        "question": question,
        "label": question_label(question, indicators),
        "part": part,
        "indicator": code,
        "url": f"{url}#id_counts-{code}" if code else url,
    }


def _moment(moment: dt.datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local:%H:%M} ngày {local.day}/{local.month}"
