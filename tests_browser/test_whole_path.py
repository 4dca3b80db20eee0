"""The portal's main job, walked as its people do: office, secretary on a telephone, resident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Plan
from products import setup as products_setup
from products.models import Category, Product
from reports import setup as reports_setup
from reports.models import MonthlyReport
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN_85 = Path(settings.BASE_DIR) / "plans" / "tests" / "documents" / "85-KH-DU.docx"

# Boxes of long text that show less than they hold, or far more.
CUT_OFF = """[...document.querySelectorAll(".review textarea")]
  .filter((box) => box.offsetParent && (box.scrollHeight > box.clientHeight + 1
    || (box.value.length < 40 && box.clientHeight > 90)))
  .map((box) => box.name)"""


@pytest.fixture
def ward():
    ward = demonstration.load()
    reports_setup.install_defaults(ward)
    products_setup.install_defaults(ward)
    return ward


def _import_plan(page):
    """From the file to the confirmed plan; returns the number of clicks."""
    clicks = 0

    def click(locator):
        nonlocal clicks
        clicks += 1
        locator.click()

    page.goto(reverse("admin:index"))
    click(page.locator(".side").get_by_role("link", name="Kế hoạch"))
    click(page.get_by_role("link", name="Nạp kế hoạch").first)
    page.get_by_label("Tệp kế hoạch").set_input_files(PLAN_85)
    click(page.get_by_role("button", name="Đọc kế hoạch"))
    assert page.evaluate(CUT_OFF) == []
    page.get_by_label("Đến hết ngày").fill(f"31/12/{timezone.localdate().year}")
    page.get_by_label("Căn cứ gia hạn").fill("Gia hạn để thử.")
    click(page.get_by_role("button", name="Xác nhận kế hoạch"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("85-KH/ĐU")
    return clicks


def _fill_report(page):
    """Every screen of the month, to the receipt."""
    page.goto(reverse("reports:home"))
    page.locator("a.button--primary").click()
    page.locator(".choice__label").first.click()
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("input[name$=sessions]").fill("hai mươi")
    page.locator("input[name$=leaflets]").fill("1.5x")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("input[name$=leaflets]")).to_have_value("1.5x")
    page.locator("input[name$=leaflets]").fill("1.000")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Kết quả nổi bật").fill("Đã nói chuyện với các hộ.")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("main")).to_contain_text("1.000")
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nộp báo cáo")


def _return_report(page):
    page.goto(reverse("admin:report_queue"))
    page.get_by_role("link", name="Chi bộ Tổ dân phố số 12").first.click()
    page.locator("summary", has_text="Trả lại để sửa").click()
    page.get_by_label("Lý do trả lại").fill("Đề nghị xem lại số tờ rơi.")
    page.get_by_role("button", name="Trả lại để sửa").click()


def _correct_report(page):
    page.goto(reverse("reports:home"))
    expect(page.locator("main")).to_contain_text("Đề nghị xem lại số tờ rơi.")
    page.locator("a.button--primary").click()
    month = re.search(r"/(\d{4}-\d\d)/", page.url)[1]
    unit = Unit.objects.get(code="CB12")
    page.goto(reverse("reports:counts", args=[unit.pk, _month(month)]))
    page.locator("input[name$=leaflets]").fill("khoảng 100")
    page.get_by_role("button", name="Tiếp tục").click()
    page.goto(reverse("reports:check", args=[unit.pk, _month(month)]))
    page.get_by_role("button", name="Nộp bản đã sửa").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nộp báo cáo")
    return month


def _month(text):
    from core.text import parse_month  # noqa: PLC0415

    return parse_month(text)


def _accept_and_look(page, month):
    page.goto(reverse("admin:report_queue"))
    page.get_by_role("link", name="Chi bộ Tổ dân phố số 12").first.click()
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.goto(reverse("admin:report_grid"))
    row = page.get_by_role("row", name="Chi bộ Tổ dân phố số 12")
    expect(row.locator("[data-state=late], [data-state=on-time]")).to_have_count(1)
    page.goto(f"{reverse('admin:report_totals')}?thang={month}")
    expect(page.locator("main")).to_contain_text("1/43")
    leaflets = page.locator("tr", has_text="Tờ rơi")
    expect(leaflets).to_contain_text("100")


def test_plan_report_review_and_product(ward, open_page):
    office = open_page(DESK)
    secretary = open_page(TELEPHONE, javascript=False)
    resident = open_page(TELEPHONE, javascript=False)
    Product.objects.create(
        owner=ward,
        category=Category.objects.filter(owner=ward).first(),
        name="Gốm Bát Tràng",
        summary="Bát đĩa, ấm chén của làng gốm bên sông Hồng.",
        why_recommended="Làng nghề lâu đời.",
        status=Product.Status.PUBLISHED,
    )

    sign_in(office, "tuyengiao")
    assert _import_plan(office) <= 5
    plan = Plan.objects.get()
    assert (plan.status, plan.content_items.count(), plan.legal_bases.count()) == (
        "confirmed",
        5,
        5,
    )

    sign_in(secretary, "cb12")
    _fill_report(secretary)
    _return_report(office)
    month = _correct_report(secretary)
    _accept_and_look(office, month)
    report = MonthlyReport.objects.get(status="accepted")
    assert [step.name for step in report.steps.all()] == ["submit", "return", "submit", "accept"]

    resident.goto("/hang-viet/")
    resident.get_by_label("Tìm hàng Việt").fill("gom bat trang")
    resident.get_by_role("button", name="Tìm").click()
    expect(resident.get_by_role("heading", name="Gốm Bát Tràng")).to_be_visible()
    assert resident.context.cookies() == []
