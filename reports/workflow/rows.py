"""The live rows below a report: values, contents, happenings. Written inside a hand-in alone."""

from __future__ import annotations

from collections.abc import Mapping

from core.statements import Writes
from reports import telling
from reports.answers import Answers, Happening, Paper
from reports.models import Activity, IndicatorValue, MonthlyReport, ReportContent


def clear(report: MonthlyReport, answers: Answers, paper: Paper) -> dict[str, int]:
    """Make room for an amendment. The events that its happenings were linked to, by their key.

    Values of indicators that the paper does not ask (any more) stay as they are, except
    in a zero report, which has none.
    """
    stale = report.values.all()
    if not answers.is_zero:
        stale = stale.filter(indicator__in=paper.indicators)
    stale.delete()
    report.contents.all().delete()
    told = report.activities.filter(event__isnull=False)
    events = {telling.key_of(row, report.unit_id): row.event_id for row in told}
    report.activities.all().delete()
    return events


def write(
    writes: Writes,
    report: MonthlyReport,
    answers: Answers,
    paper: Paper,
    events: Mapping[str, int] | None = None,
) -> None:
    """Add the live rows of ``answers`` to ``writes``; what was told unchanged keeps its event."""
    events = events or {}
    totals = answers.totals(paper.indicators)
    writes.insert_all(
        IndicatorValue,
        (
            {
                "report_id": report.pk,
                "indicator_id": indicator.pk,
                "unit_id": report.unit_id,
                "ward_id": report.ward_id,
                "month": report.month,
                "value": count.value,
                "is_approximate": count.is_approximate,
                "confirmed": indicator.code in answers.confirmed,
            }
            for indicator in paper.indicators
            if (count := totals.get(indicator.code)) is not None
        ),
    )
    writes.insert_all(
        ReportContent,
        ({"report_id": report.pk, "content_item_id": item.pk} for item in answers.contents),
    )
    by_code = {one.code: one.pk for one in paper.indicators}

    def event_of(one: Happening) -> int | None:
        if not events:
            return None
        told = (by_code[one.code], one.held_on, one.title, one.place)
        return events.get(telling.told_key(report.unit_id, *told))

    writes.insert_all(
        Activity,
        (
            {
                "report_id": report.pk,
                "indicator_id": by_code[one.code],
                "held_on": one.held_on,
                "title": one.title,
                "place": one.place,
                "attendance": one.attendance,
                "event_id": event_of(one),
            }
            for one in answers.happenings
        ),
    )
