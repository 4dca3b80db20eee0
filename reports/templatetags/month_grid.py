"""The 1.800 cells of the month grid and the 200 days of the calendar, without a template for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.deadlines import CalendarDay, Mark
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
    return f'<td><a data-state="{cell.state}" href="{address}{cell.slug}/">{_words(cell.label)}</a></td>'


@register.filter
def days_of(week: Iterable[CalendarDay | None]) -> SafeString:
    """The ``<td>`` of a week, with the marks of each day."""
    return mark_safe("".join([_day(day) for day in week]))  # noqa: S308


def _day(day: CalendarDay | None) -> str:
    if day is None:
        return "<td></td>"
    off = " data-off" if day.why_off else ""
    marks = "".join([_mark(mark) for mark in day.marks])
    return f'<td{off}><span class="calendar-day__number">{day.day.day}</span>{marks}</td>'


def _mark(mark: Mark) -> str:
    """Names, signs and words are our own (``reports.deadlines.MARKS``)."""
    shown = "visually-hidden" if mark.name in ("off", "grace") else "calendar-day__word"
    return (
        f'<span class="calendar-day__mark" data-mark="{mark.name}">'
        f'<span class="calendar-day__sign" aria-hidden="true">{mark.sign}</span>'
        f'<span class="{shown}">{mark.word}</span></span>'
    )
