import datetime as dt

import pytest
from django.urls import reverse

from core.text import Count
from reports import drafts
from reports.answers import Answers
from reports.models import ZeroReason
from reports.paper import filled_sheet
from reports.tests.factories import (
    MONTH,
    answers,
    blank,
    content_item,
    hand_in,
    owing_unit,
    secretary,
)
from units import links
from units.models import Role, Unit
from units.tests.factories import WardFactory, member

FORMS = "admin:report_blank_forms"


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC))


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def url(unit, query=""):
    return reverse("reports:print", args=[unit.pk, MONTH]) + query


def page(response):
    return response.content.decode()


def sheet_of(unit, given):
    return filled_sheet(blank(unit), given, submission=None, is_unsent=True)


def test_blank_form_asks_everything_and_carries_the_code(phone, ward, unit):
    content_item(ward)

    text = page(phone.get(url(unit, "?trang=trong")))

    assert "CHI BỘ TỔ DÂN PHỐ SỐ 12" in text
    assert "Tuyên truyền Chỉ thị số 03</li>" in text
    assert "<span>Buổi tuyên truyền</span>" in text
    assert "Số liệu từ 20/2/2026 đến 19/3/2026. Hạn nộp 25/3/2026." in text
    assert '<svg class="qr"' in text
    assert "T/M CHI BỘ" in text


def test_code_opens_the_units_own_link_where_it_has_one(phone, unit, ward):
    plain = phone.get(url(unit, "?trang=trong")).context["sheets"][0]
    links.issue(unit, actor=member(Role.OFFICE, ward))

    own = phone.get(url(unit, "?trang=trong")).context["sheets"][0]

    assert (plain.is_own_link, own.is_own_link) == (False, True)
    assert plain.code.path != own.code.path


def test_filled_sheet_has_the_sentences_and_the_receipt(phone, unit):
    report = hand_in(unit)

    text = page(phone.get(url(unit)))

    assert "Tổ chức" in text or "Buổi tuyên truyền: 02 buổi" in text
    assert "Đã làm tốt." in text
    assert f"Số biên nhận {report.submissions.get().receipt}." in text
    assert "ngày 24 tháng 3 năm 2026" in text


def test_what_was_not_handed_in_is_marked_as_a_draft(phone, unit):
    typed = {"result": "Bản nháp của tôi."}
    drafts.save_part(blank(unit), "result", typed, actor=secretary(unit), seen_version=0)

    text = page(phone.get(url(unit)))

    assert "Bản nháp của tôi." in text
    assert "BẢN NHÁP, CHƯA NỘP." in text


def test_without_anything_typed_the_form_is_blank(phone, unit):
    assert phone.get(url(unit)).context["is_blank"] is True


def test_month_without_activity_says_its_reason(phone, unit):
    hand_in(unit, Answers(zero_reason=ZeroReason.TOGETHER))

    assert "Tháng này không có hoạt động. Lý do: đã tổ chức chung" in page(phone.get(url(unit)))


@pytest.mark.parametrize(
    ("letters", "size"), [(100, "normal"), (1800, "small"), (3900, "fine"), (6000, "finest")]
)
def test_type_shrinks_with_the_text(unit, sessions, letters, size):
    text = ("đã làm tốt " * 1000)[: letters // 3]

    sheet = sheet_of(unit, answers(result=text, difficulties=text, recommendations=text))

    assert sheet.size == size


def test_lines_that_would_not_fit_run_together(unit, sessions):
    sheet = sheet_of(unit, answers(result="\n".join(["Một việc."] * 200)))

    assert sheet.size == "finest"
    assert {len(passage.lines) for passage in sheet.passages} == {1}


@pytest.mark.parametrize(
    ("kind", "signer", "is_of_the_party"),
    [
        (Unit.Kind.SCHOOL_CELL, ("T/M CHI BỘ", "BÍ THƯ"), True),
        (Unit.Kind.COMMITTEE, ("", "NGƯỜI BÁO CÁO"), True),
        (Unit.Kind.FRONT, ("", "NGƯỜI BÁO CÁO"), False),
    ],
)
def test_head_and_signature_follow_the_kind_of_body(ward, sessions, kind, signer, is_of_the_party):
    sheet = sheet_of(owing_unit(ward, kind=kind), answers(counts={"sessions": Count(1)}))

    assert (sheet.signer, sheet.is_of_the_party) == (signer, is_of_the_party)


def test_page_of_another_unit_is_missing_and_of_no_role_refused(client, unit, sessions):
    client.force_login(secretary(owing_unit(unit.ward)))
    assert client.get(url(unit)).status_code == 404
    client.force_login(member(Role.OFFICE, unit.ward))
    assert client.get(url(unit)).status_code == 403


@pytest.mark.parametrize("unit_count", [1, 3])
def test_office_prints_a_sheet_a_unit_in_a_fixed_number_of_queries(
    client, ward, sessions, unit_count, django_assert_num_queries
):
    units = [owing_unit(ward, name=f"Chi bộ số {n}") for n in range(unit_count)]
    owing_unit(WardFactory(), name="Chi bộ ở nơi khác")
    client.force_login(member(Role.OFFICE, ward))

    client.get(reverse(FORMS))  # the first page of a day also writes the session
    # session, user, memberships, wards, rules, units, links, rules, extensions, covered, contents,
    # indicators
    with django_assert_num_queries(10):
        response = client.get(reverse(FORMS))

    assert [sheet.unit for sheet in response.context["sheets"]] == units


def test_month_that_nobody_owes_has_nothing_to_print(client, ward):
    client.force_login(member(Role.OFFICE, ward))

    text = page(client.get(reverse(FORMS)))

    assert "Tháng này không có đơn vị nào phải báo cáo." in text
    assert "data-print" not in text


def test_codes_of_all_units_are_for_those_who_keep_links(client, ward, reviewer):
    client.force_login(reviewer)

    assert client.get(reverse(FORMS)).status_code == 403
