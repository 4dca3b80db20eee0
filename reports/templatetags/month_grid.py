"""The 1.800 cells of the month grid, without a template for each."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.grid import Cell, Row

register = template.Library()
_words = lru_cache(500)(escape)  # a few dozen labels stand in all cells


@register.filter
def cells_of(row: Row) -> SafeString:
    """The ``<td>`` of a row; short relative addresses, the words are hidden by the style sheet."""
    address = row.address
    return mark_safe("".join([_cell(cell, address) for cell in row.cells]))  # noqa: S308


def _cell(cell: Cell, address: str) -> str:
    """State and address are made of our own words and numbers."""
    if cell.state == "none":
        return f"<td><i>{_words(cell.label)}</i></td>"
    return (
        f'<td><a data-state="{cell.state}" href="{address}{cell.slug}/">{_words(cell.label)}</a></td>'
    )
