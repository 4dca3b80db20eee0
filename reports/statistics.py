"""The figures of the reports: one definition each, used by page, Word and Excel alike.

On screens figures take what is handed in or accepted now; ``statuses`` narrows that for official
documents, which take accepted reports alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from reports.models import HANDED_IN, Indicator, IndicatorValue, MonthlyReport
from units.models import ReportingDuty, Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its definition, as it is printed beside it."""

    code: str
    name: str
    definition: str


RECEIVED = Figure(
    "received",
    "Đã nhận",
    "Số đơn vị có báo cáo đang chờ xem hoặc đã tiếp nhận, trên số đơn vị phải báo cáo trong tháng. "
    "Báo cáo đang trả lại để sửa chưa tính là đã nhận; báo cáo không phát sinh tính là đã nhận.",
)
ON_TIME = Figure(
    "on_time",
    "Đúng hạn",
    "Số đơn vị nộp lần đầu không muộn hơn hạn, kể cả gia hạn và ngày châm chước, trên số đơn vị "
    "phải báo cáo trong tháng. Báo cáo nộp đúng hạn rồi bị trả lại vẫn tính là đúng hạn.",
)
TOTAL = Figure(
    "total",
    "Cộng",
    "Cộng số của các báo cáo đang chờ xem và đã tiếp nhận trong tháng. Chỉ tiêu “lấy số mới nhất” "
    "cộng số mới nhất của từng đơn vị; tỷ lệ tính lại từ tổng tử số và tổng mẫu số, không lấy "
    "trung bình. Ô để trống không tính là 0.",
)


MEDIAN = Figure(
    "median",
    "Mức giữa của phường",
    "Xếp số của các đơn vị trong phường theo thứ tự, mức giữa là số đứng chính giữa: một nửa số "
    "đơn vị có số lớn hơn hoặc bằng, một nửa có số nhỏ hơn hoặc bằng. Đơn vị để trống không tính.",
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        """From 0 to 100; None where there is nothing to count from."""
        return 100 * self.count / self.of if self.of else None

    @property
    def rest(self) -> int:
        return self.of - self.count


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The two figures of a month that share their denominator."""

    received: Share
    on_time: Share


@dataclass(frozen=True, slots=True)
class Total:
    """One indicator over all units: None where no unit gave a number."""

    indicator: Indicator
    value: int | None
    denominator: int | None
    unit_count: int

    @property
    def percent(self) -> float | None:
        """Of a share alone: recomputed from the sums."""
        if self.indicator.roll_up != Indicator.RollUp.SHARE or not self.denominator:
            return None
        return 100 * (self.value or 0) / self.denominator


def owing(ward: Unit, month: dt.date) -> QuerySet[Unit]:
    """The denominator: the units of ``ward`` with a reporting duty in ``month``."""
    return Unit.objects.under(ward).owing(month).in_order()


def punctuality(ward: Unit, month: dt.date) -> Punctuality:
    """:data:`RECEIVED` and :data:`ON_TIME` of a month; one query."""
    here = MonthlyReport.objects.filter(unit=OuterRef("pk"), month=month)
    counted = (
        owing(ward, month)
        .order_by()
        .aggregate(
            units=Count("pk"),
            received=Count("pk", filter=Exists(here.handed_in())),
            on_time=Count("pk", filter=Exists(here.on_time())),
        )
    )
    return Punctuality(
        Share(counted["received"], counted["units"]), Share(counted["on_time"], counted["units"])
    )


def missing(ward: Unit, month: dt.date) -> QuerySet[Unit]:
    """The units that owe the report of ``month`` and have none handed in now."""
    received = MonthlyReport.objects.filter(month=month).handed_in()
    return owing(ward, month).exclude(pk__in=received.values("unit"))


def totals(
    ward: Unit,
    months: Iterable[dt.date],
    *,
    statuses: Collection[str] = HANDED_IN,
) -> list[Total]:
    """:data:`TOTAL` of each indicator in force in the newest of ``months``; two queries.

    A ``last`` indicator takes the newest value of each unit within ``months``.
    """
    months = sorted(months)
    counted = {
        row["indicator"]: row
        for row in _values(ward, months, statuses)
        .values("indicator")
        .annotate(
            total=Sum("value"),
            total_denominator=Sum("denominator"),
            units=Count("unit", distinct=True),
        )
        .order_by()
    }
    nothing: dict[str, Any] = {"total": None, "total_denominator": None, "units": 0}
    return [
        Total(indicator, row["total"], row["total_denominator"], row["units"])
        for indicator in Indicator.objects.in_force(ward, months[-1])
        for row in [counted.get(indicator.pk, nothing)]
    ]


def _values(
    ward: Unit, months: list[dt.date], statuses: Collection[str]
) -> QuerySet[IndicatorValue]:
    """The values that a total adds up: all of them, or the newest of each unit."""
    rows = IndicatorValue.objects.filter(
        ward=ward, month__in=months, value__isnull=False, report__status__in=list(statuses)
    )
    newer = IndicatorValue.objects.filter(
        unit=OuterRef("unit"),
        indicator=OuterRef("indicator"),
        month__in=months,
        month__gt=OuterRef("month"),
        value__isnull=False,
        report__status__in=list(statuses),
    )
    return rows.filter(~Q(indicator__roll_up=Indicator.RollUp.LAST) | ~Exists(newer))


def medians(
    ward: Unit, months: Collection[dt.date], indicators: Collection[Indicator]
) -> dict[tuple[int, dt.date], float]:
    """:data:`MEDIAN` of each indicator (by key) and month that any unit of ``ward`` gave; one query."""
    given: defaultdict[tuple[int, dt.date], list[int]] = defaultdict(list)
    rows = IndicatorValue.objects.filter(
        ward=ward,
        month__in=list(months),
        indicator__in=list(indicators),
        value__isnull=False,
        report__status__in=HANDED_IN,
    ).order_by()
    for indicator, month, value in rows.values_list("indicator", "month", "value"):
        if value is not None:
            given[indicator, month].append(value)
    return {key: median(values) for key, values in given.items()}


def duties(ward: Unit, first: dt.date, last: dt.date) -> QuerySet[ReportingDuty]:
    """The duties that touch the months from ``first`` to ``last`` (first days)."""
    return ReportingDuty.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=first),
        unit__path__startswith=ward.path,
        starts_on__lt=(last.replace(day=28) + dt.timedelta(days=4)).replace(day=1),
    )
