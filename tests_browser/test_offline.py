"""A month on a telephone whose connection comes and goes: nothing typed is lost, nothing goes twice."""

from __future__ import annotations

import datetime as dt
import io
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings as settings_of_django
from django.contrib.sessions.models import Session
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from PIL import Image
from playwright.sync_api import expect

from core.text import first_of_month
from reports.answers import paper_for
from reports.models import Draft, Photo, Submission
from reports.plain_text import as_text, from_text, outline
from reports.tests.factories import IndicatorFactory, content_item, owing_unit, secretary
from reports.tests.test_plain_text import PAPER, contents
from tests_browser.people import TELEPHONE, sign_in
from units import demonstration
from units.models import Role
from units.tests.factories import WardFactory, card, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_PHONE = "Đã lưu trên máy"
AT_WARD = re.compile("Đã lưu ở phường")
BLOCKED = "indexedDB.open = () => { throw new DOMException('blocked', 'SecurityError'); };"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };"
# The emulated lack of a connection does not reach what the system wakes the worker for.
NO_SYNC = "delete ServiceWorkerRegistration.prototype.sync;"
KEPT = """async (path) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (navigator.serviceWorker.controller && (await caches.match(path))) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""
A_YEAR_BACK = """{
  const real = Date, away = 366 * 24 * 3600 * 1000;
  Date = class extends real {
    constructor(...given) { given.length ? super(...given) : super(real.now() - away); }
    static now() { return real.now() - away; }
  };
}"""


@pytest.fixture
def unit():
    """A cell that owes this month alone, with one content, one count and a secretary."""
    ward = WardFactory(name="Phường Tân An")
    unit = owing_unit(ward, name="Chi bộ Tổ dân phố số 12")
    unit.duties.update(starts_on=_month())
    IndicatorFactory(owner=ward)
    content_item(ward)
    user = secretary(unit)
    user.set_password(demonstration.PASSWORD)
    user.save()
    return unit


@pytest.fixture
def pick_up(open_page, unit):
    """Take a phone in the hand, signed in, on the first page; ``script`` runs before the pages'."""

    def picked_up(script=NO_SYNC):
        page = open_page(TELEPHONE, has_touch=True, is_mobile=True)
        page.context.add_init_script(script)
        sign_in(page, secretary(unit).username)
        expect(page.locator("a.button--primary")).to_be_visible()
        return page

    return picked_up


def _lose_session(page, server):
    """Not in the middle of what the page or its worker fetches: the answers bring cookies of their own."""
    server.wait_until_none(still=20)
    page.context.clear_cookies()


def _month():
    return first_of_month(timezone.localdate())


def _path(name, unit):
    return reverse(f"reports:{name}", args=[unit.pk, _month()])


def _wait_until_kept(page, unit):
    """The worker has the screens of the month."""
    assert page.evaluate(KEPT, _path("check", unit))


def _wait_for_draft(page, text):
    """What a page sends as it goes arrives when nobody waits for it."""
    for _ in range(300):
        draft = Draft.objects.first()
        if draft and draft.content.get("result", {}).get("result") == text:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"“{text}” never came to the ward.")


def _next(page):
    here = page.url
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(lambda url: url != here)


def _open_offline(page, path):
    """What tapping the link again does; the network is off."""
    page.goto(path)
    expect(page.locator("html[data-kept]")).to_have_count(1)


def _fill_month(page, count="2", result="Đã nói chuyện với các hộ."):
    """From the first page to the check page."""
    page.locator("a.button--primary").click()
    page.locator(".choice__label").first.click()
    _next(page)
    page.locator("input[name=counts-sessions]").fill(count)
    _next(page)
    page.get_by_label("Kết quả nổi bật").fill(result)
    _next(page)
    _next(page)
    expect(page.locator("main")).to_contain_text(result)


def _strip(page):
    return page.locator("[data-strip]")


def _dispatch_sync(page):
    """What the system does when the connection is back, page or no page."""
    session = page.context.new_cdp_session(page)
    found = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    origin = page.url.removesuffix(urlsplit(page.url).path)
    registration = {"origin": origin, "registrationId": found[0]["registrationId"]}
    session.send(
        "ServiceWorker.dispatchSyncEvent", registration | {"tag": "gui", "lastChance": False}
    )


def test_month_filled_without_signal_is_handed_in_once_by_itself(pick_up, unit):
    page = pick_up()
    _wait_until_kept(page, unit)

    page.context.set_offline(True)
    _fill_month(page)
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(_strip(page)).to_contain_text("CHƯA NỘP")
    expect(_strip(page)).to_contain_text(f"{ON_PHONE}, sẽ tự nộp khi có mạng")
    assert not Submission.objects.exists()
    page.close()
    again = page.context.new_page()
    _open_offline(again, reverse("reports:home"))
    expect(again.locator("main")).to_contain_text("sẽ tự nộp khi có mạng")
    again.context.set_offline(False)
    expect(again.locator("main")).to_contain_text("ĐÃ NỘP")

    submission = Submission.objects.get()
    assert submission.content["result"] == "Đã nói chuyện với các hộ."
    assert submission.content["counts"]["sessions"]["value"] == 2
    again.goto(_path("receipt", unit))
    expect(again.locator("main")).to_contain_text(submission.receipt)


def test_receipt_opens_where_the_connection_returns(pick_up, unit):
    page = pick_up()
    _wait_until_kept(page, unit)
    page.context.set_offline(True)
    _fill_month(page)
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    page.context.set_offline(False)

    page.wait_for_url(f"**{_path('receipt', unit)}")
    expect(_strip(page)).to_contain_text("ĐÃ NỘP")
    assert Submission.objects.count() == 1


def test_worker_sends_when_the_system_wakes_it(pick_up, unit):
    page = pick_up("")
    _wait_until_kept(page, unit)
    _fill_month(page)
    page.route(f"**{_path('send', unit)}", lambda route: route.abort())
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    _dispatch_sync(page)

    page.wait_for_url(f"**{_path('receipt', unit)}")
    assert Submission.objects.count() == 1


def test_text_survives_a_killed_browser(pick_up, unit):
    page = pick_up()
    _wait_until_kept(page, unit)
    page.context.set_offline(True)
    page.goto(_path("result", unit))
    page.get_by_label("Kết quả nổi bật").press_sequentially("Đã treo băng rôn.")
    expect(_strip(page)).to_contain_text(ON_PHONE)

    page.close()
    again = page.context.new_page()
    _open_offline(again, _path("result", unit))

    expect(again.get_by_label("Kết quả nổi bật")).to_have_value("Đã treo băng rôn.")
    expect(_strip(again)).to_contain_text("CHƯA NỘP")
    again.context.set_offline(False)
    expect(_strip(again)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Đã treo băng rôn."


def test_page_that_is_left_is_saved_at_the_ward(pick_up, unit):
    page = pick_up()
    page.goto(_path("result", unit))
    page.get_by_label("Kết quả nổi bật").fill("Vừa gõ xong.")

    page.locator("a.back").click()
    page.wait_for_url(f"**{_path('counts', unit)}")
    _wait_for_draft(page, "Vừa gõ xong.")
    page.goto(_path("result", unit))

    expect(_strip(page)).to_contain_text(AT_WARD)


def test_second_phone_is_told_and_overwrites_nothing(pick_up, unit):
    first, second = pick_up(), pick_up()
    second.goto(_path("result", unit))
    first.goto(_path("result", unit))
    first.get_by_label("Kết quả nổi bật").fill("Máy thứ nhất.")
    _next(first)

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
        page.goto(_path("result", unit))
    first.get_by_label("Kết quả nổi bật").fill("Thẻ thứ nhất.")
    _next(first)

    second.get_by_label("Kết quả nổi bật").fill("Thẻ thứ hai.")
    second.get_by_role("button", name="Tiếp tục").click()

    expect(second.get_by_role("heading", level=1)).to_contain_text("Có người vừa sửa phần này")
    assert Draft.objects.get().content["result"]["result"] == "Thẻ thứ nhất."


def test_session_that_ended_keeps_the_text_until_sign_in(pick_up, unit):
    page = pick_up()
    page.goto(_path("result", unit))
    Session.objects.all().delete()
    page.get_by_label("Kết quả nổi bật").fill("Viết sau khi hết phiên.")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(_strip(page)).to_contain_text("Đã hết phiên làm việc")
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("Viết sau khi hết phiên.")

    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(secretary(unit).username)
    page.get_by_label("Mật khẩu", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"**{_path('result', unit)}")

    expect(_strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Viết sau khi hết phiên."


def test_rotated_token_is_fetched_anew(pick_up, unit):
    page = pick_up()
    page.goto(_path("result", unit))
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label("Kết quả nổi bật").fill("Mã bảo vệ đã đổi.")

    _next(page)

    assert Draft.objects.get().content["result"]["result"] == "Mã bảo vệ đã đổi."


def test_blocked_storage_is_never_called_saved(pick_up, unit):
    page = pick_up(BLOCKED)
    page.goto(_path("result", unit))
    page.get_by_label("Kết quả nổi bật").fill("Không giữ được trên máy.")
    expect(_strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Không giữ được trên máy."

    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật").fill("Mất cả mạng.")

    expect(_strip(page)).to_contain_text("Chưa lưu được vì mất mạng, đồng chí đừng đóng trang này.")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("Mất cả mạng.")
    page.context.set_offline(False)
    expect(_strip(page)).to_contain_text(AT_WARD)
    assert Draft.objects.get().content["result"]["result"] == "Mất cả mạng."


@pytest.mark.parametrize(
    "script", [BLOCKED, FULL, A_YEAR_BACK], ids=["blocked", "full", "wrong-clock"]
)
def test_report_is_handed_in_from_an_odd_phone(pick_up, unit, script):
    page = pick_up(script)

    _fill_month(page)
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nộp báo cáo")
    assert Submission.objects.get().at.year == timezone.now().year


def test_full_storage_is_never_called_saved(pick_up, unit):
    page = pick_up(FULL)
    page.goto(_path("result", unit))
    page.context.set_offline(True)

    page.get_by_label("Kết quả nổi bật").fill("Máy hết chỗ.")

    expect(_strip(page)).to_contain_text("Chưa lưu được vì mất mạng, đồng chí đừng đóng trang này.")
    page.context.set_offline(False)
    expect(_strip(page)).to_contain_text(AT_WARD)
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

    page.route(f"**{_path('send', unit)}", lose)
    _fill_month(page)
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    receipt = Submission.objects.get().receipt
    page.close()

    again = page.context.new_page()
    again.goto(_path("check", unit))

    again.wait_for_url(f"**{_path('receipt', unit)}")
    expect(again.locator("main")).to_contain_text(receipt)
    assert (len(lost), Submission.objects.count()) == (1, 1)


def test_wrong_number_comes_back_with_everything_kept(pick_up, unit):
    page = pick_up()
    _wait_until_kept(page, unit)
    page.context.set_offline(True)
    _fill_month(page, count="hai ba bốn x")
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    page.context.set_offline(False)

    expect(page.get_by_role("alert")).to_contain_text("Chưa nộp được")
    expect(_strip(page)).to_contain_text("CHƯA NỘP")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("input[name=counts-sessions]")).to_have_value("hai ba bốn x")
    assert not Submission.objects.exists()


def test_photos_wait_for_the_report_and_follow_it(pick_up, unit):
    page = pick_up()
    _wait_until_kept(page, unit)
    page.context.set_offline(True)
    _fill_month(page)
    page.locator("summary", has_text="Kèm ảnh").click()
    page.locator("[data-photo-input]").set_input_files([_photo("mot.jpg"), _photo("hai.jpg")])
    expect(page.locator("[data-photo-status]")).to_have_text(
        "2 ảnh, gửi sau khi nộp báo cáo", timeout=20_000
    )
    page.get_by_role("button", name="Nộp khi có mạng").click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")

    page.context.set_offline(False)

    page.wait_for_url(f"**{_path('receipt', unit)}")
    expect(page.locator(".photos__picture")).to_have_count(2, timeout=20_000)
    assert Photo.objects.count() == 2
    assert max(max(one.picture.widths) for one in Photo.objects.all()) <= 1600


def test_second_tap_sends_nothing_more(pick_up, unit):
    page = pick_up()
    _fill_month(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/nop/" in request.url else None)

    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).dblclick()

    page.wait_for_url(f"**{_path('receipt', unit)}")
    assert (len(sent), Submission.objects.count()) == (1, 1)


def test_signing_out_asks_and_takes_everything_off_the_phone(pick_up, unit):
    page = pick_up()
    _wait_until_kept(page, unit)
    page.goto(_path("result", unit))
    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật").fill("Chưa gửi.")
    expect(_strip(page)).to_contain_text(ON_PHONE)
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


READ_DRAFTS = """() => new Promise((done) => {
  indexedDB.open("bao-cao").onsuccess = (event) => {
    const rows = event.target.result.transaction("drafts").objectStore("drafts").getAll();
    rows.onsuccess = () => done(rows.result);
  };
})"""


def test_only_the_look_and_the_month_are_kept(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, _path("text", unit))

    kept = page.evaluate(
        "caches.open('bao-cao-pages').then((pages) => pages.keys())"
        ".then((all) => all.map((one) => new URL(one.url).pathname).sort())"
    )

    screens = ("contents", "counts", "result", "difficulties", "check", "zero", "text")
    assert kept == sorted([reverse("reports:home"), *(_path(name, unit) for name in screens)])


def _photo(name):
    picture = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(picture, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def _come_in_as(page, unit):
    """By the card of another unit, on a phone on which somebody is signed in."""
    page.goto(reverse("units:open_link", args=[card(unit)[1]]))
    page.get_by_role("button", name="Đăng xuất rồi vào bằng thẻ").click()


def test_card_of_another_unit_takes_everything_of_the_first_off_the_phone(pick_up, unit):
    other = owing_unit(unit.ward, name="Chi bộ Tổ dân phố số 13")
    secretary(other)
    page = pick_up()
    _wait_until_kept(page, unit)

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
    _wait_until_kept(page, unit)
    _fill_month(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    page.goto("about:blank")
    page.context.set_offline(False)

    _lose_session(page, settled_server)
    sign_in(page, stranger.username)
    expect(page.locator("main")).not_to_contain_text("sẽ tự nộp khi có mạng")
    page.goto("about:blank")
    _lose_session(page, settled_server)
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


def _second_secretary(unit):
    person = member(Role.SECRETARY, unit)
    person.set_password(demonstration.PASSWORD)
    person.save()
    return person


def _leave_unsent(page, unit, text, settled_server):
    """Typed without a connection; then the session ends, and nobody signs out."""
    _wait_until_kept(page, unit)
    page.goto(_path("result", unit))
    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật").fill(text)
    expect(_strip(page)).to_contain_text(ON_PHONE)
    # First: what a page sends as it goes is not held back by the emulated lack of a connection.
    _lose_session(page, settled_server)
    page.goto("about:blank")
    page.context.set_offline(False)


def test_next_person_never_meets_the_pages_of_the_first(pick_up, unit, settled_server):
    other = owing_unit(unit.ward, name="Chi bộ Tổ dân phố số 13")
    stranger = _second_secretary(other)
    page = pick_up()
    _leave_unsent(page, unit, "Của chi bộ số 12.", settled_server)

    sign_in(page, stranger.username)
    page.context.set_offline(True)

    for name in ("result", "check", "counts"):
        page.goto(_path(name, unit))
        expect(page.locator("body")).not_to_contain_text("Chi bộ Tổ dân phố số 12")
        expect(page.locator("body")).not_to_contain_text("Của chi bộ số 12.")


def test_next_person_of_the_same_unit_meets_no_text_of_the_first_and_sends_none(
    pick_up, unit, settled_server
):
    second = _second_secretary(unit)
    page = pick_up()
    _leave_unsent(page, unit, "Của người trước.", settled_server)

    sign_in(page, second.username)
    page.goto(_path("result", unit))
    expect(page.get_by_label("Kết quả nổi bật")).to_have_value("")
    page.get_by_label("Kết quả nổi bật").fill("Của người sau.")
    expect(_strip(page)).to_contain_text(re.compile(f"{ON_PHONE}|{AT_WARD.pattern}"))
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"**{reverse('account_login')}*")
    assert Draft.objects.get().content["result"]["result"] == "Của người sau."

    left = [row["screens"]["result"]["typed"]["result"] for row in page.evaluate(READ_DRAFTS)]
    assert left == [{"result": "Của người trước."}]


def test_what_another_left_unsent_goes_after_a_hundred_days(pick_up, unit, settled_server):
    second = _second_secretary(unit)
    page = pick_up()
    _leave_unsent(page, unit, "Của người trước.", settled_server)
    sign_in(page, second.username)
    assert page.evaluate(READ_DRAFTS)

    page.clock.set_fixed_time(timezone.now() + dt.timedelta(days=101))
    page.goto(_path("result", unit))

    for _ in range(50):
        left = [row for row in page.evaluate(READ_DRAFTS) if row["screens"]]
        if not left:
            break
        page.wait_for_timeout(100)
    assert left == []


def test_worker_sends_nothing_in_the_name_of_the_next_person(pick_up, unit, settled_server):
    second = _second_secretary(unit)
    page = pick_up()
    _wait_until_kept(page, unit)
    _fill_month(page)
    page.route(f"**{_path('send', unit)}", lambda route: route.abort())
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    page.goto("about:blank")
    _lose_session(page, settled_server)
    sign_in(page, second.username)

    page.evaluate(LISTEN)

    _dispatch_sync(page)

    assert page.evaluate("window.told.then((told) => told.kind)") == "signed-out"
    assert not Submission.objects.exists()


def test_month_without_activity_is_queued_without_signal_and_goes_by_itself(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, _path("zero", unit))
    page.context.set_offline(True)
    page.get_by_role("link", name="Tháng này không có hoạt động").click()
    expect(page.locator("html[data-kept]")).to_have_count(1)
    page.locator(".choice__label").first.click()

    page.get_by_role("button", name=re.compile("^Nộp")).click()

    expect(_strip(page)).to_contain_text(f"{ON_PHONE}, sẽ tự nộp khi có mạng")
    expect(page.locator("[data-waits]")).to_be_visible()
    assert not Submission.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url(f"**{_path('receipt', unit)}")
    assert Submission.objects.get().content["is_zero"] is True


def test_month_without_activity_asks_before_it_drops_what_was_typed(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, _path("zero", unit))
    page.context.set_offline(True)
    page.goto(_path("result", unit))
    page.get_by_label("Kết quả nổi bật").fill("Có làm.")
    expect(_strip(page)).to_contain_text(ON_PHONE)
    page.goto(_path("zero", unit))
    page.locator(".choice__label").first.click()

    page.get_by_role("button", name=re.compile("^Nộp")).click()

    expect(page.get_by_label("Bỏ phần đã nhập")).to_be_visible()
    expect(page.locator("[data-waits]")).to_be_hidden()
    page.locator("label[for=id_discard]").click()
    page.get_by_role("button", name=re.compile("^Nộp")).click()
    expect(_strip(page)).to_contain_text("sẽ tự nộp khi có mạng")
    page.context.set_offline(False)
    page.wait_for_url(f"**{_path('receipt', unit)}")
    assert Submission.objects.get().content["result"] == ""


def test_text_for_zalo_is_written_without_signal_as_the_ward_writes_it(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, _path("text", unit))
    page.context.set_offline(True)
    _fill_month(page, count="khoảng 3", result="Đã nói [chuyện] với các hộ:\nbà con  vui.")

    page.get_by_role("link", name="Chép nội dung gửi Zalo").click()

    text = page.get_by_label("Nội dung báo cáo")
    expect(text).to_have_value(re.compile("khoảng 3"))
    read = from_text(text.input_value(), paper_for(unit, _month()))
    assert (read.content["counts"], read.is_unaltered) == ({"sessions": "khoảng 3"}, True)
    assert read.content["result"]["result"] == "Đã nói [chuyện] với các hộ:\nbà con vui."


def test_phone_writes_every_text_as_the_ward_does(pick_up):
    found = []

    @settings(
        max_examples=60,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(contents())
    def collect(content):
        found.append(content)

    collect()
    page = pick_up()

    written = page.evaluate(WRITE, [static("js/bao-cao/text.js"), outline(PAPER), found])

    assert written == [as_text(PAPER, content) for content in found]


WRITE = """async ([url, paper, contents]) => {
  const { asText } = await import(url);
  return contents.map((content) => asText(paper, content));
}"""
