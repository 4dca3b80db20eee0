"""From the check page to the receipt, as a phone without scripts sees it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from reports.models import Draft, MonthlyReport, Submission
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    hand_in,
)

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


def test_button_pressed_twice_gives_one_receipt(phone, unit):
    button = _button(_typed(phone, unit))

    first, second = (phone.post(url("check", unit), button) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"] == url("receipt", unit)
    assert Submission.objects.count() == 1


def test_second_phone_with_the_same_page_lands_on_the_receipt(phone, unit):
    shown = _typed(phone, unit)
    other = _button(shown) | {"key": str(KEY)}
    phone.post(url("check", unit), _button(shown))

    response = phone.post(url("check", unit), other)

    assert response.headers["Location"] == url("receipt", unit)
    assert Submission.objects.count() == 1


def test_known_key_with_other_text_is_a_conflict(phone, unit):
    button = _button(_typed(phone, unit))
    phone.post(url("check", unit), button)

    changed = button | {"content": '{"result": {"result": "Khác."}}'}
    response = phone.post(url("check", unit), changed)

    text = page(response)
    assert response.status_code == 409
    assert ("Khác." in text, "Đã làm tốt." in text) == (True, True)


def test_text_changed_after_the_check_page_is_a_conflict_with_both(phone, unit):
    button = _button(_typed(phone, unit))
    phone.post(url("result", unit), {"result-result": "Bản mới.", "seen_version": 1})

    response = phone.post(url("check", unit), button)

    text = page(response)
    assert response.status_code == 409
    assert ("Bản mới." in text, "Đã làm tốt." in text) == (True, True)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("content", ["", "[]", "null", "{", '{"result": 5}', "[" * 5000])
def test_damaged_check_page_is_shown_again(phone, unit, content):
    button = _button(_typed(phone, unit)) | {"content": content}

    assert phone.post(url("check", unit), button).status_code in (409, 422)
    assert Submission.objects.count() == 0


def test_correction_after_the_hand_in_waits_and_says_so(phone, unit):
    hand_in(unit)

    phone.post(url("result", unit), {"result-result": "Sửa.", "seen_version": 0})

    text = page(phone.get(url("check", unit)))
    assert "CHƯA NỘP BẢN SỬA" in text
    assert "Nộp bản đã sửa" in text


def test_correction_can_be_dropped(phone, unit):
    hand_in(unit)
    phone.post(url("result", unit), {"result-result": "Sửa.", "seen_version": 0})

    response = phone.post(url("discard", unit), {"seen_version": Draft.objects.get().version})

    assert response.headers["Location"] == url("show", unit)
    assert "ĐÃ NỘP" in page(phone.get(url("show", unit)))


def test_correction_that_another_phone_changed_is_not_dropped_unseen(phone, unit):
    hand_in(unit)
    phone.post(url("result", unit), {"result-result": "Sửa.", "seen_version": 0})
    seen = Draft.objects.get().version
    assert f'name="seen_version" value="{seen}"' in page(phone.get(url("check", unit)))
    phone.post(url("result", unit), {"result-result": "Máy khác sửa.", "seen_version": seen})

    response = phone.post(url("discard", unit), {"seen_version": seen})

    assert (response.status_code, "Máy khác sửa." in page(response)) == (409, True)
    assert Draft.objects.get().content["result"] == {"result": "Máy khác sửa."}


def _zero(shown, **typed):
    initial = shown.context["form"].initial
    names = ("key", "seen_version", "draft_version")
    return {name: str(initial[name]) for name in names} | typed


def test_zero_report_is_one_choice_and_one_button(phone, unit):
    button = _zero(phone.get(url("zero", unit)), reason="not_planned")

    first, second = (phone.post(url("zero", unit), button) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"] == url("receipt", unit)
    assert (MonthlyReport.objects.get().is_zero, Submission.objects.count()) == (True, 1)


def test_zero_report_needs_a_reason(phone, unit):
    response = phone.post(url("zero", unit), _zero(phone.get(url("zero", unit))))

    assert response.status_code == 422
    assert page(response).count("Đồng chí chọn một lý do.") == 2


def test_zero_report_asks_before_it_drops_what_was_typed(phone, unit):
    _typed(phone, unit)
    button = _zero(phone.get(url("zero", unit)), reason="not_planned")

    refused = phone.post(url("zero", unit), button)
    done = phone.post(url("zero", unit), button | {"discard": "on"})

    assert (refused.status_code, done.status_code) == (422, 302)


def test_reason_of_a_zero_report_that_came_too_late_is_still_there(phone, unit):
    button = _zero(phone.get(url("zero", unit)), reason="other", reason_text="Chi bộ đang sáp nhập")
    _typed(phone, unit)

    response = phone.post(url("zero", unit), button | {"discard": "on"})

    assert (response.status_code, "chi bộ đang sáp nhập" in page(response)) == (409, True)


def test_refused_zero_report_begins_no_month(phone, ward, unit):
    button = _zero(phone.get(url("zero", unit)), reason="together")
    DeadlineRuleFactory(owner=ward, due_day=20, closes_after_days=1)

    response = phone.post(url("zero", unit), button)

    assert (response.status_code, MonthlyReport.objects.count()) == (422, 0)


def test_closed_month_keeps_the_draft_and_says_whom_to_call(phone, ward, unit):
    shown = _typed(phone, unit)
    DeadlineRuleFactory(owner=ward, due_day=20, closes_after_days=1)

    response = phone.post(url("check", unit), _button(shown))

    assert response.status_code == 422
    assert "gọi văn phòng để được mở lại" in page(response)
    assert Draft.objects.get().content == {"result": {"result": "Đã làm tốt."}}


def test_report_without_a_correction_has_nothing_to_hand_in(phone, unit):
    hand_in(unit)
    shown = phone.get(url("check", unit))

    response = phone.post(url("check", unit), _button(shown))

    assert "Nộp bản đã sửa" not in page(shown)
    assert response.headers["Location"] == url("receipt", unit)
    assert Submission.objects.count() == 1


def test_nul_is_left_out_of_what_is_kept(phone, unit):
    phone.post(url("result", unit), {"result-result": "Đã\x00 làm.", "seen_version": 0})

    assert Draft.objects.get().content == {"result": {"result": "Đã làm."}}


def test_half_a_character_in_the_button_is_told_as_another_text(phone, unit):
    button = _button(_typed(phone, unit))

    response = phone.post(
        url("check", unit), button | {"content": r'{"result": {"result": "\ud800"}}'}
    )

    assert response.status_code == 409
    assert Submission.objects.count() == 0
