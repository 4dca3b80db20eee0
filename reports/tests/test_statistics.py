import datetime as dt

import pytest

from core.text import Count
from reports import statistics, workflow
from reports.answers import Answers
from reports.grid import month_grid
from reports.models import IndicatorValue, Status
from reports.statistics import Share
from reports.tests.factories import (
    LATE,
    MONTH,
    IndicatorFactory,
    ReportFactory,
    answers,
    hand_in,
    owing_unit,
    report_in,
)
from units.models import Role
from units.tests.factories import WardFactory, member

FEBRUARY = dt.date(2026, 2, 1)


def _counts(**counts):
    return answers(counts={code: Count(value) for code, value in counts.items()})


def test_received_takes_submitted_and_accepted_of_those_who_owe(ward, sessions, reviewer):
    for status in Status.values:
        report_in(status, owing_unit(ward), reviewer)
    owing_unit(ward)
    gone = owing_unit(ward)
    gone.duties.update(ends_on=MONTH)
    elsewhere = owing_unit(WardFactory())
    IndicatorFactory(owner=elsewhere.ward)
    hand_in(elsewhere)

    assert statistics.punctuality(ward, MONTH).received == Share(2, 5)


def test_on_time_counts_the_first_hand_in_whatever_followed(ward, sessions, reviewer):
    report_in(Status.RETURNED, owing_unit(ward), reviewer)
    hand_in(owing_unit(ward))
    hand_in(owing_unit(ward), now=LATE)
    owing_unit(ward)

    figures = statistics.punctuality(ward, MONTH)

    assert (figures.on_time, figures.received) == (Share(2, 4), Share(2, 4))
    assert (figures.missing, figures.sent_back) == (2, 1)


def test_share_of_nothing_has_no_percent():
    assert Share(0, 0).percent is None
    assert Share(41, 43).percent == pytest.approx(95.35, abs=0.01)


def test_figures_of_a_month_are_one_query(ward, sessions, django_assert_num_queries):
    hand_in(owing_unit(ward))

    with django_assert_num_queries(1):
        statistics.punctuality(ward, MONTH)


def test_missing_are_those_without_a_report_now_in_official_order(ward, sessions, reviewer):
    last = owing_unit(ward, name="Chi bộ Tổ dân phố số 10")
    first = owing_unit(ward, name="Chi bộ Tổ dân phố số 9")
    report_in(Status.RETURNED, last, reviewer)
    ReportFactory(unit=first)
    hand_in(owing_unit(ward))

    assert list(statistics.missing(ward, MONTH)) == [first, last]


def test_sum_adds_up_what_is_received(ward, sessions, reviewer):
    hand_in(owing_unit(ward), _counts(sessions=2))
    hand_in(owing_unit(ward), _counts(sessions=3))
    report_in(Status.RETURNED, owing_unit(ward), reviewer)

    total = statistics.totals(ward, [MONTH])[0]

    assert (total.indicator, total.value, total.unit_count) == (sessions, 5, 2)


def test_official_totals_take_accepted_reports_alone(ward, sessions, reviewer):
    report_in(Status.ACCEPTED, owing_unit(ward), reviewer)
    hand_in(owing_unit(ward), _counts(sessions=3))

    total = statistics.totals(ward, [MONTH], statuses=[Status.ACCEPTED])[0]

    assert (total.value, total.unit_count) == (2, 1)


def test_last_takes_the_newest_of_each_unit(ward, sessions):
    IndicatorFactory(owner=ward, code="models", roll_up="last")
    one, other = owing_unit(ward), owing_unit(ward)
    hand_in(one, _counts(sessions=1, models=4), month=FEBRUARY, now=LATE)
    hand_in(one, _counts(sessions=1, models=3))
    hand_in(other, _counts(sessions=1, models=2), month=FEBRUARY, now=LATE)
    hand_in(other, _counts(sessions=1))

    totals = statistics.totals(ward, [FEBRUARY, MONTH])

    assert {t.indicator.code: t.value for t in totals} == {"sessions": 4, "models": 5}


def test_share_is_recomputed_from_the_sums(ward, sessions):
    share = IndicatorFactory(owner=ward, code="households", roll_up="share")
    for value, denominator in ((10, 10), (0, 90)):
        report = hand_in(owing_unit(ward), _counts(sessions=1))
        IndicatorValue.objects.create(
            report=report,
            indicator=share,
            unit=report.unit,
            ward=ward,
            month=MONTH,
            value=value,
            denominator=denominator,
        )

    total = next(t for t in statistics.totals(ward, [MONTH]) if t.indicator == share)

    assert total.percent == 10


def test_indicator_without_numbers_has_no_total(ward, sessions):
    assert statistics.totals(ward, [MONTH])[0].value is None


def test_values_of_another_ward_stay_out(ward, sessions):
    elsewhere = owing_unit(WardFactory())
    IndicatorFactory(owner=elsewhere.ward)
    hand_in(elsewhere)

    assert statistics.totals(ward, [MONTH])[0].value is None


def test_grid_shows_each_state(ward, sessions, reviewer):
    names = ("on-time", "late", "zero", "returned", "missing")
    units = {name: owing_unit(ward) for name in names}
    hand_in(units["on-time"])
    hand_in(units["late"], now=LATE)
    hand_in(units["zero"], Answers(zero_reason="together"))
    report_in(Status.RETURNED, units["returned"], reviewer)
    owing_unit(ward, name="Chi bộ cũ", position=999).duties.update(ends_on=MONTH)
    for unit in units.values():
        unit.duties.update(starts_on=MONTH)

    grid = month_grid(ward, [FEBRUARY, MONTH], today=dt.date(2026, 4, 1))

    assert {row.unit: [cell.state for cell in row.cells] for row in grid.rows[:-1]} == {
        unit: ["none", name] for name, unit in units.items()
    }


def test_grid_begins_with_the_first_month_that_anybody_owed(ward):
    owing_unit(ward).duties.update(starts_on=MONTH)

    grid = month_grid(ward, [FEBRUARY, MONTH], today=dt.date(2026, 3, 20))

    assert grid.months == [MONTH]


def test_grid_tells_not_due_yet_from_missing(ward):
    owing_unit(ward)

    grid = month_grid(ward, [MONTH], today=dt.date(2026, 3, 20))

    assert grid.rows[0].cells[0].label == "chưa nộp, còn hạn"


@pytest.mark.parametrize("unit_count", [1, 3])
def test_grid_takes_a_fixed_number_of_queries(
    ward, sessions, unit_count, django_assert_num_queries
):
    for _ in range(unit_count):
        hand_in(owing_unit(ward))
    member(Role.SECRETARY, owing_unit(WardFactory()))

    # duties, units, reports, rules, extensions
    with django_assert_num_queries(5):
        grid = month_grid(ward, [FEBRUARY, MONTH], today=dt.date(2026, 4, 1))

    assert len(grid.rows) == unit_count


def test_newest_value_is_of_what_counts_now(ward, unit, reviewer):
    last = IndicatorFactory(owner=ward, code="models", roll_up="last")
    earlier = dt.date(2026, 2, 1)
    hand_in(unit, answers(counts={"models": Count(4)}), month=earlier)
    report = hand_in(unit, answers(counts={"models": Count(9)}))
    workflow.review(
        workflow.RETURN, report, actor=reviewer, seen_version=report.version, reason="Sai"
    )

    (total,) = statistics.totals(ward, [earlier, MONTH])

    assert (total.indicator, total.value, total.unit_count) == (last, 4, 1)
