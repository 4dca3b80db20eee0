"""What a quarter, half-year or year adds up to, and how much of it came in."""

import datetime as dt

import pytest

from outreach.models import Event
from reports import statistics
from reports.models import Extension, IndicatorTarget, Status
from reports.pivot import Dimension, Measure, Selection, build
from reports.spans import Span
from reports.statistics import Amount, Scope, Share
from reports.tests.factories import IndicatorFactory, content_item, owing_unit, secretary
from reports.tests.official import (
    FEBRUARY,
    JANUARY,
    MARCH,
    QUARTER,
    accepted,
    given,
    merged,
    number,
)
from units.models import UnitGroup, UnitSuccession
from units.tests.factories import WardFactory


def _line(ward, code="sessions", span=QUARTER, **kwargs):
    found = statistics.lines(kwargs.pop("scope", Scope(ward)), span, **kwargs)
    return next(line for line in found if line.code == code)


def test_sum_adds_the_accepted_reports_of_the_span(ward, sessions):
    first, second = owing_unit(ward), owing_unit(ward)
    given(first, JANUARY, (sessions, 2))
    given(first, MARCH, (sessions, 3))
    given(second, MARCH, (sessions, 4))
    given(second, FEBRUARY, (sessions, 90), status=Status.SUBMITTED)
    given(second, dt.date(2026, 4, 1), (sessions, 90))
    stranger = owing_unit(WardFactory())
    given(stranger, MARCH, (IndicatorFactory(owner=stranger.ward), 90))

    line = _line(ward)

    assert (line.total.value, line.total.report_count) == (9, 3)
    assert [amount.value for amount in line.by_month] == [2, None, 7]


def test_screens_take_what_waits_as_well(ward, sessions, unit):
    given(unit, MARCH, (sessions, 2), status=Status.SUBMITTED)

    assert _line(ward).total.value is None
    assert _line(ward, statuses=statistics.HANDED_IN).total.value == 2


def test_null_is_not_zero(ward, sessions, unit):
    given(unit, JANUARY, (sessions, None))
    assert _line(ward).total == Amount()

    given(unit, FEBRUARY, (sessions, 0))
    assert _line(ward).total == Amount(0, None, 1, 0)


def test_year_so_far_and_the_year_before_stand_beside(ward, sessions, unit):
    given(unit, JANUARY, (sessions, 1))
    given(unit, dt.date(2026, 5, 1), (sessions, 10))
    given(unit, dt.date(2025, 5, 1), (sessions, 100))
    given(unit, dt.date(2025, 3, 1), (sessions, 1000))

    line = _line(ward, span=Span.parse("2026-q2"))

    assert (line.total.value, line.of_year.value, line.before.value) == (10, 11, 100)


def test_last_takes_the_newest_of_each_unit(ward, unit):
    models = IndicatorFactory(owner=ward, code="models", roll_up="last")
    other = owing_unit(ward)
    given(unit, JANUARY, (models, 5))
    given(unit, MARCH, (models, 3))
    given(other, JANUARY, (models, 2))
    given(other, FEBRUARY, (models, None))

    assert _line(ward, "models").total == Amount(5, None, 2, 2)


def test_last_of_merged_units_counts_in_their_successor(ward):
    models = IndicatorFactory(owner=ward, code="models", roll_up="last")
    first, second, silent, new = (owing_unit(ward) for _ in range(4))
    for old in (first, second, silent):
        given(old, JANUARY, (models, 1))
    merged(first, new, FEBRUARY)
    merged(second, new, FEBRUARY)
    merged(silent, owing_unit(ward), FEBRUARY)
    given(new, MARCH, (models, 2))

    assert _line(ward, "models").total == Amount(3, None, 2, 2)


def test_what_a_unit_said_before_it_took_in_another_stands_beside_it(ward):
    models = IndicatorFactory(owner=ward, code="models", roll_up="last")
    old, heir = owing_unit(ward), owing_unit(ward)
    merged(old, heir, MARCH)
    given(old, JANUARY, (models, 1))
    given(heir, FEBRUARY, (models, 4))
    assert _line(ward, "models").total.value == 5

    given(heir, MARCH, (models, 6))
    assert _line(ward, "models").total.value == 6


def test_merged_units_count_alike_on_every_page(ward):
    models = IndicatorFactory(owner=ward, code="models", roll_up="last")
    old, between, new, other = (owing_unit(ward) for _ in range(4))
    merged(old, between, FEBRUARY)
    merged(between, new, FEBRUARY)
    for unit in (old, other):
        given(unit, JANUARY, (models, 7))
    given(new, MARCH, (models, 2))

    table = build(
        Selection(
            ward=ward,
            rows=Dimension.UNIT,
            columns=Dimension.NONE,
            measure=Measure.VALUE,
            first=JANUARY,
            last=MARCH,
            indicators=(models,),
        )
    )

    assert _line(ward, "models").total.value == 9
    assert statistics.totals(ward, QUARTER.months)[0].value == 9
    assert table.foot.total.value == 9
    assert {row.head.key: row.total.value for row in table.rows}[str(old.pk)] == 7


def test_succession_that_runs_in_a_circle_ends(ward):
    models = IndicatorFactory(owner=ward, code="models", roll_up="last")
    first, second = owing_unit(ward), owing_unit(ward)
    merged(first, second, FEBRUARY)
    merged(second, first, MARCH)
    given(first, JANUARY, (models, 1))
    given(second, FEBRUARY, (models, 4))

    assert _line(ward, "models").total == Amount(4, None, 1, 1)


def test_share_is_recomputed_from_the_sums(ward, unit):
    share = IndicatorFactory(owner=ward, code="households", roll_up="share")
    given(unit, JANUARY, (share, 90, 100))
    given(owing_unit(ward), JANUARY, (share, 10, 900))
    given(owing_unit(ward), FEBRUARY, (share, 7, None))

    line = _line(ward, "households")

    assert (line.total.value, line.total.of, line.total.percent) == (100, 1000, 10)


def test_share_without_its_whole_is_no_figure(ward, unit):
    share = IndicatorFactory(owner=ward, code="households", roll_up="share")
    given(unit, JANUARY, (share, 3, None))

    line = _line(ward, "households")

    assert (line.total.percent, line.total.is_known) == (None, False)


def test_renamed_indicator_is_one_line(ward, unit):
    old = IndicatorFactory(owner=ward, code="sheets", name="Tờ rơi", ends_on=MARCH)
    new = IndicatorFactory(owner=ward, code="leaflets", name="Tài liệu", starts_on=MARCH)
    old.successor = new
    old.save()
    given(unit, FEBRUARY, (old, 10))
    given(unit, MARCH, (new, 5))

    found = {line.code: line for line in statistics.lines(Scope(ward), QUARTER)}

    assert {code: line.total.value for code, line in found.items()} == {"leaflets": 15}
    assert (
        found["leaflets"].family.note(MARCH)
        == "gồm cả số của chỉ tiêu cũ “Tờ rơi” (đến hết tháng 2/2026)"
    )


@pytest.mark.parametrize("differs", [{"unit_of_measure": "bộ"}, {"roll_up": "last"}])
def test_what_counts_something_else_is_not_added(ward, unit, differs):
    old = IndicatorFactory(owner=ward, code="sheets", ends_on=MARCH)
    old.successor = IndicatorFactory(owner=ward, code="leaflets", starts_on=MARCH, **differs)
    old.save()
    given(unit, FEBRUARY, (old, 10))
    given(unit, MARCH, (old.successor, 5))

    found = {line.code: line.total.value for line in statistics.lines(Scope(ward), QUARTER)}

    assert found == {"sheets": 10, "leaflets": 5}


def test_number_of_a_retired_indicator_is_not_lost(ward, unit):
    old = IndicatorFactory(owner=ward, code="sheets", ends_on=JANUARY)
    IndicatorFactory(owner=ward, code="unused", ends_on=JANUARY)
    given(unit, FEBRUARY, (old, 10))

    (line,) = statistics.lines(Scope(ward), QUARTER)
    assert (line.code, line.total.value) == ("sheets", 10)
    assert line.family.note(MARCH) == "chỉ tiêu dùng đến hết tháng 12/2025"
    assert line.family.note(dt.date(2025, 12, 1)) == ""


def test_subtree_and_group_count_their_units_alone(ward, sessions):
    cell, school = owing_unit(ward), owing_unit(ward, kind="school_cell")
    named = owing_unit(ward, kind="agency_cell")
    given(cell, MARCH, (sessions, 1))
    given(school, MARCH, (sessions, 10))
    given(named, MARCH, (sessions, 100))
    group = UnitGroup.objects.create(owner=ward, name="Trường học", kinds=["school_cell"])
    group.members.add(named)

    assert _line(ward, scope=Scope(ward, root=cell)).total.value == 1
    assert _line(ward, scope=Scope(ward, group=group)).total.value == 110


def test_target_of_the_year_stands_beside_the_whole_ward(ward, sessions, unit):
    IndicatorTarget.objects.create(indicator=sessions, year=2026, value=100)
    IndicatorTarget.objects.create(indicator=sessions, year=2025, value=50)

    assert _line(ward).target == 100
    assert _line(ward, scope=Scope(ward, root=unit)).target is None


def test_figures_are_four_queries_however_many_reports(ward, sessions, django_assert_num_queries):
    for index in range(3):
        given(owing_unit(ward), MARCH, (sessions, index))
        with django_assert_num_queries(4):
            statistics.lines(Scope(ward), QUARTER)


@pytest.mark.parametrize("window", [*statistics.WINDOWS, "2026-03"])
def test_reports_behind_a_figure_add_up_to_it(ward, sessions, window):
    models = IndicatorFactory(owner=ward, code="models", roll_up="last")
    for index in range(4):
        unit = owing_unit(ward)
        for year in (2025, 2026):
            for month in (1, 3):
                day = dt.date(year, month, 1)
                given(unit, day, (sessions, index + month), (models, year + index))

    for line in statistics.lines(Scope(ward), QUARTER):
        behind = statistics.sources(Scope(ward), QUARTER, line.family, window)
        amount = line.by_month[2] if window == "2026-03" else line.amount(window)
        assert sum(one.value.value for one in behind) == amount.value
        assert len({one.value.unit for one in behind}) == 4


def test_event_told_by_two_units_counts_once(ward, sessions):
    people = IndicatorFactory(owner=ward, code="people", attendance_of=sessions)
    fair = Event.objects.create(
        owner=ward, title="Phiên chợ", held_on=MARCH, created_by=secretary(owing_unit(ward))
    )
    cell, other = owing_unit(ward), owing_unit(ward)
    for unit, attendance in ((cell, 40), (other, 60)):
        report = given(unit, MARCH, (sessions, 2), (people, attendance + 5))
        report.activities.create(
            indicator=sessions, held_on=MARCH, title="Phiên chợ", attendance=attendance, event=fair
        )

    line = _line(ward)
    behind = statistics.sources(Scope(ward), QUARTER, line.family, "ky")

    assert (line.total.value, _line(ward, "people").total.value) == (3, 70)
    assert [(one.value.unit, one.repeated, one.added) for one in behind] == [
        (cell, 1, 1),
        (other, 0, 2),
    ]
    assert _line(ward, scope=Scope(ward, root=cell)).total.value == 2


# -- Completeness -------------------------------------------------------------


def test_unit_is_whole_when_every_month_owed_is_accepted(ward):
    whole, half, silent = owing_unit(ward), owing_unit(ward), owing_unit(ward)
    for month in QUARTER.months:
        accepted(whole, month)
    accepted(half, JANUARY)
    accepted(half, FEBRUARY, Status.RETURNED)
    stranger = owing_unit(WardFactory())
    accepted(stranger, MARCH)

    found = statistics.completeness(Scope(ward), QUARTER)

    assert (found.whole, found.reports) == (Share(1, 3), Share(4, 9))
    assert [(one.name, one.lacking) for one in found.lacking] == [
        (half.name, [FEBRUARY, MARCH]),
        (silent.name, [JANUARY, FEBRUARY, MARCH]),
    ]


def test_what_waits_is_neither_in_nor_lacking(ward, unit):
    for month in (JANUARY, FEBRUARY):
        accepted(unit, month)
    accepted(unit, MARCH, Status.SUBMITTED)

    found = statistics.completeness(Scope(ward), QUARTER)

    assert (found.whole, found.lacking) == (Share(0, 1), [])
    assert [one.waiting for one in found.waiting] == [[MARCH]]


def test_merged_unit_owes_until_its_end_and_the_new_one_since(ward):
    old, new = owing_unit(ward), owing_unit(ward)
    new.duties.update(starts_on=FEBRUARY)
    merged(old, new, FEBRUARY)
    accepted(old, JANUARY)
    accepted(new, FEBRUARY)
    accepted(new, MARCH)

    found = statistics.completeness(Scope(ward), QUARTER)

    assert (found.whole, found.reports) == (Share(2, 2), Share(3, 3))


def test_who_reports_in_whose_place_is_told(ward):
    names = ("Chi bộ A", "Chi bộ B", "Chi bộ AB", "Chi bộ C", "Chi bộ C1", "Chi bộ C2", "Chi bộ D")
    a, b, ab, c, c1, c2, d = (owing_unit(ward, name=name) for name in names)
    for old, new in ((a, ab), (b, ab), (c, c1), (c, c2)):
        UnitSuccession.objects.create(from_unit=old, to_unit=new, on=FEBRUARY)
    merged(d, ab, dt.date(2026, 4, 1))

    assert statistics.went_on(Scope(ward), QUARTER) == [
        (FEBRUARY, "Chi bộ AB", "Chi bộ A, Chi bộ B"),
        (FEBRUARY, "Chi bộ C1, Chi bộ C2", "Chi bộ C"),
    ]
    assert statistics.went_on(Scope(ward, root=d), QUARTER) == []


def test_month_that_is_not_asked_for_yet_is_not_owed(ward, unit):
    accepted(unit, JANUARY)

    found = statistics.completeness(Scope(ward), QUARTER, until=JANUARY)

    assert (found.whole, found.reports) == (Share(1, 1), Share(1, 1))


def test_exempt_month_is_not_owed(ward, unit):
    for month in QUARTER.months:
        Extension.objects.create(unit=unit, month=month, kind="exempt", reason="Thử")

    assert statistics.completeness(Scope(ward), QUARTER).units == ()


def test_punctuality_of_what_is_counted(ward):
    accepted(owing_unit(ward), MARCH)
    accepted(owing_unit(ward), MARCH, late=True)
    accepted(owing_unit(ward), MARCH, is_zero=True, zero_reason="not_planned")

    found = statistics.completeness(Scope(ward), Span.parse("2026-03"))

    assert (found.on_time, found.late_count, found.zero_count) == (Share(2, 3), 1, 1)


def test_completeness_is_two_queries(ward, django_assert_num_queries):
    for _ in range(3):
        accepted(owing_unit(ward), MARCH)
        with django_assert_num_queries(2):
            statistics.completeness(Scope(ward), QUARTER)


# -- Contents -----------------------------------------------------------------


def test_contents_count_the_units_that_carried_them_out(ward, unit, django_assert_num_queries):
    first, second = content_item(ward), content_item(ward, "Phát tờ rơi", 2)
    for month in (JANUARY, MARCH):
        accepted(unit, month).contents.create(content_item=first)
    accepted(owing_unit(ward), MARCH, Status.SUBMITTED).contents.create(content_item=second)

    with django_assert_num_queries(2):
        found = statistics.covered(Scope(ward), QUARTER)

    assert [(one.title, one.unit_count) for one in found] == [
        (first.short_title, 1),
        (second.short_title, 0),
    ]


def test_approximate_numbers_count_as_given(ward, sessions, unit):
    number(accepted(unit, MARCH), sessions, 50, is_approximate=True)

    assert _line(ward).total.value == 50
