"""The pictures of the office's guide, from the running demonstration.

    python -m tests_browser.office_guide http://localhost:8000 PASSWORD

Takes a demonstration loaded on the same day, between the 20th and the 25th: then units are
missing, some reports wait, and one of them has a number to ask about. ``make run`` prints the
password. Changes nothing.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests_browser.conftest import CHROMIUM
from tests_browser.guide import PICTURES

SCREEN = {"width": 1280, "height": 800}
OFFICE = "/quan-tri/"


def take_pictures(page: Page) -> None:
    """What an officer opens at a month's end, in that order."""
    keep(page, "vp-hom-nay", height=420)
    _open(page, "Theo tháng")
    keep(page, "vp-bang-thang")
    page.locator("[data-state=draft][href]").first.click()
    page.get_by_role("link", name="Nộp hộ theo lời bí thư").wait_for()
    keep(page, "vp-o-cua-don-vi")
    _open(page, "Lời nhắc")
    keep(page, "vp-loi-nhac")
    _open(page, "Hạn nộp")
    keep(page, "vp-han-nop")
    _open(page, "Chờ xem")
    page.locator("[data-row]").first.click()
    page.get_by_role("button", name="Tiếp nhận", exact=True).wait_for()
    keep(page, "vp-xem-bao-cao")


def _sign_in(page: Page, password: str) -> None:
    page.goto(OFFICE)
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill("vanphong")
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.locator(".today").wait_for()


def _open(page: Page, label: str) -> None:
    """A page of the reports, by the navigation."""
    page.goto(OFFICE)
    page.locator(".side").get_by_role("link", name="Báo cáo", exact=True).click()
    page.locator(".side").get_by_role("link", name=label, exact=True).click()
    page.locator(".side [aria-current=page]", has_text=label).wait_for()


def keep(page: Page, name: str, height: int = SCREEN["height"]) -> None:
    clip = {"x": 0, "y": 0, "width": SCREEN["width"], "height": height}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    picture.save(PICTURES / f"{name}.webp", quality=70, method=6)


def run(description: str, take: Callable[[Page], None]) -> None:
    """``take`` the pictures as an officer of the demonstration, which is named on the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("base", help="where the demonstration runs")
    parser.add_argument("password", help="of its accounts")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SCREEN, base_url=given.base, locale="vi-VN")
        _sign_in(page, given.password)
        take(page)
        browser.close()


if __name__ == "__main__":
    run("Pictures of the office's guide.", take_pictures)
