""" "Nộp hộ": the helper says so, the secretary or the office confirms."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.workflow import TransitionRefusedError
from reports import helpers, workflow
from reports.models import HelperConfirmation, Submission
from reports.tests.factories import MONTH, ON_TIME, answers, blank, hand_in, owing_unit, secretary
from units.tests.factories import WardFactory

TODAY = dt.datetime(2026, 3, 24, 9, 0, tzinfo=dt.UTC)
LAN = "Nguyễn Thị Lan"


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


def _helped(unit, helper=LAN, **given):
    paper = blank(unit)
    report = workflow.report_for(paper)
    return workflow.hand_in(
        report,
        answers(**given),
        paper,
        key=uuid.uuid4(),
        actor=secretary(unit),
        seen_version=report.version,
        helper=helper,
        now=ON_TIME,
    )


def _press(phone, unit, **helper):
    phone.post(url("result", unit), {"result-result": "Tốt.", "seen_version": 0})
    context = phone.get(url("check", unit)).context
    button = {
        "key": str(context["key"]),
        "seen_version": context["place"].seen_version,
        "content": context["content"],
    }
    return phone.post(url("check", unit), button | helper)


def test_helper_is_named_on_the_receipt(phone, unit):
    response = _press(phone, unit, is_helper="on", helper=f"  {LAN} ")

    assert response.headers["Location"] == url("receipt", unit)
    assert Submission.objects.get().helper == LAN
    text = page(phone.get(url("receipt", unit)))
    assert f"{LAN} nộp hộ, chờ đồng chí bí thư xác nhận" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"is_helper": "on"}, "Đồng chí ghi họ tên người nhập hộ"),
        ({"is_helper": "on", "helper": "0912345678"}, "Họ tên chỉ gồm chữ"),
        ({"is_helper": "on", "helper": "A" * 121}, "nhiều hơn 120"),
        ({"helper": LAN}, "Đồng chí đánh dấu ô này"),
    ],
)
def test_helper_without_a_plain_name_is_asked_again(phone, unit, typed, sentence):
    response = _press(phone, unit, **typed)

    text = page(response)
    assert response.status_code == 422
    assert sentence in text
    assert f'value="{typed.get("helper", "")}"' in text or "helper" not in typed
    assert Submission.objects.count() == 0


def test_secretary_confirms_on_the_home_page_with_one_tap(phone, unit):
    submission = _helped(unit)
    text = page(phone.get(reverse("reports:home")))

    response = phone.post(url("confirm_helper", unit), {"number": submission.number})

    assert f"Đồng chí {LAN} đã nộp hộ báo cáo tháng 3/2026. Đúng không?" in text
    assert response.headers["Location"] == reverse("reports:home")
    assert f"Đồng chí {LAN}" not in page(phone.get(reverse("reports:home")))
    assert "đồng chí bí thư đã xác nhận" in page(phone.get(url("receipt", unit)))


def test_two_taps_confirm_once(phone, unit):
    submission = _helped(unit)

    for _ in range(2):
        phone.post(url("confirm_helper", unit), {"number": submission.number})

    assert HelperConfirmation.objects.get().is_by_phone is False


@pytest.mark.parametrize("number", ["", "x", "9", "1" * 30])
def test_confirming_what_is_not_there_says_so(phone, unit, number):
    _helped(unit)

    response = phone.post(url("confirm_helper", unit), {"number": number})

    assert response.status_code == 422
    assert "Đồng chí xem bản mới rồi xác nhận" in page(response)


def test_older_hand_in_than_the_newest_is_not_confirmed(unit, sessions, reporter):
    old = _helped(unit)
    hand_in(unit, answers(result="Bí thư sửa."))

    with pytest.raises(TransitionRefusedError):
        helpers.confirm(old, actor=reporter)
    assert list(helpers.unconfirmed([unit])) == []


def test_only_the_secretary_confirms_and_only_the_office_by_phone(unit, sessions, reviewer):
    submission = _helped(unit)

    with pytest.raises(PermissionDenied):
        helpers.confirm(submission, actor=secretary(owing_unit(unit.ward)))
    with pytest.raises(PermissionDenied):
        helpers.confirm(submission, actor=secretary(unit), is_by_phone=True)
    assert helpers.confirm(submission, actor=reviewer, is_by_phone=True).by == reviewer


def test_office_writes_down_the_call(client, unit, sessions, reviewer):
    submission = _helped(unit)
    client.force_login(reviewer)
    place = reverse("admin:report_page", args=[submission.report_id])
    before = page(client.get(place))

    client.post(
        reverse("admin:report_helper", args=[submission.report_id]),
        {"number": submission.number},
    )

    assert f"Đồng chí {LAN} nộp hộ. Bí thư chưa xác nhận." in before
    assert "Bí thư đã xác nhận qua điện thoại" in page(client.get(place))


def test_office_page_of_a_foreign_report_is_missing(client, unit, sessions, reviewer):
    submission = _helped(owing_unit(WardFactory()))
    client.force_login(reviewer)

    address = reverse("admin:report_helper", args=[submission.report_id])

    assert client.post(address, {"number": 1}).status_code == 404
