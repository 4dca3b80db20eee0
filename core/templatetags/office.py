"""Pieces that the office's pages write by the hundred, without a template for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from django import template
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.utils import flatatt
from django.template.defaultfilters import capfirst
from django.utils.html import escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

EMPTY_CELL = ">-</td>"


@register.filter
def names_of(headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """The columns of an admin list, ready for an attribute."""
    return [escape(capfirst(strip_tags(str(header["text"])))) for header in headers]


@register.filter
def cells_of(row: Iterable[SafeString], names: list[SafeString]) -> SafeString:
    """A row of an admin list: each ready "<td…" or "<th…" told its column, for cards on phones."""
    return mark_safe("".join(_cell(*pair) for pair in zip_longest(row, names, fillvalue="")))  # noqa: S308


def _cell(cell: str, name: str) -> str:
    """``cell`` was escaped by the admin, ``name`` by :func:`names_of`."""
    empty = " data-empty" if cell.endswith(EMPTY_CELL) else ""
    return f'{cell[:3]} data-label="{name}"{empty}{cell[3:]}'


@register.filter
def tag_of(choice: BoundWidget) -> SafeString:
    """``choice.tag`` of a radio button or check box, of which a ward's form has 150."""
    data = choice.data
    own = {"type": data["type"], "name": data["name"], "value": str(data["value"])}
    return format_html("<input{}>", flatatt(own | data["attrs"]))


@register.simple_tag(takes_context=True)
def once(context: template.Context, name: str) -> SafeString:
    """The piece ``name`` as an include writes it, written once for all its places on a page."""
    kept: Any = context.render_context
    if name not in kept:
        kept[name] = context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]
    return kept[name]


@register.filter
def choices_of(field: BoundField) -> SafeString:
    """The radio buttons or check boxes of ``field``, each with its label."""
    return format_html_join(
        "",
        '<div class="choice">{}<label class="choice__label" for="{}">{}</label></div>',
        ((tag_of(one), one.id_for_label, one.choice_label) for one in field),
    )
