"""A report written by hand: its photo comes to the office, which keys it in."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.tests.factories import picture_bytes
from reports.models import Draft, MonthlyReport, Photo, Status
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    ReportFactory,
    owing_unit,
    report_in,
)

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def url(name, unit):
    return reverse(f"reports:{name}", args=[unit.pk, MONTH])


def page(response):
    return response.content.decode()


def _send(phone, unit, data=None):
    data = data or picture_bytes(1000, 600, format="JPEG")
    typed = {
        "key": str(uuid.UUID(int=1)),
        "to-viet-tay": "1",
        "photo": SimpleUploadedFile("to.jpg", data),
    }
    return phone.post(url("photos", unit), typed, follow=True)


def test_sheet_begins_the_month_and_waits_for_the_office(phone, unit, reviewer):
    answer = page(_send(phone, unit))

    report = MonthlyReport.objects.get()
    assert (report.status, report.photos.get().is_sheet) == (Status.DRAFT, True)
    assert report.photos.get().likeness is None  # one form filled in looks like another
    assert "Phường đã nhận ảnh tờ viết tay." in answer
    assert "CHƯA NỘP" in answer
    phone.force_login(reviewer)
    filing = reverse("admin:report_file", args=[unit.pk, MONTH])
    assert f'href="{filing}"' in page(phone.get(reverse("admin:index")))
    assert f'href="{filing}"' in page(
        phone.get(reverse("admin:report_cell", args=[unit.pk, MONTH]))
    )
    assert "Tờ viết tay đơn vị đã gửi" in page(phone.get(filing))


def test_sheet_waits_for_the_office_though_something_was_typed_before(phone, unit, reviewer):
    """Until somebody writes after it came."""
    report = ReportFactory(unit=unit, ward=unit.ward, month=MONTH)
    typed = {"counts": {"sessions": "2"}}
    began = Draft.objects.create(report=report, content=typed, saved_at=TODAY - HOUR)
    _send(phone, unit)
    phone.force_login(reviewer)
    today = reverse("admin:index")

    assert "tờ viết tay chờ nhập hộ" in page(phone.get(today))
    Draft.objects.filter(pk=began.pk).update(saved_at=TODAY + HOUR)
    assert "tờ viết tay chờ nhập hộ" not in page(phone.get(today))


@pytest.mark.parametrize("data", [b"x", b"\xff\xd8\xff" + b"0" * 40], ids=["text", "broken"])
def test_refused_sheet_begins_no_month(phone, unit, data):
    answer = _send(phone, unit, data)

    assert answer.status_code == 200
    assert "Phường đã nhận" not in page(answer)
    assert (MonthlyReport.objects.count(), Photo.objects.count()) == (0, 0)


def test_sheet_sent_twice_is_one(phone, unit):
    _send(phone, unit)
    _send(phone, unit)

    assert Photo.objects.count() == 1


def test_sheet_of_a_closed_month_is_refused(phone, ward, unit):
    DeadlineRuleFactory(owner=ward, due_day=10, closes_after_days=1)

    answer = page(_send(phone, unit))

    assert "không nhận ảnh tờ viết tay nữa" in answer
    assert MonthlyReport.objects.count() == 0


def test_accepted_report_takes_no_sheet(phone, unit, reviewer):
    report_in(Status.ACCEPTED, unit, reviewer)

    _send(phone, unit)

    assert Photo.objects.count() == 0


def test_sheet_of_another_unit_is_nobody_s(phone, ward):
    other = owing_unit(ward)

    assert _send(phone, other).status_code == 404
    assert phone.get(url("sheet", other)).status_code == 404
