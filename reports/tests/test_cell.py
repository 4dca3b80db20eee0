import datetime as dt

import pytest
from django.urls import reverse

from reports import drafts, exceptions
from reports.answers import Answers
from reports.models import Status
from reports.tests.factories import (
    LATE,
    MONTH,
    DeadlineRuleFactory,
    blank,
    hand_in,
    owing_unit,
    report_in,
    secretary,
)
from units.models import Role
from units.tests.factories import UnitFactory, WardFactory, member

NOW = dt.datetime(2026, 3, 30, 3, 32, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(NOW)


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


def cell(client, unit, month=MONTH):
    return client.get(reverse("admin:report_cell", args=[unit.pk, month]))


def sentence(client, unit, month=MONTH):
    return cell(client, unit, month).context["sentence"]


def links(response):
    return [one["words"] for one in response.context["actions"]]


def test_missing_report_says_how_late_and_what_to_do(desk, unit):
    response = cell(desk, unit)

    assert response.context["sentence"] == "Chưa nộp. Hạn 25/3, đã quá 5 ngày."
    assert next(one["url"] for one in response.context["actions"]) == (
        f"{reverse('admin:report_reminder')}?thang=2026-03&don-vi={unit.pk}"
    )


def test_unit_closed_in_mid_month_is_told_to_owe_it(desk, unit):
    day = dt.date(2026, 3, 10)
    unit.duties.update(ends_on=day)
    type(unit).objects.filter(pk=unit.pk).update(closed_on=day)

    text = cell(desk, unit).content.decode()

    assert "Đơn vị thôi hoạt động từ 10/3/2026, vẫn phải báo cáo tháng này." in text
    assert cell(desk, unit, dt.date(2026, 4, 1)).status_code == 404


def test_phone_of_the_secretary_is_one_tap(desk, unit, reporter):
    reporter.phone = "+84912345678"
    reporter.save()

    assert 'href="tel:+84912345678"' in cell(desk, unit).content.decode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SUBMITTED, "Đã nộp lúc 09:00, 24/3/2026, đúng hạn, chờ xem."),
        (Status.ACCEPTED, "Đã nộp lúc 09:00, 24/3/2026, đúng hạn, đã tiếp nhận."),
        (Status.RETURNED, "Phường đã trả lại để sửa, đơn vị chưa nộp lại."),
    ],
)
def test_each_state_has_its_sentence(desk, unit, reviewer, status, words):
    report_in(status, unit, reviewer)

    assert sentence(desk, unit) == words


def test_late_and_zero_are_said(desk, unit):
    hand_in(unit, Answers(zero_reason="together"), now=LATE)

    assert sentence(desk, unit) == (
        "Báo không phát sinh lúc 09:00, 27/3/2026, muộn 2 ngày, chờ xem."
    )


def test_exempt_unit_owes_nothing(desk, unit):
    exceptions.grant([unit], month=MONTH, kind="exempt", due_on=None, reason="Bão số 3")

    response = cell(desk, unit)

    assert response.context["sentence"] == "Được miễn báo cáo tháng này."
    assert "Bão số 3" in response.content.decode()
    assert links(response) == []


def test_closed_month_asks_for_an_extension_first(desk, ward, unit):
    DeadlineRuleFactory(owner=ward, closes_after_days=2)

    assert sentence(desk, unit) == (
        "Chưa nộp. Đã khóa từ sau ngày 27/3/2026; muốn nhận thì gia hạn trước."
    )


def test_month_that_has_not_opened_says_when(desk, unit):
    assert sentence(desk, unit, dt.date(2026, 4, 1)) == "Chưa đến kỳ, mở nộp từ ngày 1/4/2026."


def test_draft_says_when_it_was_saved(desk, unit):
    drafts.save_part(
        blank(unit), "result", {"result": "Đang"}, actor=secretary(unit), seen_version=0
    )

    assert "Đang viết dở, lưu lúc 10:32." in cell(desk, unit).content.decode()


def test_report_that_is_there_leaves_nothing_to_do(desk, unit):
    report = hand_in(unit)

    response = cell(desk, unit)

    assert links(response) == []
    assert reverse("admin:report_page", args=[report.pk]) in response.content.decode()


def test_leader_reads_and_gets_no_buttons(client, ward, unit):
    client.force_login(member(Role.LEADER, ward))

    response = cell(client, unit)

    assert (response.status_code, links(response)) == (200, [])


def test_foreign_unit_and_month_without_duty_are_missing(desk, ward):
    assert cell(desk, owing_unit(WardFactory())).status_code == 404
    assert cell(desk, UnitFactory(parent=ward)).status_code == 404


def test_secretary_is_kept_out(client, unit, reporter):
    client.force_login(reporter)

    assert cell(client, unit).status_code == 403


def test_links_choose_unit_and_month(desk, unit):
    for action in cell(desk, unit).context["actions"]:
        page = desk.get(action["url"]).content.decode()

        assert "3/2026" in page or "2026-03" in page
        assert unit.name in page
