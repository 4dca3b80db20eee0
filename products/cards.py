"""Cards of goods as they stand on pages: drawn once for a catalogue, then only put together.

A page of 24 cards is otherwise four fifths templates. The catalogue goes with every write and at
midnight, and its cards with it, so none says what no longer holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from products.catalogue import Catalogue
from products.public import in_order

MOST = 4000  # cards kept with a catalogue


@dataclass(frozen=True)
class Card:
    name: str
    html: SafeString
    checked_on: dt.date | None


def cards(held: Catalogue, keys: list[int], *, heading: str = "h2", eager: int = 0) -> list[Card]:
    """The cards of ``keys`` in their order; the pictures of the first ``eager`` are not put off."""
    wanted = [(key, heading, place >= eager) for place, key in enumerate(keys)]
    missing = [one for one in wanted if one not in held.cards]
    if missing:
        if len(held.cards) > MOST:
            held.cards.clear()
            missing = wanted
        rows = {product.pk: product for product in in_order([key for key, _, _ in missing])}
        for one in missing:
            if one[0] in rows:
                held.cards[one] = _card(rows[one[0]], heading=heading, is_lazy=one[2])
    return [held.cards[one] for one in wanted if one in held.cards]


def _card(product: object, *, heading: str, is_lazy: bool) -> Card:
    context = {"product": product, "heading": heading, "lazy": is_lazy}
    html = render_to_string("products/_card.html", context)
    return Card(product.name, html, product.checked_on)  # type: ignore[attr-defined]
