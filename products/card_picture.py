"""The picture that chat programs show with a shared page: drawn from the record, 1200 x 630."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from core.models import Picture
from products.models import Product, Recognition

SIZE = WIDTH, HEIGHT = 1200, 630
PHOTO = 540  # the square at the left
EDGE = 45
PAPER, INK, MUTED, SON, NGOC = "#fbf8f1", "#1f1a17", "#574e47", "#9b1c1f", "#1f5c50"
FONTS = "static/fonts/be-vietnam-pro-5.3.0"
# What the subset "vietnamese" of the font has; the rest stands in "latin" (fonts.css).
_VIETNAMESE = frozenset(
    [
        *map(chr, range(0x1EA0, 0x1EFA)),
        *"ĂăĐđĨĩŨũƠơƯư",
        *map(chr, (0x300, 0x301, 0x303, 0x309, 0x323)),
    ]
)


def card_jpeg(product: Product, *, ward: str, claims: list[Recognition]) -> bytes:
    """The card of ``product``, published or not: photo, name, what it is known for, the ward."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    left = EDGE
    photo = _photo(product.picture)
    if photo:
        image.paste(photo, (EDGE, EDGE))
        left = EDGE * 2 + PHOTO
    width = WIDTH - left - EDGE
    y = EDGE + 12
    draw.rectangle((left, y, left + 18, y + 18), fill=SON)
    head = f"Hàng Việt – {ward}{', dữ liệu mẫu' if product.is_sample else ''}"
    y = _write(draw, (left + 32, y - 8), head, 26, MUTED, width - 32) + 34
    y = _write(draw, (left, y), product.name, 58 if len(product.name) < 60 else 42, INK, width) + 18
    for claim in claims[:2]:
        y = _write(draw, (left, y), f"{claim.label}, {claim.year}", 30, NGOC, width) + 8
    _write(draw, (left, y + 8), product.summary, 28, MUTED, width, weight=400, bottom=HEIGHT - EDGE)
    out = BytesIO()
    image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def _photo(picture: Picture | None) -> Image.Image | None:
    if picture is None:
        return None
    wide_enough = next((w for w in picture.widths if w >= PHOTO), picture.widths[-1])
    try:
        with default_storage.open(picture.storage_name(wide_enough)) as file:
            whole = Image.open(file).convert("RGB")
    except OSError:
        return None  # a card without its photo is still a card
    side = min(whole.size)
    x, y = (whole.width - side) // 2, (whole.height - side) // 2
    return whole.crop((x, y, x + side, y + side)).resize((PHOTO, PHOTO), Image.Resampling.LANCZOS)


@lru_cache(maxsize=32)
def _font(subset: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    path = settings.BASE_DIR / FONTS / f"{subset}-{weight}.woff2"
    return ImageFont.truetype(str(path), size)


def _pieces(text: str, weight: int, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """Runs of letters with the subset of the font that has them."""
    pieces: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for char in text:
        font = _font("vietnamese" if char in _VIETNAMESE else "latin", weight, size)
        if pieces and pieces[-1][1] is font:
            pieces[-1] = (pieces[-1][0] + char, font)
        else:
            pieces.append((char, font))
    return pieces


def _length(text: str, weight: int, size: int) -> float:
    return sum(font.getlength(piece) for piece, font in _pieces(text, weight, size))


def _write(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    size: int,
    colour: str,
    width: int,
    *,
    weight: int = 700,
    bottom: int = HEIGHT,
) -> int:
    """``text`` in lines of at most ``width``, none below ``bottom``; the y below the last line."""
    x, y = at
    height = round(size * 1.35)
    for line in _lines(text, width, weight, size):
        if y + height > bottom:
            break
        place = float(x)
        for piece, font in _pieces(line, weight, size):
            draw.text((place, y + size), piece, font=font, fill=colour, anchor="ls")
            place += font.getlength(piece)
        y += height
    return y


def _lines(text: str, width: int, weight: int, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _length(longer, weight, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
