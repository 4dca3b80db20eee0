"""What is counted for each unit, with the reports that show it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from core.text import format_date, format_month, next_month
from reports import periods, statistics
from reports.models import (
    HANDED_IN,
    Activity,
    IndicatorValue,
    MonthlyReport,
    Photo,
    ReportContent,
)
from units.models import Unit

MODELS = "models"  # the code of the indicator that counts models and good ways


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report, or a content in a month, that a figure rests on."""

    text: str
    report: int | None = None
    content: int | None = None
    month: dt.date | None = None


@dataclass(slots=True)
class Known:
    """What was counted for one unit."""

    owed: int = 0
    on_time: int = 0
    late: list[Evidence] = field(default_factory=list)
    contents: dict[int, Evidence] = field(default_factory=dict)
    happenings: int = 0
    shown: dict[int, Evidence] = field(default_factory=dict)
    models: int = 0
    models_in: list[Evidence] = field(default_factory=list)
    helped: list[Evidence] = field(default_factory=list)


def count_punctuality(
    ward: Unit, months: list[dt.date], today: dt.date, known: dict[int, Known]
) -> list[Unit]:
    """Of the months that are over, or reported already; the units that owed one of them."""
    calendar = periods.Calendar(ward, months)
    reports = {
        (report.unit_id, report.month): report
        for report in MonthlyReport.objects.filter(
            ward=ward, month__in=months, first_submitted_at__isnull=False
        ).only("unit", "month", "first_submitted_at", "due_on", "excused_until")
    }
    spans: defaultdict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    duties = statistics.duties(ward, months[0], months[-1])
    for unit, start, end in duties.values_list("unit", "starts_on", "ends_on"):
        spans[unit].append((start, end))
    units = list(Unit.objects.filter(pk__in=list(spans)).in_order())
    for unit in units:
        for month in months:
            period = calendar.period(month, unit.pk)
            report = reports.get((unit.pk, month))
            owed = any(
                s < next_month(month) and (e is None or e > month) for s, e in spans[unit.pk]
            )
            if not owed or period.is_exempt or not (report or period.is_overdue(today)):
                continue
            one = known[unit.pk]
            one.owed += 1
            if report is None:
                one.late.append(Evidence(f"{format_month(month)}: chưa nộp"))
            elif report.is_late:
                one.late.append(Evidence(f"{format_month(month)}: nộp muộn", report.pk))
            else:
                one.on_time += 1
    return units


def count_contents(ward: Unit, months: list[dt.date], known: dict[int, Known]) -> None:
    """Which contents each unit covered, and where it was the only one in the month."""
    rows = list(
        ReportContent.objects.filter(
            report__ward=ward, report__month__in=months, report__status__in=HANDED_IN
        )
        .order_by("report__month", "content_item__position", "pk")
        .values_list(
            "content_item", "content_item__short_title", "report__unit", "report__month", "report"
        )
    )
    times = Counter((item, month) for item, _, _, month, _ in rows)
    for item, title, unit, month, report in rows:
        one = known[unit]
        one.contents.setdefault(item, Evidence(title, report))
        if times[item, month] == 1:
            words = f"{title}, {format_month(month)}"
            one.helped.append(Evidence(words, content=item, month=month))


def count_evidence(ward: Unit, months: list[dt.date], known: dict[int, Known]) -> None:
    """Single happenings of reports that have photographs; that of the sheet itself shows none."""
    photos = Photo.objects.filter(report=OuterRef("report"), is_sheet=False, removed_at=None)
    rows = Activity.objects.filter(
        Exists(photos),
        report__ward=ward,
        report__month__in=months,
        report__status__in=HANDED_IN,
    ).order_by("held_on", "pk")
    for pk, unit, report, title, day in rows.values_list(
        "pk", "report__unit", "report", "title", "held_on"
    ):
        known[unit].happenings += 1
        known[unit].shown[pk] = Evidence(f"{title}, {format_date(day)}", report)


def count_models(ward: Unit, months: list[dt.date], known: dict[int, Known]) -> None:
    """The newest number of models that each unit reported, with those that it took over.

    As in the ward's totals: what a unit said before it went on in another one counts until that
    one gives a number of its own. Where it went on in several it stays the old unit's.
    """
    rows = (
        IndicatorValue.objects.filter(
            ward=ward,
            month__in=months,
            indicator__code=MODELS,
            value__isnull=False,
            report__status__in=HANDED_IN,
        )
        .order_by("month")
        .values_list("unit", "month", "value", "report")
    )
    newest = {unit: (month, value or 0, report) for unit, month, value, report in rows}
    follows = statistics.successors(statistics.Scope(ward)) if newest else {}
    past = statistics.replaced({unit: row[0] for unit, row in newest.items()}, follows)
    for unit, (month, value, report) in newest.items():
        if unit in past:
            continue
        one = known[_keeper(unit, follows)]
        one.models += value
        one.models_in.append(Evidence(f"báo cáo {format_month(month)}", report))


def _keeper(unit: int, follows: statistics.Follows) -> int:
    """The one unit in which ``unit`` went on at last, or itself."""
    last = [heir for heir in follows.get(unit, {}) if heir not in follows]
    return last[0] if len(last) == 1 else unit
