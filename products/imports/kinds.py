"""The four tables of goods: their columns, what each may hold, and how a header is known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from core.imports import Meanings
from core.sheets import Column, Kind
from core.text import fold, parse_count, parse_date, parse_phone
from products.barcodes import parse_barcode
from products.models import Outlet, Programme

MAX_PRICE = 2_000_000_000  # đồng
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Part:
    """A column. ``read`` gives the value as JSON can keep it, or raises ``ValueError``."""

    name: str
    title: str
    pattern: str
    limit: int = 250
    read: Callable[[str], Any] = str
    is_needed: bool = False
    kind: Kind = Kind.TEXT
    width: float | None = None

    @property
    def label(self) -> str:
        return self.title[:1].lower() + self.title[1:]


@dataclass(frozen=True)
class Table:
    """One of the four; ``needed`` names the column without which a line is no header."""

    name: str
    title: str
    needed: str
    parts: tuple[Part, ...]

    @property
    def meanings(self) -> Meanings:
        patterns = tuple((part.name, re.compile(part.pattern)) for part in self.parts)
        return Meanings(((None, re.compile(r"^(?:stt|tt)\b")), *patterns), needed=self.needed)

    @property
    def columns(self) -> list[Column]:
        return [Column(part.title, part.kind, part.width) for part in self.parts]


def _day(text: str) -> str:
    return parse_date(text).isoformat()


def _price(text: str) -> int:
    value = parse_count(text.lower().replace("đồng", "").replace("đ", "")).value
    if not 0 < value <= MAX_PRICE:
        raise ValueError("giá chưa đúng, ghi số đồng, ví dụ 120.000.")
    return value


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1990 <= int(text[:5]) <= dt.date.max.year // 4):
        raise ValueError("năm chưa đúng, ghi bốn chữ số, ví dụ 2025.")
    return int(text)


def _level(text: str) -> int:
    found = _NUMBER.findall(text)
    if len(found) != 1 or not 1 <= int(found[0][:3]) <= 5:
        raise ValueError("hạng chưa đúng, ghi ví dụ 4 sao hoặc TOP 1.")
    return int(found[0])


def _site(text: str) -> str:
    text = text if "://" in text else f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in text:
        raise ValueError("trang web chưa đúng, ví dụ https://hangviet.vn.")
    return text


def _choice(choices: Any, words: dict[str, str], sentence: str) -> Callable[[str], str]:
    known = {fold(label): value for value, label in choices} | words

    def read(text: str) -> str:
        key = fold(text)
        if key not in known:
            raise ValueError(sentence)
        return known[key]

    return read


_PROGRAMME = _choice(
    Programme.choices,
    {
        "hvnclc": Programme.QUALITY.value,
        "thuong hieu quoc gia": Programme.NATIONAL.value,
        "binh chon": Programme.VOTED.value,
        "hang viet nam duoc nguoi tieu dung yeu thich": Programme.VOTED.value,
        "khac": Programme.CERTIFICATE.value,
    },
    "chương trình chưa rõ, ghi OCOP, Hàng Việt Nam được người tiêu dùng yêu thích, Hàng Việt Nam "
    "chất lượng cao, Thương hiệu quốc gia Việt Nam, Chỉ dẫn địa lý hoặc Giấy chứng nhận khác.",
)
_SHOP = _choice(
    Outlet.Kind.choices,
    {},
    "loại nơi bán chưa rõ, ghi cửa hàng, chợ, siêu thị, quầy của hợp tác xã hoặc điểm bán hàng "
    "Việt Nam.",
)

MAKERS = Table(
    "makers",
    "Cơ sở",
    "name",
    (
        Part(
            "name",
            "Tên cơ sở",
            r"^ten co so|^ten co so san xuat|nha san xuat",
            200,
            is_needed=True,
            width=34,
        ),
        Part("place", "Địa chỉ", r"dia chi", 250, width=40),
        Part("phone", "Điện thoại", r"dien thoai|\bsdt\b", 30, parse_phone, width=16),
        Part("website", "Trang web", r"trang web|website", 200, _site),
        Part("about", "Giới thiệu", r"gioi thieu", 4000, width=50),
    ),
)
OUTLETS = Table(
    "outlets",
    "Nơi bán",
    "name",
    (
        Part(
            "name",
            "Tên nơi bán",
            r"^ten (?:noi|diem) ban|^ten cua hang",
            200,
            is_needed=True,
            width=34,
        ),
        Part("kind", "Loại", r"^loai", 60, _SHOP),
        Part("address", "Địa chỉ", r"dia chi", 250, is_needed=True, width=40),
        Part("residential_group", "Tổ dân phố", r"to dan pho|\btdp\b", 200),
        Part("phone", "Điện thoại", r"dien thoai|\bsdt\b", 30, parse_phone, width=16),
        Part("hours", "Giờ mở cửa", r"gio (?:mo cua|ban)", 160),
        Part("website", "Trang web", r"trang web|website", 200, _site),
        Part("note", "Ghi chú", r"ghi chu", 250),
    ),
)
GOODS = Table(
    "goods",
    "Hàng",
    "name",
    (
        Part(
            "name",
            "Tên hàng",
            r"^ten hang|^ten san pham|^mat hang|^san pham$",
            160,
            is_needed=True,
            width=30,
        ),
        Part("category", "Loại hàng", r"loai hang|nhom hang", 80, is_needed=True),
        Part("producer", "Cơ sở sản xuất", r"co so|nha san xuat", 200),
        Part("place", "Xuất xứ", r"xuat xu", 250, width=36),
        Part(
            "summary",
            "Một câu giới thiệu",
            r"^mot cau|^gioi thieu|mo ta",
            250,
            is_needed=True,
            width=44,
        ),
        Part("why_recommended", "Vì sao được giới thiệu", r"vi sao", 4000, width=60),
        Part("how_to_recognise", "Cách nhận biết", r"nhan biet", 4000, width=50),
        Part("season", "Mùa", r"^mua", 120),
        Part("sources", "Nguồn", r"nguon", 4000),
        Part("barcode", "Mã vạch", r"ma vach", 30, parse_barcode, width=18),
        Part("price_low", "Giá từ", r"gia tu|gia thap", 30, _price, kind=Kind.COUNT),
        Part("price_high", "Giá đến", r"gia den|gia cao", 30, _price, kind=Kind.COUNT),
        Part("price_unit", "Giá của", r"gia cua|don vi tinh", 60),
        Part("price_on", "Giá xem ngày", r"gia xem|ngay xem", 30, _day, kind=Kind.DATE),
        Part("outlets", "Nơi bán (cách nhau dấu ;)", r"noi ban|diem ban", 2000, width=40),
        Part("photo", "Tệp ảnh", r"anh$|tep anh|^anh", 250, width=24),
    ),
)
RECOGNITIONS = Table(
    "recognitions",
    "Công nhận",
    "programme",
    (
        Part(
            "product",
            "Tên hàng",
            r"^ten hang|^ten san pham|^mat hang",
            160,
            is_needed=True,
            width=30,
        ),
        Part("producer", "Cơ sở sản xuất", r"co so|nha san xuat", 200),
        Part(
            "programme", "Chương trình", r"^chuong trinh", 120, _PROGRAMME, is_needed=True, width=30
        ),
        Part("title", "Tên giấy chứng nhận", r"ten giay", 160),
        Part("year", "Năm", r"^nam", 10, _year, is_needed=True, kind=Kind.COUNT),
        Part("level", "Hạng", r"hang$|^hang\b|so sao", 20, _level),
        Part("group", "Nhóm hàng của chương trình", r"nhom hang", 120),
        Part("number", "Số giấy chứng nhận", r"so giay", 80),
        Part("issuer", "Nơi cấp", r"noi cap|co quan cap", 200),
        Part("decision", "Số quyết định", r"so quyet dinh", 120),
        Part("decided_on", "Ngày quyết định", r"ngay quyet dinh", 30, _day, kind=Kind.DATE),
        Part(
            "valid_until",
            "Có giá trị đến hết ngày",
            r"gia tri den|het han",
            30,
            _day,
            kind=Kind.DATE,
        ),
        Part("link", "Trang để đối chiếu", r"doi chieu|trang web", 300, _site),
    ),
)
# In the order in which they are written: what others name comes first.
TABLES = (MAKERS, OUTLETS, GOODS, RECOGNITIONS)
