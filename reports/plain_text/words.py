"""What both ways have in common: the tags, and letters that no way changes."""

from __future__ import annotations

import re
import unicodedata
import zlib

from core.text import clean

MAX_LABEL = 60  # letters of a label or title
MAX_PASTED = 20_000  # letters of a pasted text that are looked at
TEXTS = {
    "KQ": ("result", "result", "Kết quả"),
    "KK": ("difficulties", "difficulties", "Khó khăn"),
    "KN": ("difficulties", "recommendations", "Kiến nghị"),
}
ROW = {"V": "held_on", "A": "title", "B": "place", "C": "attendance"}
WHOLE = "Trên tổng số"
AFFIRMED = "Đã xem lại, số này đúng"


def label_of(text: str) -> str:
    """Short, and without the signs that mean something here."""
    words = re.sub(r"[\[\]:]+", " ", clean(text)).split()
    label = " ".join(words)
    if len(label) <= MAX_LABEL:
        return label
    return label[:MAX_LABEL].rsplit(" ", 1)[0] + "…"


def sign_of(body: str) -> str:
    letters = unicodedata.normalize("NFKD", body).lower().replace("đ", "d")
    kept = re.sub(r"[^a-z0-9]", "", letters)
    return f"{zlib.crc32(kept.encode()) & 0xFFFF:04x}"
