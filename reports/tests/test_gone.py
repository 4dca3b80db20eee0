"""The unit, the right or the month goes while someone types: nothing typed is lost."""

import datetime as dt

import pytest
from django.urls import reverse

from reports.models import Draft, Submission
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    ExtensionFactory,
    owing_unit,
    secretary,
)
from units.models import ReportingDuty, Role, UnitSuccession
from units.tests.factories import member

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
TYPED = {"result-result": "Đã viết rất dài.", "seen_version": 0}


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


def _button(shown):
    context = shown.context
    return {
        "key": str(context["key"]),
        "seen_version": context["place"].seen_version,
        "content": context["content"],
    }


def test_replaced_secretary_gets_the_text_back(phone, unit, reporter):
    reporter.memberships.update(ends_on=dt.date(2026, 3, 1))

    response = phone.post(url("result", unit), TYPED)

    text = page(response)
    assert response.status_code == 403
    assert "Đồng chí không còn là người báo cáo của đơn vị này." in text
    assert "Đã viết rất dài." in text
    assert Draft.objects.count() == 0


def test_replaced_secretary_with_another_unit_gets_it_too(phone, unit, reporter):
    other = owing_unit(unit.ward)
    reporter.memberships.update(unit=other)
    reporter.memberships.create(
        unit=unit, role=Role.SECRETARY, starts_on=MONTH, ends_on=dt.date(2026, 3, 20)
    )

    response = phone.post(url("result", unit), TYPED)

    assert response.status_code == 404
    assert "Đã viết rất dài." in page(response)


def test_draft_of_a_replaced_secretary_waits_for_the_next(phone, client, unit, reporter):
    phone.post(url("result", unit), TYPED)
    reporter.memberships.update(ends_on=dt.date(2026, 3, 1))

    client.force_login(member(Role.SECRETARY, unit))

    assert "Đã viết rất dài." in page(client.get(url("check", unit)))


def test_stranger_gets_a_missing_page_and_no_word_of_the_unit(client, unit, sessions):
    client.force_login(secretary(owing_unit(unit.ward)))

    response = client.post(url("result", unit), TYPED)

    assert response.status_code == 404
    assert unit.name not in page(response)


def test_merged_unit_says_into_which_and_gives_the_text_back(phone, unit):
    new = owing_unit(unit.ward, name="Chi bộ Tổ dân phố số 12A")
    day = dt.date(2026, 3, 1)
    ReportingDuty.objects.filter(unit=unit).update(ends_on=day)
    type(unit).objects.filter(pk=unit.pk).update(closed_on=day)
    UnitSuccession.objects.create(from_unit=unit, to_unit=new, on=day)

    response = phone.post(url("result", unit), TYPED)

    text = page(response)
    assert response.status_code in (403, 404)
    assert "đã sáp nhập, chia tách từ 1/3/2026; nay là Chi bộ Tổ dân phố số 12A." in text
    assert "Đã viết rất dài." in text


def test_unit_closed_after_the_draft_says_so_on_the_check_page(phone, unit):
    phone.post(url("result", unit), TYPED)
    button = _button(phone.get(url("check", unit)))
    day = dt.date(2026, 3, 1)
    ReportingDuty.objects.filter(unit=unit).update(ends_on=day)
    type(unit).objects.filter(pk=unit.pk).update(closed_on=day)

    shown, refused = phone.get(url("check", unit)), phone.post(url("check", unit), button)

    for response in (shown, refused):
        assert "đã kết thúc hoạt động từ 1/3/2026" in page(response) or (
            "đơn vị không phải báo cáo" in page(response)
        )
    assert (Draft.objects.get().content, Submission.objects.count()) == (
        {"result": {"result": "Đã viết rất dài."}},
        0,
    )


def test_closed_month_is_said_before_the_button_and_typing_is_still_kept(phone, ward, unit):
    DeadlineRuleFactory(owner=ward, due_day=20, closes_after_days=1)

    saved = phone.post(url("result", unit), TYPED)
    text = page(phone.get(url("check", unit)))

    assert saved.status_code == 302
    assert "đã khóa từ sau ngày 21/3/2026" in text
    assert "Nộp báo cáo tháng 3" not in text
    ExtensionFactory(unit=unit)
    assert "Nộp báo cáo tháng 3" in page(phone.get(url("check", unit)))


def test_reload_after_the_hand_in_asks_for_nothing_again(phone, unit):
    phone.post(url("result", unit), TYPED)
    button = _button(phone.get(url("check", unit)))
    response = phone.post(url("check", unit), button)

    texts = [page(phone.get(response.headers["Location"])) for _ in range(2)]

    assert response.status_code == 302
    assert ["ĐÃ NỘP" in text for text in texts] == [True, True]
    assert Submission.objects.count() == 1


def test_back_to_the_check_page_and_the_button_again_gives_the_receipt(phone, unit):
    phone.post(url("result", unit), TYPED)
    button = _button(phone.get(url("check", unit)))
    phone.post(url("check", unit), button)

    again = phone.get(url("check", unit))
    response = phone.post(url("check", unit), button)

    assert "Bản này đã nộp." in page(again)
    assert response.headers["Location"] == url("receipt", unit)
    assert Submission.objects.count() == 1


def test_old_tab_after_the_hand_in_amends_nothing_by_itself(phone, unit):
    phone.post(url("result", unit), TYPED)
    phone.post(url("check", unit), _button(phone.get(url("check", unit))))

    response = phone.post(url("result", unit), {"result-result": "Thẻ cũ.", "seen_version": 1})

    assert response.status_code == 409
    assert ("Thẻ cũ." in page(response), "Đã viết rất dài." in page(response)) == (True, True)
