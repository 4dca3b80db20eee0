"""A dry run of goods is written in one transaction, and taken back whole or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files import File
from django.db import models

from core.files import (
    Checked,
    FileRefusedError,
    FilesBusyError,
    Kind,
    check_file,
    open_stored,
    store_upload,
)
from core.imports import Plan, take_back, write
from core.text import fold
from products.imports.photos import keep_photos
from products.imports.planning import plan
from products.imports.reading import records
from products.models import (
    Category,
    Outlet,
    Producer,
    Product,
    ProductImport,
    Recognition,
    Sale,
)
from units.models import Unit

Entry = dict[str, Any]
MODELS: dict[str, Any] = {"producer": Producer, "outlet": Outlet, "product": Product}
NOUNS = {"producer": "cơ sở", "outlet": "nơi bán", "product": "mặt hàng"}


class ArchiveRefusedError(FileRefusedError):
    """It is the zip that is not taken, not the table."""


def keep(ward: Unit, upload: File, archive: File | None, *, user: Any) -> ProductImport:
    """Check and keep the table and its photos. The same files that wait are not kept twice.

    Raises :class:`core.files.FileRefusedError`, for the zip :class:`ArchiveRefusedError`, and
    :class:`core.imports.TableError`; then nothing is kept.
    """
    checked = check_file(upload, name=upload.name or "", kinds=[Kind.TABLE], user=user)
    records(upload)  # type: ignore[arg-type]
    packed = _checked_archive(archive, user) if archive else None
    sums = {"source_sha256": checked.sha256, "archive_sha256": packed.sha256 if packed else ""}
    waiting = ProductImport.objects.filter(
        ward=ward, applied_at__isnull=True, created_by=user, **sums
    ).first()
    if waiting is not None:
        return waiting
    upload.seek(0)
    one = ProductImport(ward=ward, created_by=user, **sums)
    one.source = store_upload(upload, kinds=[Kind.TABLE], user=user)
    if archive:
        archive.seek(0)
        one.archive = store_upload(archive, kinds=[Kind.ARCHIVE], user=user)
    one.save()
    if archive:
        _keep_photos(one, archive, user)
    return one


def _keep_photos(one: ProductImport, archive: File, user: Any) -> None:
    """All of them or no import: half of the photos would be taken for the whole next time.

    No transaction: decoding lasts, and would keep everybody else from writing.
    """
    try:
        keep_photos(one, archive, user)
    except FilesBusyError as error:
        one.delete()
        raise ArchiveRefusedError(str(error)) from error
    except BaseException:
        one.delete()
        raise


def _checked_archive(archive: File, user: Any) -> Checked:
    try:
        return check_file(archive, name=archive.name or "", kinds=[Kind.ARCHIVE], user=user)
    except FileRefusedError as error:
        raise ArchiveRefusedError(str(error)) from error


def plan_of(one: ProductImport) -> Plan:
    with open_stored(one.source) as file:
        return plan(one, records(file))


def apply(one: ProductImport, fresh: Any, *, seen: str, actor: Any) -> ProductImport:
    """Raises what :func:`core.imports.write` raises."""

    known = _Known(one)

    def write_entry(record: ProductImport, entry: Entry) -> Entry:
        return _WRITERS[entry["op"]](record, entry, actor, known)

    return write(one, fresh, write_entry, seen=seen, actor=actor)


def undo(one: ProductImport, *, actor: Any) -> list[str]:
    """Take back all that ``one`` wrote; the sentences of the rows that refuse, if any do."""
    return take_back(
        one, lambda record, entry: _UNDOERS[entry["op"]](record, entry, actor), actor=actor
    )


# -- Writing ------------------------------------------------------------------


class _Known:
    """The rows of the ward by their folded names, those that this import makes among them."""

    def __init__(self, one: ProductImport) -> None:
        self.ward = one.ward_id
        self.by_name: dict[Any, dict[str, Any]] = {}
        self.made: dict[tuple[str, str], int] = {}

    def of(self, model: Any, name: str) -> Any:
        if model not in self.by_name:
            rows = model.objects.filter(owner=self.ward)
            self.by_name[model] = {fold(row.name): row for row in rows}
        return self.by_name[model][fold(name)]

    def add(self, row: Any, maker: str) -> None:
        if isinstance(row, Product):
            self.made[fold(row.name), fold(maker)] = row.pk
        elif type(row) in self.by_name:
            self.by_name[type(row)][fold(row.name)] = row

    def product(self, named: dict[str, Any]) -> Product:
        pk = named.get("pk") or self.made[fold(named["name"]), fold(named["maker"])]
        return Product.objects.select_related("producer", "category").get(pk=pk)


def _make(one: ProductImport, entry: Entry, actor: Any, known: _Known) -> Entry:
    values = _typed(MODELS[entry["model"]], entry["values"])
    maker = entry["values"].get("producer", "")
    if entry["model"] == "product":
        values |= {
            "author": actor,
            "category": known.of(Category, entry["values"]["category"]),
            "producer": known.of(Producer, maker) if maker else None,
        }
    row = MODELS[entry["model"]](owner_id=one.ward_id, **values)
    made = _saved(row, one, actor)
    known.add(row, maker)
    return {"made": made}


def _set(one: ProductImport, entry: Entry, actor: Any, known: _Known) -> Entry:
    row = MODELS[entry["model"]].objects.get(pk=entry["pk"])
    _put(row, entry["field"], entry["after"])
    _saved(row, one, actor)
    return {}


def _sale(one: ProductImport, entry: Entry, actor: Any, known: _Known) -> Entry:
    outlet = known.of(Outlet, entry["outlet"])
    row = Sale(product=known.product(entry["product"]), outlet=outlet)
    return {"made": _saved(row, one, actor)}


def _claim(one: ProductImport, entry: Entry, actor: Any, known: _Known) -> Entry:
    product = known.product(entry["product"])
    row = Recognition(product=product, **_typed(Recognition, entry["values"]))
    return {"made": _saved(row, one, actor)}


def _photo(one: ProductImport, entry: Entry, actor: Any, known: _Known) -> Entry:
    row = known.product(entry["product"])
    row.picture_id = entry["picture"]
    _saved(row, one, actor)
    return {"pk": row.pk}


_WRITERS = {"make": _make, "set": _set, "sale": _sale, "claim": _claim, "photo": _photo}


def _saved(row: Any, one: ProductImport, actor: Any, words: str = "nhập từ Excel, lần") -> int:
    row._change_reason, row._history_user = f"{words} {one.pk}", actor
    if row.pk and hasattr(row, "version"):
        row.version += 1
    row.save()
    return row.pk


def _typed(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Days out of their ISO texts; what is another row is left to the caller."""
    named = {field.attname: field for field in model._meta.concrete_fields}
    found = {}
    for name, value in values.items():
        if name in named:
            is_day = isinstance(named[name], models.DateField)
            found[name] = dt.date.fromisoformat(value) if is_day else value
    return found


def _put(row: Any, field: str, value: Any) -> None:
    known = next(one for one in row._meta.concrete_fields if one.attname == field)
    is_day = isinstance(known, models.DateField) and value
    setattr(row, field, dt.date.fromisoformat(value) if is_day else value)


# -- Taking it back -----------------------------------------------------------


def _undo_make(one: ProductImport, entry: Entry, actor: Any) -> str:
    model, noun = MODELS[entry["model"]], NOUNS[entry["model"]]
    row = model.objects.filter(pk=entry["made"]).first()
    if row is None:
        return ""
    if entry["model"] == "product" and row.steps.exists():
        return f"{noun} “{row.name}” đã được kiểm tra hoặc duyệt, không bỏ được."
    as_made = _typed(model, entry["values"])
    if any(getattr(row, name) != value for name, value in as_made.items()):
        return f"{noun} “{row.name}” đã sửa sau khi nhập, không bỏ được."
    row.delete()
    return ""


def _undo_set(one: ProductImport, entry: Entry, actor: Any) -> str:
    row = MODELS[entry["model"]].objects.get(pk=entry["pk"])
    now = getattr(row, entry["field"])
    now = now.isoformat() if isinstance(now, dt.date) else now
    if now != entry["after"]:
        return f"{NOUNS[entry['model']]} “{row.name}” đã sửa lại sau đó, không bỏ được."
    _put(row, entry["field"], entry["before"])
    _saved(row, one, actor, "bỏ lần nhập")
    return ""


def _undo_row(model: Any) -> Any:
    def undo_one(one: ProductImport, entry: Entry, actor: Any) -> str:
        row = model.objects.filter(pk=entry["made"]).first()
        if row is None:
            return ""
        if row.version > 1:
            return f"“{row}” đã có người xem lại sau khi nhập, không bỏ được."
        row.delete()
        return ""

    return undo_one


def _undo_photo(one: ProductImport, entry: Entry, actor: Any) -> str:
    row = Product.objects.filter(pk=entry["pk"]).first()
    if row is None:
        return ""
    if row.picture_id != entry["picture"]:
        return f"ảnh của “{row.name}” đã thay sau khi nhập, không bỏ được."
    if row.status != Product.Status.DRAFT:
        return f"mặt hàng “{row.name}” đã được kiểm tra hoặc duyệt, không bỏ được."
    row.picture_id = entry["before"]
    _saved(row, one, actor, "bỏ lần nhập")
    return ""


_UNDOERS = {
    "make": _undo_make,
    "set": _undo_set,
    "sale": _undo_row(Sale),
    "claim": _undo_row(Recognition),
    "photo": _undo_photo,
}
