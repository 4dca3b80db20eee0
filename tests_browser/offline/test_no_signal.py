"""A month on a telephone whose connection comes and goes."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.models import Draft, Submission
from tests_browser.offline.phone import (
    AT_WARD,
    KEPT,
    ON_PHONE,
    dispatch_sync,
    fill_month,
    open_offline,
    path,
    strip,
    wait_for_draft,
    wait_until_kept,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_month_filled_without_signal_is_handed_in_once_by_itself(pick_up, unit):
    page = pick_up()
    wait_until_kept(page, unit)

    page.context.set_offline(True)
    fill_month(page)
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(strip(page)).to_contain_text("CHƯA NỘP")
    expect(strip(page)).to_contain_text(f"{ON_PHONE}, sẽ tự nộp khi có mạng")
    assert not Submission.objects.exists()
    page.close()
    again = page.context.new_page()
    open_offline(again, reverse("reports:home"))
    expect(again.locator("main")).to_contain_text("sẽ tự nộp khi có mạng")
    again.context.set_offline(False)
    expect(again.locator("main")).to_contain_text("ĐÃ NỘP")

    submission = Submission.objects.get()
    assert submission.content["result"] == "Đã nói chuyện với các hộ."
    assert submission.content["counts"]["sessions"]["value"] == 2
    again.goto(path("receipt", unit))
    expect(again.locator("main")).to_contain_text(submission.receipt)


def test_receipt_opens_where_the_connection_returns(pick_up, unit):
    page = pick_up()
    wait_until_kept(page, unit)
    page.context.set_offline(True)
    fill_month(page)
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    page.context.set_offline(False)

    page.wait_for_url(f"**{path('receipt', unit)}")
    expect(strip(page)).to_contain_text("ĐÃ NỘP")
    assert Submission.objects.count() == 1


def test_worker_sends_when_the_system_wakes_it(pick_up, unit):
    page = pick_up("")
    wait_until_kept(page, unit)
    fill_month(page)
    page.route(f"**{path('send', unit)}", lambda route: route.abort())
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    dispatch_sync(page)

    page.wait_for_url(f"**{path('receipt', unit)}")
    assert Submission.objects.count() == 1


def test_text_survives_a_killed_browser(pick_up, unit):
    page = pick_up()
    wait_until_kept(page, unit)
    page.context.set_offline(True)
    page.goto(path("result", unit))
    page.get_by_label("Kết quả nổi bật").press_sequentially("Đã treo băng rôn.")
    expect(strip(page)).to_contain_text(ON_PHONE)

    page.close()
    again = page.context.new_page()
    open_offline(again, path("result", unit))

    expect(again.get_by_label("Kết quả nổi bật")).to_have_value("Đã treo băng rôn.")
    expect(strip(again)).to_contain_text("CHƯA NỘP")
    again.context.set_offline(False)
    expect(strip(again)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Đã treo băng rôn."


def test_page_that_is_left_is_saved_at_the_ward(pick_up, unit):
    page = pick_up()
    page.goto(path("result", unit))
    page.get_by_label("Kết quả nổi bật").fill("Vừa gõ xong.")

    page.locator("a.back").click()
    page.wait_for_url(f"**{path('counts', unit)}")
    wait_for_draft(page, "Vừa gõ xong.")
    page.goto(path("result", unit))

    expect(strip(page)).to_contain_text(AT_WARD)


def test_month_without_activity_is_queued_without_signal_and_goes_by_itself(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, path("zero", unit))
    page.context.set_offline(True)
    page.get_by_role("link", name="Tháng này không có hoạt động").click()
    expect(page.locator("html[data-kept]")).to_have_count(1)
    page.locator(".choice__label").first.click()

    page.get_by_role("button", name=re.compile("^Nộp")).click()

    expect(strip(page)).to_contain_text(f"{ON_PHONE}, sẽ tự nộp khi có mạng")
    expect(page.locator("[data-waits]")).to_be_visible()
    assert not Submission.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url(f"**{path('receipt', unit)}")
    assert Submission.objects.get().content["is_zero"] is True


def test_month_without_activity_asks_before_it_drops_what_was_typed(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, path("zero", unit))
    page.context.set_offline(True)
    page.goto(path("result", unit))
    page.get_by_label("Kết quả nổi bật").fill("Có làm.")
    expect(strip(page)).to_contain_text(ON_PHONE)
    page.goto(path("zero", unit))
    page.locator(".choice__label").first.click()

    page.get_by_role("button", name=re.compile("^Nộp")).click()

    expect(page.get_by_label("Bỏ phần đã nhập")).to_be_visible()
    expect(page.locator("[data-waits]")).to_be_hidden()
    page.locator("label[for=id_discard]").click()
    page.get_by_role("button", name=re.compile("^Nộp")).click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    page.context.set_offline(False)
    page.wait_for_url(f"**{path('receipt', unit)}")
    assert Submission.objects.get().content["result"] == ""
