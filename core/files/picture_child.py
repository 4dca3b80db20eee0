"""Run as a program by :mod:`core.files.pictures`: a picture on standard input, WebP files out.

It imports nothing of the portal, limits its own time and memory and cannot write a single file,
so a picture that fells a decoder fells nothing else. First a line of JSON, ``{"variants": [{"width",
"height", "size"} …], "likeness": …}`` or ``{"error": …}``, then the bytes of the variants one after
the other.
"""

import contextlib
import io
import json
import os
import sys
import warnings
from typing import IO, Any

from PIL import Image, ImageOps, WebPImagePlugin

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000  # WebP ends at 16.383
WIDTHS = (480, 960, 1440)  # pixels
QUALITY = 80
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
CPU_SECONDS = 12
MEMORY = 768 * 1024 * 1024  # bytes of address space; WebP of 40 million pixels needs most of it
TOO_MANY_PIXELS, DAMAGED = "pixels", "damaged"


class TooManyPixelsError(Exception):
    pass


def limit() -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)  # the pages of the others come first
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # no such limits on Windows; the parent's timeout remains
        return
    for what, bound in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (bound, bound))


def load(file: IO[Any], content_type: str) -> Image.Image:
    """The picture in ``file``, decoded to its last byte, upright, in RGB or RGBA, metadata gone.

    Pixels are counted from the header, before any is decoded. What is much larger than needed
    is made smaller first (JPEGs while they are decoded), which saves most of the memory.
    Raises :class:`TooManyPixelsError`, and whatever a decoder may raise.
    """
    if content_type == "image/heic":
        _take_heic()
    with Image.open(file, formats=[FORMATS[content_type]]) as image:
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
            raise TooManyPixelsError
        image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
        image.load()
        profile = image.info.get("icc_profile")
        ImageOps.exif_transpose(image, in_place=True)
        return _plain(_reduced(image), profile)


def variants(image: Image.Image) -> list[tuple[int, int, bytes]]:
    """``image`` as WebP (width, height, bytes) in each of the widths that it fills, smallest first.

    One narrower than the second of them also keeps its own width; none is enlarged.
    """
    widths = [width for width in WIDTHS if width <= image.width]
    if image.width < WIDTHS[1] and image.width not in widths:
        widths.append(image.width)
    return [_variant(image, width) for width in widths]


def likeness(image: Image.Image) -> int | None:
    """64 bits (as a signed number) that hardly change when a picture is saved anew or made smaller.

    Each says whether a ninth of a row is brighter than the one after it ("dHash", N. Krawetz 2013).
    None for a picture of one colour, which looks like all others of one colour.
    """
    small = image.convert("L").resize((9, 8), Image.Resampling.BOX, reducing_gap=3.0)
    light = small.tobytes()
    bits = [light[at] > light[at + 1] for at in range(len(light) - 1) if at % 9 < 8]
    if not any(bits) or all(bits):
        return None
    number = sum(1 << place for place, bit in enumerate(bits) if bit)
    return number - (1 << 64) if number >> 63 else number


def _variant(image: Image.Image, width: int) -> tuple[int, int, bytes]:
    height = max(1, round(image.height * width / image.width))
    resized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    buffer = io.BytesIO()
    resized.save(buffer, WebPImagePlugin.WebPImageFile.format, quality=QUALITY, method=4)
    return width, height, buffer.getvalue()


def _take_heic() -> None:
    """The pictures of iPhones; their library is large and loaded for them alone."""
    import pillow_heif  # noqa: PLC0415

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _reduced(image: Image.Image) -> Image.Image:
    """A whole fraction of ``image`` where even that is larger than the largest variant."""
    factor = min(image.size) // WIDTHS[-1]
    if factor < 2 or image.mode not in ("L", "RGB", "RGBA", "CMYK") or "transparency" in image.info:
        return image
    return image.reduce(factor)


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
    from PIL import ImageCms  # noqa: PLC0415  few pictures need it

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile only costs the exact colours
    return converted or image


def answer(file: IO[Any], content_type: str) -> tuple[dict[str, Any], list[bytes]]:
    try:
        image = load(file, content_type)
        made, alike = variants(image), likeness(image)
    except (TooManyPixelsError, Image.DecompressionBombError):
        return {"error": TOO_MANY_PIXELS}, []
    except Exception:  # decoders fail in many ways on what they are fed
        return {"error": DAMAGED}, []
    head = [{"width": width, "height": height, "size": len(data)} for width, height, data in made]
    return {"variants": head, "likeness": alike}, [data for *_, data in made]


def main() -> None:
    limit()
    warnings.simplefilter("ignore")
    head, parts = answer(sys.stdin.buffer, sys.argv[1])
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to tidy up, and that takes time


if __name__ == "__main__":
    main()
