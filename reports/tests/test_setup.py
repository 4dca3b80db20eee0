import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from core.text import Count
from reports import checks, demonstration, heat, setup
from reports.answers import Answers
from reports.models import (
    DeadlineRule,
    Draft,
    Indicator,
    IndicatorValue,
    MonthlyReport,
    Status,
    Submission,
)
from reports.tests.factories import (
    MONTH,
    IndicatorFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
    secretary,
)

TODAY = dt.date(2026, 3, 23)


def test_ward_starts_with_eight_core_indicators_and_a_rule(ward):
    setup.install_defaults(ward)
    setup.install_defaults(ward)

    core = Indicator.objects.filter(owner=ward, is_core=True)
    assert list(core.values_list("code", flat=True)) == [
        "sessions",
        "session_attendees",
        "posts_social",
        "banners",
        "leaflets",
        "products_introduced",
        "commitments",
        "models",
    ]
    assert core.get(code="session_attendees").attendance_of.code == "sessions"
    assert core.get(code="models").roll_up == "last"
    assert list(DeadlineRule.objects.values_list("owner", "due_day")) == [(ward.pk, 25)]


def test_defaults_leave_the_office_s_words_alone(ward):
    IndicatorFactory(owner=ward, name="Buổi nói chuyện")

    setup.install_defaults(ward)

    assert Indicator.objects.get(code="sessions").name == "Buổi nói chuyện"


@pytest.fixture
def demonstration_ward(ward, reviewer):
    setup.install_defaults(ward)
    content_item(ward)
    for number in range(1, 13):
        secretary(owing_unit(ward, name=f"Chi bộ Tổ dân phố số {number}"))
    return ward


def test_demonstration_shows_every_state_and_is_the_same_each_time(demonstration_ward):
    demonstration.load(demonstration_ward, today=TODAY)

    shown = MonthlyReport.objects.filter(ward=demonstration_ward)
    assert set(shown.values_list("status", flat=True)) == set(Status.values)
    assert shown.filter(is_zero=True).exists()
    assert any(report.is_late for report in shown)
    assert Draft.objects.exclude(content={}).count() == 1
    assert shown.exclude(status="draft").count() == len(
        set(Submission.objects.values_list("report"))
    )


def test_one_content_of_the_demonstration_is_told_by_nobody_lately(demonstration_ward):
    for number in (2, 3):
        content_item(demonstration_ward, position=number)

    demonstration.load(demonstration_ward, today=TODAY)

    february, march = dt.date(2026, 2, 1), dt.date(2026, 3, 1)
    ((_, rows),) = heat.heat_map(demonstration_ward, march, 6, closed_to=february).plans
    assert [row.silence for row in rows[:2]] == ["", ""]
    since = "chưa có chi bộ nào tuyên truyền từ tháng 1/2026."
    assert rows[2].silence == f"Nội dung 3 ({rows[2].item.short_title}) {since}"


def test_demonstration_lies_before_today(demonstration_ward):
    demonstration.load(demonstration_ward, today=TODAY)

    newest = Submission.objects.order_by("-at").first()
    assert newest.at.date() < TODAY
    call_command("check_reports")


def test_check_is_silent_about_sound_reports(unit, sessions, capsys):
    hand_in(unit, answers(counts={"sessions": Count(2, is_approximate=True)}))

    call_command("check_reports")

    assert capsys.readouterr().out == "Các báo cáo đều khớp.\n"


def test_check_asks_as_often_for_many_reports_as_for_one(ward, sessions, django_assert_num_queries):
    hand_in(owing_unit(ward))
    with CaptureQueriesContext(connection) as alone:
        list(checks.problems())
    hand_in(owing_unit(ward))
    hand_in(owing_unit(ward))

    with django_assert_num_queries(len(alone)):
        list(checks.problems())


@pytest.mark.parametrize("column", ["unit", "ward", "month"])
def test_check_finds_values_that_name_another_place(ward, unit, sessions, column):
    report = hand_in(unit, answers(counts={"sessions": Count(2)}))
    others = {"unit": owing_unit(ward), "ward": unit, "month": report.month.replace(year=2020)}

    report.values.update(**{column: others[column]})

    assert list(checks.problems()) == [
        f"{report}: số liệu ghi đơn vị, phường hoặc tháng khác với báo cáo."
    ]


def test_check_finds_what_names_something_that_is_gone(ward, unit, sessions):
    """The database does not hold these two keys; Django refuses, a hand in the database does not."""
    told = content_item(ward)
    by_value = hand_in(unit, answers(counts={"sessions": Count(2)}))
    by_content = hand_in(owing_unit(ward), answers(counts={}, contents=(told,)))
    for named in (sessions, told):
        with pytest.raises(ProtectedError):
            named.delete()

    for named in (sessions, told):
        type(named).objects.filter(pk=named.pk)._raw_delete(DEFAULT_DB_ALIAS)

    found = list(checks.problems())
    assert [one.partition(": ")[0] for one in found] == [str(by_value), str(by_content)]
    assert all("khác với lần nộp cuối" in one for one in found)


def test_check_finds_values_beside_a_zero_report(unit, sessions, capsys):
    report = hand_in(unit, Answers(zero_reason="together"))
    IndicatorValue.objects.create(
        report=report, indicator=sessions, unit=unit, ward=report.ward, month=report.month, value=1
    )

    with pytest.raises(CommandError):
        call_command("check_reports")

    assert "không phát sinh nhưng có số liệu" in capsys.readouterr().out


def test_check_is_silent_about_a_count_that_an_amendment_was_not_asked_for(unit, sessions, capsys):
    leaflets = IndicatorFactory(owner=unit.ward, code="leaflets", name="Tờ rơi")
    hand_in(unit, answers(counts={"sessions": Count(2), "leaflets": Count(5)}))
    Indicator.objects.filter(pk=leaflets.pk).update(ends_on=MONTH)
    hand_in(unit, answers(counts={"sessions": Count(3)}))

    call_command("check_reports")

    assert capsys.readouterr().out == "Các báo cáo đều khớp.\n"


def test_check_finds_values_out_of_step_with_the_last_submission(unit, sessions, capsys):
    report = hand_in(unit)
    report.values.update(value=3)

    with pytest.raises(CommandError, match="Có 1 báo cáo cần xem lại"):
        call_command("check_reports")

    assert "khác với lần nộp cuối" in capsys.readouterr().out
