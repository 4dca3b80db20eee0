"""Finding, kept filters, tables, two officers and the way back, in a real browser."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core.finding import Asked, find
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Role, Unit
from units.tests.factories import MembershipFactory, UnitFactory, WardFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ward():
    ward = WardFactory(name="Phường Thử Nghiệm Bốn")
    for number in (3, 12, 112):
        UnitFactory(parent=ward, name=f"Chi bộ Tổ dân phố số {number}", code=f"CB{number}")
    UnitFactory(parent=ward, name="Chi bộ Trường Mầm non Hoa Sữa", kind=Unit.Kind.SCHOOL_CELL)
    return ward


@pytest.fixture
def enter(open_page, ward):
    def entered(role, name, viewport=DESK, **more):
        user = MembershipFactory(unit=ward, role=role, user__full_name=name).user
        user.set_password(demonstration.PASSWORD)
        user.save()
        page = open_page(viewport, **more)
        sign_in(page, user.username)
        return page

    return entered


def _unit_page(name):
    unit = Unit.objects.get(name=name)
    return unit, reverse("admin:units_unit_change", args=[unit.pk])


def test_ctrl_k_finds_without_marks_and_opens(enter):
    page = enter(Role.ADMINISTRATOR, "Trần Thị Bình")
    page.goto(reverse("admin:index"))

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Tìm trong văn phòng")
    page.keyboard.type("mam non")
    expect(dialog.get_by_role("link").first).to_contain_text("Chi bộ Trường Mầm non Hoa Sữa")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Chi bộ Trường Mầm non Hoa Sữa")


def test_search_works_without_javascript(enter):
    page = enter(Role.OFFICE, "Trần Thị Bình", javascript=False)
    page.goto(reverse("admin:index"))

    page.locator("#tim-ben").fill("cb 12")
    page.locator("#tim-ben").press("Enter")

    expect(page.locator(".found__row").first).to_contain_text("Chi bộ Tổ dân phố số 12")
    (group, *_) = find(MembershipFactory(unit=Unit.objects.get(depth=1)).user, Asked.of("cb 12"))
    assert page.locator(".found__row").count() >= len(group.rows)


def test_filter_is_shared_with_a_role_and_its_table_is_the_screen(enter):
    page = enter(Role.ADMINISTRATOR, "Trần Thị Bình")
    page.goto(f"{reverse('admin:units_unit_changelist')}?kind__exact=school_cell")
    page.locator("summary", has_text="Lưu bộ lọc này").click()
    page.get_by_label("Tên bộ lọc").fill("Các trường")
    page.get_by_label("Dùng chung với").select_option(label="lãnh đạo")
    page.locator(".saved__keep").get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu bộ lọc “Các trường”.")).to_be_visible()

    leader = enter(Role.LEADER, "Lê Văn Cường")
    leader.goto(reverse("admin:units_unit_changelist"))
    leader.get_by_role("link", name="Các trường").click()
    shown = leader.locator("#result_list tbody tr").count()
    with leader.expect_download() as download:
        leader.get_by_role("button", name="Tải bảng .xlsx").click()

    content = Path(download.value.path()).read_bytes()
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)[3:]
    assert (shown, [row[0] for row in rows]) == (1, ["Chi bộ Trường Mầm non Hoa Sữa"])


def test_second_officer_sees_both_texts_and_takes_one(enter):
    unit, url = _unit_page("Phường Thử Nghiệm Bốn")
    first, second = enter(Role.OFFICE, "Trần Thị Bình"), enter(Role.OFFICE, "Lê Văn Cường")
    first.goto(url)
    expect(first.locator("[data-presence]")).to_be_attached()
    second.goto(url)
    first.locator("#id_code").fill("CB-BINH")
    first.get_by_role("button", name="Lưu", exact=True).click()
    expect(first.get_by_text("Đã lưu đơn vị")).to_be_visible()

    second.locator("#id_code").fill("CB-CUONG")
    second.get_by_role("button", name="Lưu", exact=True).click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Đồng chí Trần Thị Bình vừa sửa lúc")
    expect(told).to_contain_text("CB-CUONG")
    expect(told).to_contain_text("CB-BINH")
    expect(second.locator("#id_code")).to_have_value("CB-CUONG")
    told.get_by_text("Bản đang lưu: CB-BINH").click()
    second.get_by_role("button", name="Lưu", exact=True).click()
    expect(second.get_by_text("Đã lưu đơn vị")).to_be_visible()

    unit.refresh_from_db()
    assert unit.code == "CB-BINH"


def test_what_was_typed_and_not_saved_is_offered_again(enter):
    unit, url = _unit_page("Chi bộ Tổ dân phố số 12")
    page = enter(Role.ADMINISTRATOR, "Trần Thị Bình")
    offer = page.locator("[data-typed-offer]")
    page.goto(url)
    expect(offer).to_be_hidden()
    page.locator("#id_position").fill("77")
    page.locator("#id_position").blur()

    page.reload()
    expect(offer).to_contain_text("mà chưa lưu")
    expect(page.locator("#id_position")).not_to_have_value("77")
    offer.get_by_role("button", name="Lấy lại").click()
    expect(page.locator("#id_position")).to_have_value("77")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu đơn vị")).to_be_visible()

    page.goto(url)
    expect(page.locator("#id_position")).to_have_value("77")
    expect(offer).to_be_hidden()
    unit.refresh_from_db()
    assert unit.position == 77


@pytest.mark.parametrize("viewport", [DESK, TELEPHONE])
def test_two_states_are_compared_and_the_earlier_comes_back(enter, viewport):
    unit, _ = _unit_page("Phường Thử Nghiệm Bốn")
    unit.name = "Phường Thử Nghiệm Bốn 33"
    unit.save()
    page = enter(Role.ADMINISTRATOR, "Trần Thị Bình", viewport)
    page.goto(reverse("admin:history_don-vi", args=[unit.pk]))

    page.get_by_role("button", name="So sánh").click()
    expect(page.locator("ins")).to_have_text("thêm: 33")
    page.get_by_role("link", name="Trở lại bản trước").click()
    page.get_by_label("Lý do").fill("gõ nhầm")
    page.get_by_role("button", name="Trở lại bản cũ").click()

    expect(page.locator(".history__item").first).to_contain_text("Trở lại bản cũ: gõ nhầm")
    unit.refresh_from_db()
    assert unit.name == "Phường Thử Nghiệm Bốn"
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0
