"""Pictures: read whole and within limits, turned upright, written again without metadata."""

import io
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps

from core.files.errors import FileRefusedError

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000  # WebP ends at 16.383
WIDTHS = (480, 960, 1440)  # pixels
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")  # JPEG includes MPO, with the second picture of many phones

HEIC_SENTENCE = (
    "Ảnh HEIC của iPhone chưa dùng được, hãy đổi sang JPEG (Cài đặt, Camera, Định dạng,"
    " Tương thích nhất) rồi chọn lại."
)
_DAMAGED = "Ảnh này bị hỏng hoặc chưa tải hết, hãy chọn lại ảnh hoặc chụp ảnh khác."
_TOO_MANY_PIXELS = "Ảnh này quá lớn, hãy chọn ảnh không quá 40 triệu điểm ảnh."
_HEIC_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"heim", b"heis")


@dataclass(frozen=True, slots=True)
class Variant:
    """One WebP file: pixels and bytes."""

    width: int
    height: int
    data: bytes


def sniff(start: bytes) -> str | None:
    """The type of a picture that begins with ``start``; None for anything else."""
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    return None


def is_heic(start: bytes) -> bool:
    return start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS


def load(file: IO[Any]) -> Image.Image:
    """The picture in ``file``, decoded to its last byte, upright, in RGB or RGBA, metadata gone.

    Pixels are counted from the header, before any is decoded. JPEGs much larger than needed
    are decoded smaller, which saves most of the memory. Raises :class:`FileRefusedError`.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
                raise FileRefusedError(_TOO_MANY_PIXELS)
            image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
            image.load()
            profile = image.info.get("icc_profile")
            ImageOps.exif_transpose(image, in_place=True)
            return _plain(image, profile)
    except FileRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefusedError(_TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders fail in many ways on what they are fed
        raise FileRefusedError(_DAMAGED) from error


def variants(image: Image.Image) -> list[Variant]:
    """``image`` as WebP in each of :data:`WIDTHS` that it fills, smallest first.

    One narrower than the second of them also keeps its own width; none is enlarged.
    """
    widths = [width for width in WIDTHS if width <= image.width]
    if image.width < WIDTHS[1] and image.width not in widths:
        widths.append(image.width)
    return [_variant(image, width) for width in widths]


def _variant(image: Image.Image, width: int) -> Variant:
    height = max(1, round(image.height * width / image.width))
    resized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    buffer = io.BytesIO()
    resized.save(buffer, "WEBP", quality=QUALITY, method=4)
    return Variant(width, height, buffer.getvalue())


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Only the pixels of ``image``, in sRGB."""
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        image = _to_srgb(image, profile, mode)
    plain = image.convert(mode)
    plain.info.clear()
    return plain


def _to_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile only costs the exact colours
    return converted or image
