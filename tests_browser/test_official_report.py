"""The official report from the first click to the origin of a figure, without JavaScript."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaign_portal import setup
from reports.models import ConsolidatedReport
from tests_browser.people import DESK, TELEPHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORNING = dt.datetime(2026, 10, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _demonstration(time_machine):
    time_machine.move_to(MORNING)
    setup.load_demonstration(today=timezone.localdate())


def test_report_is_drawn_edited_finalised_and_traced(open_page):
    page = open_page(DESK, javascript=False)
    sign_in(page, "vanphong")
    page.goto(reverse("admin:consolidated_desk"))
    page.get_by_label("Kỳ báo cáo").select_option("2026-q3")
    page.get_by_role("button", name="Dựng bản thảo").click()
    document = ConsolidatedReport.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(document))

    section = page.locator("#muc-outreach")
    number = section.locator("a.figure-link").first.inner_text()
    section.get_by_role("link", name="Sửa lời văn").click()
    box = page.get_by_label("Lời văn")
    text = box.input_value()
    box.fill(text.replace(number, "9.999", 1))
    page.get_by_role("button", name="Lưu lời văn").click()
    expect(page.locator("#muc-outreach .wrong")).to_contain_text("9.999")
    page.get_by_role("button", name="Chốt số liệu").click()
    expect(page.get_by_role("alert").first).to_contain_text("số khác số liệu")

    page.locator("#muc-outreach").get_by_role("link", name="Sửa lời văn").click()
    page.get_by_label("Lời văn").fill(f"{text}\nKhông khí sôi nổi ở các tổ dân phố.")
    page.get_by_role("button", name="Lưu lời văn").click()
    expect(page.locator("#muc-outreach")).to_contain_text("Không khí sôi nổi")
    page.wait_for_load_state()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bản Word").click()
    assert download.value.suggested_filename == "bao-cao-2026-q3.docx"
    page.get_by_role("button", name="Chốt số liệu").click()
    expect(page.get_by_text("Đã chốt", exact=True).first).to_be_visible()

    page.locator("#muc-outreach a.figure-link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number.lstrip("0"))
    behind = page.locator("tbody tr")
    added = sum(
        int(re.sub(r"\D", "", cell.split("\n")[0]))
        for cell in behind.locator("td.table__number").all_inner_texts()
    )
    assert added == int(number.replace(".", ""))
    behind.first.get_by_role("link").click()
    expect(page.get_by_text("Đã tổng hợp trong")).to_be_visible()
    _fits_a_telephone(open_page, document)


def _fits_a_telephone(open_page, document):
    page = open_page(TELEPHONE)
    sign_in(page, "vanphong")
    names = ("page", "pick", "section", "head", "versions", "changes", "figure")
    more = {"section": ["outreach"], "figure": ["sessions.ky"]}
    wide = []
    for name in names:
        page.goto(reverse(f"admin:consolidated_{name}", args=[document.pk, *more.get(name, [])]))
        if page.evaluate(WIDER):
            wide.append(name)
    assert wide == []
