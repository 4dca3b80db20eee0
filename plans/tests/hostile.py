"""Files made to be slow or large for the reader; the bench times them."""

import io

from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from plans.tests.packages import package, paragraph


def nested_tables(depth):
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("a") + "</w:tc></w:tr></w:tbl>" * depth


TEN_THOUSAND = "".join(paragraph(f"{n}. Đề nghị Ban A: chủ trì việc; b.") for n in range(10_000))
CELL = f"<w:tc>{paragraph('Nội dung')}</w:tc>"
LONG_TABLE = f"<w:tbl>{f'<w:tr>{CELL * 8}</w:tr>' * 1_500}</w:tbl>"
HOSTILE = {
    "nested tables": package(paragraph("KẾ HOẠCH") + nested_tables(25)),
    "too deep": package(nested_tables(400)),
    "10.000 paragraphs": package(paragraph("KẾ HOẠCH") + TEN_THOUSAND),
    "a long table": package(paragraph("KẾ HOẠCH") + LONG_TABLE),
    "brackets": ("KẾ HOẠCH\n" + "(“[" * 12_000).encode(),
    "quotes in lines": ("KẾ HOẠCH\n\nI. NỘI DUNG\n" + "- “a (b; c\n" * 9_000).encode(),
    "numbers": ("KẾ HOẠCH\nx\n\n" + "TT\nNội dung\nChủ trì\n1\n" * 2_500).encode(),
    "short lines": ("KẾ HOẠCH\nx\n\nI. NỘI DUNG\n" + "a\n" * 11_000).encode(),
    "dates": ("KẾ HOẠCH\nx\n\nI. NỘI DUNG\n- " + "trước ngày 5/5 và " * 2_500).encode(),
}

MONSTROUS = [
    head + unit * (40_000 // len(unit))
    for head in ("", "KẾ HOẠCH\n", "KẾ HOẠCH\nx\n\nI. NỘI DUNG\n- ")
    for unit in ("ngày ", "“", "trước ngày ", "a ", "; ", "Căn cứ Luật ")
]
TASKS_10_000 = "KẾ HOẠCH\nx\n\nI. TỔ CHỨC THỰC HIỆN\n" + "\n".join(
    f"{n % 90}. Ban A{n} chủ trì việc; b." for n in range(10_000)
)
_TASK = "Chủ trì, phối hợp với các đơn vị tổ chức tuyên truyền về Cuộc vận động; báo cáo trước ngày 20. "
PAGES_30 = package(
    "".join(map(paragraph, ("KẾ HOẠCH", "thử năm 2026", "I. TỔ CHỨC THỰC HIỆN")))
    + "".join(paragraph(f"{n % 90 + 1}. Ban A{n}: {_TASK * 3}") for n in range(400))
)


def pdf_with(content, *, pages=1):
    """A PDF whose pages all draw ``content``."""
    writer, buffer = PdfWriter(), io.BytesIO()
    stream = StreamObject()
    stream.set_data(content)
    shared = writer._add_object(stream.flate_encode())
    for _ in range(pages):
        writer.add_blank_page(595, 842)[NameObject("/Contents")] = shared
    writer.write(buffer)
    return buffer.getvalue()


HOSTILE_PDF = {
    "bomb": pdf_with(b" " * 90_000_000),
    "heavy pages": pdf_with(b"q Q " * 900_000, pages=40),
    "many pages": pdf_with(b"", pages=400),
}
