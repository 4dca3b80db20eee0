"""Whatever comes in, the reader answers: a reading, or one sentence; soon, and with bounded memory."""

import contextlib
import io
import os
import random
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.reader import NotAPlanError, UnreadableFileError, read_plan, read_text
from plans.tests.packages import package, paragraph
from plans.tests.test_shared_documents import DOCUMENTS

REFUSALS = (NotAPlanError, UnreadableFileError)
TEXTS = sorted(DOCUMENTS.glob("*.txt"))
FEW = settings(max_examples=60, deadline=5_000, suppress_health_check=list(HealthCheck))
PIECES = [
    "KẾ HOẠCH", "Số 12-KH/ĐU", "I. MỤC ĐÍCH", "II- Nội dung", "1. ", "a) ", "- ", "+ ", "Nơi nhận:", "TT",
    "Nội dung", "Chủ trì", "Thời gian", "1", "2", "T/M ĐẢNG ỦY", "BÍ THƯ", "Lê Văn An", "(", "“", ";", "./.",
    "trước ngày 20 hằng tháng", "Căn cứ Luật Giá số 16/2023/QH15 ngày 19/6/2023 của Quốc hội;", "PHỤ LỤC",
    "III. TỔ CHỨC THỰC HIỆN", "Ban Xây dựng Đảng: chủ trì", "| 1 | a | b |", "QUYẾT ĐỊNH",
]  # fmt: skip


def answer(data, name):
    """What the reader says; anything but a reading or a refusal is an error."""
    try:
        reading = read_plan(data, name)
    except REFUSALS as refusal:
        assert str(refusal).endswith(".")
        return None
    assert reading.as_dict()["document_type"].startswith("KẾ HOẠCH")
    return reading


@FEW
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.doc"]))
def test_any_bytes(data, name):
    answer(data, name)


@FEW
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=40))
def test_any_lines(lines):
    with contextlib.suppress(*REFUSALS):
        reading = read_text("KẾ HOẠCH\nthử\n" + "\n".join(lines))
        assert all(0 <= node.paragraph <= node.last for node in reading.nodes)


@FEW
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_mutated_texts(path, chance):
    lines = path.read_text("utf-8-sig").split("\n")
    for _ in range(chance.randint(1, 6)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        change = chance.choice(["drop", "swap", "double", "cut", "join", "lower"])
        if change == "drop":
            lines[at] = ""
        elif change == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif change == "double":
            lines.insert(other, lines[at])
        elif change == "cut":
            lines[at] = lines[at][: len(lines[at]) // 2]
        elif change == "join":
            lines[at] += lines[other]
        else:
            lines[at] = lines[at].lower()
    answer("\n".join(lines).encode(), path.name)


def mutated(data, seed):
    chance = random.Random(seed)
    result = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        result[chance.randrange(len(result))] = chance.randrange(256)
    return bytes(result)


@pytest.mark.parametrize("seed", range(25))
def test_mutated_word_files(seed):
    answer(mutated((DOCUMENTS / "05-KH-CB.docx").read_bytes(), seed), "a.docx")


@pytest.mark.parametrize("seed", range(25))
def test_mutated_parts_of_word_files(seed):
    """Each part stays a whole member; only what stands in it is changed."""
    source = zipfile.ZipFile(DOCUMENTS / "05-KH-CB.docx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name in ("word/document.xml", "word/numbering.xml", "word/styles.xml"):
                data = mutated(data, seed)
            target.writestr(name, data)
    answer(buffer.getvalue(), "a.docx")


@pytest.mark.parametrize("seed", range(4))
def test_mutated_pdf(seed):
    answer(mutated((DOCUMENTS / "own-pdf.pdf").read_bytes(), seed), "a.pdf")


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


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_answered_within_five_seconds(case):
    data = HOSTILE[case]
    begun = time.process_time()

    answer(data, "a.docx" if data.startswith(b"PK") else "a.txt")

    assert time.process_time() - begun < 5


def test_thirty_pages_take_less_than_a_second_and_200_megabytes():
    text = "Chủ trì, phối hợp với các đơn vị tổ chức tuyên truyền về Cuộc vận động; báo cáo trước ngày 20. "
    body = paragraph("KẾ HOẠCH") + paragraph("thử năm 2026") + paragraph("I. TỔ CHỨC THỰC HIỆN")
    data = package(
        body + "".join(paragraph(f"{n % 90 + 1}. Ban A{n}: {text * 3}") for n in range(400))
    )
    begun = time.process_time()

    reading = answer(data, "a.docx")

    assert (len(reading.assignments), time.process_time() - begun < 1) == (400, True)
    tracemalloc.start()
    answer(data, "a.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 * 1024 * 1024


def pdf_with(content, *, pages=1):
    """A PDF whose pages all draw ``content``."""
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, StreamObject

    writer, buffer = PdfWriter(), io.BytesIO()
    stream = StreamObject()
    stream.set_data(content)
    shared = writer._add_object(stream.flate_encode())
    for _ in range(pages):
        writer.add_blank_page(595, 842)[NameObject("/Contents")] = shared
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [pdf_with(b" " * 90_000_000), pdf_with(b"q Q " * 900_000, pages=40), pdf_with(b"", pages=400)],
    ids=["bomb", "heavy pages", "many pages"],
)
def test_a_hostile_pdf_costs_less_than_six_seconds_of_work(data):
    """Counted with the work of the child, which ends itself; other load does not count."""
    begun = sum(os.times()[:4])

    with pytest.raises(UnreadableFileError, match="PDF"):
        read_plan(data, "a.pdf")

    assert sum(os.times()[:4]) - begun < 6
