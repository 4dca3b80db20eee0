"""Rows and files for tests, of declared content."""

import hashlib
import io
import zipfile
from typing import Any

import factory
import pillow_heif
from PIL import Image

from core.models import OutboxMessage, Picture, StoredFile

pillow_heif.register_heif_opener(thumbnails=False)

CONTENT_TYPES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
DOCUMENT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)


def picture_bytes(
    width: int = 1000,
    height: int = 600,
    *,
    format: str = "PNG",
    mode: str = "RGB",
    colour: Any = 0,
    **options: Any,
) -> bytes:
    """A picture of one colour in ``format`` (JPEG, PNG, WEBP, MPO, HEIF …)."""
    buffer = io.BytesIO()
    Image.new(mode, (width, height), colour).save(buffer, format, **options)
    return buffer.getvalue()


def docx_bytes(parts: dict[str, bytes] | None = None, *, without: str = "") -> bytes:
    """A smallest Word file, with ``parts`` added or replaced and one left out."""
    members = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": DOCUMENT} | (parts or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            if name != without:
                package.writestr(name, data)
    return buffer.getvalue()


class StoredFileFactory(factory.django.DjangoModelFactory):
    """A row alone; nothing lies in the storage. ``core.files.store_upload`` makes both."""

    class Meta:
        model = StoredFile

    original_name = "ke-hoach.docx"
    sha256 = hashlib.sha256(b"ke hoach").hexdigest()
    size = 8
    content_type = "text/plain"
    state = StoredFile.State.CLEAN


class PictureFactory(factory.django.DjangoModelFactory):
    """A row alone; nothing lies in the storage. ``core.files.store_picture`` makes both."""

    class Meta:
        model = Picture

    width = 960
    height = 640
    alt = "Bình gốm men lam"
    credit = "Ảnh minh họa"
    variants = [
        {"width": 480, "height": 320, "size": 1000, "sha256": "0" * 64},
        {"width": 960, "height": 640, "size": 3000, "sha256": "1" * 64},
    ]


class OutboxMessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutboxMessage

    recipient = "bithu@example.com"
    subject = "Báo cáo tháng 4"
    body = "Đồng chí chưa nộp báo cáo."
