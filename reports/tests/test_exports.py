"""A cell's own report and the letter that reminds, as Word files."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from core.text import Count
from reports.answers import Answers
from reports.models import ZeroReason
from reports.tests.factories import (
    IndicatorFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
    secretary,
)
from units.models import Role
from units.tests.factories import WardFactory, member


def _texts(response):
    made = Document(BytesIO(response.content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [one.text for one in made.paragraphs if one.text] + cells


@pytest.fixture
def report(ward, unit, sessions):
    sessions.phrase = "tổ chức … buổi tuyên truyền"
    sessions.save()
    IndicatorFactory(
        owner=ward,
        code="commitments",
        name="Hộ ký cam kết",
        unit_of_measure="hộ",
        section="control",
    )
    return hand_in(
        unit,
        answers(
            counts={"sessions": Count(2), "commitments": Count(11)},
            contents=(content_item(ward),),
            difficulties="Một số hộ chưa niêm yết giá.",
            recommendations="Cấp thêm tờ rơi.",
        ),
    )


def test_cell_s_report_has_its_numbers_and_words(client, report, reporter):
    client.force_login(reporter)

    words = _texts(client.get(reverse("reports:word", args=[report.unit_id, report.month])))

    for text in (
        "I. KẾT QUẢ THỰC HIỆN",
        "- Tổ chức 02 buổi tuyên truyền.",
        "- Hộ ký cam kết: 11 hộ.",
        "- Đã làm tốt.",
        "II. TỒN TẠI, HẠN CHẾ",
        "- Một số hộ chưa niêm yết giá.",
        "III. KIẾN NGHỊ, ĐỀ XUẤT",
        "- Cấp thêm tờ rơi.",
    ):
        assert text in words
    assert any("(số liệu từ ngày 20/2/2026 đến ngày 19/3/2026)" in one for one in words)


def test_zero_report_says_why(client, unit, reporter):
    report = hand_in(unit, Answers(zero_reason=ZeroReason.NOT_PLANNED))
    client.force_login(reporter)

    words = _texts(client.get(reverse("reports:word", args=[unit.pk, report.month])))

    assert any(one.startswith("- Tháng này không có hoạt động. Lý do:") for one in words)


def test_office_and_secretary_get_the_same_file(client, ward, report):
    found = []
    for user, url in (
        (secretary(report.unit), reverse("reports:word", args=[report.unit_id, report.month])),
        (member(Role.OFFICE, ward), reverse("admin:report_word", args=[report.pk])),
    ):
        client.force_login(user)
        found.append(_texts(client.get(url)))

    assert found[0] == found[1]


def test_another_ward_s_report_is_missing(client, report):
    client.force_login(member(Role.OFFICE, WardFactory()))

    assert client.get(reverse("admin:report_word", args=[report.pk])).status_code == 404


def test_letter_names_those_who_still_owe(client, ward, report, time_machine_at):
    time_machine_at("2026-03-27T02:00:00+00:00")
    owing_unit(ward, name="Chi bộ Trường Mầm non Hoa Mai")
    client.force_login(member(Role.OFFICE, ward))

    url = reverse("admin:report_reminder_letter")
    words = _texts(client.get(url, {"thang": "2026-03", "giong": "overdue"}))

    assert "- Chi bộ Trường Mầm non Hoa Mai." in words
    assert not any(report.unit.name in one for one in words)
    assert "về việc đôn đốc gửi báo cáo tháng 3/2026" in words


def test_letter_to_nobody_is_not_written(client, report, ward):
    client.force_login(member(Role.OFFICE, ward))

    response = client.get(reverse("admin:report_reminder_letter"), {"thang": "2026-03"})

    assert response.status_code == 302
