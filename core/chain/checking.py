"""Follow every chain from its start; name the first row of each that is not as it was sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.core.files.storage import default_storage
from django.db.models import Manager

from core.chain import links
from core.chain.sealing import BATCH, FOLDER, kept_heads
from core.chained import Chained
from core.models import Seal


@dataclass(frozen=True)
class Broken:
    """``label`` of the table, the place in its chain, the key of the row if there is one, why."""

    label: str
    sequence: int
    pk: Any
    why: str

    def __str__(self) -> str:
        row = f"dòng số {self.pk}" if self.pk is not None else "dòng đã mất"
        return f"{self.label}, mắt xích {self.sequence}, {row}: {self.why}"


def check() -> list[Broken]:
    """The first broken place of each chain; empty when all are whole."""
    found = [broken for model in links.chained_models() if (broken := _check(model)) is not None]
    return [*found, *_behind_kept_heads()]


def _check(model: type[Chained]) -> Broken | None:
    label = model._meta.label
    seals = list(Seal.objects.filter(label=label).order_by("sequence"))
    if not seals:
        first = model._default_manager.exclude(hash=None).order_by("sequence").first()
        return (
            None if first is None else Broken(label, 1, first.pk, "có mã băm mà không có dấu niêm")
        )
    if not links.is_signed(seals[-1].words, seals[-1].signature):
        return Broken(label, seals[-1].sequence, None, "dấu niêm không phải của cổng này ký")
    return _follow(model, seals)


def _follow(model: type[Chained], seals: list[Seal]) -> Broken | None:
    label, pk_name = model._meta.label, model._meta.pk.attname
    waiting = iter(seals)
    current = next(waiting)
    before, place = links.START, 0
    signature = ""
    for row in _rows(model):
        place += 1
        if current is None or row["sequence"] != place:
            return Broken(label, place, None, "mất hoặc đổi thứ tự")
        before = links.link(before, label, place, row, current.fields)
        if row["hash"] != before:
            return Broken(label, place, row[pk_name], "nội dung khác lúc niêm")
        if place == current.sequence:
            if current.hash != before or current.previous != signature:
                return Broken(label, place, row[pk_name], "khác với dấu niêm")
            signature = current.signature
            current = next(waiting, None)  # type: ignore[assignment]
    if current is not None:
        return Broken(label, place + 1, None, "mất ở cuối")
    return None


def _rows(model: type[Chained]) -> Iterator[dict[str, Any]]:
    manager: Manager[Any] = model._default_manager
    rows = manager.exclude(sequence=None).order_by("sequence", "pk")
    return cast(Iterator[dict[str, Any]], rows.values().iterator(chunk_size=BATCH))


def _behind_kept_heads() -> Iterator[Broken]:
    """Seals that lie among the files and that the database does not know any more."""
    for name in kept_heads()[-1:]:
        with default_storage.open(f"{FOLDER}/{name}", "rb") as file:
            told = json.loads(file.read())
        if not links.is_signed(json.dumps(told["heads"], sort_keys=True), told["signature"]):
            yield Broken(FOLDER, 0, None, "dấu niêm lưu ngoài bị sửa")
            continue
        for label, (sequence, hash_) in told["heads"].items():
            if not Seal.objects.filter(label=label, sequence=sequence, hash=hash_).exists():
                yield Broken(label, sequence, None, "dấu niêm lưu ngoài không còn trong sổ")
