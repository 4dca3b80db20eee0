"""The dry run of goods: what a file would add, change and leave, with every doubt told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.imports import Plan, Row
from core.text import fold, format_date, format_number
from products.imports.kinds import GOODS, MAKERS, OUTLETS
from products.imports.photos import Photos
from products.imports.reading import Record
from products.imports.standing import Standing
from products.models import Product, ProductImport, Programme

NO_LEVEL = "hạng chưa hợp: OCOP ghi 3, 4 hoặc 5 sao; bình chọn ghi TOP 1 đến 4; chương trình khác để trống."
ELSEWHERE = {"outlets", "photo", "producer", "category", "residential_group", "product"}


def plan(one: ProductImport, records: list[Record]) -> Plan:
    """What ``records`` would write in the ward of ``one``; a fixed number of queries, no write."""
    planned = _Planned(Standing(one.ward), Photos(one), records)
    rows = [planned.row(record) for record in records]
    return Plan.of([*rows, *planned.photos.left_over(planned.standing)], one.ward_id)


class _Planned:
    """The records held against what stands, and against each other."""

    def __init__(self, standing: Standing, photos: Photos, records: list[Record]) -> None:
        self.standing, self.photos = standing, photos
        self.told: dict[tuple[str, ...], int] = {}
        self.coming: dict[str, set[str]] = {
            table.name: {fold(one.name) for one in records if one.table is table and not one.errors}
            for table in (MAKERS, OUTLETS)
        }
        self.goods = {_key(one): one for one in records if one.table is GOODS and not one.errors}
        self.codes: dict[str, int] = {}

    def row(self, record: Record) -> Row:
        row = Row(record.number, record.name, place=record.table.title)
        is_new = False
        if not record.errors:
            is_new = getattr(self, f"_{record.table.name}")(record, row)
        row.errors = record.errors + row.errors
        for entry in row.entries:
            entry["place"] = f"Bảng {record.table.title}, dòng"
        row.settle(is_new=is_new)
        return row

    def _first(self, record: Record, row: Row, *key: str) -> bool:
        first = self.told.setdefault((record.table.name, *key), record.number)
        if first != record.number:
            row.errors.append(f"Trùng với dòng {first}, dòng này không nhập.")
        return first == record.number

    # -- Makers and shops ------------------------------------------------------

    def _makers(self, record: Record, row: Row) -> bool:
        return self._plain(record, row, "producer", self.standing.producers, "place")

    def _outlets(self, record: Record, row: Row) -> bool:
        group = record.values.pop("residential_group", "")
        if group:
            unit = self.standing.groups.get(fold(group))
            if unit is None:
                record.refuse("residential_group", f"không có tổ dân phố “{group}” trong phường.")
                return False
            record.values["residential_group_id"] = unit.pk
        return self._plain(record, row, "outlet", self.standing.outlets, "address")

    def _plain(
        self, record: Record, row: Row, model: str, known: dict[str, list[Any]], place: str
    ) -> bool:
        """A maker or a shop: known by its name, and by its address where there are several."""
        same = known.get(fold(record.name), [])
        there = record.values.get(place, "")
        if not self._first(record, row, fold(record.name), fold(there)):
            return False
        if len(same) > 1:
            same = [one for one in same if fold(getattr(one, place)) == fold(there)]
            if len(same) != 1:
                record.refuse("name", "có nhiều nơi cùng tên này, ghi đúng địa chỉ đang có.")
                return False
        if same:
            self._change(record, row, model, same[0])
            return False
        row.sentences.append("Thêm mới.")
        row.entries.append({"op": "make", "model": model, "values": record.values})
        return True

    def _change(self, record: Record, row: Row, model: str, now: Any) -> None:
        for part in record.table.parts:
            if part.name in ELSEWHERE or part.name not in record.values or part.name == "name":
                continue
            self._set(row, model, now, part.name, part.label, record.values[part.name])
        if "residential_group_id" in record.values:
            unit = record.values["residential_group_id"]
            self._set(row, model, now, "residential_group_id", "tổ dân phố", unit)

    def _set(self, row: Row, model: str, now: Any, field: str, label: str, after: Any) -> None:
        before = getattr(now, field)
        before = before.isoformat() if isinstance(before, dt.date) else before
        if after == before:
            return
        told = f"{_said(before)} thành {_said(after)}"
        if field.endswith("_id"):
            told = "đổi theo tệp"
        row.sentences.append(f"{label[:1].upper()}{label[1:]}: {told}.")
        row.entries.append(
            {
                "op": "set",
                "model": model,
                "pk": now.pk,
                "field": field,
                "before": before,
                "after": after,
            }
        )

    # -- Goods -----------------------------------------------------------------

    def _goods(self, record: Record, row: Row) -> bool:
        maker = record.values.get("producer", "")
        if not self._first(record, row, fold(record.name), fold(maker)):
            return False
        same = self.standing.product(record.name, maker)
        if len(same) > 1:
            record.refuse("name", f"có {len(same)} mặt hàng cùng tên, ghi thêm cơ sở sản xuất.")
            return False
        now = same[0] if same else None
        self._check_goods(record, now)
        outlets = self._shops(record)
        if record.errors:
            return False
        if now is None:
            row.sentences.append("Thêm vào đề xuất, chờ kiểm tra và người thứ hai duyệt.")
            values = {k: v for k, v in record.values.items() if k not in ("outlets", "photo")}
            row.entries.append({"op": "make", "model": "product", "values": values})
        else:
            self._change(record, row, "product", now)
            self._change_links(record, row, now)
        self._photo(record, row, now)
        self._sales(record, row, now, outlets)
        if now is not None and now.status != Product.Status.DRAFT and row.entries:
            row.sentences, row.entries = [], []
            row.errors.append(
                f"“{now.name}” {now.get_status_display().lower()} nên tệp không sửa được, đồng chí "
                "sửa ở trang của mặt hàng."
            )
        return now is None

    def _check_goods(self, record: Record, now: Product | None) -> None:
        values = record.values
        if fold(values["category"]) not in self.standing.categories:
            record.refuse("category", f"phường chưa có loại hàng “{values['category']}”.")
        maker = fold(values.get("producer", ""))
        known = self.standing.producers.get(maker, [])
        if maker and not known and maker not in self.coming["makers"]:
            record.refuse(
                "producer", "chưa có cơ sở này, thêm vào bảng Cơ sở hoặc ghi đúng tên đang có."
            )
        if len(known) > 1:
            record.refuse("producer", "có nhiều cơ sở cùng tên, chọn ở trang của mặt hàng.")
        prices = [values.get(name) for name in ("price_low", "price_high", "price_on")]
        if any(prices) and (not all(prices) or prices[0] > prices[1]):  # type: ignore[operator]
            record.refuse("price_low", "giá cần đủ ba ô: từ, đến (không nhỏ hơn từ) và ngày xem.")
        if code := values.get("barcode"):
            bearer = self.standing.barcodes.get(code)
            first = self.codes.setdefault(code, record.number)
            if bearer is not None and bearer != now:
                record.refuse("barcode", f"mã vạch này đang là của “{bearer.name}”.")
            elif first != record.number:
                record.refuse("barcode", f"mã vạch này đã ghi ở dòng {first}.")

    def _change_links(self, record: Record, row: Row, now: Product) -> None:
        category = self.standing.categories[fold(record.values["category"])]
        self._set(row, "product", now, "category_id", "loại hàng", category.pk)

    def _shops(self, record: Record) -> list[str]:
        names = [
            name for part in record.values.get("outlets", "").split(";") if (name := part.strip())
        ]
        for name in names:
            known = self.standing.outlets.get(fold(name), [])
            if len(known) != 1 and fold(name) not in self.coming["outlets"]:
                record.refuse("outlets", f"chưa có nơi bán “{name}”, thêm vào bảng Nơi bán.")
        return names

    def _sales(self, record: Record, row: Row, now: Product | None, names: list[str]) -> None:
        for name in dict.fromkeys(names):
            known = self.standing.outlets.get(fold(name), [])
            if now and known and (now.pk, known[0].pk) in self.standing.sales:
                continue
            row.sentences.append(f"Bán ở {name}.")
            row.entries.append({"op": "sale", "product": _named(record, now), "outlet": name})

    def _photo(self, record: Record, row: Row, now: Product | None) -> None:
        photo, refusal = self.photos.of(record)
        if refusal:
            row.errors.append(refusal)
        if photo is None:
            return
        bearer = self.standing.pictures.get(photo.sha256)
        if bearer is not None and bearer != now:
            row.errors.append(f"Ảnh “{photo.name}” đang là ảnh của “{bearer.name}”, không đưa vào.")
        elif bearer is None:
            row.sentences.append(f"Ảnh: {photo.name}.")
            row.entries.append(
                {
                    "op": "photo",
                    "product": _named(record, now),
                    "picture": photo.picture_id,
                    "before": now.picture_id if now else None,
                }
            )

    # -- Recognitions ----------------------------------------------------------

    def _recognitions(self, record: Record, row: Row) -> bool:
        values = dict(record.values)
        name, maker = values.pop("product"), values.pop("producer", "")
        same = self.standing.product(name, maker)
        coming = [one for key, one in self.goods.items() if _is(key, name, maker)]
        if len(same) > 1 or (not same and len(coming) > 1):
            record.refuse("product", "có nhiều mặt hàng cùng tên, ghi thêm cơ sở sản xuất.")
            return False
        if not same and not coming:
            record.refuse("product", f"chưa có mặt hàng “{name}”, thêm vào bảng Hàng.")
            return False
        if not _fits(values):
            record.refuse("level", NO_LEVEL)
        if values["programme"] == Programme.CERTIFICATE and not values.get("title"):
            record.refuse("title", "giấy chứng nhận khác cần ghi tên giấy.")
        if record.errors:
            return False
        number, title = values.get("number", ""), fold(values.get("title", ""))
        claim = (values["programme"], values["year"], title, number)
        if not self._first(record, row, fold(name), fold(maker), *map(str, claim)):
            return False
        held = self.standing.claims.get((same[0].pk, *claim)) if same else None
        if held is not None:
            if any(_plain(getattr(held, key)) != value for key, value in values.items()):
                row.errors.append("Công nhận này đã có, đồng chí sửa ở trang của công nhận.")
            return False
        until = values.get("valid_until")
        last = f", đến hết {format_date(dt.date.fromisoformat(until))}" if until else ""
        row.sentences.append(
            f"Thêm {Programme(values['programme']).label} năm {values['year']}{last}; hiện sau khi "
            "có người đối chiếu."
        )
        product = {"pk": same[0].pk} if same else {"name": coming[0].name, "maker": maker}
        if not same:
            product["maker"] = coming[0].values.get("producer", "")
        row.entries.append({"op": "claim", "product": product, "values": values})
        return True


def _fits(values: dict[str, Any]) -> bool:
    level, programme = values.get("level"), values["programme"]
    if programme == Programme.OCOP:
        return level is not None and 3 <= level <= 5
    if programme == Programme.VOTED:
        return level is None or 1 <= level <= 4
    return level is None


def _key(record: Record) -> tuple[str, str]:
    return fold(record.name), fold(record.values.get("producer", ""))


def _is(key: tuple[str, str], name: str, maker: str) -> bool:
    return key[0] == fold(name) and (not maker or key[1] == fold(maker))


def _named(record: Record, now: Product | None) -> dict[str, Any]:
    if now is not None:
        return {"pk": now.pk}
    return {"name": record.name, "maker": record.values.get("producer", "")}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _said(value: Any) -> str:
    if value in (None, ""):
        return "chưa có"
    if isinstance(value, int):
        return format_number(value)
    text = str(value)
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
