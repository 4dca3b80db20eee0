"""A month of 100 reports, 80 of them clean: how many pages an officer has to open."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaign_portal import scale
from reports.models import MonthlyReport, Status
from reports.oddities import Weight, oddities, weight_of
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Membership, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_PAGES = 25
MONTH = dt.date(2026, 9, 1)


@pytest.fixture
def officer(db):
    """Of a generated ward where 80 clean reports and 20 odd ones wait."""
    scale.build(
        wards=1,
        units=150,
        months=8,
        until=dt.date(2026, 11, 1),
        password=demonstration.PASSWORD,
    )
    MonthlyReport.objects.filter(status=Status.SUBMITTED).update(status=Status.ACCEPTED)
    reports = list(MonthlyReport.objects.filter(month=MONTH).handed_in().for_list())
    found = oddities(reports)
    groups = {True: [], False: []}
    for report in reports:
        groups[weight_of(found[report.pk]) == Weight.CLEAN].append(report.pk)
    waiting = [*groups[True][:80], *groups[False][:20]]
    assert len(waiting) == 100
    MonthlyReport.objects.filter(pk__in=waiting).update(status=Status.SUBMITTED)
    return Membership.objects.get(role=Role.PROPAGANDA).user.username


def test_100_reports_take_at_most_25_pages(officer, open_page):
    page = open_page(DESK)
    sign_in(page, officer)
    seen = []
    page.on("response", lambda answer: seen.append(answer.url) if _is_page(answer) else None)

    page.goto(reverse("admin:report_queue") + "?thang=2026-09")
    page.get_by_role("link", name="Tiếp nhận 80 báo cáo").click()
    page.get_by_role("button", name="Tiếp nhận 80 báo cáo").click()
    expect(page.get_by_text("Đã tiếp nhận 80 báo cáo")).to_be_visible()
    page.locator("[data-row]").first.click()
    for left in range(19, -1, -1):
        words = f"Còn {left} báo cáo chờ xem" if left else "Báo cáo cuối cùng"
        expect(page.get_by_text(words)).to_be_visible()
        if left % 5 == 0:
            page.keyboard.press("t")
            page.locator("label", has_text="Số liệu chưa đúng").click()
            page.get_by_role("button", name="Trả lại để sửa").click()
        else:
            page.keyboard.press("a")
    expect(page.get_by_text("Không có báo cáo nào chờ xem")).to_be_visible()

    assert page.url.endswith("?thang=2026-09")
    assert len(seen) <= MOST_PAGES
    rows = MonthlyReport.objects.filter(month=MONTH)
    assert rows.filter(status=Status.SUBMITTED).count() == 0
    assert rows.filter(steps__reason="Số liệu chưa đúng, đề nghị kiểm tra lại.").count() == 4


def _is_page(answer):
    return answer.request.is_navigation_request() and answer.status == 200


def test_filters_stand_behind_a_button_on_phones_alone(officer, open_page):
    """Without a script; on a desk they are in sight."""
    for viewport, is_phone in ((TELEPHONE, True), (DESK, False)):
        page = open_page(viewport, javascript=False)
        sign_in(page, officer)
        for name, switch, field in (
            ("report_queue", "Lọc theo tháng, tên đơn vị", "#tim"),
            ("report_grid", "Lọc", "#tim"),
            ("reports_monthlyreport_changelist", "Lọc", "#changelist-filter"),
        ):
            page.goto(reverse(f"admin:{name}"))
            button = page.locator(".filter-sheet > summary", has_text=switch).first
            if is_phone:
                expect(page.locator(field)).to_be_hidden()
                button.click()
            else:
                expect(button).to_be_hidden()
            expect(page.locator(field)).to_be_visible()
