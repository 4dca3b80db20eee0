import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from core.models import OutboxMessage
from reports import digests
from reports.tests.factories import ExtensionFactory, hand_in, owing_unit, report_in
from units.models import Role
from units.tests.factories import member

DAY = dt.date(2026, 3, 27)  # a Friday, two days after the due day


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(dt.datetime(2026, 3, 27, 9, 0, tzinfo=dt.UTC))


@pytest.fixture
def officer(ward):
    person = member(Role.OFFICE, ward)
    person.email = "van-phong@portal.example"
    person.save()
    return person


def run(*arguments):
    out = StringIO()
    call_command("send_digests", *arguments, stdout=out)
    return out.getvalue().strip()


def test_daily_letter_names_who_is_missing(ward, unit, officer):
    assert digests.queue_daily(ward, DAY) == 1

    letter = OutboxMessage.objects.get()
    assert letter.recipient == officer.email
    assert unit.name in letter.body


def test_running_twice_writes_once(ward, unit, officer):
    assert run() == "Thư nhắc việc: 1. Thư tóm tắt tuần: 1."
    run()

    assert OutboxMessage.objects.count() == 2


def test_nothing_is_written_when_nothing_waits(ward, unit, officer, sessions, reviewer):
    report_in("accepted", unit, reviewer)

    assert digests.queue_daily(ward, DAY) == 0


def test_people_without_an_address_are_left_out(ward, unit, reviewer):
    assert digests.queue_daily(ward, DAY) == 0


def test_week_reads_as_one_paragraph(ward, unit, sessions):
    other = owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    hand_in(other, now=dt.datetime(2026, 3, 24, 9, 0, tzinfo=dt.UTC))

    text = digests.weekly_paragraph(ward, DAY)

    assert text == (
        "Kính thưa đồng chí Bí thư. Đến hết ngày 27 tháng 3 năm 2026, phường đã nhận 1 trên 2 "
        "báo cáo tháng 3/2026. Có 1 đơn vị nộp lần đầu đúng hạn. Đã quá hạn mà còn 1 đơn vị chưa nộp "
        "là Chi bộ Tổ dân phố số 12. Trong bảy ngày qua có 1 báo cáo được gửi về, văn phòng đã "
        "tiếp nhận 0 báo cáo và trả lại 0 báo cáo để sửa. Hiện còn 1 báo cáo chờ văn phòng xem."
    )
    assert "\n" not in text


def test_ward_without_duties_has_its_sentence(ward):
    assert digests.weekly_paragraph(ward, DAY).endswith("chưa có đơn vị nào phải báo cáo.")


def test_returned_report_is_not_counted_as_received_on_time(ward, unit, sessions, reviewer):
    report_in("returned", unit, reviewer)

    text = digests.weekly_paragraph(ward, DAY)

    assert "đã nhận 0 trên 1 báo cáo tháng 3/2026. Có 1 đơn vị nộp lần đầu đúng hạn." in text
    assert "Trong số này có 1 đơn vị đã nộp mà phường trả lại, đang sửa." in text


def test_unit_given_longer_is_not_read_out_as_overdue(ward, unit):
    other = owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    ExtensionFactory(unit=unit, month=dt.date(2026, 3, 1), due_on=dt.date(2026, 3, 31))

    text = digests.weekly_paragraph(ward, DAY)

    assert f"Đã quá hạn mà còn 1 đơn vị chưa nộp là {other.name}." in text
    assert "Còn 1 đơn vị chưa nộp được gia hạn." in text
    assert unit.name not in text


def test_ward_where_all_that_is_missing_has_longer_says_so(ward, unit):
    ExtensionFactory(unit=unit, month=dt.date(2026, 3, 1), due_on=dt.date(2026, 3, 31))

    text = digests.weekly_paragraph(ward, DAY)

    assert "quá hạn" not in text
    assert "Còn 1 đơn vị chưa nộp được gia hạn." in text
