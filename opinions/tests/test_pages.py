import datetime as dt
import uuid

import pytest
from django.template import Context, Template
from django.urls import reverse

from opinions.models import OpinionNote, OpinionReading, OpinionSetting
from opinions.tests.factories import MONTH, STATEMENT
from units.models import ReportingDuty, Role
from units.tests.factories import OPENED, UnitFactory, UserFactory, member

NOTES, SETTING = "admin:opinion_notes", "admin:opinion_setting"


def url(unit, month=MONTH):
    return reverse("opinions:note", args=[unit.pk, month])


def page(response):
    return response.content.decode()


def typed(text="Giá rau tăng.", **given):
    return {"topic": "price", "text": text, "key": str(uuid.uuid4())} | given


@pytest.fixture
def phone(client, secretary, open_ward):
    client.force_login(secretary)
    return client


@pytest.fixture
def desk(client, reader):
    client.force_login(reader)
    return client


def test_page_lies_outside_the_worker_and_is_stored_nowhere(phone, unit):
    response = phone.get(url(unit))

    assert url(unit) == f"/y-kien/{unit.pk}/2026-03/"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "<script" not in page(response)


def test_note_is_sent_and_not_shown_again(phone, unit):
    response = phone.post(url(unit), typed("Giá rau muống tăng."), follow=True)

    assert OpinionNote.objects.get().text == "Giá rau muống tăng."
    text = page(response)
    assert "Đã gửi ý kiến" in text
    assert "đã gửi 1 ý kiến" in text
    assert "rau muống" not in text


def test_personal_data_comes_back_marked_with_two_buttons(phone, unit):
    response = phone.post(url(unit), typed("Gọi 0912 345 678 gặp người bán."))

    text = page(response)
    assert response.status_code == 422
    assert "<mark>0912 345 678<" in text
    assert "Sửa lại</button>" in text
    assert "Vẫn gửi, đây không phải thông tin cá nhân</button>" in text
    assert OpinionNote.objects.count() == 0


def test_author_goes_back_to_the_text_or_sends_it_as_it_is(phone, unit):
    text = typed("Gọi 0912 345 678 gặp người bán.")

    again = phone.post(url(unit), text | {"step": "edit"})
    sent = phone.post(url(unit), text | {"step": "affirm"})

    assert "Gọi 0912 345 678 gặp người bán.</textarea>" in page(again)
    assert (again.status_code, sent.status_code) == (200, 302)
    assert OpinionNote.objects.get().is_affirmed is True


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"topic": ""}, "Đồng chí chọn một việc."),
        ({"text": " "}, "Đồng chí ghi ý kiến vào ô này."),
        ({"text": "x" * 1501}, "hãy viết ngắn lại"),
        ({"text": "TỐI MẬT. Giá tăng."}, "không nhận thông tin mật"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(phone, unit, wrong, sentence):
    response = phone.post(url(unit), typed() | wrong)

    assert response.status_code == 422
    assert sentence in page(response)
    assert wrong.get("text", "Giá rau tăng.") in page(response)


def test_ward_that_closed_meanwhile_keeps_the_text_on_the_page(phone, unit):
    OpinionSetting.objects.update(is_open=False)

    assert phone.get(url(unit)).status_code == 422
    response = phone.post(url(unit), typed("Giá rau muống tăng."))

    assert response.status_code == 422
    assert "Giá rau muống tăng." in page(response)


@pytest.mark.parametrize("month", [dt.date(2026, 4, 1), dt.date(2019, 1, 1)])
def test_month_to_come_or_not_owed_is_missing(phone, unit, month):
    assert phone.get(url(unit, month)).status_code == 404


def test_page_of_another_unit_is_missing_and_other_roles_are_refused(phone, client, ward):
    other = UnitFactory(parent=ward)
    ReportingDuty.objects.create(unit=other, starts_on=OPENED)

    assert phone.get(url(other)).status_code == 404
    for person in (member(Role.PROPAGANDA, ward), UserFactory(is_superuser=True)):
        client.force_login(person)
        assert client.get(url(other)).status_code == 403


@pytest.mark.parametrize("is_open", [True, False])
def test_way_to_the_page_is_shown_only_where_it_is_open(open_ward, unit, secretary, is_open):
    OpinionSetting.objects.update(is_open=is_open)
    template = Template("{% load opinions %}{% opinion_page user unit month as way %}{{ way }}")

    way = template.render(Context({"user": secretary, "unit": unit, "month": MONTH}))

    assert way == (url(unit) if is_open else "")


def test_office_sees_how_many_and_reads_by_a_button(desk, send):
    send("Giá rau muống tăng.")
    send("Nước mắm giả.", topic="fake")

    closed = page(desk.get(reverse(NOTES)))
    opened = page(desk.post(reverse(NOTES), {"month": "2026-03", "topic": ""}))

    assert "rau muống" not in closed
    assert "Tháng 3/2026" in closed
    assert "Giá rau muống tăng." in opened
    assert "Nước mắm giả." in opened
    assert "đọc 2 ý kiến tháng 3/2026" in opened
    assert OpinionReading.objects.count() == 1


def test_office_reads_one_matter_and_another_wards_notes_stay_away(desk, send, ward):
    send("Giá rau muống tăng.")
    OpinionNote.objects.update(ward=UnitFactory())

    response = desk.post(reverse(NOTES), {"month": "2026-03", "topic": "price"})

    assert "rau muống" not in page(response)


@pytest.mark.parametrize("month", ["", "x", "99/2026"])
def test_month_that_cannot_be_read_is_told(desk, ward, month):
    assert desk.post(reverse(NOTES), {"month": month}).status_code == 422


def test_leader_opens_with_a_statement_and_closes(client, ward):
    client.force_login(member(Role.LEADER, ward))
    data = {"statement": STATEMENT, "seen_version": 1, "step": "open"}

    opened = client.post(reverse(SETTING), data)
    closed = client.post(reverse(SETTING), {"seen_version": 2, "step": "close"})

    assert (opened.status_code, closed.status_code) == (302, 302)
    text = page(client.get(reverse(SETTING)))
    assert "chưa mở" in text
    assert STATEMENT in text


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"statement": "Không mật.", "seen_version": 1, "step": "open"}, 422),
        ({"statement": STATEMENT, "seen_version": 7, "step": "open"}, 409),
        ({"statement": STATEMENT, "seen_version": "x", "step": "open"}, 422),
        ({"statement": STATEMENT, "seen_version": 1, "step": "?"}, 422),
    ],
)
def test_wrong_decision_changes_nothing_and_keeps_what_was_typed(client, ward, data, status):
    client.force_login(member(Role.ADMINISTRATOR, ward))

    response = client.post(reverse(SETTING), data)

    assert response.status_code == status
    assert data["statement"] in page(response)
    assert not OpinionSetting.objects.filter(is_open=True).exists()
