"""The secretary's pages, as a phone without scripts sees them."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from core.text import Count
from reports.models import Draft, MonthlyReport, Status
from reports.tests.factories import (
    MONTH,
    ReportFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
    report_in,
    secretary,
)
from units.models import Role
from units.tests.factories import MembershipFactory, WardFactory, member

SCREENS = ("contents", "counts", "result", "difficulties", "zero")
ALL = (*SCREENS, "check", "receipt", "show", "discard")
KEY = uuid.UUID(int=7)
TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def url(name, unit, month=MONTH):
    return reverse(f"reports:{name}", args=[unit.pk, month])


def page(response):
    return response.content.decode()


def test_home_says_in_one_sentence_what_is_owed(phone, unit):
    unit.duties.update(starts_on=MONTH)

    text = page(phone.get(reverse("reports:home")))

    assert "<title>Tháng 3/2026: CHƯA NỘP. Hạn 25/3, còn 3 ngày.</title>" in text
    assert "Làm báo cáo tháng 3" in text
    assert "tel:+842438000000" in text


def test_home_puts_overdue_months_on_top_and_one_main_button(phone, unit):
    unit.duties.update(starts_on=dt.date(2026, 2, 1))

    text = page(phone.get(reverse("reports:home")))

    assert text.index("Làm báo cáo tháng 2") < text.index("Làm báo cáo tháng 3")
    assert text.count("button--primary") == 1


def test_home_shows_why_a_report_went_back(phone, unit, reviewer):
    report_in(Status.RETURNED, unit, reviewer)

    text = page(phone.get(reverse("reports:home")))

    assert "Sai số liệu" in text
    assert "Sửa báo cáo tháng 3" in text


def test_home_without_unit_is_forbidden_and_without_sign_in_asks_for_it(client, ward):
    assert client.get(reverse("reports:home")).status_code == 302
    client.force_login(member(Role.OFFICE, ward))
    assert client.get(reverse("reports:home")).status_code == 403


@pytest.mark.parametrize("name", ALL)
def test_page_of_another_unit_is_missing(client, unit, sessions, name):
    hand_in(unit)
    client.force_login(secretary(owing_unit(unit.ward)))

    assert client.get(url(name, unit)).status_code in ({405} if name == "discard" else {404})
    assert client.post(url(name, unit)).status_code in ({405, 404})
    assert client.post(url("result", unit)).status_code == 404


@pytest.mark.parametrize("name", ALL)
def test_page_is_for_secretaries_alone(client, ward, unit, name):
    assert client.get(url(name, unit)).headers["Location"].startswith(reverse("account_login"))
    client.force_login(member(Role.OFFICE, ward))
    assert client.get(url(name, unit)).status_code == 403


def test_month_that_is_not_owed_is_missing(phone, unit):
    unit.duties.update(ends_on=MONTH)

    assert phone.get(url("contents", unit)).status_code == 404


def test_unit_number_beyond_the_database_is_missing(phone):
    assert phone.get(f"/bao-cao/{10**30}/2026-03/so-lieu/").status_code == 404


def test_month_that_is_not_open_says_when(phone, unit):
    response = phone.get(url("counts", unit, dt.date(2026, 4, 1)))

    assert response.status_code == 422
    assert "mở từ 1/4/2026" in page(response)


@pytest.mark.parametrize("name", SCREENS)
def test_reading_a_screen_writes_nothing(phone, unit, name):
    assert phone.get(url(name, unit)).status_code == 200
    assert MonthlyReport.objects.count() == 0


def test_whole_way_from_the_first_screen_to_the_receipt(phone, ward, unit):
    item = content_item(ward)
    steps = [
        ("contents", {"contents-items": [item.pk]}, "counts"),
        ("counts", {"counts-sessions": "khoảng 50"}, "result"),
        ("result", {"result-result": "Đã làm tốt."}, "difficulties"),
        ("difficulties", {"difficulties-difficulties": "Không có."}, "check"),
    ]
    for version, (name, typed, following) in enumerate(steps):
        response = phone.post(url(name, unit), typed | {"seen_version": version})
        assert response.headers["Location"] == url(following, unit)

    shown = phone.get(url("check", unit))
    assert "Buổi tuyên truyền: khoảng 50 buổi." in page(shown)
    response = phone.post(url("check", unit), _button(shown))

    assert response.headers["Location"] == url("receipt", unit)
    assert f"TA-2026-03-{unit.pk:04}" in page(phone.get(url("receipt", unit)))
    report = MonthlyReport.objects.get()
    assert (report.status, report.values.get().value) == (Status.SUBMITTED, 50)


def _button(shown):
    context = shown.context
    return {
        "key": str(context["key"]),
        "seen_version": context["place"].seen_version,
        "content": context["content"],
    }


def _typed(phone, unit, text="Đã làm tốt."):
    phone.post(url("result", unit), {"result-result": text, "seen_version": 0})
    return phone.get(url("check", unit))


def test_wrong_number_is_told_at_the_box_and_on_top_and_kept(phone, unit):
    response = phone.post(url("counts", unit), {"counts-sessions": "nhiều lắm"})

    text = page(response)
    assert response.status_code == 422
    assert text.count("Chưa đọc được số này") == 2
    assert 'href="#id_counts-sessions"' in text
    assert Draft.objects.get().content == {"counts": {"sessions": "nhiều lắm"}}
    assert 'value="nhiều lắm"' in page(phone.get(url("counts", unit)))


def test_check_page_with_a_wrong_number_leads_back_and_has_no_button(phone, unit):
    phone.post(url("counts", unit), {"counts-sessions": "nhiều lắm"})

    text = page(phone.get(url("check", unit)))

    assert f"{url('counts', unit)}?ve=kiem-tra#id_counts-sessions" in text
    assert "Nộp báo cáo tháng 3" not in text


def test_change_from_the_check_page_returns_there(phone, unit):
    response = phone.post(url("result", unit) + "?ve=kiem-tra", {"result-result": "Tốt."})

    assert response.headers["Location"] == url("check", unit)


def test_same_draft_on_another_phone(phone, client, unit, reporter):
    _typed(phone, unit)
    other = MembershipFactory(unit=unit, role=Role.SECRETARY).user
    client.force_login(other)

    assert "Đã làm tốt." in page(client.get(url("result", unit)))


def test_second_person_on_one_screen_is_told_and_sees_both(phone, unit):
    phone.post(url("result", unit), {"result-result": "Của người trước.", "seen_version": 0})

    response = phone.post(url("result", unit), {"result-result": "Của tôi.", "seen_version": 0})

    text = page(response)
    assert response.status_code == 409
    assert ("Của người trước." in text, "Của tôi." in text) == (True, True)
    again = {"result-result": "Của tôi.", "seen_version": response.context["theirs"].version}
    assert phone.post(url("result", unit), again).status_code == 302
    assert Draft.objects.get().content["result"] == {"result": "Của tôi."}


def test_accepted_report_keeps_the_typed_text_on_the_page(phone, unit, reviewer):
    report_in(Status.ACCEPTED, unit, reviewer)

    response = phone.post(url("result", unit), {"result-result": "Gõ dở dang."})

    assert response.status_code == 422
    assert "Gõ dở dang." in page(response)
    assert "gọi văn phòng" in page(response)


def test_returned_report_shows_the_reason_at_its_question(phone, unit, sessions, reviewer):
    report = report_in(Status.RETURNED, unit, reviewer)
    MonthlyReport.objects.filter(pk=report.pk).update(returned_question="counts:sessions")

    assert "Sai số liệu" in page(phone.get(url("counts", unit)))
    assert "Sai số liệu" not in page(phone.get(url("result", unit)))


def test_counts_show_the_month_before(phone, unit):
    hand_in(unit, answers(counts={"sessions": Count(7)}), month=dt.date(2026, 2, 1))

    assert "Tháng trước: <b>7</b>" in page(phone.get(url("counts", unit)))


@pytest.mark.parametrize("month_count", [1, 3])
def test_home_takes_a_fixed_number_of_queries(phone, unit, month_count, django_assert_num_queries):
    for number in range(month_count):
        hand_in(unit, month=dt.date(2026, 2 - number, 1) if number < 2 else dt.date(2025, 12, 1))
    hidden = owing_unit(WardFactory(), name="Chi bộ ở nơi khác")
    ReportFactory(unit=hidden)

    phone.get(reverse("reports:home"))
    # session with user and memberships, units, ward, rules, extensions, duties, reports, drafts,
    # indicators, then ward, rules and extensions of the coming month, what helpers handed in,
    # and the ward card
    with django_assert_num_queries(14):
        text = page(phone.get(reverse("reports:home")))

    assert "Chi bộ ở nơi khác" not in text


def test_each_number_of_a_sent_report_leads_to_its_own_box(phone, unit):
    hand_in(unit)

    text = page(phone.get(url("show", unit)))

    assert (
        f'href="{url("counts", unit)}?ve=kiem-tra#id_counts-sessions">Buổi tuyên truyền: 2' in text
    )


def test_keyboard_s_microphone_is_hinted_at(phone, unit):
    assert "hình micrô trên bàn phím" in page(phone.get(url("result", unit)))
