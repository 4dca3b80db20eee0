"""What the office calls a phone: read from the browser's own description, by hand."""

from __future__ import annotations

import re

_BROWSERS = (  # the first that matches; the apps come before the browsers they are made of
    ("Zalo", "Zalo"),
    ("FBAN|FBAV|FB_IAB", "Facebook"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("MiuiBrowser", "trình duyệt Xiaomi"),
    ("UCBrowser", "UC Browser"),
    ("OPR/|Opera", "Opera"),
    ("EdgA?/|EdgiOS", "Edge"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android.*Mobile", "Điện thoại Android"),
    ("Android", "Máy tính bảng Android"),
    ("Windows", "Máy tính Windows"),
    ("Macintosh", "Máy tính Mac"),
    ("CrOS", "Máy tính Chromebook"),
    ("Linux", "Máy tính Linux"),
)
_MODEL = re.compile(r"Android [\d.]+; ([A-Za-z0-9][A-Za-z0-9 _+-]{1,23})(?= Build|[;)])")
UNKNOWN = "Máy chưa rõ loại"


def name_of(user_agent: str) -> str:
    """ "Điện thoại Android SM-A107F, Zalo", "iPhone, Safari"; bounded, whatever was sent."""
    text = user_agent[:400]
    system = _first(_SYSTEMS, text)
    browser = _first(_BROWSERS, text)
    if not system:
        return f"{UNKNOWN}, {browser}" if browser else UNKNOWN
    model = _MODEL.search(text)
    if model and model[1] != "K":  # newer browsers write K for every phone
        system = f"{system} {model[1].strip()}"
    return f"{system}, {browser}" if browser else system


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in table if re.search(pattern, text)), "")
