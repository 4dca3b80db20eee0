import datetime as dt
import uuid

import pytest

from core.tests.factories import PictureFactory, StoredFileFactory
from core.text import Count
from reports import helpers
from reports.answers import Answers, Happening
from reports.models import MonthlyReport, Photo, Submission
from reports.oddities import Weight, gather, oddities, weight_of
from reports.tests.factories import (
    LATE,
    MONTH,
    ON_TIME,
    IndicatorFactory,
    answers,
    hand_in,
    owing_unit,
    remarks,
)
from units.tests.factories import WardFactory

FEBRUARY = dt.date(2026, 2, 1)
JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def people(ward, sessions):
    return IndicatorFactory(owner=ward, code="people", name="Lượt người dự", attendance_of=sessions)


def _counts(**counts):
    return answers(counts={code: Count(value) for code, value in counts.items()})


def test_usual_report_has_no_remark(unit, sessions):
    hand_in(unit, month=FEBRUARY)

    assert remarks(hand_in(unit)) == []


def test_late_report_says_by_how_much(unit, sessions):
    assert remarks(hand_in(unit, now=LATE)) == ["Nộp muộn 2 ngày."]


def test_people_without_a_session(unit, people):
    report = hand_in(unit, _counts(people=40))

    assert remarks(report) == ["Lượt người dự là 40 nhưng không có buổi nào."]


def test_more_people_than_a_room_holds(unit, people):
    report = hand_in(unit, _counts(sessions=1, people=600))

    assert remarks(report) == ["Lượt người dự: hơn 500 người một buổi."]


def test_number_far_above_the_own_median(unit, sessions):
    for month in (JANUARY, FEBRUARY):
        hand_in(unit, _counts(sessions=4), month=month, now=LATE)

    assert remarks(hand_in(unit, _counts(sessions=21))) == [
        "Buổi tuyên truyền: 21, gấp hơn 5 lần mức thường có (4)."
    ]
    assert remarks(hand_in(unit, _counts(sessions=20))) == []


def test_small_numbers_and_other_units_are_no_measure(ward, unit, sessions):
    hand_in(owing_unit(ward), _counts(sessions=1), month=FEBRUARY, now=LATE)
    hand_in(unit, _counts(sessions=1), month=FEBRUARY, now=LATE)

    assert remarks(hand_in(unit, _counts(sessions=9))) == []


def test_run_of_months_without_activity(unit, sessions):
    zero = Answers(zero_reason="together")
    for month in (JANUARY, FEBRUARY):
        hand_in(unit, zero, month=month, now=LATE)

    assert remarks(hand_in(unit, zero)) == ["Tháng thứ 3 liền không phát sinh."]


def test_run_ends_with_a_month_of_activity(unit, sessions):
    zero = Answers(zero_reason="together")
    hand_in(unit, zero, month=JANUARY, now=LATE)
    hand_in(unit, month=FEBRUARY, now=LATE)

    assert remarks(hand_in(unit, zero, month=MONTH)) == []


def _told(unit, day=12, title="Họp dân", place=""):
    happening = Happening(
        code="sessions", held_on=dt.date(2026, 3, day), title=title, place=place, attendance=None
    )
    return hand_in(unit, answers(counts={}, happenings=(happening,)))


def _photo(report, likeness=None, sha256="a"):
    original = StoredFileFactory(sha256=sha256 * 64)
    picture = PictureFactory(original=original)
    return Photo.objects.create(
        report=report, picture=picture, key=uuid.uuid4(), by=report.submitted_by, likeness=likeness
    )


def test_second_month_without_activity_is_noted_and_the_third_asked_about(unit, sessions):
    zero = Answers(zero_reason="together")
    hand_in(unit, zero, month=JANUARY, now=LATE)
    second = hand_in(unit, zero, month=FEBRUARY, now=ON_TIME)
    third = hand_in(unit, zero)

    found = oddities([second, third])

    assert [weight_of(found[one.pk]) for one in (second, third)] == [Weight.NOTE, Weight.ASK]


def test_weights_of_the_other_remarks(unit, people):
    affirmed = answers(counts={"people": Count(40)}, confirmed=frozenset({"people"}))
    clean = hand_in(owing_unit(unit.ward))
    late = hand_in(unit, affirmed, now=LATE)

    found = oddities([clean, late])

    assert [one.weight for one in found[late.pk]] == [Weight.NOTE, Weight.NOTE]
    assert weight_of(found[clean.pk]) == Weight.CLEAN


@pytest.mark.parametrize(
    ("here", "there", "is_same"),
    [
        ({}, {}, True),
        ({}, {"day": 13}, False),
        ({"title": "HỌP DÂN"}, {"place": "Nhà văn hóa"}, True),
        ({"place": "Nhà văn hóa"}, {"place": "Nhà văn hóa"}, False),
        ({"place": "Hội trường UBND phường"}, {"place": "hội trường ubnd phường"}, True),
        (
            {"place": "Hội trường UBND phường", "title": "Hội nghị"},
            {"place": "Hội trường UBND phường"},
            True,
        ),
        ({"place": "Nhà văn hóa số 1"}, {"place": "Nhà văn hóa số 2"}, False),
    ],
)
def test_event_that_two_units_tell(ward, unit, sessions, here, there, is_same):
    report = _told(unit, **here)
    _told(owing_unit(ward, name="Chi bộ Tổ dân phố số 13"), **there)

    title = here.get("title", "Họp dân")
    sentence = f"Hoạt động ngày 12/3/2026 “{title}” có cả ở báo cáo của Chi bộ Tổ dân phố số 13."
    assert remarks(report) == ([sentence] if is_same else [])


def test_event_that_many_units_tell_names_three(ward, unit, sessions):
    report = _told(unit)
    others = [_told(owing_unit(ward)).unit.name for _ in range(5)]

    assert remarks(report) == [
        "Hoạt động ngày 12/3/2026 “Họp dân” có cả ở báo cáo của "
        f"{', '.join(others[:3])} và 2 đơn vị khác."
    ]


def test_event_of_the_own_unit_or_another_ward_is_not_shared(unit, sessions):
    foreign = owing_unit(WardFactory())
    IndicatorFactory(owner=foreign.ward)
    _told(foreign)

    assert remarks(_told(unit)) == []


@pytest.mark.parametrize(
    ("likeness", "sha256", "how"),
    [
        (0b111111, "b", "gần giống"),
        (0b1111111, "b", None),
        (None, "b", None),
        (None, "a", "trùng với"),
        (-(2**63), "b", "gần giống"),
    ],
)
def test_photo_of_another_report(ward, unit, sessions, likeness, sha256, how):
    report = hand_in(unit)
    other = hand_in(owing_unit(ward, name="Chi bộ Tổ dân phố số 13"), month=FEBRUARY)
    _photo(report, likeness=0)
    _photo(other, likeness=likeness, sha256=sha256)

    where = "Chi bộ Tổ dân phố số 13, tháng 2/2026"
    assert remarks(report) == ([f"Ảnh 1 {how} ảnh trong báo cáo của {where}."] if how else [])


def test_photo_of_another_ward_or_taken_away_is_none(ward, unit, sessions):
    report = hand_in(unit)
    foreign = owing_unit(WardFactory())
    IndicatorFactory(owner=foreign.ward)
    _photo(report)
    _photo(hand_in(foreign))
    Photo.objects.filter(pk=_photo(hand_in(owing_unit(ward))).pk).update(removed_at=ON_TIME)

    assert remarks(report) == []


def test_helper_whom_nobody_confirmed(unit, sessions, reporter):
    report = hand_in(unit)
    Submission.objects.filter(report=report).update(helper="Nguyễn Thị Lan")
    assert remarks(report) == ["Người khác nộp hộ, bí thư chưa xác nhận."]

    helpers.confirm(report.submissions.get(), actor=reporter)

    assert remarks(report) == []


@pytest.mark.parametrize("report_count", [1, 3])
def test_evidence_takes_a_fixed_number_of_queries(
    ward, sessions, report_count, django_assert_num_queries
):
    for _ in range(report_count):
        _photo(_told(owing_unit(ward)), likeness=5)
    reports = list(MonthlyReport.objects.for_list())

    # numbers, indicators, happenings, helpers, photos, others' photos
    with django_assert_num_queries(6):
        oddities(reports, gather(reports))
