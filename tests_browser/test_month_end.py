"""A month's end as an officer walks it: remind, extend, file on behalf, return, accept the rest."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaign_portal import setup
from reports.models import MonthlyReport, Reminder, Status
from tests_browser.people import TELEPHONE, sign_in
from units.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFICE_SCREEN = {"width": 1366, "height": 768}
MORNING = dt.datetime(2026, 10, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
MONTH = dt.date(2026, 10, 1)  # due tomorrow
REASON = "Số liệu chưa đúng, đề nghị kiểm tra lại."
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
KEY_PAGES = (
    "index",
    "report_grid",
    "report_reminder",
    "report_queue",
    "report_sample",
    "report_receive",
    "report_deadlines",
    "report_exceptions",
    "report_days_off",
)


@pytest.fixture(autouse=True)
def _demonstration(time_machine):
    """The demonstration on the day before the due day."""
    time_machine.move_to(MORNING)
    setup.load_demonstration(today=timezone.localdate())


@pytest.fixture
def officer(open_page):
    page = open_page(OFFICE_SCREEN, permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, "vanphong")
    return page


def test_three_clicks_from_the_first_page_to_a_copied_reminder(officer):
    officer.goto("/")
    clicks = [
        officer.get_by_role("link", name="Đăng nhập"),
        officer.get_by_role("link", name="Soạn lời nhắc"),
        officer.get_by_role("button", name="Chép lời nhắc"),
    ]
    for one in clicks:
        one.click()
    expect(officer.get_by_text("Đã chép và ghi vào sổ nhắc")).to_be_visible()

    reminder = Reminder.objects.get()
    assert officer.evaluate("navigator.clipboard.readText()") == reminder.text
    assert (len(clicks), list(reminder.units.in_order())) == (3, _missing())


def test_month_end_from_the_grid_and_back(officer):
    longer, told = _missing()[:2]
    _extend(officer, longer)
    _file(officer, told)
    back = _return_first(officer)
    clean = _accept_clean(officer)

    officer.goto(reverse("admin:report_grid"))
    states = [_state(officer, unit) for unit in (longer, told, back, clean[0])]
    assert states == [
        ("draft", "chưa nộp, gia hạn đến 31/10, đang viết dở"),
        ("on-time", "đúng hạn, chờ xem"),
        ("returned", "trả lại để sửa"),
        ("on-time", "đúng hạn, đã tiếp nhận"),
    ]


def test_key_pages_fit_a_telephone(open_page):
    page = open_page(TELEPHONE)
    sign_in(page, "vanphong")
    waiting = MonthlyReport.objects.filter(month=MONTH, status=Status.SUBMITTED).first()
    missing = _missing()[0]
    paths = [reverse(f"admin:{name}") for name in KEY_PAGES] + [
        reverse("admin:report_page", args=[waiting.pk]),
        reverse("admin:report_cell", args=[missing.pk, MONTH]),
        reverse("admin:report_file", args=[missing.pk, MONTH]),
        reverse("admin:report_exception_add"),
    ]

    wide = []
    for path in paths:
        assert page.goto(path).status == 200
        if page.evaluate(WIDER):
            wide.append(path)

    assert wide == []


def _missing():
    """Who has handed in nothing this month, in official order."""
    done = MonthlyReport.objects.filter(month=MONTH).handed_in().values("unit")
    return list(Unit.objects.owing(MONTH).exclude(pk__in=done).in_order())


def _cell(page, unit):
    head = page.get_by_role("rowheader", name=unit.name, exact=True)
    return page.locator("tr", has=head).get_by_role("link").last


def _open_cell(page, unit):
    page.goto(reverse("admin:report_grid"))
    _cell(page, unit).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(unit.name)


def _extend(page, unit):
    _open_cell(page, unit)
    page.get_by_role("link", name="Gia hạn cho đơn vị").click()
    page.get_by_label("Gia hạn theo đề nghị").check()
    page.get_by_label("Hạn mới").fill("31/10/2026")
    page.get_by_label("Lý do").fill("Bí thư đi học.")
    page.get_by_role("button", name="Xem thử").click()
    page.get_by_role("button", name="Lưu cho 1 đơn vị").click()
    expect(page.get_by_text(f"Đã lưu cho {unit.name}")).to_be_visible()


def _file(page, unit):
    """What the secretary says by telephone."""
    _open_cell(page, unit)
    page.get_by_role("link", name="Nộp hộ theo lời bí thư").click()
    page.locator("form.filing .choice__label").first.click()
    page.locator("input[name$=sessions]").fill("2")
    page.get_by_label("Kết quả nổi bật").fill("Đã tuyên truyền tại buổi sinh hoạt.")
    page.get_by_role("button", name="Nộp hộ theo lời bí thư").click()
    expect(page.get_by_text("Đã nộp hộ báo cáo tháng 10/2026")).to_be_visible()


def _return_first(page):
    """The report that asks for most attention, at its first question; its unit."""
    page.goto(reverse("admin:report_queue"))
    name = page.locator("[data-row]").first.text_content()
    page.locator("[data-row]").first.click()
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label("Cần sửa ở").select_option(index=1)
    page.locator("label", has_text="Số liệu chưa đúng").click()
    page.get_by_role("button", name="Trả lại để sửa").click()
    expect(page.get_by_text("Đã trả lại")).to_be_visible()
    report = MonthlyReport.objects.get(month=MONTH, steps__reason=REASON)
    assert (report.unit.name, report.status) == (name, Status.RETURNED)
    return report.unit


def _accept_clean(page):
    """All without a remark, after the sample; their units."""
    page.goto(reverse("admin:report_queue"))
    link = page.get_by_role("link", name=re.compile(r"^Tiếp nhận \d+ báo cáo"))
    count = int(re.search(r"\d+", link.text_content())[0])
    link.click()
    page.get_by_role("button", name=f"Tiếp nhận {count} báo cáo").click()
    expect(page.get_by_text(f"Đã tiếp nhận {count} báo cáo")).to_be_visible()
    taken = MonthlyReport.objects.filter(
        steps__name="accept", steps__actor__username="vanphong", status=Status.ACCEPTED
    )
    assert taken.count() == count
    return [report.unit for report in taken.filter(is_zero=False)]


def _state(page, unit):
    cell = _cell(page, unit)
    return cell.get_attribute("data-state"), cell.text_content()
