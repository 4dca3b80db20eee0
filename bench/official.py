"""One ward's year to its official report: the figures beside its SQL, the file beside python-docx."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment

from bench.figures import Row, interleaved

UNITS, MONTHS, YEAR = 100, 12, 2025
SECONDS = 2.0  # by the clock for the whole way, charts included
TIMES, PYTHON = 1.5, 3.0  # PERFORMANCE P5: the SQL's own time, and milliseconds of Python
P9 = 2.0
OF_WARD = f"""r.ward_id = (SELECT id FROM units_unit WHERE depth = 1)
    AND r.month BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-01'"""
SUMS = f"""
    SELECT v.indicator_id, v.month, SUM(v.value), SUM(v.denominator), COUNT(*)
    FROM reports_indicatorvalue v JOIN reports_monthlyreport r ON r.id = v.report_id
    WHERE {OF_WARD} AND r.status = 'accepted' AND v.value IS NOT NULL
    GROUP BY v.indicator_id, v.month
"""
NEWEST = f"""
    SELECT indicator_id, SUM(value) FROM (
        SELECT v.indicator_id, v.value, ROW_NUMBER() OVER (
            PARTITION BY v.unit_id, v.indicator_id ORDER BY v.month DESC) AS place
        FROM reports_indicatorvalue v JOIN reports_monthlyreport r ON r.id = v.report_id
        JOIN reports_indicator i ON i.id = v.indicator_id
        WHERE {OF_WARD} AND r.status = 'accepted' AND v.value IS NOT NULL AND i.roll_up = 'last'
    ) newest WHERE place = 1 GROUP BY indicator_id
"""
COMPLETE = f"""
    SELECT d.unit_id, COUNT(r.id) FROM units_reportingduty d
    LEFT JOIN reports_monthlyreport r ON r.unit_id = d.unit_id AND r.status = 'accepted'
        AND {OF_WARD}
    GROUP BY d.unit_id
"""
CONTENTS = f"""
    SELECT c.content_item_id, COUNT(DISTINCT r.unit_id)
    FROM reports_reportcontent c JOIN reports_monthlyreport r ON r.id = c.report_id
    WHERE {OF_WARD} AND r.status = 'accepted' GROUP BY c.content_item_id
"""


def rows() -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return _measured()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _measured() -> list[Row]:
    from campaign_portal import scale  # noqa: PLC0415  after the settings
    from reports import statistics  # noqa: PLC0415
    from reports.models import MonthlyReport, Status  # noqa: PLC0415
    from reports.spans import Span  # noqa: PLC0415
    from units.models import Unit  # noqa: PLC0415

    scale.build(wards=1, units=UNITS, months=MONTHS, until=dt.date(YEAR, 12, 1), password="x" * 12)
    MonthlyReport.objects.filter(status=Status.SUBMITTED).update(status=Status.ACCEPTED)
    ward = Unit.objects.wards().get()
    scope, span = statistics.Scope(ward), Span.parse(str(YEAR))
    count = MonthlyReport.objects.count()
    print(f"{count} reports of {UNITS} units in {MONTHS} months")
    _agree(scope, span)
    figures = [
        ("numbers of the year", lambda: statistics.lines(scope, span), [SUMS, NEWEST]),
        ("completeness of the year", lambda: statistics.completeness(scope, span), [COMPLETE]),
        ("contents of the year", lambda: statistics.covered(scope, span), [CONTENTS]),
    ]
    found = [_beside(what, job, statements) for what, job, statements in figures]
    return [*found, *_files(scope, span)]


def _beside(what: str, job: Callable[[], object], statements: list[str]) -> Row:
    """The statistic, and hand-written SQL of it as the driver runs and fetches it."""

    def by_hand() -> list[list[tuple[object, ...]]]:
        found = []
        for sql in statements:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                found.append(cursor.fetchall())
        return found

    ours, floor = interleaved(job, by_hand)
    return Row(f"{what} (floor: hand-written SQL)", ours, "ms", TIMES * floor + PYTHON, floor)


def _agree(scope: Any, span: Any) -> None:
    """Both ways give the same, or there is nothing to compare."""
    from reports import statistics  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        by_hand = {(row[0], str(row[1])): row[2] for row in cursor.fetchall()}
    for line in statistics.lines(scope, span):
        if line.indicator.roll_up == "last":
            continue
        for month, amount in zip(span.months, line.by_month, strict=True):
            assert by_hand.get((line.indicator.pk, f"{month}")) == amount.value, (line.code, month)


def _files(scope: object, span: object) -> list[Row]:
    from core.docx import PARTY_HD05  # noqa: PLC0415
    from reports.exports.official import annex_sheet, official_docx  # noqa: PLC0415
    from reports.official.drafting import draft  # noqa: PLC0415
    from reports.official.figures import gather  # noqa: PLC0415
    from reports.workflow.consolidated import usual_content  # noqa: PLC0415

    content = usual_content(scope, span, PARTY_HD05.key)  # type: ignore[arg-type]
    start = time.perf_counter()
    made = draft(gather(scope, span), content)  # type: ignore[arg-type]
    whole = official_docx(made, PARTY_HD05, is_draft=False)
    seconds = time.perf_counter() - start
    texts, tables = _parts(whole)
    ours, floor, sheet = interleaved(
        lambda: official_docx(made, PARTY_HD05, is_draft=False, with_charts=False),
        lambda: _plain_docx(texts, tables),
        lambda: annex_sheet(made),
    )
    return [
        Row("one ward's year: figures, text, annex, charts to .docx", seconds, "s", SECONDS),
        Row("its .docx without charts (floor: python-docx)", ours, "ms", P9 * floor, floor),
        Row("its annex to .xlsx", sheet, "ms"),
    ]


def _parts(data: bytes) -> tuple[list[str], list[list[list[str]]]]:
    made = docx.Document(BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    return [one.text for one in made.paragraphs], tables


def _plain_docx(texts: list[str], tables: list[list[list[str]]]) -> bytes:
    """The same paragraphs and tables as python-docx writes them, with no look at all."""
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    for rows_of in tables:
        table = made.add_table(rows=0, cols=len(rows_of[0]))
        for row in rows_of:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    result = BytesIO()
    made.save(result)
    return result.getvalue()
