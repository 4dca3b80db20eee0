import datetime as dt

import pytest

from reports import exceptions, periods, statistics
from reports.answers import Answers
from reports.days_off import DaysOff
from reports.grid import month_grid
from reports.models import Extension, Status
from reports.statistics import Share
from reports.tests.factories import (
    LATE,
    MONTH,
    ON_TIME,
    DeadlineRuleFactory,
    ExtensionFactory,
    hand_in,
    owing_unit,
    report_in,
)

Kind = Extension.Kind
UNTIL = dt.date(2026, 3, 28)
AFTER = dt.date(2026, 4, 1)


def grant(unit, kind=Kind.EXCUSED, due_on=UNTIL):
    due_on = None if kind == Kind.EXEMPT else due_on
    exceptions.grant([unit], month=MONTH, kind=kind, due_on=due_on, reason="Mưa bão")


def cell(ward, today=AFTER):
    return month_grid(ward, [MONTH], today=today).rows[0].cells[0]


@pytest.mark.parametrize("kind", [Kind.EXCUSED, Kind.REQUESTED])
def test_report_within_an_extension_is_on_time(ward, unit, sessions, kind):
    grant(unit, kind)

    report = hand_in(unit, now=LATE)

    assert (report.due_on, report.is_late) == (UNTIL, False)
    assert statistics.punctuality(ward, MONTH).on_time == Share(1, 1)


@pytest.mark.parametrize(("kind", "on_time"), [(Kind.EXCUSED, 1), (Kind.REQUESTED, 0)])
def test_ward_excuses_what_came_late_a_request_does_not(ward, unit, sessions, kind, on_time):
    report = hand_in(unit, now=LATE)

    grant(unit, kind)

    report.refresh_from_db()
    assert (report.due_on, report.is_late) == (dt.date(2026, 3, 25), not on_time)
    figures = statistics.punctuality(ward, MONTH)
    assert (figures.on_time.count, figures.late.count) == (on_time, 1 - on_time)


def test_report_after_the_excused_day_is_late(ward, unit, sessions):
    hand_in(unit, now=LATE)

    grant(unit, due_on=dt.date(2026, 3, 26))

    assert statistics.punctuality(ward, MONTH).late == Share(1, 1)


def test_withdrawn_excuse_is_late_again(ward, unit, sessions):
    hand_in(unit, now=LATE)
    grant(unit)

    exceptions.withdraw(Extension.objects.get())

    assert statistics.punctuality(ward, MONTH).late == Share(1, 1)
    assert list(Extension.history.values_list("history_type", flat=True)) == ["-", "+"]


def test_exempt_unit_owes_nothing_and_is_counted_apart(ward, unit, sessions):
    hand_in(owing_unit(ward))
    grant(unit, Kind.EXEMPT)

    figures = statistics.punctuality(ward, MONTH)

    assert (figures.received, figures.exempt) == (Share(1, 1), 1)
    assert list(statistics.missing(ward, MONTH)) == []
    assert list(statistics.exempt(ward, MONTH)) == [unit]


def test_exempt_month_is_not_overdue_for_the_unit(unit):
    grant(unit, Kind.EXEMPT)

    owed = next(one for one in periods.owed_by(unit, AFTER) if one.month == MONTH)

    assert periods.overdue([owed], AFTER) == []
    assert periods.state_words(owed, AFTER) == (
        "ĐƯỢC MIỄN. Phường không yêu cầu báo cáo tháng này."
    )


def test_exempt_unit_may_report_all_the_same(ward, unit, sessions):
    grant(unit, Kind.EXEMPT)

    report = hand_in(unit)

    assert report.status == Status.SUBMITTED
    assert cell(ward).label == "được miễn, vẫn có báo cáo"


def test_every_figure_of_a_month(ward, sessions, reviewer):
    hand_in(owing_unit(ward))
    hand_in(owing_unit(ward), now=LATE)
    hand_in(owing_unit(ward), Answers(zero_reason="together"))
    report_in(Status.RETURNED, owing_unit(ward), reviewer)
    excused, exempt = owing_unit(ward), owing_unit(ward)
    grant(excused)
    grant(exempt, Kind.EXEMPT)

    figures = statistics.punctuality(ward, MONTH)

    assert figures == statistics.Punctuality(
        received=Share(3, 5),
        on_time=Share(3, 5),
        late=Share(1, 5),
        zero=Share(1, 5),
        excused=Share(1, 5),
        exempt=1,
    )
    assert (figures.owing, figures.missing) == (5, 2)


def test_month_that_nobody_owes_has_no_rates(ward):
    figures = statistics.punctuality(ward, MONTH)

    assert (figures.owing, figures.received.percent, figures.exempt) == (0, None, 0)


def test_unit_closed_in_mid_month_owes_that_month(ward, unit):
    unit.duties.update(ends_on=dt.date(2026, 3, 15))

    owing = [list(statistics.owing(ward, month)) for month in (MONTH, dt.date(2026, 4, 1))]

    assert owing == [[unit], []]
    assert (periods.owes(unit, MONTH), periods.owes(unit, dt.date(2026, 4, 1))) == (True, False)


@pytest.mark.parametrize(
    ("kind", "now", "state", "label"),
    [
        (Kind.EXCUSED, None, "missing", "chưa nộp, đã quá hạn"),
        (Kind.EXCUSED, LATE, "excused", "đúng hạn phường cho lùi, chờ xem"),
        (Kind.EXCUSED, ON_TIME, "on-time", "đúng hạn, chờ xem"),
        (Kind.REQUESTED, LATE, "on-time", "đúng hạn, chờ xem"),
        (Kind.EXEMPT, None, "exempt", "được miễn"),
    ],
)
def test_grid_tells_excused_and_exempt_apart(ward, unit, sessions, kind, now, state, label):
    grant(unit, kind)
    if now:
        hand_in(unit, now=now)

    assert (cell(ward).state, cell(ward).label) == (state, label)


@pytest.mark.parametrize(
    ("kind", "state", "label"),
    [
        (Kind.EXCUSED, "excused", "chưa nộp, phường cho lùi hạn đến 28/3"),
        (Kind.REQUESTED, "draft", "chưa nộp, gia hạn đến 28/3"),
    ],
)
def test_grid_shows_the_time_that_is_left(ward, unit, kind, state, label):
    grant(unit, kind)

    shown = cell(ward, dt.date(2026, 3, 27))

    assert (shown.state, shown.label) == (state, label)


def test_extension_never_takes_time_away(ward, unit):
    ExtensionFactory(unit=unit)
    DeadlineRuleFactory(owner=ward, due_day=30, opens_day=1)

    assert periods.period_of(unit, MONTH).due_on == dt.date(2026, 3, 30)


def test_extension_after_closing_reopens_until_its_day(ward, unit):
    DeadlineRuleFactory(owner=ward, closes_after_days=0)
    grant(unit)

    period = periods.period_of(unit, MONTH)

    assert (period.is_open(UNTIL), period.is_open(UNTIL + dt.timedelta(days=1))) == (True, False)


@pytest.mark.parametrize(
    ("kind", "due_on", "words"),
    [
        (
            Kind.REQUESTED,
            dt.date(2026, 3, 30),
            "Hạn báo cáo tháng 3/2026 lùi theo đề nghị của đơn vị từ 25/3/2026 sang 30/3/2026 "
            "(thứ Hai).",
        ),
        (
            Kind.EXCUSED,
            dt.date(2026, 3, 29),
            "Hạn báo cáo tháng 3/2026 phường cho lùi từ 25/3/2026 sang 29/3/2026 (Chủ nhật, là "
            "ngày nghỉ). Nộp đến hết ngày đó không tính muộn, kể cả báo cáo đã nộp.",
        ),
        (
            Kind.EXEMPT,
            None,
            "Không phải nộp báo cáo tháng 3/2026, đứng ngoài mọi tỷ lệ của tháng.",
        ),
    ],
)
def test_sentence_says_what_is_granted(kind, due_on, words):
    usual = periods.dates_of(periods.DEFAULT_DAYS, MONTH)

    assert exceptions.sentence(kind, usual, due_on, DaysOff()) == words
