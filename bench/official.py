"""One ward's year to its official report: the figures beside its SQL, the file beside python-docx."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from io import BytesIO

import docx
from django.db import connection
from django.test.utils import (
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)

from bench.figures import Row, interleaved

UNITS, MONTHS, YEAR = 100, 12, 2025
SECONDS = 2.0  # of CPU for the whole way, charts included
TIMES, PYTHON = 1.5, 3.0  # PERFORMANCE P5: the SQL's own time, and milliseconds of Python
P9 = 2.0


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
    figures = [
        ("numbers of the year", lambda: statistics.lines(scope, span)),
        ("completeness of the year", lambda: statistics.completeness(scope, span)),
        ("contents of the year", lambda: statistics.covered(scope, span)),
    ]
    found = [_beside(what, job) for what, job in figures]
    return [*found, *_files(scope, span)]


def _beside(what: str, job: Callable[[], object]) -> Row:
    """The statistic, and its statements alone as the driver runs and fetches them."""
    with CaptureQueriesContext(connection) as captured:
        job()
    statements = [one["sql"] for one in captured]

    def plain() -> list[list[tuple[object, ...]]]:
        found = []
        for sql in statements:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                found.append(cursor.fetchall())
        return found

    ours, floor = interleaved(job, plain)
    return Row(f"{what} (floor: its SQL)", ours, "ms", limit=TIMES * floor + PYTHON, floor=floor)


def _files(scope: object, span: object) -> list[Row]:
    from core.docx import PARTY_HD05  # noqa: PLC0415
    from reports.exports.official import annex_sheet, official_docx  # noqa: PLC0415
    from reports.official.drafting import draft  # noqa: PLC0415
    from reports.official.figures import gather  # noqa: PLC0415
    from reports.workflow.consolidated import usual_content  # noqa: PLC0415

    content = usual_content(scope, span, PARTY_HD05.key)  # type: ignore[arg-type]
    start = time.process_time()
    made = draft(gather(scope, span), content)  # type: ignore[arg-type]
    whole = official_docx(made, PARTY_HD05, is_draft=False)
    seconds = time.process_time() - start
    texts, tables = _parts(whole)
    ours, floor, sheet = interleaved(
        lambda: official_docx(made, PARTY_HD05, is_draft=False, with_charts=False),
        lambda: _plain_docx(texts, tables),
        lambda: annex_sheet(made),
    )
    return [
        Row("one ward's year: figures, text, annex, charts to .docx, CPU", seconds, "s", SECONDS),
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
