"""Files of a ward's goods, made for tests."""

import io
import zipfile

import openpyxl
from django.core.files.base import ContentFile

GOODS = ("Tên hàng", "Loại hàng", "Cơ sở sản xuất", "Một câu giới thiệu", "Vì sao được giới thiệu")


def book(**sheets):
    """An .xlsx with one sheet for each name, its rows from the top."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return ContentFile(buffer.getvalue(), name="Hàng của phường.xlsx")


def photos(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return ContentFile(buffer.getvalue(), name="anh.zip")
