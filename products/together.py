"""A few columns of many goods at once: shown first, then written in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.imports import ImportStaleError, Plan, Row
from core.text import format_date
from core.workflow import TransitionRefusedError
from products import rules, workflow
from products.evidence import put_sale
from products.models import Category, Outlet, Product, Sale

MOST = 200  # goods at once
FEATURE, UNFEATURE = "feature", "unfeature"


@dataclass(frozen=True)
class Asked:
    """What is to hold for all the goods; what is empty stays as it is."""

    category: Category | None = None
    featured: str = ""
    first: dt.date | None = None
    over: dt.date | None = None
    sold: tuple[Outlet, ...] = ()
    over_there: tuple[Outlet, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.category or self.featured or self.sold or self.over_there)


def plan(products: Iterable[Product], asked: Asked) -> Plan:
    """What ``asked`` would change in each of ``products``; one query more, nothing written."""
    products = list(products)
    sales = {
        (sale.product_id, sale.outlet_id): sale
        for sale in Sale.objects.filter(product__in=products)
    }
    rows = [_Row(product, asked, sales).row() for product in products]
    return Plan.of(rows, [(one.pk, one.version) for one in products])


class _Row:
    def __init__(self, product: Product, asked: Asked, sales: dict[Any, Sale]) -> None:
        self.product, self.asked, self.sales = product, asked, sales
        self.result = Row(product.pk, product.name)

    def row(self) -> Row:
        self._category()
        self._featured()
        self._sales()
        self.result.settle(is_new=False)
        return self.result

    def _tell(self, sentence: str, **entry: Any) -> None:
        self.result.sentences.append(sentence)
        self.result.entries.append({"pk": self.product.pk, **entry})

    def _category(self) -> None:
        wanted = self.asked.category
        if wanted is not None and wanted.pk != self.product.category_id:
            self._tell(
                f"Loại hàng: “{self.product.category}” thành “{wanted}”.",
                op="category",
                category=wanted.pk,
            )

    def _featured(self) -> None:
        asked, product = self.asked, self.product
        if not asked.featured:
            return
        if product.status != Product.Status.PUBLISHED:
            self.result.errors.append("Chưa đăng nên không đưa lên trang đầu được.")
        elif asked.featured == FEATURE:
            now = (product.is_featured, product.featured_from, product.featured_to)
            if now != (True, asked.first, asked.over):
                self._tell(f"Đưa lên trang đầu {_span(asked)}.", op=FEATURE)
        elif product.is_featured:
            self._tell("Thôi đưa lên trang đầu.", op=UNFEATURE)

    def _sales(self) -> None:
        for outlet in self.asked.sold:
            sale = self.sales.get((self.product.pk, outlet.pk))
            if sale is None or not sale.is_sold:
                self._tell(f"Bán ở {outlet}.", op="sale", outlet=outlet.pk, is_sold=True)
        for outlet in self.asked.over_there:
            sale = self.sales.get((self.product.pk, outlet.pk))
            if sale is not None and sale.is_sold:
                self._tell(f"Không còn bán ở {outlet}.", op="sale", outlet=outlet.pk, is_sold=False)


@transaction.atomic
def write(keys: Iterable[int], asked: Asked, *, actor: Any, seen: str) -> int:
    """Write what the plan with the version ``seen`` had shown; how many goods changed.

    Raises :class:`core.imports.ImportStaleError` with the plan as it is now, and
    :class:`core.workflow.TransitionRefusedError` where nothing would change.
    """
    goods = Product.objects.visible_to(actor).filter(pk__in=list(keys)).order_by("pk")
    locked = {one.pk: one for one in goods.select_for_update(of=("self",))}
    fresh = plan(goods.select_related("category").order_by("name_sort", "pk"), asked)
    if fresh.seen != seen:
        raise ImportStaleError(fresh)
    if not fresh.entries:
        raise TransitionRefusedError("Không có gì để ghi: các mặt hàng đã như đồng chí chọn.")
    for entry in fresh.entries:
        product = locked[entry["pk"]]
        locked[entry["pk"]] = _write(product, entry, asked, actor)
    return len({entry["pk"] for entry in fresh.entries})


def _write(product: Product, entry: dict[str, Any], asked: Asked, actor: Any) -> Product:
    if entry["op"] == "category":
        product.category_id = entry["category"]
        product.version += 1
        product._change_reason, product._history_user = rules.TOGETHER, actor
        product.save()
        return product
    if entry["op"] == "sale":
        sale = Sale.objects.select_for_update().filter(
            product=product, outlet_id=entry["outlet"]
        ).first() or Sale(product=product, outlet_id=entry["outlet"])
        sale._change_reason = rules.TOGETHER  # type: ignore[attr-defined]
        put_sale(sale, is_sold=entry["is_sold"], actor=actor)
        return product
    return workflow.take(
        workflow.STEPS[entry["op"]],
        product,
        actor=actor,
        seen_version=product.version,
        dates=workflow.Dates(asked.first, asked.over) if entry["op"] == FEATURE else None,
    )


def _span(asked: Asked) -> str:
    first = f"từ {format_date(asked.first)}" if asked.first else "từ hôm nay"
    return f"{first} đến trước {format_date(asked.over)}" if asked.over else first
