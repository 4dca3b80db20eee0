"""The comparison by keyboard and mouse: choose, see the chart, take the sheet, look behind."""

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaign_portal import scale
from tests_browser.people import DESK, sign_in
from units import demonstration
from units.models import Membership, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNS = {"–": None}


def _number(text):
    return SIGNS[text] if text in SIGNS else int(text.replace(".", ""))


@pytest.mark.parametrize("javascript", [True, False])
def test_officer_turns_the_table_and_takes_it_along(open_page, tmp_path, javascript):
    scale.build(wards=1, units=12, months=8, password=demonstration.PASSWORD)
    officer = Membership.objects.get(role=Role.PROPAGANDA).user
    page = open_page(DESK, javascript=javascript, accept_downloads=True)
    sign_in(page, officer.username)

    page.goto(reverse("admin:report_pivot"))
    page.get_by_label("Hàng", exact=True).select_option("nhóm đơn vị")
    page.get_by_label("Cột", exact=True).select_option("quý")
    page.get_by_role("button", name="Xem").click()
    page.get_by_role("link", name="Đổi hàng với cột").click()

    assert "hang=quy" in page.url
    expect(page.get_by_role("img", name="theo quý")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bảng .xlsx").click()
    path = tmp_path / "so-sanh.xlsx"
    download.value.save_as(path)
    lines = page.locator(".pivot tbody tr, .pivot tfoot tr").all()
    screen = [
        [line.locator("th").inner_text().split("\n")[0]]
        + [_number(text) for text in line.locator("td").all_inner_texts()]
        for line in lines
    ]
    sheet = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    written = [[str(name).split(" (")[0], *values] for name, *values in sheet[-len(screen) :]]
    assert written == screen
    assert len(screen) >= 3

    page.locator(".pivot tfoot a").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("báo cáo đứng sau số này")
