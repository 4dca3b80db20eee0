"""What several units tell of one event is added up once; each unit's own figure stays."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.models import Event
from reports import counting_once, statistics, workflow
from reports.answers import Happening
from reports.models import Activity, IndicatorValue, Status
from reports.tests.factories import (
    LATE,
    MONTH,
    IndicatorFactory,
    answers,
    hand_in,
    owing_unit,
    report_in,
    secretary,
)
from units.tests.factories import WardFactory

FEBRUARY = dt.date(2026, 2, 1)
DAY = dt.date(2026, 3, 12)


def told(attendance=40, **kwargs):
    values = {"title": "Ngày hội hàng Việt", "place": "Nhà văn hóa tổ 12"} | kwargs
    return Happening("sessions", DAY, attendance=attendance, **values)


def tell(unit, *happenings, month=MONTH, **kwargs):
    """A report of ``unit`` with these happenings and nothing beside them; its activities."""
    given_ = answers(counts={}, happenings=happenings or (told(),))
    return list(hand_in(unit, given_, month=month, **kwargs).activities.all())


def link(ward, *activities):
    event = Event.objects.create(
        owner=ward,
        title="Ngày hội hàng Việt",
        held_on=DAY,
        created_by=secretary(activities[0].report.unit),
    )
    Activity.objects.filter(pk__in=[one.pk for one in activities]).update(event=event)
    return event


def sums(ward, *months, **kwargs):
    return {t.indicator.code: t.value for t in statistics.totals(ward, months or [MONTH], **kwargs)}


@pytest.fixture
def people(ward, sessions):
    return IndicatorFactory(
        owner=ward, code="people", name="Lượt người", attendance_of=sessions, position=200
    )


def test_linking_k_mentions_takes_k_less_one_off_and_counts_people_once(ward, people):
    rows = [row for n in (40, 55, 30) for row in tell(owing_unit(ward), told(n))]
    assert sums(ward) == {"sessions": 3, "people": 125}

    link(ward, *rows)

    assert sums(ward) == {"sessions": 1, "people": 55}
    own = IndicatorValue.objects.filter(indicator=people).order_by("report")
    assert [row.value for row in own] == [40, 55, 30]


def test_total_says_what_was_taken_off(ward, people):
    link(ward, *tell(owing_unit(ward), told(40)), *tell(owing_unit(ward), told(25)))

    assert [t.repeated for t in statistics.totals(ward, [MONTH])] == [1, 25]


def test_months_add_up_to_the_year_where_an_event_is_told_in_two_months(ward, people):
    march = tell(owing_unit(ward), told(10))
    february = tell(owing_unit(ward), told(10), month=FEBRUARY, now=LATE)
    link(ward, *march, *february)

    assert sums(ward, FEBRUARY) == {"sessions": 1, "people": 10}
    assert sums(ward, MONTH) == {"sessions": 0, "people": 0}
    assert sums(ward, FEBRUARY, MONTH) == {"sessions": 1, "people": 10}


def test_both_totals_agree(ward, people):
    link(ward, *tell(owing_unit(ward)), *tell(owing_unit(ward)))

    beside = {
        total.indicator.code: total.value
        for total, _ in statistics.totals_beside(ward, MONTH, FEBRUARY)
    }

    assert beside == sums(ward) == {"sessions": 1, "people": 40}


def test_report_that_went_back_is_not_the_one_that_counts(ward, people, reviewer):
    largest = tell(owing_unit(ward), told(90))[0]
    link(ward, largest, *tell(owing_unit(ward), told(20)))

    workflow.review(
        workflow.RETURN,
        largest.report,
        actor=reviewer,
        seen_version=largest.report.version,
        reason="Sai số liệu",
    )

    assert sums(ward) == {"sessions": 1, "people": 20}


def test_official_totals_count_the_mention_among_accepted_reports(ward, people, reviewer):
    accepted = tell(owing_unit(ward), told(20))[0]
    workflow.review(
        workflow.ACCEPT,
        accepted.report,
        actor=reviewer,
        seen_version=accepted.report.version,
        reason="",
    )
    link(ward, accepted, *tell(owing_unit(ward), told(90)))

    assert sums(ward, statuses=[Status.ACCEPTED]) == {"sessions": 1, "people": 20}
    assert sums(ward) == {"sessions": 1, "people": 90}


def test_typed_remainder_is_never_touched(ward, people, reviewer):
    report_in(Status.SUBMITTED, owing_unit(ward), reviewer)
    link(ward, *tell(owing_unit(ward)), *tell(owing_unit(ward)))

    assert sums(ward) == {"sessions": 3, "people": 40}


def test_never_more_than_the_report_says(ward, people):
    rows = tell(owing_unit(ward), told(40)) + tell(owing_unit(ward), told(30))
    link(ward, *rows)
    IndicatorValue.objects.filter(report=rows[1].report, indicator=people).update(value=5)

    assert sums(ward) == {"sessions": 1, "people": 40}


def test_events_of_another_ward_change_nothing(ward, people):
    elsewhere = WardFactory()
    IndicatorFactory(owner=elsewhere)
    link(elsewhere, *tell(owing_unit(elsewhere)), *tell(owing_unit(elsewhere)))
    tell(owing_unit(ward))

    assert sums(ward) == {"sessions": 1, "people": 40}


def test_amended_report_keeps_its_link_to_what_it_tells_unchanged(ward, people):
    unit = owing_unit(ward)
    event = link(ward, *tell(unit), *tell(owing_unit(ward)))

    tell(unit, told(60, title="NGÀY HỘI  hàng Việt"), told(5, title="Việc khác", place=""))

    kept = Activity.objects.filter(report__unit=unit).order_by("pk")
    assert [row.event_id for row in kept] == [event.pk, None]
    assert sums(ward) == {"sessions": 2, "people": 65}


@pytest.mark.parametrize("count", [2, 6])
def test_repeats_are_one_query(ward, people, count, django_assert_num_queries):
    link(ward, *[row for _ in range(count) for row in tell(owing_unit(ward))])

    with django_assert_num_queries(1):
        counting_once.repeats(ward, [MONTH])


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    attendances=st.lists(st.one_of(st.none(), st.integers(0, 300)), min_size=4, max_size=4),
    events=st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_linking_and_unlinking_restores_the_totals(linkable, attendances, events):
    ward, rows = linkable
    for row, attendance in zip(rows, attendances, strict=True):
        row.attendance = attendance
        row.event = None
        row.save()
        IndicatorValue.objects.filter(report=row.report, indicator__code="people").update(
            value=attendance or 0
        )
    before = sums(ward)

    groups = [[r for r, e in zip(rows, events, strict=True) if e == n] for n in range(3)]
    for group in groups:
        if group:
            link(ward, *group)
    linked = sums(ward)
    Activity.objects.update(event=None)

    assert linked == {
        "sessions": sum(1 for group in groups if group),
        "people": sum(max((r.attendance or 0 for r in group), default=0) for group in groups),
    }
    assert all(0 <= linked[code] <= before[code] for code in before)
    assert sums(ward) == before


@pytest.fixture
def linkable(ward, people):
    return ward, [tell(owing_unit(ward))[0] for _ in range(4)]
