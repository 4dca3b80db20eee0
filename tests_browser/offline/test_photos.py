"""Photos of a report: chosen with or without a signal, early or late, each arrives once."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.models import Photo
from reports.tests.factories import hand_in
from tests_browser.offline.phone import fill_month, month, path, photo, strip, wait_until_kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_photos_wait_for_the_report_and_follow_it(pick_up, unit):
    page = pick_up()
    wait_until_kept(page, unit)
    page.context.set_offline(True)
    fill_month(page)
    page.locator("summary", has_text="Kèm ảnh").click()
    page.locator("[data-photo-input]").set_input_files([photo("mot.jpg"), photo("hai.jpg")])
    expect(page.locator("[data-photo-status]")).to_have_text("2 ảnh, gửi sau khi nộp báo cáo")
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    page.context.set_offline(False)

    page.wait_for_url(f"**{path('receipt', unit)}")
    expect(page.locator(".photos__picture")).to_have_count(2)
    assert Photo.objects.count() == 2
    assert max(max(one.picture.widths) for one in Photo.objects.all()) <= 1600


def test_photo_chosen_while_the_page_still_starts_is_sent(pick_up, unit):
    page = pick_up()
    hand_in(unit, month=month(), now=timezone.now())
    held = []

    def hold(route):
        held.append(route)

    page.route(f"**{path('state', unit)}", hold, times=1)
    page.goto(path("receipt", unit), wait_until="domcontentloaded")
    page.locator("[data-photo-input]").set_input_files(photo("som.jpg"))

    assert len(held) == 1
    held[0].continue_()

    expect(page.locator(".photos__picture")).to_have_count(1)
    assert Photo.objects.count() == 1
