"""The secretaries' guide: its pictures from the running demonstration, its sheets of paper.

    python -m tests_browser.guide pictures http://localhost:8000/vao/…/ 246813
    python -m tests_browser.guide print guide.pdf
    python -m tests_browser.guide goods http://localhost:8000 vanphong <password>

The last takes the pictures of the office's chapter on goods. The first takes the address and the PIN
of a card of the demonstration whose cell still owes this month alone; the office shows the address at
"Thẻ và điện thoại", ``make run`` prints the PIN.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests_browser.conftest import CHROMIUM

GUIDE = Path(__file__).parents[1] / "docs" / "huong-dan" / "bi-thu-chi-bo.md"
PICTURES = GUIDE.parent / "anh"
PHONE = {"width": 360, "height": 740}
HEIGHT = 400  # of a picture
DESK = {"width": 1100, "height": 720}
RESULT = (
    "Chi bộ đã tuyên truyền tại buổi sinh hoạt; bà con hưởng ứng, đăng ký mua hàng Việt dịp Tết."
)
# The emulated lack of a connection does not reach what the system wakes the worker for.
NO_SYNC = "delete ServiceWorkerRegistration.prototype.sync;"
# Large type for old eyes; nothing is cut in two by the end of a sheet.
STYLE = """
@page { size: A4; margin: 11mm 14mm }
body { margin: 0; font: 13pt/1.32 "Noto Sans", Roboto, "Liberation Sans", Arial, sans-serif; color: #000 }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 2mm }
h2 { font-size: 15pt; line-height: 1.2; margin: 3.2mm 0 1mm; break-after: avoid }
p, ul, ol { margin: 0 0 1.4mm } ul, ol { padding-left: 6mm } li { margin: 0 }
table { width: 100%; border-collapse: collapse; margin: 1.5mm 0; break-inside: avoid }
th, td { padding: .8mm 2mm .8mm 0; text-align: left; vertical-align: top }
tbody td { border-top: .2mm solid #999 } td strong:only-child { white-space: nowrap }
table:has(img) { table-layout: fixed } table:has(img) :is(th, td) { border: 0; padding: .5mm 1.5mm .5mm 0 }
table:has(img) th { font-size: 13pt; line-height: 1.15 }
img { display: block; width: 100%; height: auto; border: .2mm solid #777; box-sizing: border-box }
a { color: inherit }
"""


def as_html(guide: Path = GUIDE) -> str:
    body = MarkdownIt("commonmark").enable("table").render(guide.read_text(encoding="utf-8"))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><base href="{guide.as_uri()}">'
        f"<title>{guide.stem}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def as_pdf(browser: Browser, guide: Path = GUIDE) -> bytes:
    """The guide as it leaves the printer."""
    with tempfile.TemporaryDirectory() as folder:
        page = browser.new_page()
        try:
            # Only a page that comes from a file may show pictures that do.
            sheet = Path(folder) / "guide.html"
            sheet.write_text(as_html(guide), encoding="utf-8")
            page.goto(sheet.as_uri())
            return page.pdf(prefer_css_page_size=True)
        finally:
            page.close()


def take_pictures(browser: Browser, card: str, pin: str) -> None:
    """One month on a telephone, from the card to the receipt; the connection is cut before the end."""
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True, locale="vi-VN"
    )
    context.add_init_script(NO_SYNC)
    page = context.new_page()
    page.goto(card)
    _keep(page, "bt-ma-pin", "main")
    page.get_by_label("Mã PIN").fill(pin)
    page.get_by_role("button", name="Vào", exact=True).click()
    page.locator("a.button--primary").wait_for()
    _keep(page, "bt-trang-dau")
    page.locator("a.button--primary").click()
    page.locator(".choices > .choice > .choice__label").first.click()
    page.get_by_text("Đã lưu ở phường").wait_for()
    _keep(page, "bt-noi-dung", ".screen__month")
    _next(page)
    for row in page.locator(".count:visible").all():
        before = row.locator(".count__before b")
        row.locator("input").fill(before.text_content() if before.count() else "2")
    _next(page)
    page.locator("textarea").fill(RESULT)
    _next(page)
    _next(page)
    button = page.locator("form[data-part=check] button[type=submit]")
    _keep(page, "bt-doc-lai", end=button)
    context.set_offline(True)
    button.click()
    page.get_by_text("có mạng là tự nộp").wait_for()
    _keep(page, "bt-mat-mang", ".strip")
    context.set_offline(False)
    page.locator(".receipt").wait_for(timeout=60_000)
    _keep(page, "bt-bien-nhan", ".strip")
    context.close()


# A picture, its page, and whether it is of the first row there.
GOODS = (
    ("hv-danh-sach", "/quan-tri/products/product/", False),
    ("hv-gop-y", "/quan-tri/products/suggestion/", False),
    ("hv-tra-loi", "/quan-tri/products/suggestion/", True),
)


def take_pictures_of_goods(browser: Browser, base: str, username: str, password: str) -> None:
    """The office's pages on goods; a suggestion is sent first, as a resident would."""
    _suggest(browser, base)
    context = browser.new_context(viewport=DESK, locale="vi-VN", base_url=base)
    page = context.new_page()
    page.goto("/quan-tri/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.locator(".today").wait_for()
    for name, path, is_first in GOODS:
        page.goto(path)
        if is_first:
            page.goto(page.locator("#result_list tbody a[href]").first.get_attribute("href") or "")
        page.locator("h1").wait_for()
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        picture.save(PICTURES / f"{name}.webp", quality=70, method=6)
    context.close()


def _suggest(browser: Browser, base: str) -> None:
    page = browser.new_page(locale="vi-VN", base_url=base)
    page.goto("/gop-y/mat-hang/")
    page.get_by_label("Tên mặt hàng").fill("Tương Bần")
    page.get_by_label("Vì sao bạn giới thiệu").fill(
        "Tương làng Bần, Hưng Yên; chợ của phường chưa có."
    )
    page.wait_for_timeout(4000)  # who sends sooner is taken for a machine
    page.get_by_role("button", name="Gửi giới thiệu").click()
    page.get_by_text("Phường đã nhận").wait_for()
    page.close()


def _next(page: Page) -> None:
    here = page.url
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(lambda url: url != here)


def _keep(page: Page, name: str, start: str = ".unit-bar", end: Locator | None = None) -> None:
    """A page from ``start`` down, or what stands above ``end``."""
    page.evaluate("scrollTo(0, 0)")
    box = (end or page.locator(start)).bounding_box()
    top = box["y"] + box["height"] + 12 - HEIGHT if end else box["y"]
    clip = {"x": 0, "y": top, "width": PHONE["width"], "height": HEIGHT}
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
    picture.quantize(32).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures and print of the guides.")
    orders = parser.add_subparsers(dest="order", required=True)
    pictures = orders.add_parser("pictures")
    pictures.add_argument("card", help="address of a card, as printed by make run")
    pictures.add_argument("pin")
    orders.add_parser("print").add_argument("file", type=Path)
    goods = orders.add_parser("goods")
    for name in ("base", "username", "password"):
        goods.add_argument(name)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        if given.order == "pictures":
            take_pictures(browser, given.card, given.pin)
        elif given.order == "goods":
            take_pictures_of_goods(browser, given.base, given.username, given.password)
        else:
            given.file.write_bytes(as_pdf(browser))
        browser.close()


if __name__ == "__main__":
    main()
