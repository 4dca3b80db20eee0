"""The pictures of the guide on units and people, from the running demonstration.

    python -m tests_browser.units_guide http://localhost:8000 PASSWORD

Shows previews alone and reads one made-up list in Excel, which it does not write. ``make run``
prints the password.
"""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from playwright.sync_api import Page

from tests_browser.office_guide import keep, run

CHANGES, IMPORTS = "/quan-tri/don-vi/thay-doi/", "/quan-tri/don-vi/nhap/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = (
    ("DANH SÁCH BÍ THƯ CHI BỘ (số liệu minh họa)",),
    ("TT", "Tên chi bộ", "Họ và tên bí thư", "SĐT", "Đảng viên"),
    (1, "Chi bộ Trường Mầm non Minh Họa", "Đ/c Người Minh Họa", "ĐT: 0911 222 333", 12),
    (2, "Chi bộ Chợ Minh Họa", "Người Minh Một - Người Minh Hai", "0911222334/0911222335", 9),
    (3, "Chi bộ Trạm Y tế Minh Họa", "Người Minh Ba", "hỏi sau", 7),
)


def take_pictures(page: Page) -> None:
    page.goto(f"{CHANGES}sap-nhap/")
    for number in (3, 4):  # from next month on: nobody has handed it in
        page.locator(".choice__label").get_by_text(
            f"Chi bộ Tổ dân phố số {number}", exact=True
        ).click()
    page.get_by_label("Tên đơn vị mới").fill("Chi bộ Tổ dân phố số 3-4")
    next_month = (dt.date.today().replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    page.get_by_label("Từ ngày").fill(f"1/{next_month.month}/{next_month.year}")
    page.get_by_label("Số quyết định").fill("12-NQ/ĐU")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Ghi vào sổ").wait_for()
    keep(page, "dv-sap-nhap")
    page.goto("/quan-tri/don-vi/the/")
    page.get_by_role("link", name="Chi bộ Tổ dân phố số 3", exact=True).click()
    page.get_by_role("link", name="Bàn giao bí thư").click()
    page.get_by_label("Họ và tên bí thư mới").fill("Người Minh Họa")
    page.get_by_label("Số điện thoại").fill("0911 222 333")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Bàn giao, in thẻ mới").wait_for()
    keep(page, "dv-ban-giao")
    page.goto(IMPORTS)
    page.get_by_label("Tệp Excel của phường").set_input_files(_list())
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Ghi các dòng mới và thay đổi").wait_for()
    keep(page, "dv-nhap-excel")


def _list() -> dict[str, object]:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return {"name": "danh sach bi thu.xlsx", "mimeType": XLSX, "buffer": buffer.getvalue()}


if __name__ == "__main__":
    run("Pictures of the guide on units and people.", take_pictures)
