"""For any set of reports: what the annex says, the prose says, and plain SQL says."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import format_count, format_number
from reports.official.annex import numbers
from reports.official.drafting import Content, draft, head_for
from reports.official.figures import gather
from reports.official.pieces import text_of
from reports.spans import Span
from reports.statistics import Scope
from reports.tests.factories import IndicatorFactory, owing_unit
from reports.tests.official import accepted, number
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db
MONTHS = [dt.date(2025, 2, 1), *(dt.date(2026, month, 1) for month in range(1, 5))]
SPANS = ("2026-02", "2026-q1", "2026-h1", "2026")
# Unit and month, whether it is accepted, then a number of each kind and the whole of the share.
COUNT = st.none() | st.integers(0, 9) | st.integers(0, 10_000_000)
REPORT = st.tuples(
    st.integers(0, 2), st.sampled_from(MONTHS), st.booleans(), COUNT, COUNT, COUNT,
    st.integers(0, 5000),
)  # fmt: skip
REPORTS = st.lists(REPORT, max_size=10, unique_by=lambda one: one[:2])
SUMS = """
    SELECT SUM(v.value), SUM(v.denominator) FROM reports_indicatorvalue v
    JOIN reports_monthlyreport r ON r.id = v.report_id
    WHERE v.indicator_id = %s AND r.status = 'accepted' AND v.value IS NOT NULL
      AND r.month >= %s AND r.month <= %s AND (%s = 0 OR v.denominator > 0)
"""
NEWEST = """
    SELECT SUM(v.value) FROM reports_indicatorvalue v
    JOIN reports_monthlyreport r ON r.id = v.report_id
    WHERE v.indicator_id = %s AND r.status = 'accepted' AND v.value IS NOT NULL
      AND r.month = (SELECT MAX(r2.month) FROM reports_indicatorvalue v2
        JOIN reports_monthlyreport r2 ON r2.id = v2.report_id
        WHERE v2.indicator_id = v.indicator_id AND r2.unit_id = r.unit_id
          AND r2.status = 'accepted' AND v2.value IS NOT NULL
          AND r2.month >= %s AND r2.month <= %s)
"""


def _asked(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def _by_sql(indicator, first, last):
    """What is printed, by plain SQL and arithmetic alone."""
    if indicator.roll_up == "last":
        (value,) = _asked(NEWEST, indicator.pk, first, last)
        return "–" if value is None else format_number(int(value))
    value, of = _asked(SUMS, indicator.pk, first, last, int(indicator.roll_up == "share"))
    if indicator.roll_up == "share":
        return f"{format_number(100 * int(value) / int(of), 1)}%" if of else "–"
    return "–" if value is None else format_number(int(value))


def _world(reports):
    ward = WardFactory()
    units = [owing_unit(ward) for _ in range(3)]
    indicators = [
        IndicatorFactory(owner=ward, code=roll_up, name=f"Chỉ tiêu {roll_up}", roll_up=roll_up,
                         phrase="" if roll_up == "share" else f"có … {roll_up}")
        for roll_up in ("sum", "last", "share")
    ]  # fmt: skip
    for unit, month, is_accepted, added, newest, part, whole in reports:
        report = accepted(units[unit], month, "accepted" if is_accepted else "submitted")
        part = part if part is None else min(part, 5_000_000)
        of = (part or 0) + whole if whole else None
        for indicator, value, its_whole in zip(
            indicators, (added, newest, part), (None, None, of), strict=True
        ):
            number(report, indicator, value, its_whole)
    return ward, indicators


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(REPORTS, st.sampled_from(SPANS))
def test_annex_prose_and_sql_say_the_same(db, reports, slug):
    with transaction.atomic():
        _compare(*_world(reports), Span.parse(slug))
        transaction.set_rollback(True)


def _compare(ward, indicators, span):
    figures = gather(Scope(ward), span, today=dt.date(2027, 1, 1))
    made = draft(figures, Content(head_for("PARTY_HD05", ward.profile, span, Scope(ward), [])))
    table = numbers(figures)
    cells = {cell.figure: cell.text for row in table.rows for cell in row if cell.figure}
    prose = [
        (piece.figure, piece.text)
        for section in made.sections.values()
        for line in section.lines
        for piece in line
        if piece.figure
    ]
    before = span.year_before
    windows = {
        "ky": (span.start, span.last_month),
        "luy-ke": (span.of_year[0], span.last_month),
        "cung-ky": (before.start, before.last_month),
    } | {f"{month:%Y-%m}": (month, month) for month in figures.months}
    for indicator in indicators:
        for window, (first, last) in windows.items():
            if window == "luy-ke" and "Lũy kế năm" not in table.head:
                continue
            assert cells.get(f"{indicator.code}.{window}", "–") == _by_sql(indicator, first, last)
    for figure, text in prose:
        code, _, window = figure.rpartition(".")
        if code in ("sum", "last", "share") and window in windows and "/" not in text:
            printed = cells.get(figure)
            assert re.sub(r"^0(?=\d$)", "", text) == printed
            if not text.endswith("%"):
                assert text == format_count(int(printed.replace(".", "")))
    assert made.wrong == []
    assert "None" not in text_of(made.opening.lines[0])
