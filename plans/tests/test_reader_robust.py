"""Whatever comes in, the reader answers: a reading, or one sentence; soon, and with bounded memory."""

import contextlib
import io
import random
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.reader import NotAPlanError, UnreadableFileError, read_plan, read_text
from plans.tests.hostile import HOSTILE, HOSTILE_PDF, PAGES_30
from plans.tests.test_shared_documents import DOCUMENTS

REFUSALS = (NotAPlanError, UnreadableFileError)
TEXTS = sorted(DOCUMENTS.glob("*.txt"))
FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))
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


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_answered(case):
    data = HOSTILE[case]

    answer(data, "a.docx" if data.startswith(b"PK") else "a.txt")


def test_thirty_pages_are_read_in_200_megabytes():
    assert len(answer(PAGES_30, "a.docx").assignments) == 400
    tracemalloc.start()
    answer(PAGES_30, "a.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 * 1024 * 1024


@pytest.mark.parametrize("data", HOSTILE_PDF.values(), ids=HOSTILE_PDF)
def test_a_hostile_pdf_is_refused(data):
    with pytest.raises(UnreadableFileError, match="PDF"):
        read_plan(data, "a.pdf")
