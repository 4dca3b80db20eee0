import datetime as dt

import pytest
from django.urls import reverse

from reports import burden
from reports.models import Draft, Indicator, IndicatorValue, MonthlyReport
from reports.statistics import SITTING
from reports.tests.factories import (
    MONTH,
    NO_TARGETS,
    ON_TIME,
    IndicatorFactory,
    hand_in,
    owing_unit,
)
from units.models import Role
from units.tests.factories import WardFactory, member

MONTHS = [dt.date(2026, 2, 1), MONTH]
PAGE = "admin:report_burden"


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(dt.datetime(2026, 4, 10, 9, 0, tzinfo=dt.UTC))


def written(ward, minutes, parts):
    """A report of ``ward`` that was begun so many minutes before it was handed in."""
    report = hand_in(owing_unit(ward))
    begun = ON_TIME - dt.timedelta(minutes=minutes)
    MonthlyReport.objects.filter(pk=report.pk).update(created_at=begun)
    Draft.objects.create(report=report, part_versions=dict.fromkeys(parts, 1))


def test_medians_of_minutes_and_screens(ward, sessions):
    written(ward, 4, ["counts"])
    written(ward, 10, ["contents", "counts", "result"])
    written(ward, 3000, ["contents", "counts", "result", "difficulties"])

    assert burden.burden(ward, MONTHS) == burden.Burden(10, 4, 3)


def test_long_pause_counts_as_one_sitting(ward, sessions):
    written(ward, 3000, ["counts"])

    assert burden.burden(ward, MONTHS) == burden.Burden(SITTING, 2, 1)


def test_nothing_to_measure_is_not_zero(ward, sessions):
    hand_in(owing_unit(ward))

    assert burden.burden(ward, MONTHS) == burden.Burden(None, None, 0)


def test_questions_that_nobody_answers(ward, sessions):
    unused = IndicatorFactory(owner=ward, code="models", name="Mô hình")
    IndicatorFactory(owner=ward, code="new", name="Mới", starts_on=MONTH)
    IndicatorFactory(owner=ward, code="old", name="Cũ", ends_on=MONTH)
    IndicatorFactory(owner=WardFactory(), code="foreign")
    hand_in(owing_unit(ward))

    assert burden.unanswered(ward, MONTHS) == [unused]
    IndicatorValue.objects.update(value=0)
    assert burden.unanswered(ward, MONTHS) == [sessions, unused]


def test_questions_without_an_output(ward, sessions):
    IndicatorFactory(owner=ward, code="people", attendance_of=sessions)
    IndicatorFactory(owner=ward, code="banners", phrase="treo … băng rôn")
    bare = IndicatorFactory(owner=ward, code="bare")

    assert burden.without_output(ward, MONTH) == [bare]


@pytest.mark.parametrize(
    ("name", "unit", "is_twin"),
    [
        ("BUỔI tuyen truyền", "buổi", True),
        ("Buổi tuyên truyền", "người", False),
        ("Tờ rơi", "buổi", False),
        ("Số buổi tuyên truyền", "buổi", True),
        ("Số buổi tuyên truyền trong tháng ở nhà văn hóa", "buổi", True),
        ("Buổi tập huấn", "buổi", False),
    ],
)
def test_twin_of_an_indicator(ward, sessions, name, unit, is_twin):
    other = Indicator(owner=ward, name=name, unit_of_measure=unit)

    assert burden.twins(other) == ([sessions] if is_twin else [])


def test_indicator_form_warns_of_a_twin(client, ward, sessions):
    client.force_login(member(Role.OFFICE, ward))
    typed = {
        "code": "buoi_noi",
        "name": "Buổi tuyên truyền",
        "unit_of_measure": "buổi",
        "roll_up": "sum",
        "position": "9",
        "starts_on": "4/2026",
        "section": "outreach",
        **NO_TARGETS,
    }

    response = client.post(reverse("admin:reports_indicator_add"), typed, follow=True)

    assert Indicator.objects.filter(code="buoi_noi").exists()
    assert "đã có chỉ tiêu “Buổi tuyên truyền” (buổi)" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "phrase", "told"),
    [
        ("Buổi sinh hoạt chi bộ", "họp … buổi", ["đã có ở Sổ tay đảng viên điện tử"]),
        ("Báo cáo nộp đúng hạn", "nộp … báo cáo", ["Cổng tự tính"]),
        ("Câu đối", "", ["chưa dùng vào đâu"]),
        ("Câu đối", "treo … câu đối", []),
    ],
)
def test_question_asked_in_vain_is_told(ward, sessions, name, phrase, told):
    one = IndicatorFactory(owner=ward, code="x", name=name, phrase=phrase, unit_of_measure="câu")

    found = burden.warnings(one)

    assert len(found) == len(told)
    assert all(words in sentence for words, sentence in zip(told, found, strict=True))


def test_page_without_anything_measured_says_why(client, ward, sessions):
    hand_in(owing_unit(ward))
    client.force_login(member(Role.OFFICE, ward))

    assert "Chưa đo được số phút, số trang" in client.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize("report_count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(
    client, ward, sessions, report_count, django_assert_max_num_queries
):
    for _ in range(report_count):
        written(ward, 5, ["counts"])
    client.force_login(member(Role.OFFICE, ward))

    client.get(reverse(PAGE))
    with django_assert_max_num_queries(15):
        response = client.get(reverse(PAGE))

    assert "5,0" in response.content.decode()


def test_page_is_closed_to_others(client, ward, unit, reporter):
    assert client.get(reverse(PAGE)).headers["Location"].startswith(reverse("account_login"))
    client.force_login(reporter)
    assert client.get(reverse(PAGE)).status_code == 403
