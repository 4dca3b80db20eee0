"""A phone that passes from hand to hand keeps each person's text for that person."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings as settings_of_django
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reports.models import Draft, Submission
from reports.tests.factories import owing_unit, secretary
from tests_browser.offline.phone import (
    AT_WARD,
    KEPT,
    ON_PHONE,
    READ_DRAFTS,
    dispatch_sync,
    fill_month,
    lose_session,
    path,
    second_secretary,
    strip,
    wait_until_kept,
)
from tests_browser.people import sign_in
from units import demonstration
from units.tests.factories import card

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_signing_out_asks_and_takes_everything_off_the_phone(pick_up, unit):
    page = pick_up()
    wait_until_kept(page, unit)
    page.goto(path("result", unit))
    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật").fill("Chưa gửi.")
    expect(strip(page)).to_contain_text(ON_PHONE)
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("Chưa gửi.")
    assert "còn phần chưa gửi" in asked[0]

    page.context.set_offline(False)
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"**{reverse('account_login')}*")

    assert Draft.objects.get().content["result"]["result"] == "Chưa gửi."
    assert page.evaluate("caches.has('bao-cao-pages')") is False
    assert page.evaluate(READ_DRAFTS) == []


def test_only_the_look_and_the_month_are_kept(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, path("text", unit))

    kept = page.evaluate(
        "caches.open('bao-cao-pages').then((pages) => pages.keys())"
        ".then((all) => all.map((one) => new URL(one.url).pathname).sort())"
    )

    screens = ("contents", "counts", "result", "difficulties", "check", "zero", "text")
    assert kept == sorted([reverse("reports:home"), *(path(name, unit) for name in screens)])


def _come_in_as(page, unit):
    """By the card of another unit, on a phone on which somebody is signed in."""
    page.goto(reverse("units:open_link", args=[card(unit)[1]]))
    page.get_by_role("button", name="Đăng xuất rồi vào bằng thẻ").click()


def test_card_of_another_unit_takes_everything_of_the_first_off_the_phone(pick_up, unit):
    other = owing_unit(unit.ward, name="Chi bộ Tổ dân phố số 13")
    secretary(other)
    page = pick_up()
    wait_until_kept(page, unit)

    _come_in_as(page, other)
    expect(page.get_by_label("Mã PIN")).to_be_visible()

    assert page.evaluate("caches.has('bao-cao-pages')") is False
    assert page.evaluate(READ_DRAFTS) == []


def test_hand_in_that_waits_is_not_spoilt_by_somebody_else(pick_up, unit, settled_server):
    """The session ended, another person signed in, and the first one came back."""
    other = owing_unit(unit.ward, name="Chi bộ Tổ dân phố số 13")
    stranger = secretary(other)
    stranger.set_password(demonstration.PASSWORD)
    stranger.save()
    page = pick_up()
    wait_until_kept(page, unit)
    fill_month(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    page.goto("about:blank")
    page.context.set_offline(False)

    lose_session(page, settled_server)
    sign_in(page, stranger.username)
    expect(page.locator("main")).not_to_contain_text("sẽ tự nộp khi có mạng")
    page.goto("about:blank")
    lose_session(page, settled_server)
    with page.expect_response(lambda answer: answer.url.endswith("/nop/")):
        sign_in(page, secretary(unit).username)
        names = [cookie["name"] for cookie in page.context.cookies()]
        if settings_of_django.SESSION_COOKIE_NAME not in names:
            # Emptying the jar under a running browser may leave the sign-in's own token out.
            sign_in(page, secretary(unit).username)

    expect(page.locator("main")).to_contain_text("ĐÃ NỘP")
    assert Submission.objects.get().by == secretary(unit)


LISTEN = """() => {
  window.told = new Promise((done) => {
    // Each person of the phone is told of; the one who came next has nothing to send.
    const of = (event) => event.data.kind !== "saved" && done(event.data);
    navigator.serviceWorker.addEventListener("message", of);
    setTimeout(done, 10000, {});
  });
}"""


def _leave_unsent(page, unit, text, settled_server):
    """Typed without a connection; then the session ends, and nobody signs out."""
    wait_until_kept(page, unit)
    page.goto(path("result", unit))
    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật").fill(text)
    expect(strip(page)).to_contain_text(ON_PHONE)
    # First: what a page sends as it goes is not held back by the emulated lack of a connection.
    lose_session(page, settled_server)
    page.goto("about:blank")
    page.context.set_offline(False)


def test_next_person_never_meets_the_pages_of_the_first(pick_up, unit, settled_server):
    other = owing_unit(unit.ward, name="Chi bộ Tổ dân phố số 13")
    stranger = second_secretary(other)
    page = pick_up()
    _leave_unsent(page, unit, "Của chi bộ số 12.", settled_server)

    sign_in(page, stranger.username)
    page.context.set_offline(True)

    for name in ("result", "check", "counts"):
        page.goto(path(name, unit))
        expect(page.locator("body")).not_to_contain_text("Chi bộ Tổ dân phố số 12")
        expect(page.locator("body")).not_to_contain_text("Của chi bộ số 12.")


def test_next_person_of_the_same_unit_meets_no_text_of_the_first_and_sends_none(
    pick_up, unit, settled_server
):
    second = second_secretary(unit)
    page = pick_up()
    _leave_unsent(page, unit, "Của người trước.", settled_server)

    sign_in(page, second.username)
    page.goto(path("result", unit))
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("")
    page.get_by_label("Kết quả nổi bật").fill("Của người sau.")
    expect(strip(page)).to_contain_text(re.compile(f"{ON_PHONE}|{AT_WARD.pattern}"))
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"**{reverse('account_login')}*")
    assert Draft.objects.get().content["result"]["result"] == "Của người sau."

    left = [row["screens"]["result"]["typed"]["result"] for row in page.evaluate(READ_DRAFTS)]
    assert left == [{"result": "Của người trước."}]


def test_what_another_left_unsent_goes_after_a_hundred_days(pick_up, unit, settled_server):
    second = second_secretary(unit)
    page = pick_up()
    _leave_unsent(page, unit, "Của người trước.", settled_server)
    sign_in(page, second.username)
    assert page.evaluate(READ_DRAFTS)

    page.clock.set_fixed_time(timezone.now() + dt.timedelta(days=101))
    page.goto(path("result", unit))

    for _ in range(50):
        left = [row for row in page.evaluate(READ_DRAFTS) if row["screens"]]
        if not left:
            break
        page.wait_for_timeout(100)
    assert left == []


def test_worker_sends_nothing_in_the_name_of_the_next_person(pick_up, unit, settled_server):
    second = second_secretary(unit)
    page = pick_up()
    wait_until_kept(page, unit)
    fill_month(page)
    page.route(f"**{path('send', unit)}", lambda route: route.abort())
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    page.goto("about:blank")
    lose_session(page, settled_server)
    sign_in(page, second.username)

    page.evaluate(LISTEN)

    dispatch_sync(page)

    assert page.evaluate("window.told.then((told) => told.kind)") == "signed-out"
    assert not Submission.objects.exists()
