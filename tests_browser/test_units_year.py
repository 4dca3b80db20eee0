"""Units in the course of a year: two merge, a secretary hands over, a list in Excel comes and goes."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaign_portal import setup
from reports import statistics
from reports.models import MonthlyReport
from tests_browser.people import TELEPHONE, sign_in
from units import links
from units.models import Device, Membership, Role, Unit, UnitChange, UnitImport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFICE_SCREEN = {"width": 1366, "height": 768}
# In the middle of the year, before anybody has handed in the month.
MORNING = dt.datetime(2026, 7, 3, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
JUNE, JULY = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
NEW, THREE = "Chi bộ Tổ dân phố Trình diễn", "Chi bộ Tổ dân phố số 3"


@pytest.fixture(autouse=True)
def _demonstration(time_machine):
    time_machine.move_to(MORNING)
    setup.load_demonstration(today=timezone.localdate())


@pytest.fixture
def officer(open_page):
    page = open_page(OFFICE_SCREEN)
    sign_in(page, "vanphong")
    return page


def _rates(page, month):
    page.goto(f"{reverse('admin:report_totals')}?thang={month:%Y-%m}")
    return page.locator(".content").inner_text()


def _two_that_owe_july():
    """Names of cells that have not handed in the month from which they go."""
    done = MonthlyReport.objects.filter(month=JULY).exclude(status="draft")
    cells = Unit.objects.owing(JULY).filter(kind=Unit.Kind.RESIDENTIAL_CELL)
    return [cell.name for cell in cells.exclude(pk__in=done.values("unit")).in_order()[:2]]


def _open(page, label):
    page.goto(reverse("admin:unit_changes"))
    page.get_by_role("link", name=label).click()


def test_two_units_merge_in_mid_year_and_last_month_stands(officer):
    ward = Unit.objects.wards().get()
    before = _rates(officer, JUNE)
    figures = statistics.punctuality(ward, JUNE)

    old = _two_that_owe_july()
    _open(officer, "Sáp nhập đơn vị")
    for name in old:  # the label lies over the box
        officer.locator(".choice__label", has_text=re.compile(f"^{name}$")).click()
    officer.get_by_label("Tên đơn vị mới").fill(NEW)
    officer.get_by_label("Từ ngày").fill("1/7/2026")
    officer.get_by_label("Số quyết định").fill("12-NQ/ĐU")
    officer.get_by_role("button", name="Xem trước").click()
    expect(officer.get_by_text(f"Từ 1/7/2026, {old[0]} và {old[1]} thôi hoạt động")).to_be_visible()
    expect(officer.get_by_text("nhận nhiệm vụ báo cáo từ tháng 7/2026")).to_be_visible()
    assert UnitChange.objects.count() == 0
    said = officer.locator(".choice__label", has_text="Tôi đã đọc các điểm này")
    if said.count():
        said.click()
    officer.get_by_role("button", name="Ghi vào sổ").click()
    expect(officer.get_by_text("Đã ghi: sáp nhập")).to_be_visible()

    assert _rates(officer, JUNE) == before
    assert statistics.punctuality(ward, JUNE) == figures
    assert statistics.punctuality(ward, JULY).owing == figures.owing - 1
    officer.goto(reverse("admin:report_grid"))
    for name in (*old, NEW):
        expect(officer.get_by_role("rowheader", name=name, exact=True)).to_be_visible()


def test_a_secretary_hands_over_and_the_old_phone_dies(officer, open_page):
    unit = Unit.objects.get(name=THREE)
    old = Membership.objects.active().get(unit=unit, role=Role.SECRETARY).user
    link = unit.links.in_use().get()
    Device.objects.create(link=link, unit=unit, user=old, name="Điện thoại cũ")

    officer.goto(reverse("admin:unit_link", args=[unit.pk]))
    officer.get_by_role("link", name="Bàn giao bí thư").click()
    officer.get_by_label("Họ và tên bí thư mới").fill("Người Trình Diễn Mới")
    officer.get_by_label("Số điện thoại").fill("ba số")
    officer.get_by_label("Nhận việc từ ngày").fill("3/7/2026")
    officer.get_by_role("button", name="Xem trước").click()
    expect(officer.get_by_role("alert")).to_contain_text("Số điện thoại chỉ gồm chữ số")
    officer.get_by_label("Số điện thoại").fill("0912.345.678")
    officer.get_by_role("button", name="Xem trước").click()
    expect(
        officer.get_by_text(f"Đồng chí {old} thôi làm bí thư {THREE} từ 3/7/2026.")
    ).to_be_visible()
    officer.get_by_role("button", name="Bàn giao, in thẻ mới").click()
    expect(officer.locator(".pin-slip__pin")).to_be_visible()
    expect(officer.locator(".card-print .qr")).to_be_visible()

    assert Device.objects.in_use().filter(unit=unit).count() == 0
    held = Membership.objects.active().get(unit=unit, role=Role.SECRETARY)
    assert (held.user.full_name, held.user.phone) == ("Người Trình Diễn Mới", "+84912345678")
    pin = officer.locator(".pin-slip__pin").inner_text()
    address = unit.links.in_use().get()
    phone = open_page(TELEPHONE)
    phone.goto(f"/vao/{links.token_of(address)}/")
    phone.get_by_label("Mã PIN").fill(pin)
    phone.get_by_role("button").first.click()
    expect(phone.get_by_text(THREE).first).to_be_visible()


def _messy():
    """Titles above, a header of two lines, a label before a number, two people, a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("ĐẢNG BỘ PHƯỜNG", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (None, "DANH SÁCH BÍ THƯ CHI BỘ (số liệu trình diễn)"),
        (),
        ("TT", "Tên chi bộ", "Bí thư", None, "Đảng viên"),
        (None, None, "Họ và tên", "SĐT", None),
        (1, "Chi bộ Trường Mầm non Trình Diễn", "Đ/c Người Diễn Một", "ĐT: 0911 222 333", 12),
        (
            2,
            "Chi bộ Chợ Trình Diễn",
            "Người Diễn Hai (BT) - Người Diễn Ba",
            "0911222334/0911222335",
            9,
        ),
        (3, "Chi bộ Trạm Y tế Trình Diễn", "Người Diễn Bốn", "hỏi sau", 7),
        ("Cộng", None, None, None, 28),
    ):
        sheet.append(row)
    for area in ("C4:D4", "A4:A5", "B4:B5", "E4:E5"):
        sheet.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return {
        "name": "danh sach bi thu.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": buffer.getvalue(),
    }


def test_a_messy_list_comes_and_is_taken_back(officer):
    before = (Unit.objects.count(), Membership.objects.count())

    officer.goto(reverse("admin:unit_imports"))
    officer.get_by_label("Tệp Excel của phường").set_input_files(_messy())
    officer.get_by_role("button", name="Đọc tệp").click()
    expect(
        officer.get_by_text("Ô C7 có 2 người, đồng chí chọn ai là người báo cáo.")
    ).to_be_visible()
    expect(officer.get_by_text("“hỏi sau” không phải số điện thoại.")).to_be_visible()
    officer.get_by_label("Người báo cáo là").select_option("Người Diễn Hai")
    officer.get_by_role("button", name="Chọn", exact=True).click()
    expect(officer.get_by_text("Bí thư: Người Diễn Hai, 0911 222 334.")).to_be_visible()
    officer.get_by_role("button", name="Ghi các dòng mới và thay đổi").click()
    expect(officer.get_by_text("3 đơn vị mới, 2 bí thư")).to_be_visible()
    assert Unit.objects.count() == before[0] + 3

    officer.get_by_role("button", name="Bỏ cả lần nhập này").click()
    expect(officer.get_by_text("Đã bỏ cả lần nhập")).to_be_visible()
    assert (Unit.objects.count(), Membership.objects.count()) == before
    assert UnitImport.objects.get().undone_at is not None


@pytest.mark.parametrize("javascript", [True, False])
def test_the_pages_fit_a_telephone(open_page, javascript):
    page = open_page(TELEPHONE, javascript=javascript)
    sign_in(page, "vanphong")
    unit = Unit.objects.get(name=THREE)

    wide = []
    for path in (
        reverse("admin:unit_changes"),
        reverse("admin:unit_merge"),
        reverse("admin:unit_imports"),
        reverse("admin:unit_hand_over", args=[unit.pk]),
    ):
        page.goto(path)
        if javascript and page.evaluate(WIDER):
            wide.append(path)

    assert wide == []
