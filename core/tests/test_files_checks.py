"""Documents: what is taken, what is refused with which sentence, and how it is kept."""

import hashlib
import io
import struct
import zipfile

import pytest
from django.core.files.base import ContentFile, File
from hypothesis import given
from hypothesis import strategies as st

from core.files import FileRefusedError, Kind, check_file
from core.tests.factories import (
    CONTENT_TYPES,
    DOCUMENT,
    docx_bytes,
    picture_bytes,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN = "KẾ HOẠCH\nCuộc vận động".encode()

ONLY_DOCUMENTS = "Chỉ nhận tệp Word (.docx, .doc), PDF hoặc văn bản (.txt), hãy chọn tệp khác."
LOCKED = (
    "Tệp có mật khẩu hoặc là .doc cũ, hãy mở bằng Word, bỏ mật khẩu và lưu thành .docx"
    " rồi chọn lại."
)
PDF_DAMAGED = "Tệp PDF này bị hỏng, hãy xuất lại PDF từ Word rồi chọn lại."
DAMAGED = "Tệp Word này bị hỏng, hãy mở bằng Word, lưu lại thành .docx rồi chọn lại."
TOO_MUCH = "Tệp Word này chứa quá nhiều dữ liệu, hãy bỏ bớt ảnh, lưu lại rồi chọn lại."
MACROS = "Tệp Word này có macro, hãy lưu thành .docx không có macro rồi chọn lại."
NO_WORD = "Tệp này không phải tệp Word, hãy mở bằng Word, lưu thành .docx rồi chọn lại."
NO_TEXT = "Tệp này không phải văn bản thường, hãy lưu thành .docx hoặc .txt rồi chọn lại."


def check(data: bytes, name: str, kinds=(Kind.DOCUMENT,)):
    return check_file(ContentFile(data), name=name, kinds=kinds)


def refusal(data: bytes, name: str, kinds=(Kind.DOCUMENT,)) -> str:
    with pytest.raises(FileRefusedError) as caught:
        check(data, name, kinds)
    return str(caught.value)


# -- What is taken ------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "content_type"),
    [
        (docx_bytes(), "Ke hoach.docx", DOCX),
        (docx_bytes(), "KE HOACH.DOCX", DOCX),
        (docx_bytes({"word/document2.xml": DOCUMENT}, without="word/document.xml"), "a.docx", DOCX),
        (docx_bytes({"word/document.xml": DOCUMENT.decode().encode("utf-16")}), "a.docx", DOCX),
        (docx_bytes({"word/media/image1.png": picture_bytes()}), "a.docx", DOCX),
        (PLAN, "ke-hoach.txt", "text/plain"),
        (b"\xef\xbb\xbf" + PLAN, "a.txt", "text/plain"),
        (PLAN.decode().encode("utf-16"), "a.txt", "text/plain"),
        ("Uû ban nh©n d©n".encode("latin-1"), "a.txt", "text/plain"),
        (PLAN.decode().encode("utf-16-le"), "a.txt", "text/plain"),
        (b"mot\x0bhai\x0cba\x1a", "a.txt", "text/plain"),
    ],
)
def test_documents_are_known_by_their_content(data, name, content_type):
    checked = check(data, name)

    assert (checked.content_type, checked.size) == (content_type, len(data))
    assert checked.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ke\u0302\u0301 hoạch.txt", "Kế hoạch.txt"),
        ("C:\\Users\\a\\ke hoach.txt", "ke hoach.txt"),
        ("../../etc/ke hoach.txt", "ke hoach.txt"),
        ("\u202eke\x00\nhoach.txt", "ke hoach.txt"),
        ("k" * 300 + ".txt", "k" * 251 + ".txt"),
    ],
)
def test_the_name_is_cleaned(typed, kept):
    assert check(PLAN, typed).name == kept


# -- What is refused ----------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.docx", "Tệp này trống, hãy chọn tệp khác."),
        (
            b"a" * (20 * 1024 * 1024 + 1),
            "a.txt",
            "Tệp này quá lớn, hãy chọn tệp không quá 20 MB.",
        ),
        (b"%PDF-1.7\n", "a.pdf", PDF_DAMAGED),
        (
            b"%PDF-1.7\n",
            "a.docx",
            "Nội dung tệp không khớp với đuôi “.docx” của tên tệp, hãy chọn tệp gốc chưa đổi tên.",
        ),
        (b"{\\rtf1}", "a.txt", ONLY_DOCUMENTS),
        (b"MZ\x90\x00", "a.txt", ONLY_DOCUMENTS),
        (b"MZ is how this text begins", "a.txt", ONLY_DOCUMENTS),
        (picture_bytes(), "a.docx", ONLY_DOCUMENTS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", LOCKED),
        (b"a" * 100 + b"\x00\x01", "a.txt", NO_TEXT),
        (b"\xff\xfea\x00b", "a.txt", NO_TEXT),
        (
            docx_bytes(),
            "a.txt",
            "Nội dung tệp không khớp với đuôi “.txt” của tên tệp, hãy chọn tệp gốc chưa đổi tên.",
        ),
        (
            PLAN,
            "a.docx",
            "Nội dung tệp không khớp với đuôi “.docx” của tên tệp, hãy chọn tệp gốc chưa đổi tên.",
        ),
        (docx_bytes(), "a.docm", ONLY_DOCUMENTS),
        (b'{"a": 1}', "a.json", ONLY_DOCUMENTS),
        (PLAN, "ke hoach", ONLY_DOCUMENTS),
    ],
)
def test_a_file_is_refused_with_one_sentence(data, name, sentence):
    assert refusal(data, name) == sentence


def test_each_kind_has_its_own_limit():
    """Where both are taken, a picture may still not be as large as a document."""
    large = b"\xff\xd8\xff" + b"\0" * (16 * 1024 * 1024)

    sentence = refusal(large, "a.jpg", (Kind.DOCUMENT, Kind.PICTURE))

    assert sentence == "Tệp này quá lớn, hãy chọn tệp không quá 15 MB."


class TooLong(File):
    """A body without end; whoever reads on after the limit fails."""

    def chunks(self, chunk_size=None):
        for _ in range(21):
            yield b"a" * 1024 * 1024
        raise AssertionError("read on after the limit")


def test_reading_ends_at_the_limit():
    with pytest.raises(FileRefusedError, match="không quá 20 MB"):
        check_file(TooLong(None), name="a.txt", kinds=[Kind.DOCUMENT])


def test_kinds_may_be_named():
    assert check(picture_bytes(), "a.png", ["document", "picture"]).content_type == "image/png"
    assert refusal(PLAN, "a.txt", ["picture"]) == (
        "Chỉ nhận ảnh JPEG, PNG, WebP hoặc HEIC, hãy chọn tệp khác."
    )


MACRO_TYPES = CONTENT_TYPES.replace(
    b"/>",
    b'><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
)
DOCTYPE = b'<!DOCTYPE a [<!ENTITY x "y">]>'
PADDED = DOCUMENT[:55] + b" " * (64 * 1024 - 60)  # the DOCTYPE straddles two chunks


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (docx_bytes(without="[Content_Types].xml"), NO_WORD),
        (docx_bytes(without="word/document.xml"), NO_WORD),
        (docx_bytes({"xl/workbook.xml": b"<a/>"}, without="word/document.xml"), NO_WORD),
        (docx_bytes({"word/vbaProject.bin": b"x"}), MACROS),
        (docx_bytes({"word/VBAPROJECT.BIN": b"x"}), MACROS),
        (docx_bytes({"[Content_Types].xml": MACRO_TYPES}), MACROS),
        (docx_bytes({"word/document.xml": b"<?xml version='1.0'?>" + DOCTYPE + b"<a/>"}), DAMAGED),
        (docx_bytes({"word/styles.xml": DOCTYPE.lower() + b"<a/>"}), DAMAGED),
        (docx_bytes({"word/_rels/x.rels": DOCTYPE + b"<a/>"}), DAMAGED),
        (docx_bytes({"word/styles.xml": (DOCTYPE + b"<a/>").decode().encode("utf-16")}), DAMAGED),
        (docx_bytes({"word/styles.xml": PADDED + b"<!DOCTYPE a>"}), DAMAGED),
        (docx_bytes({"word/styles.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}), DAMAGED),
        (docx_bytes({"word/styles.xml": DOCTYPE.decode().encode("cp037")}), DAMAGED),
        (docx_bytes({f"word/{n}.bin": b"" for n in range(2000)}), TOO_MUCH),
        (docx_bytes({"word/media/a.bin": b"\0" * (101 * 1024 * 1024)}), TOO_MUCH),
        (docx_bytes({"word/styles.xml": b"<a>" + b" " * (41 * 1024 * 1024)}), TOO_MUCH),
        (docx_bytes()[:-30], DAMAGED),
        (docx_bytes()[:40], DAMAGED),
        (b"PK\x03\x04" + b"\0" * 100, DAMAGED),
    ],
)
def test_a_word_file_with_a_trap_is_refused(data, sentence):
    assert refusal(data, "a.docx") == sentence


def test_claimed_sizes_are_not_believed():
    """200 MB of zeroes in a member that claims ten bytes."""
    data = bytearray(docx_bytes({"word/media/a.bin": b"\0" * (200 * 1024 * 1024)}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rindex(signature)
        data[start + offset : start + offset + 4] = struct.pack("<I", 10)

    assert refusal(bytes(data), "a.docx") == DAMAGED


def test_members_together_have_one_limit():
    member = b"\0" * (26 * 1024 * 1024)

    assert refusal(docx_bytes({f"word/{n}.bin": member for n in range(4)}), "a.docx") == TOO_MUCH


def test_a_changed_byte_in_a_member_is_found():
    data = docx_bytes({"word/media/a.bin": b"Phuong Liet"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo("word/media/a.bin")
    start = info.header_offset + 30 + len(info.filename)
    changed = data[: start + 3] + bytes([data[start + 3] ^ 0xFF]) + data[start + 4 :]

    assert refusal(changed, "a.docx") == DAMAGED


def test_an_encrypted_member_is_refused():
    data = bytearray(docx_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(data), "a.docx") == LOCKED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_word_does_not_use_are_refused(method):
    buffer = io.BytesIO(docx_bytes())
    with zipfile.ZipFile(buffer, "a", method) as package:
        package.writestr("word/media/a.bin", b"a")

    assert refusal(buffer.getvalue(), "a.docx") == DAMAGED


def test_a_name_twice_is_refused():
    buffer = io.BytesIO(docx_bytes())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("word/Document.xml", DOCUMENT)

    assert refusal(buffer.getvalue(), "a.docx") == DAMAGED


@given(st.data())
def test_no_mutation_of_a_word_file_breaks_the_check(data):
    mutated = bytearray(docx_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    try:
        check(bytes(mutated), "a.docx")
    except FileRefusedError as error:
        assert str(error).endswith(".")


@given(st.binary(max_size=200), st.sampled_from(["a.docx", "a.txt", "a.jpg", "a", "", ".."]))
def test_any_bytes_under_any_name_are_taken_or_refused(data, name):
    try:
        checked = check(data, name, tuple(Kind))
    except FileRefusedError as error:
        assert str(error).endswith(".")
    else:
        assert checked.size == len(data)
