"""An article from the content of a plan to the public page and off it, by two people."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from outreach.content import clock
from outreach.models import Article
from plans.tests.factories import ContentItemFactory, PlanFactory
from tests_browser.people import DESK, TELEPHONE, sign_in
from units import demonstration
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTED = (
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>·&nbsp;</span>Xem nhãn</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>·&nbsp;</span>Hỏi nguồn gốc</p>"
)
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".tiptap").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def person(role, ward):
    user = member(role, ward)
    user.set_password(demonstration.PASSWORD)
    user.save()
    return user


def state(page, words):
    expect(page.locator(".road__place[aria-current=step]")).to_have_text(words)


def test_draft_return_approve_schedule_publish_withdraw_with_two_people(open_page):
    ward = WardFactory()
    author, second = person(Role.OFFICE, ward), person(Role.PROPAGANDA, ward)
    today = timezone.localdate()
    plan = PlanFactory(owner=ward, valid_from=today, valid_to=None)
    item = ContentItemFactory(plan=plan, short_title="Quyền của người mua")
    desk, phone = open_page(DESK), open_page(TELEPHONE, javascript=False)
    sign_in(desk, author.username)
    sign_in(phone, second.username)

    # The author writes in the editor and pastes from Word
    desk.goto(reverse("admin:outreach_content", args=[item.pk]))
    desk.get_by_role("link", name="Viết bài").click()
    expect(desk.get_by_label("Tên", exact=True)).to_have_value("Quyền của người mua")
    box = desk.locator(".tiptap")
    expect(box).to_be_visible()
    box.click()
    desk.evaluate(PASTE, PASTED)
    desk.get_by_role("button", name="Lưu", exact=True).click()
    state(desk, "Bản nháp")
    article = Article.objects.get()
    assert article.body == "<ul><li>Xem nhãn</li><li>Hỏi nguồn gốc</li></ul>"
    desk.get_by_role("button", name="Trình duyệt").click()
    state(desk, "Chờ duyệt")
    expect(desk.get_by_text("người thứ hai duyệt")).to_be_visible()
    expect(desk.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)

    # The second person returns it, without JavaScript
    steps = reverse("admin:article_step", args=[article.pk])
    phone.goto(steps)
    phone.get_by_text("Trả lại để sửa").first.click()
    phone.get_by_label("Lý do, nhận xét").fill("Thiếu số điện thoại.")
    phone.get_by_role("button", name="Trả lại để sửa").click()
    expect(phone.get_by_role("listitem").get_by_text("Trả lại để sửa").first).to_be_visible()

    # The author mends it; the text area of the phone would show the same as text
    desk.goto(steps)
    expect(desk.get_by_text("Thiếu số điện thoại.")).to_be_visible()
    desk.get_by_role("link", name="Sửa").click()
    box.click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(": 1800.6838")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    desk.get_by_role("button", name="Trình duyệt").click()
    state(desk, "Chờ duyệt")

    # Approved by the second person, scheduled, published by the clock
    phone.goto(steps)
    phone.get_by_role("button", name="Duyệt", exact=True).click()
    state(phone, "Đã duyệt")
    tomorrow = today + dt.timedelta(days=1)
    phone.get_by_text("Hẹn ngày, giờ").click()
    phone.get_by_label("Ngày phát hành").fill(f"{tomorrow.day}/{tomorrow.month}/{tomorrow.year}")
    phone.get_by_label("Giờ phát hành").fill("7h30")
    phone.get_by_role("button", name="Hẹn giờ phát hành").click()
    state(phone, "Đã hẹn giờ")
    article.refresh_from_db()
    assert timezone.localtime(article.due_at).time() == dt.time(7, 30)
    assert clock.run(article.due_at).published == 1

    # Anyone reads it; then it is withdrawn
    phone.goto(article.get_absolute_url())
    expect(phone.get_by_text("Hỏi nguồn gốc: 1800.6838")).to_be_visible()
    desk.goto(steps)
    state(desk, "Đã phát hành")
    desk.get_by_text("Rút xuống").first.click()
    desk.get_by_label("Lý do, nhận xét").fill("Số điện thoại đã đổi.")
    desk.get_by_role("button", name="Rút xuống").click()
    state(desk, "Đã rút")
    assert phone.request.get(article.get_absolute_url()).status == 404
