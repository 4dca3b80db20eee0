"""Pictures: what is taken, what comes out of it, and how it is served."""

import io
import os
import zlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.urls import reverse
from PIL import Image, ImageCms

from core.files import FileRefusedError, open_stored, store_picture
from core.files.picture_child import load
from core.models import Picture, StoredFile
from core.tests.factories import PictureFactory, picture_bytes

pytestmark = pytest.mark.django_db

DAMAGED = "Ảnh này bị hỏng hoặc chưa tải hết, hãy chọn lại ảnh hoặc chụp ảnh khác."
TOO_MANY_PIXELS = "Ảnh này quá lớn, hãy chọn ảnh không quá 40 triệu điểm ảnh."
NO_PICTURE = "Chỉ nhận ảnh JPEG, PNG, WebP hoặc HEIC, hãy chọn tệp khác."


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(FileRefusedError) as caught:
        store_picture(data, name=name)
    assert StoredFile.objects.count() == Picture.objects.count() == 0
    return str(caught.value)


def published(picture: Picture, width: int) -> Image.Image:
    with default_storage.open(f"public/{picture.file_name(width)}") as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (picture_bytes(format="JPEG"), "a.jpg"),
        (picture_bytes(format="JPEG", progressive=True), "a.JPEG"),
        (picture_bytes(format="JPEG", mode="CMYK"), "a.jpg"),
        (picture_bytes(format="MPO", save_all=True), "a.jpg"),
        (picture_bytes(format="PNG"), "a.png"),
        (picture_bytes(format="PNG", mode="P"), "a.png"),
        (picture_bytes(format="PNG", mode="RGBA"), "a.png"),
        (picture_bytes(format="PNG", mode="I;16"), "a.png"),
        (picture_bytes(format="WEBP"), "a.webp"),
        (picture_bytes(format="HEIF"), "IMG_0001.HEIC"),
    ],
)
def test_usual_pictures_become_webp(data, name):
    picture = store_picture(data, name=name)

    assert [(v["width"], v["height"]) for v in picture.variants] == [(480, 288), (960, 576)]
    assert (picture.width, picture.height) == (960, 576)
    assert [published(picture, width).format for width in (480, 960)] == ["WEBP", "WEBP"]


def test_a_picture_keeps_its_original_privately():
    data = picture_bytes(format="PNG")

    picture = store_picture(data, name="Bình gốm.png", alt="Bình gốm", credit="Ban Biên tập")

    assert (picture.alt, picture.credit) == ("Bình gốm", "Ban Biên tập")
    assert (picture.original.original_name, picture.original.size) == ("Bình gốm.png", len(data))
    with open_stored(picture.original) as original:
        assert original.read() == data


def test_variants_say_what_lies_in_the_storage():
    picture = store_picture(picture_bytes(), name="a.png")

    assert [
        default_storage.size(f"public/{picture.file_name(v['width'])}") for v in picture.variants
    ] == [v["size"] for v in picture.variants]


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (300, [300]),
        (480, [480]),
        (700, [480, 700]),
        (960, [480, 960]),
        (1439, [480, 960]),
        (1440, [480, 960, 1440]),
        (3000, [480, 960, 1440]),
    ],
)
def test_variants_never_enlarge(width, widths):
    assert store_picture(picture_bytes(width, 200), name="a.png").widths == widths


def test_a_turned_phone_picture_stands_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    exif[0x010F] = "Camera"
    data = picture_bytes(1000, 600, format="JPEG", exif=exif)

    picture = store_picture(data, name="a.jpg")
    shown = published(picture, 480)

    assert (picture.width, picture.height) == (600, 1000)
    assert (dict(shown.getexif()), sorted(shown.info)) == ({}, ["background", "loop"])


def swapped_profile() -> bytes:
    """A colour profile in which red means what green means in sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tags = profile[:400].replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ")
    return tags.replace(b"????", b"gXYZ") + profile[400:]


def test_colours_are_brought_to_srgb_and_the_profile_dropped():
    data = picture_bytes(format="PNG", colour=(255, 0, 0), icc_profile=swapped_profile())

    shown = published(store_picture(data, name="a.png"), 480)

    red, green, _ = shown.getpixel((9, 9))
    assert (red < 60, green > 200) == (True, True)
    assert "icc_profile" not in shown.info


def test_a_broken_profile_only_costs_the_exact_colours():
    data = picture_bytes(format="PNG", colour=(255, 0, 0), icc_profile=b"broken")

    red, green, _ = published(store_picture(data, name="a.png"), 480).getpixel((9, 9))

    assert (red > 200, green < 60) == (True, True)


def test_a_decoded_picture_carries_nothing_but_pixels():
    data = picture_bytes(format="JPEG", icc_profile=b"broken", comment=b"Phuong Liet", dpi=(72, 72))

    assert load(io.BytesIO(data), "image/jpeg").info == {}


def test_sixteen_bits_keep_their_brightness():
    data = picture_bytes(format="PNG", mode="I;16", colour=40_000)

    assert load(io.BytesIO(data), "image/png").getpixel((0, 0)) == (156, 156, 156)


def test_a_large_jpeg_is_decoded_smaller():
    data = picture_bytes(6000, 4000, format="JPEG")

    assert load(io.BytesIO(data), "image/jpeg").size == (3000, 2000)


def test_a_transparent_ground_stays_transparent():
    picture = store_picture(picture_bytes(mode="RGBA"), name="a.png")

    assert published(picture, 480).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_script_behind_the_picture_is_not_published():
    picture = store_picture(picture_bytes() + b"<script>alert(1)</script>", name="a.png")

    assert [b"script" in published(picture, w).fp.getvalue() for w in (480, 960)] == [False, False]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.jpg", "Tệp này trống, hãy chọn tệp khác."),
        (b"<script>alert(1)</script>", "a.jpg", NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.jpg", NO_PICTURE),
        (b"%PDF-1.7", "a.pdf", NO_PICTURE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", NO_PICTURE),
        (picture_bytes(format="GIF"), "a.gif", NO_PICTURE),
        (picture_bytes(format="JPEG")[:-400], "a.jpg", DAMAGED),
        (picture_bytes(format="PNG")[:-40], "a.png", DAMAGED),
        (picture_bytes(format="WEBP")[:-40], "a.webp", DAMAGED),
        (picture_bytes(format="HEIF")[:-40], "a.heic", DAMAGED),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "IMG_0001.HEIC", DAMAGED),
        (b"\xff\xd8\xff" + b"\x00" * 100, "a.jpg", DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "a.png", DAMAGED),
        (
            picture_bytes(format="PNG"),
            "a.jpg",
            "Nội dung tệp không khớp với đuôi “.jpg” của tên tệp, hãy chọn tệp gốc chưa đổi tên.",
        ),
        (
            picture_bytes(format="HEIF"),
            "a.jpg",
            "Nội dung tệp không khớp với đuôi “.jpg” của tên tệp, hãy chọn tệp gốc chưa đổi tên.",
        ),
        (
            b"\xff\xd8\xff" + b"\x00" * (15 * 1024 * 1024),
            "a.jpg",
            "Tệp này quá lớn, hãy chọn tệp không quá 15 MB.",
        ),
    ],
)
def test_a_picture_is_refused_with_one_sentence(data, name, sentence):
    assert refusal(data, name) == sentence


def large_png(width: int, height: int) -> bytes:
    """A small PNG whose header claims ``width`` × ``height``."""
    data = bytearray(picture_bytes(1, 1, mode="1"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("width", "height"), [(8000, 5001), (13_000, 13_000), (60_000, 60_000), (16_001, 10)]
)
def test_pixels_are_counted_before_any_is_decoded(width, height):
    assert refusal(large_png(width, height), "a.png") == TOO_MANY_PIXELS


def test_a_picture_just_within_the_limit_is_decoded():
    """Its data end early, so it is the decoder that refuses it."""
    assert refusal(large_png(8000, 5000), "a.png") == DAMAGED


def test_nothing_stays_when_the_disk_refuses_half_way(monkeypatch, settings):
    rename, kept = os.rename, []

    def full_at_the_third(source, target):
        kept.append(target)
        if len(kept) == 3:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", full_at_the_third)

    with pytest.raises(OSError, match="No space left"):
        store_picture(picture_bytes(), name="a.png")
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert Picture.objects.count() == StoredFile.objects.count() == 0


def no_room_for_pictures(execute, sql, *args):
    if "INSERT INTO" in sql and "core_picture" in sql:
        raise OperationalError("database or disk is full")
    return execute(sql, *args)


def test_nothing_stays_when_the_database_refuses(settings):
    with connection.execute_wrapper(no_room_for_pictures), pytest.raises(OperationalError):
        store_picture(picture_bytes(), name="a.png")

    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0


# -- Addresses ----------------------------------------------------------------


@pytest.mark.parametrize(("width", "chosen"), [(1, 480), (480, 480), (481, 960), (2000, 960)])
def test_url_takes_the_nearest_wide_enough(width, chosen):
    picture = PictureFactory.build(key="k" * 32)

    assert picture.url(width) == f"/anh/{'k' * 32}-{chosen}.webp"


def test_srcset_lists_every_width():
    picture = PictureFactory.build(key="k" * 32)

    assert picture.srcset == f"{picture.small} 480w, {picture.large} 960w"
    assert (picture.small, picture.large) == (picture.url(480), picture.url(960))


# -- Serving ------------------------------------------------------------------


def test_anyone_gets_a_picture_and_any_cache_may_keep_it(client, django_assert_num_queries):
    picture = store_picture(picture_bytes(), name="a.png")

    with django_assert_num_queries(0):
        response = client.get(picture.small)

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (
        response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(picture.variants[0]["size"])
    assert (response.has_header("Set-Cookie"), response.has_header("Vary")) == (False, False)
    assert Image.open(io.BytesIO(response.getvalue())).size == (480, 288)


def test_head_gives_headers_alone(client):
    picture = store_picture(picture_bytes(), name="a.png")

    response = client.head(picture.small)

    assert (response.status_code, response.getvalue()) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_pictures_are_only_read(client, method):
    picture = store_picture(picture_bytes(), name="a.png")

    assert getattr(client, method)(picture.small).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "a" * 32 + "-480.webp",
        "a" * 32 + "-480.png",
        "a" * 32 + "-480.webp\n",
        "a" * 31 + "-480.webp",
        "a" * 32 + "-0480.webp",
        "..%2fprivate%2faa%2f" + "a" * 32,
        "x.html",
    ],
)
def test_any_other_name_is_missing(client, name):
    response = client.get(reverse("core:picture", args=["x"]).removesuffix("x") + name)

    assert response.status_code == 404
    assert response.has_header("Set-Cookie") is False


@pytest.mark.parametrize("name", ["page.html", "a" * 32 + "-480.webp.html", "b" * 31 + "-480.webp"])
def test_a_file_of_another_name_in_the_public_folder_is_not_served(client, name):
    default_storage.save(f"public/{name}", ContentFile(b"<script>"))

    assert client.get(reverse("core:picture", args=[name])).status_code == 404
