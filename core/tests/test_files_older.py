"""PDF and .doc: taken as documents, refused with scripts, macros, files inside or a password."""

import zlib

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from core.files import FileRefusedError, Kind, check_file

ACTIVE = (
    "Tệp PDF này có mã lệnh hoặc tệp nhúng bên trong nên không được nhận,"
    " hãy in lại thành PDF thường rồi chọn lại."
)
DOC_ACTIVE = (
    "Tệp Word này có macro hoặc tệp nhúng bên trong, hãy lưu thành .docx không có macro"
    " rồi chọn lại."
)
DAMAGED = "Tệp PDF này bị hỏng, hãy xuất lại PDF từ Word rồi chọn lại."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
WORD = OLE + "WordDocument".encode("utf-16-le")


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\nstartxref\n9\n%%EOF\n"


LARGE_PDF = pdf(b"<</Length 9>>stream\n" + b"#4a/J#4" * 2_500_000 + b"\nendstream")


def overlapping_pdf(filtered: bytes) -> bytes:
    opened = b"/Type/ObjStm" + filtered + b" stream\n"
    return pdf(opened * 50_000 + bytes(3_000_000) + b"endstream")


def packed(objects: bytes) -> bytes:
    stream = zlib.compress(objects)
    return pdf(b"<</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + stream + b"\nendstream")


def check(data: bytes, name: str):
    return check_file(ContentFile(data), name=name, kinds=[Kind.DOCUMENT])


@pytest.mark.parametrize(
    ("data", "name", "content_type"),
    [
        (pdf(b"<</Type/Catalog/OpenAction[3 0 R/Fit]>>"), "a.pdf", "application/pdf"),
        (packed(b"1 0 <</Type/Pages>>"), "a.PDF", "application/pdf"),
        (WORD, "a.doc", "application/msword"),
    ],
)
def test_older_documents_are_taken(data, name, content_type):
    assert check(data, name).content_type == content_type


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "a.pdf", ACTIVE),
        (pdf(b"<</S/J#61vaScript/JS(app.alert(1))>>"), "a.pdf", ACTIVE),
        (pdf(b"<</S/Launch/F(cmd.exe)>>"), "a.pdf", ACTIVE),
        (pdf(b"<</Type /EmbeddedFile>>"), "a.pdf", ACTIVE),
        (packed(b"1 0 <</S/JavaScript/JS(1)>>"), "a.pdf", ACTIVE),
        (packed(b"1 0 <</S/L#61unch>>"), "a.pdf", ACTIVE),
        (packed(bytes(9_000_000)), "a.pdf", DAMAGED),
        (pdf(b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\nxx\nendstream"), "a.pdf", DAMAGED),
        (pdf(b"<</Encrypt 5 0 R>>"), "a.pdf", "Tệp PDF này có mật khẩu, hãy bỏ mật khẩu rồi chọn lại."),
        (WORD + "_VBA_PROJECT".encode("utf-16-le"), "a.doc", DOC_ACTIVE),
        (WORD + "\x01Ole10Native".encode("utf-16-le"), "a.doc", DOC_ACTIVE),
    ],
)  # fmt: skip
def test_what_carries_more_than_a_text_is_refused(data, name, sentence):
    with pytest.raises(FileRefusedError) as refusal:
        check(data, name)

    assert str(refusal.value) == sentence


def test_a_large_pdf_is_looked_through():
    assert check(LARGE_PDF, "a.pdf").size == len(LARGE_PDF)


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_signature_are_taken_or_refused(data):
    for start, name in ((b"%PDF-1.4\n", "a.pdf"), (OLE, "a.doc")):
        try:
            assert check(start + data, name).size == len(start + data)
        except FileRefusedError as refusal:
            assert str(refusal).endswith(".")


@pytest.mark.parametrize("filtered", [b"", b"/Filter"])
def test_object_streams_that_lie_over_each_other_are_refused(filtered):
    with pytest.raises(FileRefusedError, match=DAMAGED):
        check(overlapping_pdf(filtered), "a.pdf")
