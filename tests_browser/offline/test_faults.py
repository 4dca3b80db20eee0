"""Faults of phone, connection, session and fingers: nothing typed is lost, nothing goes twice."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from reports.models import Draft, Submission
from reports.tests.factories import secretary
from tests_browser.offline.phone import (
    AT_WARD,
    fill_month,
    next_screen,
    path,
    strip,
    wait_until_kept,
)
from units import demonstration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BLOCKED = "indexedDB.open = () => { throw new DOMException('blocked', 'SecurityError'); };"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };"
A_YEAR_BACK = """{
  const real = Date, away = 366 * 24 * 3600 * 1000;
  Date = class extends real {
    constructor(...given) { given.length ? super(...given) : super(real.now() - away); }
    static now() { return real.now() - away; }
  };
}"""


def test_second_phone_is_told_and_overwrites_nothing(pick_up, unit):
    first, second = pick_up(), pick_up()
    second.goto(path("result", unit))
    first.goto(path("result", unit))
    first.get_by_label("Kết quả nổi bật").fill("Máy thứ nhất.")
    next_screen(first)

    second.get_by_label("Kết quả nổi bật").fill("Máy thứ hai.")
    second.get_by_role("button", name="Tiếp tục").click()

    expect(second.get_by_role("heading", level=1)).to_contain_text("Có người vừa sửa phần này")
    expect(second.locator("main")).to_contain_text("Máy thứ hai.")
    assert Draft.objects.get().content["result"]["result"] == "Máy thứ nhất."
    second.get_by_role("link", name="Giữ bản đang lưu").click()
    expect(second.get_by_label("Kết quả nổi bật")).to_have_value("Máy thứ nhất.")


def test_two_tabs_of_one_phone_do_not_overwrite_each_other(pick_up, unit):
    first = pick_up()
    second = first.context.new_page()
    for page in (first, second):
        page.goto(path("result", unit))
    first.get_by_label("Kết quả nổi bật").fill("Thẻ thứ nhất.")
    next_screen(first)

    second.get_by_label("Kết quả nổi bật").fill("Thẻ thứ hai.")
    second.get_by_role("button", name="Tiếp tục").click()

    expect(second.get_by_role("heading", level=1)).to_contain_text("Có người vừa sửa phần này")
    assert Draft.objects.get().content["result"]["result"] == "Thẻ thứ nhất."


def test_session_that_ended_keeps_the_text_until_sign_in(pick_up, unit):
    page = pick_up()
    page.goto(path("result", unit))
    Session.objects.all().delete()
    page.get_by_label("Kết quả nổi bật").fill("Viết sau khi hết phiên.")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(strip(page)).to_contain_text("Đã hết phiên làm việc")
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("Viết sau khi hết phiên.")

    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(secretary(unit).username)
    page.get_by_label("Mật khẩu", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"**{path('result', unit)}")

    expect(strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Viết sau khi hết phiên."


def test_rotated_token_is_fetched_anew(pick_up, unit):
    page = pick_up()
    page.goto(path("result", unit))
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label("Kết quả nổi bật").fill("Mã bảo vệ đã đổi.")

    next_screen(page)

    assert Draft.objects.get().content["result"]["result"] == "Mã bảo vệ đã đổi."


def test_blocked_storage_is_never_called_saved(pick_up, unit):
    page = pick_up(BLOCKED)
    page.goto(path("result", unit))
    page.get_by_label("Kết quả nổi bật").fill("Không giữ được trên máy.")
    expect(strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Không giữ được trên máy."

    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật").fill("Mất cả mạng.")

    expect(strip(page)).to_contain_text("Chưa lưu được vì mất mạng, đồng chí đừng đóng trang này.")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("Mất cả mạng.")
    page.context.set_offline(False)
    expect(strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Mất cả mạng."


@pytest.mark.parametrize(
    "script", [BLOCKED, FULL, A_YEAR_BACK], ids=["blocked", "full", "wrong-clock"]
)
def test_report_is_handed_in_from_an_odd_phone(pick_up, unit, script):
    page = pick_up(script)

    fill_month(page)
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nộp báo cáo")
    assert Submission.objects.get().at.year == timezone.now().year


def test_full_storage_is_never_called_saved(pick_up, unit):
    page = pick_up(FULL)
    page.goto(path("result", unit))
    page.context.set_offline(True)

    page.get_by_label("Kết quả nổi bật").fill("Máy hết chỗ.")

    expect(strip(page)).to_contain_text("Chưa lưu được vì mất mạng, đồng chí đừng đóng trang này.")
    page.context.set_offline(False)
    expect(strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Máy hết chỗ."


def test_lost_answer_gives_the_same_receipt(pick_up, unit):
    page = pick_up()
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route(f"**{path('send', unit)}", lose)
    fill_month(page)
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    receipt = Submission.objects.get().receipt
    page.close()

    again = page.context.new_page()
    again.goto(path("check", unit))

    again.wait_for_url(f"**{path('receipt', unit)}")
    expect(again.locator("main")).to_contain_text(receipt)
    assert (len(lost), Submission.objects.count()) == (1, 1)


def test_wrong_number_comes_back_with_everything_kept(pick_up, unit):
    page = pick_up()
    wait_until_kept(page, unit)
    page.context.set_offline(True)
    fill_month(page, count="hai ba bốn x")
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    page.context.set_offline(False)

    expect(page.get_by_role("alert")).to_contain_text("Chưa nộp được")
    expect(strip(page)).to_contain_text("CHƯA NỘP")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("input[name=counts-sessions]")).to_have_value("hai ba bốn x")
    assert not Submission.objects.exists()


def test_second_tap_sends_nothing_more(pick_up, unit):
    page = pick_up()
    fill_month(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/nop/" in request.url else None)

    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).dblclick()

    page.wait_for_url(f"**{path('receipt', unit)}")
    assert (len(sent), Submission.objects.count()) == (1, 1)
