"""The report on one sheet of paper, its text for Zalo, and the page of opinions, in a real browser."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from core.text import first_of_month
from opinions.models import OpinionNote
from opinions.tests.factories import OpinionSettingFactory
from reports import drafts, setup
from reports.answers import paper_for
from reports.tests.factories import content_item, owing_unit, secretary
from tests_browser.people import TELEPHONE, sign_in
from units import demonstration
from units.tests.factories import WardFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A4 = (595, 842)  # points
SENTENCE = "Chi bộ tổ chức tuyên truyền lồng ghép trong sinh hoạt, bà con hưởng ứng nhiệt tình. "


@pytest.fixture
def unit():
    ward = WardFactory(name="Phường Phương Liệt")
    setup.install_defaults(ward)
    for number in range(12):
        title = f"Tuyên truyền Chỉ thị số {number} về tăng cường sự lãnh đạo của Đảng"
        content_item(ward, title, position=number)
    return owing_unit(ward, name="Chi bộ Trường Trung học cơ sở Phương Liệt và cơ quan phường")


@pytest.fixture
def phone(open_page, unit):
    def signed_in(*, javascript=True):
        user = secretary(unit)
        user.set_password(demonstration.PASSWORD)
        user.save()
        page = open_page(TELEPHONE, javascript=javascript)
        sign_in(page, user.username)
        return page

    return signed_in


def month():
    return first_of_month(dt.date.today())


def keep(unit, typed):
    """Keep a whole draft, as the screens would."""
    paper = paper_for(unit, month())
    for part, text in typed.items():
        drafts.save_part(paper, part, text, actor=secretary(unit), seen_version=99)


def typed(unit, text):
    paper = paper_for(unit, month())
    return {
        "contents": {"items": [str(item.pk) for item in paper.items]},
        "counts": {one.code: "12" for one in paper.indicators},
        "result": {"result": text},
        "difficulties": {"difficulties": text, "recommendations": text},
    }


def url(name, unit, query=""):
    return reverse(f"reports:{name}", args=[unit.pk, month()]) + query


def printed(page, address):
    page.goto(address)
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages]


def is_cut(page):
    """Does something with letters stand outside its sheet, or below its foot?"""
    page.emulate_media(media="print")
    return page.evaluate(
        """() => [...document.querySelectorAll(".sheet")].some((sheet) => {
            const end = sheet.getBoundingClientRect().bottom;
            return [...sheet.querySelectorAll("p, li:not([aria-hidden] > *), h1, h2, svg")]
                .some((one) => one.getBoundingClientRect().bottom > end + 1);
        })"""
    )


def test_blank_form_with_everything_on_it_is_one_sheet(phone, unit):
    page = phone()

    assert printed(page, url("print", unit, "?trang=trong")) == [A4]
    assert not is_cut(page)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 2,
        SENTENCE * 10,
        (SENTENCE * 24)[:2000],
        "Một việc nhỏ.\n" * 140,
    ],
    ids=["typical", "long", "longest", "many lines"],
)
def test_filled_report_is_one_sheet(phone, unit, text):
    keep(unit, typed(unit, text))
    page = phone()

    assert printed(page, url("print", unit)) == [A4]
    assert not is_cut(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_text_is_there_to_copy_with_and_without_scripts(phone, unit, javascript):
    keep(unit, typed(unit, "Tốt."))
    page = phone(javascript=javascript)

    page.goto(url("text", unit))

    assert page.get_by_label("Nội dung báo cáo").input_value().startswith("[BC ")
    expect(page.get_by_role("button", name="Chép")).to_have_count(1 if javascript else 0)


def test_button_copies_the_text(phone, unit):
    keep(unit, typed(unit, "Tốt."))
    page = phone()
    page.goto(url("text", unit))

    page.get_by_role("button", name="Chép").click()

    expect(page.locator("[data-copied]")).to_have_text("Đã chép. Mở Zalo rồi dán.")


@pytest.mark.parametrize("javascript", [True, False])
def test_opinion_is_asked_about_mended_and_sent(phone, unit, javascript):
    OpinionSettingFactory(ward=unit.ward)
    page = phone(javascript=javascript)
    page.goto(reverse("opinions:note", args=[unit.pk, month()]))

    page.get_by_text("Giá cả", exact=True).click()
    page.get_by_label("Bà con nói gì?").fill("Gọi 0912 345 678 để hỏi giá.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_role("button", name="Sửa lại").click()
    page.get_by_label("Bà con nói gì?").fill("Giá rau tăng.")
    page.get_by_role("button", name="Gửi ý kiến").click()

    expect(page.get_by_text("Đã gửi ý kiến.")).to_be_visible()
    assert OpinionNote.objects.get().text == "Giá rau tăng."


def test_opinions_leave_nothing_on_the_phone(phone, unit):
    OpinionSettingFactory(ward=unit.ward)
    page = phone()
    page.goto(reverse("opinions:note", args=[unit.pk, month()]))
    page.get_by_label("Bà con nói gì?").fill("chimhoangyen")
    page.wait_for_timeout(1000)

    kept = page.evaluate(
        """async () => {
            const names = (await indexedDB.databases()).map((one) => one.name);
            const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) texts.push(request.url);
            for (const name of names) {
                const base = await new Promise((done) => {
                    const request = indexedDB.open(name);
                    request.onsuccess = () => done(request.result);
                });
                for (const store of base.objectStoreNames) {
                    const rows = base.transaction(store).objectStore(store).getAll();
                    await new Promise((done) => (rows.onsuccess = done));
                    texts.push(JSON.stringify(rows.result));
                }
            }
            return texts.join(" ");
        }"""
    )

    assert "chimhoangyen" not in kept
    assert "/y-kien/" not in kept
    assert page.evaluate("navigator.serviceWorker?.controller ?? null") is None
