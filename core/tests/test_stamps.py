"""No file with a mark of secrecy is stored; its hash, who and when are."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from accounts.models import User
from core.backups.making import stored_names
from core.files import FileRefusedError, check_file, store_picture, store_upload
from core.files.stamps import MARKED
from core.models import SecretRefusal, StoredFile
from core.tests.factories import docx_bytes, picture_bytes

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def word(*paragraphs, part="word/document.xml"):
    body = "".join(
        # Word cuts a paragraph where the cursor stood: a stamp may lie in several runs.
        "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in text.split("|")) + "</w:p>"
        for text in paragraphs
    )
    return docx_bytes({part: f"{HEAD}{body}</w:body></w:document>".encode()})


def pdf(text):
    """One page of capitals without marks, as a font without Vietnamese letters prints them."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return data + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def table(text, tmp_path):
    book = Workbook()
    book.active["A1"], book.active["B2"] = "Danh sách", text
    book.save(tmp_path / "a.xlsx")
    return (tmp_path / "a.xlsx").read_bytes()


TEXTS = [
    "MẬT",
    "Mật",
    "TỐI MẬT",
    "Tối mật",
    "tối mật",
    "TUYỆT MẬT",
    "Tuyệt mật",
    "T Ố I  M Ậ T",
    "M Ậ T",
    "TOI MAT",
    "TUYET MAT",
    "Độ mật: MẬT",
    "Độ mật: Tối mật",
    "Mức độ mật",
    "(MẬT)",
    "[MẬT]",
    "* MẬT *",
    "“MẬT”",
    "Dấu: TỐI MẬT",
    "đóng dấu “MẬT”",
]
NAMES = [
    "TỐI MẬT.txt",
    "Tuyệt mật - KH 12.txt",
    "ke_hoach_toi_mat.txt",
    "TUYET-MAT.txt",
    "Kế hoạch (MẬT).txt",
    "MẬT_KH12.txt",
    "văn bản mật.txt",
    "do mat A.txt",
    "Tài liệu MẬT số 3.txt",
    "12-KH.mật.txt",
]
PLAIN = [
    "Mật ong, mật mía",
    "CÔNG TÁC BẢO MẬT THÔNG TIN",
    "Luật Bảo vệ bí mật nhà nước",
    "Không gửi tài liệu mật qua cổng này.",
    "ỦY BAN MẶT TRẬN TỔ QUỐC",
    "Mật độ dân số, mật khẩu",
]
PLAIN_NAMES = ["mat_tran_to_quoc.txt", "Mật ong Hà Giang.txt", "ra-mat-san-pham.txt", "to 2.txt"]


def refused(data, name, kinds=("document",)):
    try:
        check_file(ContentFile(data), name=name, kinds=kinds)
    except FileRefusedError as refusal:
        return str(refusal) == MARKED
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTS)
def test_a_stamp_in_the_text_is_refused(text):
    assert refused(f"KẾ HOẠCH\n{text}\nVề việc vận động\n".encode(), "a.txt")
    assert refused(word("KẾ HOẠCH", text, "Về việc vận động"), "a.docx")
    assert refused(("KẾ HOẠCH\n" + text + "\n").encode("utf-16"), "a.txt")


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_stamp_in_the_name_is_refused(name):
    assert refused(b"Ke hoach\n", name)


@pytest.mark.django_db
def test_a_stamp_is_seen_wherever_it_stands(tmp_path):
    assert refused(word("TỐI| M|ẬT"), "a.docx")
    assert refused(word("TỐI MẬT", part="word/header1.xml"), "a.docx")
    assert refused(table("TỐI MẬT", tmp_path), "a.xlsx", ["table"])
    assert refused(pdf("TUYET MAT"), "a.pdf")
    assert refused(picture_bytes(), "TỐI MẬT.png", ["picture"])


@pytest.mark.parametrize("text", PLAIN)
def test_other_words_are_taken(text):
    assert not refused(f"KẾ HOẠCH\n{text}\n".encode(), "a.txt")
    assert not refused(word("KẾ HOẠCH", text), "a.docx")


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_other_names_are_taken(name):
    assert not refused(b"Ke hoach\n", name)


def test_a_plain_pdf_is_taken():
    assert not refused(pdf("KE HOACH"), "a.pdf")


@pytest.mark.django_db
def test_nothing_is_kept_but_hash_user_and_time(caplog):
    user = User.objects.create_user(username="can-bo")
    data = word("TỐI MẬT", "Nội dung không ai được đọc")

    with pytest.raises(FileRefusedError):
        store_upload(ContentFile(data, "bí danh.docx"), kinds=["document"], user=user)
    with pytest.raises(FileRefusedError):
        store_picture(picture_bytes(), name="tối mật.png", user=user)

    first, second = SecretRefusal.objects.order_by("pk")
    assert (first.sha256, first.by) == (hashlib.sha256(data).hexdigest(), user)
    assert second.sha256 == hashlib.sha256(picture_bytes()).hexdigest()
    assert StoredFile.objects.count() == 0
    assert list(stored_names()) == []
    assert "bí danh" not in caplog.text
