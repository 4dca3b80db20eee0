"""The comparison's figures against sums made by hand, whatever the axes."""

import datetime as dt
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import next_month
from outreach.models import Event
from reports import statistics
from reports.models import (
    HANDED_IN,
    Activity,
    Extension,
    IndicatorValue,
    MonthlyReport,
    ReportContent,
    Status,
)
from reports.pivot import Dimension, Measure, Selection, build
from reports.pivot.axes import OUTSIDE
from reports.pivot.behind import reports_behind
from reports.spans import Span
from reports.tests.factories import IndicatorFactory, content_item, owing_unit
from units.models import ReportingDuty, Unit, UnitGroup, UnitSuccession
from units.tests.factories import UserFactory, WardFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 4, 1)
MONTHS = [FIRST]
while MONTHS[-1] < LAST:
    MONTHS.append(next_month(MONTHS[-1]))
TIMES = (Dimension.MONTH, Dimension.QUARTER, Dimension.HALF, Dimension.YEAR)


class World:
    """Four units, one with a duty of three months, one in two groups, one in none; three indicators."""

    def __init__(self):
        self.ward = WardFactory()
        self.sender = UserFactory()
        kinds = ["residential_cell", "residential_cell", "school_cell", "agency_cell"]
        self.units = [owing_unit(self.ward, kind=kind) for kind in kinds]
        ReportingDuty.objects.filter(unit=self.units[1]).update(ends_on=MONTHS[3])
        cells = UnitGroup.objects.create(
            owner=self.ward, name="Khu dân cư", kinds=["residential_cell"]
        )
        schools = UnitGroup.objects.create(owner=self.ward, name="Nhóm trường")
        schools.members.set([self.units[0], self.units[2]])
        self.groups = (cells, schools)
        self.indicators = tuple(
            IndicatorFactory(owner=self.ward, code=code, name=code, roll_up=code, position=n)
            for n, code in enumerate(["sum", "last", "share"])
        )
        self.contents = [content_item(self.ward, f"Nội dung {n}", n) for n in (1, 2)]
        Extension.objects.create(
            unit=self.units[2], month=MONTHS[1], kind=Extension.Kind.EXEMPT, reason="x", due_on=None
        )
        self.reports = MonthlyReport.objects.bulk_create(
            MonthlyReport(unit=unit, ward=self.ward, month=month, due_on=month.replace(day=25))
            for unit, month in product(self.units, MONTHS)
        )

    def fill(self, drawn):
        """``drawn``: for each report its status, lateness, three values and covered contents."""
        IndicatorValue.objects.filter(ward=self.ward).delete()
        ReportContent.objects.filter(report__ward=self.ward).delete()
        values, covered = [], []
        for report, (status, is_late, numbers, contents) in zip(self.reports, drawn, strict=True):
            day = report.due_on + dt.timedelta(days=2 if is_late else -2)
            handed = timezone.make_aware(dt.datetime(day.year, day.month, day.day, 9))
            report.status = status
            report.first_submitted_at = None if status == Status.DRAFT else handed
            report.submitted_at = report.first_submitted_at
            report.submitted_by = self.sender if report.submitted_at else None
            for indicator, (value, extra) in zip(self.indicators, numbers, strict=True):
                is_share = indicator.roll_up == "share" and value is not None
                values.append(
                    IndicatorValue(
                        report=report, indicator=indicator, unit=report.unit, ward=self.ward,
                        month=report.month, value=value,
                        denominator=max(value + extra, 1) if is_share else None,
                    )
                )  # fmt: skip
            covered += [
                ReportContent(report=report, content_item=self.contents[n]) for n in contents
            ]
        MonthlyReport.objects.bulk_update(
            self.reports, ["status", "first_submitted_at", "submitted_at", "submitted_by"]
        )
        self.values = IndicatorValue.objects.bulk_create(values)
        self.covered = ReportContent.objects.bulk_create(covered)

    def ask(self, rows, columns, measure=Measure.VALUE, indicators=None, **changes):
        if measure is Measure.VALUE and indicators is None:
            uses = Dimension.INDICATOR in (rows, columns)
            indicators = self.indicators if uses else self.indicators[:1]
        words = {"first": FIRST, "last": LAST, "groups": self.groups} | changes
        return Selection(
            ward=self.ward, rows=rows, columns=columns, measure=measure,
            indicators=tuple(indicators or ()), **words,
        )  # fmt: skip

    # -- By hand ---------------------------------------------------------------

    def owes(self, unit, month):
        if unit == self.units[1] and month >= MONTHS[3]:
            return False
        return (unit, month) != (self.units[2], MONTHS[1])

    def units_under(self, dimension, key):
        if key == "tong" or dimension not in (Dimension.UNIT, Dimension.GROUP):
            return set(self.units)
        if dimension is Dimension.UNIT:
            return {unit for unit in self.units if str(unit.pk) == key}
        cells, schools = self.groups
        return {
            str(cells.pk): {self.units[0], self.units[1]},
            str(schools.pk): {self.units[0], self.units[2]},
            OUTSIDE: {self.units[3]},
        }[key]

    def months_under(self, dimension, key):
        if key == "tong" or not dimension.is_time:
            return set(MONTHS)
        return {month for month in MONTHS if key == self.time_key(dimension, month)}

    def time_key(self, dimension, month):
        return {
            Dimension.MONTH: f"{month:%Y-%m}",
            Dimension.QUARTER: f"{month.year}-q{(month.month - 1) // 3 + 1}",
            Dimension.HALF: f"{month.year}-n{1 if month.month < 7 else 2}",
            Dimension.YEAR: f"{month.year}",
        }[dimension]

    def by_hand(self, selection, row, column):
        units = self.units_under(selection.rows, row) & self.units_under(selection.columns, column)
        months = self.months_under(selection.rows, row) & self.months_under(
            selection.columns, column
        )
        inside = [r for r in self.reports if r.unit in units and r.month in months]
        received = {r.pk for r in inside if r.status in HANDED_IN}
        owed = [r for r in inside if self.owes(r.unit, r.month)]
        if selection.measure is Measure.RECEIVED:
            return sum(r.pk in received for r in owed) if owed else None
        if selection.measure is Measure.ON_TIME:
            first = [r for r in owed if r.first_submitted_at is not None]
            on_time = [
                r for r in first if timezone.localtime(r.first_submitted_at).date() <= r.due_on
            ]
            return 100 * len(on_time) / len(owed) if owed else None
        if selection.measure is Measure.COVERED:
            named = {c.content_item_id for c in self.covered if c.report_id in received}
            return len(named) if received else None
        indicator = selection.indicators[0]
        for dimension, key in ((selection.rows, row), (selection.columns, column)):
            if dimension is Dimension.INDICATOR:
                indicator = next(one for one in self.indicators if str(one.pk) == key)
        return self.rolled_up(indicator, received)

    def rolled_up(self, indicator, received):
        rows = [
            v
            for v in self.values
            if v.report_id in received and v.indicator == indicator and v.value is not None
        ]
        if not rows:
            return None
        if indicator.roll_up == "last":
            newest = {v.unit_id: v.value for v in sorted(rows, key=lambda v: v.month)}
            return sum(newest.values())
        if indicator.roll_up == "share":
            of = sum(v.denominator for v in rows)
            return 100 * sum(v.value for v in rows) / of if of else None
        return sum(v.value for v in rows)


@pytest.fixture
def world():
    return World()


NUMBER = st.tuples(st.one_of(st.none(), st.integers(0, 50)), st.integers(0, 9))
REPORT = st.tuples(
    st.sampled_from(Status.values),
    st.booleans(),
    st.tuples(NUMBER, NUMBER, NUMBER),
    st.sets(st.sampled_from([0, 1])),
)
SPLITS = [
    (rows, columns, measure)
    for measure in Measure
    for rows, columns in product(Dimension, Dimension)
    if rows.family != columns.family
    and rows is not Dimension.NONE
    and not {rows, columns} & {Dimension.INDICATOR, Dimension.CONTENT} - measure.dimensions
    and Dimension.CONTENT not in (rows, columns)
]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(REPORT, min_size=24, max_size=24))
def test_every_cell_is_the_sum_made_by_hand(world, drawn):
    world.fill(drawn)

    wrong = []
    for rows, columns, measure in SPLITS:
        selection = world.ask(rows, columns, measure)
        table = build(selection)
        for row in table.lines:
            for cell in row.all:
                hand = world.by_hand(selection, row.head.key, cell.column)
                if cell.value != (hand if hand is None else pytest.approx(hand)):
                    wrong.append((rows, columns, measure, row.head.key, cell.column))
    assert wrong == []


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(REPORT, min_size=24, max_size=24))
def test_totals_are_those_of_the_statistics(world, drawn):
    world.fill(drawn)
    totals = {total.indicator: total for total in statistics.totals(world.ward, MONTHS)}

    table = build(world.ask(Dimension.INDICATOR, Dimension.NONE))
    rates = build(world.ask(Dimension.MONTH, Dimension.NONE, Measure.ON_TIME))

    for row in table.rows:
        total = totals[row.head.indicator]
        is_share = total.indicator.roll_up == "share"
        assert row.total.value == (total.percent if is_share else total.value)
    assert [row.total.value for row in rates.rows] == [
        statistics.punctuality(world.ward, month).on_time.percent for month in MONTHS
    ]


def filled(world, value=3):
    numbers = ((value, 0), (value, 0), (value, 1))
    world.fill([(Status.ACCEPTED, False, numbers, {0})] * 24)


def test_reports_under_a_content_are_counted_and_none_is_zero(world):
    filled(world)

    table = build(world.ask(Dimension.CONTENT, Dimension.MONTH, Measure.RECEIVED))

    assert [row.head.name for row in table.rows] == ["Nội dung 1"]
    assert [cell.value for cell in table.rows[0].cells] == [4, 3, 4, 3, 3, 3]
    assert table.foot is None


def test_indicators_have_no_total_across(world):
    filled(world)

    down = build(world.ask(Dimension.INDICATOR, Dimension.MONTH))
    across = build(world.ask(Dimension.UNIT, Dimension.INDICATOR))

    assert (down.foot, down.has_row_totals) == (None, True)
    assert (across.foot is not None, across.has_row_totals) == (True, False)


def test_kind_and_group_narrow_rows_and_totals(world):
    filled(world)

    by_kind = build(world.ask(Dimension.UNIT, Dimension.NONE, kind="school_cell"))
    by_group = build(world.ask(Dimension.UNIT, Dimension.NONE, group=world.groups[1]))

    assert (len(by_kind.rows), by_kind.foot.total.value) == (1, 18)
    assert (len(by_group.rows), by_group.foot.total.value) == (2, 36)


def test_merged_unit_keeps_its_row_and_says_what_it_is_now(world):
    filled(world)
    old, new = world.units[:2]
    Unit.objects.filter(pk=old.pk).update(closed_on=MONTHS[2])
    UnitSuccession.objects.create(from_unit=old, to_unit=new, on=MONTHS[2])

    row = build(world.ask(Dimension.UNIT, Dimension.NONE)).rows[0]

    assert (row.head.name, row.total.value) == (old.name, 18)
    assert row.head.note == f"thôi hoạt động từ 1/1/2026, nay là {new.name}"


def test_retired_indicator_keeps_its_figures(world):
    filled(world)
    retired = world.indicators[0]
    retired.ends_on = MONTHS[2]
    retired.save()

    table = build(world.ask(Dimension.INDICATOR, Dimension.NONE, indicators=[retired]))

    assert (table.rows[0].head.note, table.rows[0].total.value) == (
        "thôi dùng từ tháng 1/2026", 72,
    )  # fmt: skip


def test_parts_of_time_that_are_not_whole_say_so(world):
    filled(world)

    table = build(world.ask(Dimension.QUARTER, Dimension.NONE))

    assert [(row.head.name, row.head.note) for row in table.rows] == [
        ("quý 4/2025", "chưa đủ kỳ"), ("quý 1/2026", ""), ("quý 2/2026", "chưa đủ kỳ"),
    ]  # fmt: skip


def test_other_wards_are_left_out(world):
    filled(world)
    other = World()
    filled(other, value=50)

    table = build(world.ask(Dimension.UNIT, Dimension.NONE))

    assert table.foot.total.value == 72


@pytest.mark.parametrize("measure", Measure)
def test_table_has_a_fixed_number_of_queries(world, measure, django_assert_max_num_queries):
    filled(world)

    with django_assert_max_num_queries(8):
        build(world.ask(Dimension.GROUP, Dimension.MONTH, measure))


# -- One event, told by several ---------------------------------------------------


def link(world, *places):
    """An event that the reports of ``places`` (unit, month; numbers) tell of, 1 each."""
    event = Event.objects.create(
        owner=world.ward, title="Ngày hội", held_on=FIRST, created_by=world.sender
    )
    reports = {(one.unit, one.month): one for one in world.reports}
    Activity.objects.bulk_create(
        Activity(
            report=reports[world.units[unit], MONTHS[month]],
            indicator=world.indicators[0],
            title="Ngày hội",
            held_on=FIRST,
            event=event,
        )
        for unit, month in places
    )


def shown(table):
    return {(row.head.key, c.column): (c.value, c.repeated) for row in table.lines for c in row.all}


@pytest.fixture
def linked(world):
    """Units 0 and 1 of one group tell of an event, in months 1 and 2; 2 and 3 of another."""
    filled(world)
    link(world, (0, 1), (1, 2))
    link(world, (2, 0), (3, 0), (3, 1))
    return world


def test_linked_events_are_counted_once_as_in_the_statistics(linked):
    table = build(linked.ask(Dimension.INDICATOR, Dimension.MONTH))

    row = table.rows[0]
    assert [cell.value for cell in row.cells] == [
        statistics.totals(linked.ward, [month])[0].value for month in MONTHS
    ]
    assert (row.total.value, row.total.repeated) == (69, 3)
    assert row.total.value == statistics.totals(linked.ward, MONTHS)[0].value
    assert [cell.repeated for cell in row.cells] == [1, 1, 1, 0, 0, 0]


def test_figure_of_a_unit_stays_as_it_was_reported(linked):
    table = build(linked.ask(Dimension.UNIT, Dimension.QUARTER))

    assert {cell.repeated for row in table.rows for cell in row.all} == {0}
    assert [cell.repeated for cell in table.foot.all] == [2, 1, 0, 3]
    assert table.foot.total.value == sum(row.total.value for row in table.rows) - 3


@pytest.mark.parametrize("swapped", [False, True])
def test_group_counts_an_event_once_within_itself(linked, swapped):
    axes = (Dimension.MONTH, Dimension.GROUP) if swapped else (Dimension.GROUP, Dimension.MONTH)
    cells = shown(build(linked.ask(*axes)))
    cells = {(key[::-1] if swapped else key): cell for key, cell in cells.items()}

    cells_group, schools = (str(group.pk) for group in linked.groups)
    assert cells[cells_group, "tong"] == (35, 1)
    assert cells[schools, "tong"] == (36, 0)
    assert cells[OUTSIDE, "tong"] == (17, 1)
    assert cells["tong", "tong"] == (69, 3)


def test_group_agrees_with_the_report_of_that_group(linked):
    group = linked.groups[0]
    cell = build(linked.ask(Dimension.MONTH, Dimension.NONE, group=group)).foot.total
    span = Span.parse("2026-q1")
    one = build(
        linked.ask(Dimension.GROUP, Dimension.NONE, first=span.months[0], last=span.months[-1])
    )

    line = statistics.lines(statistics.Scope(linked.ward, group=group), span)[0]
    assert cell.value == 35
    assert one.rows[0].total.value == line.total.value == 17


def test_mention_that_counts_may_be_of_a_unit_that_is_gone(linked):
    """Unit 1 told of it in month 2, unit 0 before: unit 0 owes and reports nothing any more."""
    first = linked.units[0]
    ReportingDuty.objects.filter(unit=first).update(ends_on=MONTHS[1])
    gone = MonthlyReport.objects.filter(unit=first, month__gte=MONTHS[2])
    for rows in (IndicatorValue, ReportContent):
        rows.objects.filter(report__in=gone).delete()
    gone.delete()

    table = build(linked.ask(Dimension.GROUP, Dimension.NONE, first=MONTHS[2]))

    assert (table.rows[0].total.value, table.rows[0].total.repeated) == (11, 1)


def test_cell_names_what_the_reports_behind_it_leave_out(linked):
    behind = reports_behind(
        linked.ask(Dimension.GROUP, Dimension.MONTH), str(linked.groups[0].pk), "tong"
    )
    of_unit = reports_behind(
        linked.ask(Dimension.UNIT, Dimension.MONTH), str(linked.units[1].pk), "tong"
    )

    assert +behind.taken == {(linked.units[1].pk, MONTHS[2]): 1}
    assert +of_unit.taken == {}


def test_share_without_its_whole_is_left_out_everywhere(world):
    filled(world)
    share = world.indicators[2]
    IndicatorValue.objects.filter(indicator=share, unit=world.units[0]).update(denominator=None)
    span = Span.parse("2026-q1")

    row = build(
        world.ask(Dimension.INDICATOR, Dimension.NONE, first=span.months[0], last=span.months[-1])
    ).rows[2]

    total = statistics.totals(world.ward, span.months)[2]
    line = statistics.lines(statistics.Scope(world.ward), span)[2]
    assert row.total.told == "27/36"
    assert row.total.value == total.percent == line.total.percent == 75
