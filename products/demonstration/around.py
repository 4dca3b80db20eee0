"""Makers, shops, recognitions and fairs around the sample goods: all invented, and named so.

No real shop or certificate stands here: whoever sees the trial run must not take one for true.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from products.barcodes import check_digit
from products.models import (
    Outlet,
    Producer,
    Product,
    Programme,
    Promotion,
    Recognition,
    Sale,
)
from units.models import Unit

MAKERS = (
    ("Hợp tác xã Mẫu số 1", "Xã Mẫu, tỉnh Hưng Yên", ("mat-ong-mau",)),
    ("Cơ sở Mẫu số 2", "Phường Mẫu, thành phố Hà Nội", ("tra-sen-mau", "banh-com-mau")),
    ("Xưởng Mẫu số 3", "Xã Mẫu, tỉnh Ninh Bình", ("khan-lua-mau",)),
    ("Lò gốm Mẫu số 4", "Xã Mẫu, thành phố Hà Nội", ("am-chen-mau",)),
)
ABOUT = "Nơi làm mẫu để dùng thử cổng; không phải cơ sở có thật."
# name, kind, hours, goods
SHOPS = (
    (
        "Cửa hàng Mẫu số 1",
        "cua-hang",
        "hằng ngày, 7:00 đến 21:00",
        ("mat-ong-mau", "tra-sen-mau", "nuoc-mam-phu-quoc"),
    ),
    ("Chợ Mẫu", "cho", "hằng ngày, 5:30 đến 18:00", ("banh-com-mau", "gao-st25-soc-trang")),
    ("Điểm bán Mẫu số 2", "diem-ban", "thứ Hai đến thứ Bảy, 8:00 đến 17:30", ("am-chen-mau",)),
    ("Siêu thị Mẫu", "sieu-thi", "hằng ngày, 8:00 đến 22:00", ("mat-ong-mau", "khan-lua-mau")),
)
GROUP = "Nhóm mẫu: thực phẩm chế biến"
BARCODE = "893000000001"  # without its check digit


def load(ward: Unit) -> None:
    """What stands around the sample goods of ``ward``, once."""
    if Outlet.objects.filter(owner=ward).exists():
        return
    goods = {row.slug: row for row in Product.objects.filter(owner=ward, is_sample=True)}
    _makers(ward, goods)
    _recognitions(goods)
    _shops(ward, goods)
    _promotions(ward)


def _makers(ward: Unit, goods: dict[str, Product]) -> None:
    for name, place, slugs in MAKERS:
        maker = Producer.objects.create(
            owner=ward, name=name, place=place, about=ABOUT, is_sample=True
        )
        for slug in slugs:
            goods[slug].producer = maker
            goods[slug].save(update_fields=["producer"])
    honey, set_of_cups = goods["mat-ong-mau"], goods["am-chen-mau"]
    honey.price_low, honey.price_high = 120_000, 160_000
    honey.price_unit, honey.price_on = "chai 500 ml", _ago(20)
    honey.save()
    set_of_cups.barcode = f"{BARCODE}{check_digit(BARCODE)}"
    set_of_cups.save()


def _recognitions(goods: dict[str, Product]) -> None:
    year = timezone.localdate().year
    rows = (
        ("mat-ong-mau", Programme.OCOP, year - 1, 4, dt.date(year + 2, 6, 30)),
        ("tra-sen-mau", Programme.OCOP, year - 1, 5, dt.date(year + 2, 9, 30)),
        ("tra-sen-mau", Programme.QUALITY, year, None, dt.date(year, 12, 31)),
        ("tra-sen-mau", Programme.QUALITY, year - 1, None, dt.date(year - 1, 12, 31)),
        ("khan-lua-mau", Programme.VOTED, year, 1, None),
        ("khan-lua-mau", Programme.VOTED, year - 1, 2, dt.date(year, 10, 31)),
        ("am-chen-mau", Programme.OCOP, year - 3, 3, _ago(30)),
    )
    for slug, programme, of_year, level, last_day in rows:
        Recognition.objects.create(
            product=goods[slug],
            programme=programme,
            year=of_year,
            level=level,
            group=GROUP,
            number=f"MẪU-{of_year}",
            issuer="Dữ liệu mẫu, không phải nơi cấp có thật",
            valid_until=last_day,
            checked_on=_ago(10),
        )


def _shops(ward: Unit, goods: dict[str, Product]) -> None:
    groups = list(
        Unit.objects.filter(kind=Unit.Kind.RESIDENTIAL_GROUP, path__startswith=ward.path).order_by(
            "sort_key"
        )[: len(SHOPS)]
    )
    for number, (name, kind, hours, slugs) in enumerate(SHOPS):
        shop = Outlet.objects.create(
            owner=ward,
            name=name,
            kind=kind,
            hours=hours,
            residential_group=groups[number] if number < len(groups) else None,
            address=f"Địa chỉ mẫu số {number + 1}, {ward.name}, thành phố Hà Nội",
            checked_on=_ago(15),
            is_sample=True,
        )
        for slug in slugs:
            Sale.objects.create(product=goods[slug], outlet=shop, confirmed_on=_ago(12))


def _promotions(ward: Unit) -> None:
    """A fair soon, and the days that come each year (DOMAIN: 15/3, the month of offers)."""
    today = timezone.localdate()
    rights_day = dt.date(today.year + (today > dt.date(today.year, 3, 15)), 3, 15)
    offers = today.year + (today > dt.date(today.year, 11, 30))
    rows = (
        (
            Promotion.Kind.FAIR,
            "Phiên chợ hàng Việt (mẫu)",
            today + dt.timedelta(days=9),
            today + dt.timedelta(days=11),
            "Nhà văn hóa mẫu",
        ),
        (
            Promotion.Kind.DAY,
            "Ngày Quyền của người tiêu dùng Việt Nam 15/3",
            rights_day,
            rights_day,
            "",
        ),
        (
            Promotion.Kind.OFFER,
            "Tháng khuyến mại (mẫu)",
            dt.date(offers, 11, 1),
            dt.date(offers, 11, 30),
            "",
        ),
    )
    for kind, title, first, last, place in rows:
        Promotion.objects.create(
            owner=ward,
            kind=kind,
            title=title,
            first_on=first,
            last_on=last,
            place=place,
            is_published=True,
            is_sample=True,
        )


def _ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)
