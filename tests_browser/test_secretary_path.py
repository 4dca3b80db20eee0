"""A secretary's way from the printed card to the receipt, on a telephone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.text import first_of_month
from reports import setup, workflow
from reports.answers import COUNT_PREFIX
from reports.models import Activity, HelperConfirmation, MonthlyReport, Status, Submission
from reports.tests.factories import content_item, owing_unit, secretary
from tests_browser.people import TELEPHONE
from units import links
from units.models import Device, Role
from units.tests.factories import PIN, WardFactory, card, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = ("Tuyên truyền Chỉ thị số 03", "Bình chọn hàng Việt", "Ký cam kết không bán hàng giả")
RESULT = "Đã nói chuyện với các hộ. Bà con hưởng ứng."


@pytest.fixture
def unit():
    """A cell that owes this month, with three contents, the usual numbers and one secretary."""
    ward = WardFactory(name="Phường Tân An")
    setup.install_defaults(ward)
    for position, title in enumerate(TITLES):
        content_item(ward, title, position=position)
    unit = owing_unit(ward, name="Chi bộ Tổ dân phố số 12")
    unit.duties.update(starts_on=_month())
    secretary(unit)
    return unit


@pytest.fixture
def way_in(unit):
    """The address on the printed card."""
    return reverse("units:open_link", args=[card(unit)[1]])


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def phone(request, open_page, way_in):
    """A telephone that has typed the PIN."""
    page = open_page(TELEPHONE, javascript=request.param, has_touch=True, is_mobile=True)
    page.goto(way_in)
    page.get_by_label("Mã PIN").fill(PIN)
    page.get_by_role("button", name="Vào", exact=True).tap()
    expect(page.locator("a.button--primary")).to_have_text(re.compile("^Làm báo cáo tháng"))
    return page


def _month():
    return first_of_month(timezone.localdate())


def _path(name, unit):
    return reverse(f"reports:{name}", args=[unit.pk, _month()])


def _next(page):
    here = page.url
    page.get_by_role("button", name="Tiếp tục").tap()
    page.wait_for_url(lambda url: url != here)


def _count(page, code):
    return page.locator(f"input[name=counts-{code}]")


def _title(page):
    return page.get_by_role("heading", level=1)


def _go_to_check(page, sessions="2"):
    """From the first page through the four screens."""
    page.locator("a.button--primary").tap()
    page.get_by_text(TITLES[1], exact=True).tap()
    _next(page)
    _count(page, "sessions").fill(sessions)
    _next(page)
    page.get_by_label("Kết quả nổi bật").fill(RESULT)
    _next(page)
    page.get_by_label("Kiến nghị").fill("Cần thêm tờ rơi.")
    _next(page)
    expect(_title(page)).to_contain_text("Đồng chí đọc lại báo cáo")


def _hand_in(page, button="Nộp báo cáo"):
    page.get_by_role("button", name=re.compile(f"^{button}")).tap()
    expect(_title(page)).to_contain_text("Đã nộp báo cáo")


def test_card_leads_to_the_receipt(phone, unit):
    assert phone.url.endswith(reverse("reports:home"))
    _go_to_check(phone)

    for sentence in (f"{TITLES[1]}.", "Tổ chức 02 buổi tuyên truyền.", "Cần thêm tờ rơi."):
        expect(phone.locator(".answers")).to_contain_text(sentence)
    _hand_in(phone)

    submission = Submission.objects.get()
    expect(phone.locator(".receipt")).to_contain_text(submission.receipt)
    expect(phone.locator(".strip")).to_contain_text("ĐÃ NỘP")
    assert submission.content["result"] == RESULT
    assert submission.report.steps.get().device == Device.objects.get()


def test_second_visit_asks_no_pin(phone, way_in):
    again = phone.context.new_page()

    again.goto(way_in)

    assert again.url.endswith(reverse("reports:home"))
    assert Device.objects.count() == 1


def test_wrong_pin_is_told_and_opens_nothing(open_page, way_in):
    page = open_page(TELEPHONE, javascript=False)
    page.goto(way_in)
    page.get_by_label("Mã PIN").fill("111111")

    page.get_by_role("button", name="Vào", exact=True).click()

    expect(page.locator("main")).to_contain_text("Mã PIN chưa đúng. Còn 4 lần thử.")
    page.goto(reverse("reports:home"))
    expect(_title(page)).to_have_text("Đăng nhập")


def test_odd_number_is_asked_about_once_and_the_answer_is_kept(phone, unit):
    phone.goto(_path("counts", unit))
    _count(phone, "sessions").fill("1")
    _count(phone, "session_attendees").fill("900")
    phone.get_by_role("button", name="Tiếp tục").tap()
    expect(phone.get_by_role("alert")).to_contain_text("01 buổi mà có 900 lượt người.")

    phone.get_by_text("Đúng, 900", exact=True).tap()
    _next(phone)
    phone.goto(_path("check", unit))
    _hand_in(phone)

    content = Submission.objects.get().content
    assert content["confirmed"] == ["session_attendees"]


def test_happening_is_told_and_counted(phone, unit):
    today = timezone.localdate()
    phone.goto(_path("counts", unit))
    _count(phone, "sessions").fill("2")
    phone.locator("summary", has_text="Kể từng buổi").tap()
    row = phone.locator("#buoi-moi")
    row.get_by_label("Ngày").fill(f"{today.day}/{today.month}")
    row.get_by_label("Nội dung").fill("Nói chuyện về hàng Việt")
    row.get_by_label("Số người dự").fill("45")
    phone.get_by_role("button", name="Thêm một buổi").tap()
    expect(phone.locator(".happening")).to_have_count(2)
    _next(phone)

    phone.goto(_path("check", unit))
    expect(phone.locator(".answers")).to_contain_text("03 buổi tuyên truyền, 45 lượt người dự")
    _hand_in(phone)

    told = Activity.objects.get()
    assert (told.held_on, told.attendance) == (today, 45)


def test_helper_hands_in_and_the_secretary_confirms(phone, unit):
    _go_to_check(phone)
    phone.get_by_text("Tôi nhập hộ đồng chí bí thư", exact=True).tap()
    phone.get_by_label("Họ tên người nhập hộ").fill("Nguyễn Thị Lan")
    _hand_in(phone)
    expect(phone.locator(".receipt")).to_contain_text("chờ đồng chí bí thư xác nhận")

    phone.goto(reverse("reports:home"))
    expect(phone.locator("main")).to_contain_text("Đồng chí Nguyễn Thị Lan đã nộp hộ báo cáo")
    phone.get_by_role("button", name="Đúng, tôi xác nhận").tap()

    expect(phone.locator("main")).not_to_contain_text("đã nộp hộ")
    confirmation = HelperConfirmation.objects.get()
    assert (confirmation.submission.helper, confirmation.by) == ("Nguyễn Thị Lan", secretary(unit))


def test_returned_report_opens_at_its_question_and_is_amended(phone, unit):
    _go_to_check(phone, sessions="20")
    _hand_in(phone)
    report = MonthlyReport.objects.get()
    workflow.review(
        workflow.RETURN,
        report,
        actor=member(Role.PROPAGANDA, unit.ward),
        seen_version=report.version,
        reason="Đề nghị xem lại số buổi.",
        question=f"{COUNT_PREFIX}sessions",
    )

    phone.goto(reverse("reports:home"))
    phone.get_by_role("link", name="Sửa báo cáo").tap()
    phone.wait_for_url(f"**{_path('counts', unit)}?*#id_counts-sessions")
    expect(_count(phone, "sessions")).to_be_in_viewport()
    expect(phone.locator(".notice")).to_contain_text("Đề nghị xem lại số buổi.")
    _count(phone, "sessions").fill("2")
    _next(phone)
    _hand_in(phone, "Nộp bản đã sửa")

    report.refresh_from_db()
    figures = [
        one.content["counts"]["sessions"]["value"] for one in report.submissions.order_by("pk")
    ]
    assert (report.status, figures) == (Status.SUBMITTED, [20, 2])


def test_report_is_amended_before_anybody_reviews_it(phone, unit):
    _go_to_check(phone)
    _hand_in(phone)

    phone.get_by_role("link", name="Sửa báo cáo").tap()
    phone.get_by_role("link", name="Sửa kết quả").tap()
    phone.get_by_label("Kết quả nổi bật").fill("Viết lại cho rõ.")
    _next(phone)
    expect(phone.locator(".strip")).to_contain_text("CHƯA NỘP BẢN SỬA")
    _hand_in(phone, "Nộp bản đã sửa")

    results = Submission.objects.order_by("number").values_list("content__result", flat=True)
    assert list(results) == [RESULT, "Viết lại cho rõ."]


def test_larger_letters_stay_and_lose_nothing_typed(phone, unit):
    phone.goto(_path("result", unit))
    phone.get_by_label("Kết quả nổi bật").fill(RESULT)

    phone.get_by_role("button", name="A++").tap()

    expect(phone.locator("html")).to_have_attribute("data-text-size", "3")
    expect(phone.get_by_label("Kết quả nổi bật")).to_have_value(RESULT)
    phone.goto(reverse("reports:home"))
    expect(phone.locator("html")).to_have_attribute("data-text-size", "3")


def test_month_without_activity_is_handed_in(phone):
    phone.get_by_role("link", name="Tháng này không có hoạt động").tap()
    phone.locator("label.choice__label").first.tap()

    _hand_in(phone, "Nộp: tháng")

    report = MonthlyReport.objects.get()
    assert (report.is_zero, report.status) == (True, Status.SUBMITTED)


def test_revoked_phone_is_told(phone, unit):
    links.revoke_phone(Device.objects.get(), actor=member(Role.OFFICE, unit.ward))

    phone.goto(reverse("reports:home"))

    expect(phone.locator("main")).to_contain_text(
        f"Điện thoại này không còn dùng được cho {unit.name}; đồng chí gọi văn phòng."
    )
    expect(phone.get_by_role("link", name="Gọi văn phòng").first).to_be_visible()
