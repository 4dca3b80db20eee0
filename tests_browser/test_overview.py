"""The office looks over the ward: coverage, a task, what was told twice, whom to commend."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Assignment, Task
from reports.answers import Happening
from reports.models import IndicatorValue
from reports.tests.factories import (
    IndicatorFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
)
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = dt.date(2026, 10, 1)
DAY = dt.date(2026, 10, 12)
SENT = dt.datetime(2026, 10, 20, 3, tzinfo=dt.UTC)
ASKED = "?thang=2026-10"


@pytest.fixture
def officer(db):
    """Two cells told of one meeting; nobody told of consumers' rights."""
    ward = WardFactory()
    IndicatorFactory(owner=ward)
    told, never = content_item(ward, "Hội chợ"), content_item(ward, "Quyền người tiêu dùng", 2)
    units = [owing_unit(ward, name=f"Chi bộ Tổ dân phố số {number}") for number in (1, 2)]
    for unit, people in zip(units, (40, 55), strict=True):
        meeting = Happening("sessions", DAY, "Ngày hội hàng Việt", "Nhà văn hóa tổ 12", people)
        said = answers(counts={}, contents=(told,), happenings=(meeting,))
        hand_in(unit, said, month=MONTH, now=SENT)
    task = Task.objects.create(
        plan=told.plan,
        position=1,
        text="Phổ biến quyền người tiêu dùng.",
        rule="any",
        rule_item=never,
    )
    Assignment.objects.create(task=task, unit=units[0])
    user = member(Role.PROPAGANDA, ward)
    user.set_password(demonstration.PASSWORD)
    user.save()
    return user.username


@pytest.mark.parametrize(("viewport", "javascript"), [(DESK, False), (TELEPHONE, True)])
def test_officer_goes_from_what_was_never_told_to_whom_to_commend(
    officer, open_page, viewport, javascript
):
    page = open_page(viewport, javascript=javascript)
    sign_in(page, officer)

    page.goto(reverse("admin:coverage"))
    page.get_by_role("link", name="Nội dung 2 (Quyền người tiêu dùng) chưa có chi bộ nào").click()
    expect(page.get_by_role("heading", name="Quyền người tiêu dùng", exact=True)).to_be_visible()

    page.goto(reverse("admin:task_list"))
    page.get_by_role("link", name="Phổ biến quyền người tiêu dùng.").click()
    page.get_by_label("Tiến độ", exact=True).select_option("done")
    page.get_by_label("Kết quả, minh chứng").fill("Biên bản số 3")
    page.get_by_role("button", name="Ghi tiến độ").click()
    expect(page.get_by_text("Muốn ghi khác thì ghi rõ lý do").first).to_be_visible()
    page.get_by_label("Lý do ghi khác số cổng tính").fill("Chi bộ báo qua điện thoại")
    page.get_by_role("button", name="Ghi tiến độ").click()
    expect(page.get_by_text("Ghi tay, khác số cổng tính (chưa có báo cáo nào)")).to_be_visible()

    page.goto(reverse("admin:report_totals") + ASKED)
    page.get_by_role("link", name="Xem và quyết trước khi dùng số tổng").click()
    page.get_by_role("button", name="Các việc đã chọn là một").click()
    expect(page.get_by_text("tổng tính một lần")).to_be_visible()
    page.goto(reverse("admin:report_totals") + ASKED)
    expect(page.get_by_text("đã trừ 1 tính hai lần")).to_be_visible()
    page.goto(reverse("admin:report_twice") + ASKED)
    page.get_by_role("button", name="Tách ra").click()
    expect(page.get_by_role("heading", name="1 việc có thể bị tính hai lần")).to_be_visible()

    page.goto(reverse("admin:commend") + "?ky=2026-Q4")
    page.get_by_text("Đổi tiêu chí").click()
    page.get_by_label("Mức của “Phủ nhiều nội dung” (nội dung)").fill("1")
    page.get_by_role("button", name="Đặt tiêu chí").click()
    page.locator("label", has_text="Chi bộ Tổ dân phố số 2").click()
    page.get_by_role("button", name="Soạn lời đề nghị").click()
    expect(page.get_by_label("Chép vào văn bản của phường")).to_contain_text("số 2: ")
    own = IndicatorValue.objects.order_by("pk").values_list("value", flat=True)
    assert list(own) == [1, 1]
