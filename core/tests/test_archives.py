"""Photos in a zip: what is read, and what is refused with which sentence."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from core.files import FileRefusedError, Kind, archives, check_file

JPEG = b"\xff\xd8\xff" + b"x" * 20


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, data in members:
            package.writestr(name, data)
    return buffer.getvalue()


def refusal(data):
    with pytest.raises(FileRefusedError) as caught:
        check_file(ContentFile(data), name="anh.zip", kinds=[Kind.ARCHIVE])
    return str(caught.value)


def test_pictures_come_out_without_folders_and_what_systems_add():
    data = zipped(
        ("ảnh/gốm.jpg", JPEG),
        ("ảnh/", b""),
        ("__MACOSX/ảnh/._gốm.jpg", b"x"),
        ("ảnh/Thumbs.db", b"x"),
        (".DS_Store", b"x"),
    )

    found = list(archives.unpack(io.BytesIO(data)))

    assert [(one.name, one.data, one.error) for one in found] == [("gốm.jpg", JPEG, "")]


def test_names_of_systems_that_do_not_say_utf8_are_read():
    data = zipped(("gom.jpg", JPEG)).replace(b"gom.jpg", "gố.jp".encode()[:7])

    assert [one.name for one in archives.unpack(io.BytesIO(data))] == ["gố.jp"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            zipped(*((f"{n}.jpg", b"x") for n in range(10_000))),
            "Tệp zip này có 10.000 tệp, nhiều nhất là 300; hãy chia ảnh làm nhiều lần nạp.",
        ),
        (
            zipped(*((f"{n}.jpg", b"x") for n in range(61))),
            "Tệp zip này có 61 ảnh, một lần nạp nhiều nhất 60 ảnh; hãy chia ảnh làm nhiều lần nạp.",
        ),
        (zipped(("../../etc/passwd", b"x")), archives.STRANGE_PATH),
        (zipped(("..\\a.jpg", b"x")), archives.STRANGE_PATH),
        (zipped(("/etc/a.jpg", b"x")), archives.STRANGE_PATH),
        (zipped(("C:\\a.jpg", b"x")), archives.STRANGE_PATH),
        (zipped(("__MACOSX/a.jpg", b"x")), archives.NO_PICTURE),
        (zipped(("a.jpg", JPEG))[:-40], archives.DAMAGED),
        (b"GIF89a" + b"x" * 100, "Chỉ nhận ảnh nén trong một tệp .zip, hãy chọn tệp khác."),
    ],
)
def test_a_bad_zip_is_refused_with_its_sentence(data, sentence):
    assert refusal(data) == sentence


def test_a_locked_zip_is_refused():
    data = bytearray(zipped(("a.jpg", JPEG)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(data)) == archives.LOCKED


def test_a_bomb_of_one_file_costs_no_more_than_a_picture():
    data = zipped(("bom.jpg", b"\0" * (archives.MAX_PICTURE * 4)), ("gom.jpg", JPEG))

    found = list(archives.unpack(io.BytesIO(data)))

    assert [(one.name, len(one.data), one.error) for one in found] == [
        ("bom.jpg", 0, "lớn hơn 15 MB, hãy thu nhỏ ảnh."),
        ("gom.jpg", len(JPEG), ""),
    ]


def test_a_bomb_of_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1_000_000)
    data = zipped(*((f"{n}.jpg", b"\0" * 300_000) for n in range(4)))

    assert refusal(data) == archives.TOO_MUCH


def test_a_method_that_is_not_known_leaves_its_file_out():
    data = zipped(("a.jpg", JPEG), compression=zipfile.ZIP_BZIP2)

    assert [one.error for one in archives.unpack(io.BytesIO(data))] == [
        "nén theo kiểu lạ, hãy nén lại bằng máy tính."
    ]
