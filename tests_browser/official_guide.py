"""The pictures of the guide on the official report, from the running demonstration.

    python -m tests_browser.official_guide http://localhost:8000 PASSWORD

Draws and finalises the report of the last whole quarter, which must not be there yet; the
demonstration keeps it. ``make run`` prints the password.
"""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import Page

from core.text import previous_month
from reports.spans import Span, SpanKind
from tests_browser.office_guide import keep, run

DESK = "/quan-tri/bao-cao/van-ban/"
OUTREACH = "#muc-outreach"


def take_pictures(page: Page) -> None:
    """From the desk to the finalised document."""
    quarter = Span.holding(SpanKind.QUARTER, dt.date.today().replace(day=1))
    past = Span.holding(SpanKind.QUARTER, previous_month(quarter.start))
    page.goto(DESK)
    page.get_by_label("Kỳ báo cáo").select_option(past.slug)
    keep(page, "th-lap", height=560)
    page.get_by_role("button", name="Dựng bản thảo").click()
    page.get_by_role("link", name="Tải bản Word").wait_for()
    keep(page, "th-van-ban")
    address = page.url
    page.get_by_role("link", name="Chọn câu của đơn vị").first.click()
    page.locator("main .choice__label").first.click()
    keep(page, "th-chon-cau")
    page.goto(address)
    _write_a_wrong_number(page)
    page.locator(f"{OUTREACH} .wrong").first.wait_for()
    page.locator(OUTREACH).evaluate("(section) => section.scrollIntoView()")
    keep(page, "th-so-sai", height=520)
    page.locator(OUTREACH).get_by_role("link", name="Sửa lời văn").click()
    page.get_by_role("button", name="Bỏ phần sửa tay").click()
    page.get_by_role("button", name="Chốt số liệu").click()
    page.get_by_text("Mã tra cứu", exact=True).wait_for()
    keep(page, "th-chot")
    page.locator(f"{OUTREACH} a.figure-link").first.click()
    page.locator("tbody tr").first.wait_for()
    keep(page, "th-ly-lich")


def _write_a_wrong_number(page: Page) -> None:
    section = page.locator(OUTREACH)
    number = section.locator("a.figure-link").first.inner_text()
    section.get_by_role("link", name="Sửa lời văn").click()
    box = page.get_by_label("Lời văn")
    box.fill(box.input_value().replace(number, "999", 1))
    page.get_by_role("button", name="Lưu lời văn").click()


if __name__ == "__main__":
    run("Pictures of the guide on the official report.", take_pictures)
