"""One ward's year to its official report: the figures beside its SQL, the file beside python-docx.

``make bench ARGS="official 126"`` asks the same of one ward in a city of so many and 60 months.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import docx
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment

from bench.figures import Row, interleaved

UNITS, MONTHS, MONTHS_OF_CITY, YEAR = 100, 26, 60, 2025
ROUNDS = 25
SECONDS = 2.0  # by the clock for the whole way, charts included
TIMES, PYTHON = 1.5, 3.0  # PERFORMANCE P5: the SQL's own time, and milliseconds of Python
P9 = 2.0
OF_YEAR = f"BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-01'"
YEAR_BEFORE = f"BETWEEN '{YEAR - 1}-01-01' AND '{YEAR - 1}-12-01'"
GIVEN = """
    FROM reports_indicatorvalue v JOIN reports_monthlyreport r ON r.id = v.report_id
    JOIN reports_indicator i ON i.id = v.indicator_id
    WHERE v.ward_id = {ward} AND r.status = 'accepted' AND v.value IS NOT NULL
"""
SUMS = f"""
    SELECT v.indicator_id, v.month, SUM(v.value), SUM(v.denominator), COUNT(*),
        SUM(CASE WHEN v.value > 0 THEN 1 ELSE 0 END) {GIVEN}
    AND v.month BETWEEN '{YEAR - 1}-01-01' AND '{YEAR}-12-01'
    AND (i.roll_up <> 'share' OR v.denominator > 0)
    GROUP BY v.indicator_id, v.month
"""
NEWEST = f"""
    SELECT indicator_id, unit_id, month, value FROM (
        SELECT v.indicator_id, v.unit_id, v.month, v.value, ROW_NUMBER() OVER (
            PARTITION BY v.unit_id, v.indicator_id ORDER BY v.month DESC) AS place
        {GIVEN} AND i.roll_up = 'last' AND v.month {{months}}
    ) newest WHERE place = 1
"""
LINES = (
    "SELECT * FROM reports_indicator WHERE owner_id = {ward}",
    SUMS,
    NEWEST.replace("{months}", OF_YEAR),
    NEWEST.replace("{months}", YEAR_BEFORE),
    """SELECT s.from_unit_id, s.to_unit_id, s."on" FROM units_unitsuccession s
    JOIN units_unit u ON u.id = s.from_unit_id WHERE u.path LIKE '{path}%%'""",
)
COMPLETE = (
    f"""SELECT unit_id, month, status, is_zero, {{day}} <= due_on OR {{day}} <= excused_until
    FROM reports_monthlyreport WHERE ward_id = {{ward}} AND month {OF_YEAR}""",
    """SELECT d.unit_id, u.name, d.starts_on, d.ends_on FROM units_reportingduty d
    JOIN units_unit u ON u.id = d.unit_id WHERE u.path LIKE '{path}%%'
    ORDER BY u.position, u.sort_key""",
)
CONTENTS = (
    f"""SELECT c.content_item_id, COUNT(DISTINCT r.unit_id)
    FROM reports_reportcontent c JOIN reports_monthlyreport r ON r.id = c.report_id
    WHERE r.ward_id = {{ward}} AND r.month {OF_YEAR} AND r.status = 'accepted'
    GROUP BY c.content_item_id""",
    """SELECT c.*, p.* FROM plans_contentitem c JOIN plans_plan p ON p.id = c.plan_id
    WHERE p.owner_id = {ward} AND p.status = 'confirmed'""",
)
DAY = {
    "sqlite": "date(first_submitted_at, '+7 hours')",
    "postgresql": "(first_submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date",
}


def rows(wards: int = 1) -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return _measured(wards)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _measured(wards: int) -> list[Row]:
    from campaign_portal import scale  # noqa: PLC0415  after the settings
    from reports import statistics  # noqa: PLC0415
    from reports.models import MonthlyReport, Status  # noqa: PLC0415
    from reports.spans import Span  # noqa: PLC0415
    from units.models import Unit  # noqa: PLC0415

    until = dt.date(YEAR + 1, 1, 15)
    months = MONTHS if wards == 1 else MONTHS_OF_CITY
    scale.build(wards=wards, units=UNITS, months=months, until=until)
    MonthlyReport.objects.filter(status=Status.SUBMITTED).update(status=Status.ACCEPTED)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    ward = Unit.objects.wards().order_by("pk")[wards // 2]
    scope, span = statistics.Scope(ward), Span.parse(str(YEAR))
    of_year = MonthlyReport.objects.filter(ward=ward, month__year=YEAR).count()
    print(f"{MonthlyReport.objects.count()} reports of {wards} wards; {of_year} of the ward's year")
    by_hand = ByHand(ward)
    _agree(by_hand, scope, span)
    found = []
    for what, job, statements in (
        ("numbers of the year", lambda: statistics.lines(scope, span), LINES),
        ("completeness of the year", lambda: statistics.completeness(scope, span), COMPLETE),
        ("contents of the year", lambda: statistics.covered(scope, span), CONTENTS),
    ):
        found += _beside(what, job, by_hand.of(statements))
    return [*found, *_files(scope, span)]


def _beside(what: str, job: Callable[[], object], by_hand: Callable[[], object]) -> list[Row]:
    """The statistic, its own statements again without it, and hand-written SQL of the same."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    job()  # what a process builds once is built
    with connection.execute_wrapper(note):
        job()

    def again() -> None:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                cursor.fetchall()

    # Python by the CPU of this process. The database by the clock, where it is a server's.
    whole, replayed, floor_here = _in_turn(time.process_time, job, again, by_hand)
    database, floor = replayed, floor_here
    if connection.vendor != "sqlite":
        database, floor = _in_turn(time.perf_counter, again, by_hand)
    return [
        Row(
            f"{what}: database, {len(asked)} statements (floor: hand-written SQL)",
            database,
            "ms",
            TIMES * floor,
            floor,
        ),
        Row(f"{what}: Python beside it", whole - replayed, "ms", PYTHON),
    ]


def _in_turn(clock: Callable[[], float], *jobs: Callable[[], object]) -> list[float]:
    """The least milliseconds of each, in turns: what a busy machine adds is not the statistic's."""
    least = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for place, job in enumerate(jobs):
            start = clock()
            job()
            least[place] = min(least[place], (clock() - start) * 1000)
    return least


class ByHand:
    """SQL as one writes it, run and fetched by the driver."""

    def __init__(self, ward: Any) -> None:
        self._given = {"ward": ward.pk, "path": ward.path, "day": DAY[connection.vendor]}

    def asked(self, statement: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**self._given), [])
            return cursor.fetchall()

    def of(self, statements: Sequence[str]) -> Callable[[], object]:
        return lambda: [self.asked(one) for one in statements]


def _agree(by_hand: ByHand, scope: Any, span: Any) -> None:
    """Both ways give the same, or there is nothing to compare."""
    from reports import statistics  # noqa: PLC0415

    sums = {(row[0], str(row[1])): row[2] for row in by_hand.asked(SUMS)}
    for line in statistics.lines(scope, span):
        if line.indicator.roll_up == "last":
            continue
        for month, amount in zip(span.months, line.by_month, strict=True):
            ours = sum(sums.get((one.pk, f"{month}")) or 0 for one in line.family.members)
            assert ours == (amount.value or 0), (line.code, month)
    complete = statistics.completeness(scope, span)
    states = by_hand.asked(COMPLETE[0])
    assert sum(row[2] == "accepted" for row in states) == complete.reports.count
    accepted = [row for row in states if row[2] == "accepted"]
    assert sum(bool(row[4]) for row in accepted) == complete.on_time_count
    counts = dict(by_hand.asked(CONTENTS[0]))
    for one in statistics.covered(scope, span):
        assert counts.get(one.pk, 0) == one.unit_count, one.title


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
