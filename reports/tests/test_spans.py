import datetime as dt

import pytest

from reports.spans import Span, SpanKind


@pytest.mark.parametrize(
    ("slug", "words", "months", "before", "following"),
    [
        ("2026-03", "tháng 3 năm 2026", (3, 3), "2025-03", "2026-04"),
        ("2026-12", "tháng 12 năm 2026", (12, 12), "2025-12", "2027-01"),
        ("2026-q1", "quý I năm 2026", (1, 3), "2025-q1", "2026-q2"),
        ("2026-q4", "quý IV năm 2026", (10, 12), "2025-q4", "2027-q1"),
        ("2026-h1", "06 tháng đầu năm 2026", (1, 6), "2025-h1", "2026-h2"),
        ("2026-h2", "06 tháng cuối năm 2026", (7, 12), "2025-h2", "2027-h1"),
        ("2026", "năm 2026", (1, 12), "2025", "2027"),
    ],
)
def test_span_knows_its_words_months_and_neighbours(slug, words, months, before, following):
    span = Span.parse(slug)

    assert (span.slug, span.words) == (slug, words)
    assert (span.months[0].month, span.last_month.month) == months
    assert (span.year_before.slug, span.following.slug) == (before, following)
    assert span.of_year == [dt.date(2026, month, 1) for month in range(1, months[1] + 1)]


@pytest.mark.parametrize("slug", ["", "2026-q5", "2026-13", "2026-h3", "26-q1", "2026-q1 ", "x"])
def test_other_texts_name_no_span(slug):
    with pytest.raises(ValueError):
        Span.parse(slug)


def test_quarter_begins_where_quarters_begin():
    with pytest.raises(ValueError, match="begins no"):
        Span(SpanKind.QUARTER, dt.date(2026, 2, 1))

    assert Span.holding(SpanKind.QUARTER, dt.date(2026, 2, 1)).slug == "2026-q1"
