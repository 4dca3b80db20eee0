"""What a test does with the telephone in its hand, and what the phone calls its states."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from core.text import first_of_month
from reports.models import Draft
from units import demonstration
from units.models import Role
from units.tests.factories import member

ON_PHONE = "Đã lưu trên máy"
AT_WARD = re.compile("Đã lưu ở phường")
# The emulated lack of a connection does not reach what the system wakes the worker for.
NO_SYNC = "delete ServiceWorkerRegistration.prototype.sync;"
KEPT = """async (path) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (navigator.serviceWorker.controller && (await caches.match(path))) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""


def lose_session(page, server):
    """Not in the middle of what the page or its worker fetches: the answers bring cookies of their own."""
    server.wait_until_none(still=20)
    page.context.clear_cookies()


def month():
    return first_of_month(timezone.localdate())


def path(name, unit):
    return reverse(f"reports:{name}", args=[unit.pk, month()])


def wait_until_kept(page, unit):
    """The worker has the screens of the month."""
    assert page.evaluate(KEPT, path("check", unit))


def wait_for_draft(page, text):
    """What a page sends as it goes arrives when nobody waits for it."""
    for _ in range(300):
        draft = Draft.objects.first()
        if draft and draft.content.get("result", {}).get("result") == text:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"“{text}” never came to the ward.")


def next_screen(page):
    here = page.url
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(lambda url: url != here)


def open_offline(page, path):
    """What tapping the link again does; the network is off."""
    page.goto(path)
    expect(page.locator("html[data-kept]")).to_have_count(1)


def fill_month(page, count="2", result="Đã nói chuyện với các hộ."):
    """From the first page to the check page."""
    page.locator("a.button--primary").click()
    page.locator(".choice__label").first.click()
    next_screen(page)
    page.locator("input[name=counts-sessions]").fill(count)
    next_screen(page)
    page.get_by_label("Kết quả nổi bật").fill(result)
    next_screen(page)
    next_screen(page)
    expect(page.locator("main")).to_contain_text(result)


def strip(page):
    return page.locator("[data-strip]")


def dispatch_sync(page):
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


READ_DRAFTS = """() => new Promise((done) => {
  indexedDB.open("bao-cao").onsuccess = (event) => {
    const rows = event.target.result.transaction("drafts").objectStore("drafts").getAll();
    rows.onsuccess = () => done(rows.result);
  };
})"""


def photo(name):
    picture = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(picture, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def second_secretary(unit):
    person = member(Role.SECRETARY, unit)
    person.set_password(demonstration.PASSWORD)
    person.save()
    return person
