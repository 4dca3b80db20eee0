"""What the live rows of a report say, as answers."""

from __future__ import annotations

from collections.abc import Collection

from core.text import Count
from reports.answers import Answers, Happening
from reports.models import Activity, IndicatorValue, MonthlyReport


def answers_of(report: MonthlyReport, *, told: Collection[str] | None = None) -> Answers:
    """What the live rows of ``report`` say; three queries, none where they were prefetched.

    ``told`` are the codes whose happenings were told beside the typed numbers: where it is not
    given, those that the report asks today. People at any others are in the typed numbers.
    """
    known = getattr(report, "_prefetched_objects_cache", {})
    values, contents, activities = (
        report.values.all(),
        report.contents.all(),
        report.activities.all(),
    )
    if "values" not in known:
        values = values.select_related("indicator")
    if "contents" not in known:
        contents = contents.select_related("content_item")
    if "activities" not in known:
        activities = activities.select_related("indicator")
    values = [row for row in values if row.value is not None]
    happenings = tuple(_happening(row) for row in activities)
    if told is None:
        told = {row.indicator.code for row in activities if row.indicator.is_in_force(report.month)}
    beside = tuple(one for one in happenings if one.code in told)
    return Answers(
        contents=tuple(row.content_item for row in contents),
        counts=_remainders(values, beside),
        result=report.result,
        difficulties=report.difficulties,
        recommendations=report.recommendations,
        zero_reason=report.zero_reason,
        zero_reason_text=report.zero_reason_text,
        happenings=happenings,
        confirmed=frozenset(row.indicator.code for row in values if row.confirmed),
    )


def _happening(row: Activity) -> Happening:
    return Happening(row.indicator.code, row.held_on, row.title, row.place, row.attendance)


def _remainders(
    values: list[IndicatorValue], happenings: tuple[Happening, ...]
) -> dict[str, Count | None]:
    """What was typed beside the happenings: the figure less what they count."""
    told = Answers(happenings=happenings).totals([row.indicator for row in values])
    counts: dict[str, Count | None] = {}
    for row in values:
        code, listed = row.indicator.code, told.get(row.indicator.code)
        rest = row.value - (listed.value if listed else 0)
        if rest > 0 or listed is None:
            counts[code] = Count(max(rest, 0), row.is_approximate, row.denominator)
    return counts
