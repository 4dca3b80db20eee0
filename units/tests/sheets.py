"""Tables as wards keep them, made for tests."""

import io

import openpyxl
from django.core.files.base import ContentFile
from openpyxl.styles import Font

HEADER = ("TT", "Tên chi bộ", "Họ và tên bí thư", "SĐT", "Số đảng viên", "Ghi chú")


def workbook(*rows, font=None, merge=(), title="Sheet1", formulas=()):
    """An .xlsx with ``rows`` from the top; the bytes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell in [cell for row in sheet.iter_rows() for cell in row] if font else ():
        cell.font = Font(name=font)
    for area in merge:
        sheet.merge_cells(area)
    for name, text in formulas:
        sheet[name] = text
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(data, name="Danh sách chi bộ.xlsx"):
    return ContentFile(data, name=name)
