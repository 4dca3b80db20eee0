"""Units merge, split and close under the reports: past figures stay, what is owed stays owed."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import first_of_month, next_month
from reports import statistics
from reports.grid import month_grid
from reports.models import ConsolidatedReport, IndicatorValue, MonthlyReport
from reports.tests.factories import ExtensionFactory, IndicatorFactory, ReportFactory, owing_unit
from units import changes
from units.changes import Change, Kind, Part
from units.models import Role, Unit
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)
JUNE, JULY, AUGUST = (dt.date(2026, month, 1) for month in (6, 7, 8))
FAR = dt.date(2030, 1, 1)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


def handed_in(unit, month, person, *, status="submitted", day=24, indicator=None, value=None):
    """A report as the workflow leaves it, without its texts."""
    at = timezone.make_aware(dt.datetime(month.year, month.month, day, 9))
    report = MonthlyReport.objects.create(
        unit=unit,
        ward=unit.ward,
        month=month,
        status=status,
        first_submitted_at=at,
        submitted_at=at,
        submitted_by=person,
        due_on=month.replace(day=25),
    )
    if indicator is not None:
        IndicatorValue.objects.create(
            report=report,
            indicator=indicator,
            unit=unit,
            ward=unit.ward,
            month=month,
            value=value,
        )
    return report


def merge(ward, *old, on=JULY, since=JULY):
    parts = (Part("Chi bộ mới"),)
    return Change(Kind.MERGE, ward, on, since, old=old, parts=parts)


def close(ward, unit, on=JULY, since=JULY):
    return Change(Kind.CLOSE, ward, on, since, old=(unit,))


def told(change):
    return changes.preview(change, today=TODAY)


# -- What the reports have to say ---------------------------------------------


@pytest.mark.parametrize("status", ["submitted", "accepted", "returned"])
def test_a_month_that_was_handed_in_is_not_taken_away(ward, officer, status):
    unit = owing_unit(ward, name="Chi bộ 3")
    handed_in(unit, JULY, officer, status=status)

    assert told(close(ward, unit)).refusals == [
        "Chi bộ 3 đã nộp báo cáo tháng 7/2026, nên tháng đó vẫn là của đơn vị này; đồng chí chọn "
        "báo cáo theo đơn vị mới từ tháng 8/2026."
    ]
    assert told(close(ward, unit, since=AUGUST)).refusals == []


@pytest.mark.parametrize(
    ("status", "kind", "starts_on", "is_refused"),
    [
        ("finalised", "month", JULY, True),
        ("approved", "quarter", JULY, True),
        ("finalised", "quarter", dt.date(2026, 4, 1), False),
        ("draft", "month", JULY, False),
        ("withdrawn", "month", JULY, False),
    ],
)
def test_nothing_changes_in_the_time_of_a_final_document(
    ward, officer, status, kind, starts_on, is_refused
):
    unit = owing_unit(ward, name="Chi bộ 3")
    is_draft = status == "draft"
    ConsolidatedReport.objects.create(
        owner=ward,
        kind=kind,
        starts_on=starts_on,
        profile="PARTY_HD05",
        status=status,
        snapshot=None if is_draft else {},
        snapshot_sha256="" if is_draft else "0" * 64,
        finalised_at=None if is_draft else timezone.now(),
        created_by=officer,
    )

    refusals = told(close(ward, unit)).refusals

    until = {"month": "tháng 7 năm 2026", "quarter": "quý III năm 2026"}[kind]
    free = {"month": "1/8/2026", "quarter": "1/10/2026"}[kind]
    sentence = (
        f"Báo cáo {until} đã chốt, ghi các đơn vị như trong kỳ đó; đồng chí chọn từ ngày {free} "
        "trở đi, hoặc rút văn bản trước."
    )
    assert refusals == ([sentence] if is_refused else [])


def test_months_still_owed_are_told_and_stay_owed(ward, officer):
    unit = owing_unit(ward, name="Chi bộ 3", opened_on=dt.date(2026, 5, 1))
    unit.duties.update(starts_on=dt.date(2026, 5, 1))
    ReportFactory(unit=unit, month=JUNE)

    shown = told(close(ward, unit))
    changes.carry_out(shown.change, actor=officer, seen=shown.seen, today=TODAY)

    assert shown.warnings == [
        "Chi bộ 3 còn thiếu báo cáo tháng 5/2026, 6/2026, vẫn tính cho đơn vị này; sau ngày thôi "
        "hoạt động văn phòng nộp hộ từ ô của đơn vị ở Báo cáo → Theo tháng. Bản nháp tháng 6/2026 "
        "giữ nguyên."
    ]
    assert list(statistics.missing(ward, JUNE)) == [unit]
    assert list(statistics.missing(ward, JULY)) == []


def test_a_draft_of_an_owed_month_is_reached_by_the_office(ward, officer, client):
    unit = owing_unit(ward, name="Chi bộ 3")
    ReportFactory(unit=unit, month=JUNE)
    shown = told(close(ward, unit))
    changes.carry_out(shown.change, actor=officer, seen=shown.seen, today=TODAY)
    client.force_login(officer)

    cell = client.get(reverse("admin:report_cell", args=[unit.pk, JUNE]))
    filing = client.get(reverse("admin:report_file", args=[unit.pk, JUNE]))

    assert (cell.status_code, filing.status_code) == (200, 200)


def test_a_draft_of_a_month_that_goes_to_the_heir_is_read_and_not_handed_in(ward, officer, client):
    units = [owing_unit(ward, name=f"Chi bộ {number}") for number in (3, 4)]
    ReportFactory(unit=units[0], month=JULY)
    shown = told(merge(ward, *units))
    changes.carry_out(shown.change, actor=officer, seen=shown.seen, today=TODAY)
    client.force_login(officer)

    cell = client.get(reverse("admin:report_cell", args=[units[0].pk, JULY]))
    filing = client.get(reverse("admin:report_file", args=[units[0].pk, JULY]))

    assert shown.warnings[0] == (
        "Bản nháp báo cáo tháng 7/2026 của Chi bộ 3 giữ lại để đọc, không nộp nữa: tháng đó "
        "Chi bộ mới báo cáo."
    )
    assert (cell.status_code, filing.status_code) == (200, 302)


def test_many_owed_months_are_told_in_one_line(ward):
    unit = owing_unit(ward, name="Chi bộ 3")

    assert told(close(ward, unit)).warnings == [
        "Chi bộ 3 còn thiếu báo cáo 11 tháng (từ tháng 8/2025 đến tháng 6/2026), vẫn tính cho đơn "
        "vị này; sau ngày thôi hoạt động văn phòng nộp hộ từ ô của đơn vị ở Báo cáo → Theo tháng."
    ]


# -- The figures of past months -----------------------------------------------

MONTHS = [dt.date(2026, month, 1) for month in range(3, 13)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([Kind.MERGE, Kind.SPLIT, Kind.CLOSE, Kind.RENAME, Kind.OPEN, "into"]),
        st.integers(0, 5),  # which units
        st.integers(0, 40),  # days since the step before
        st.integers(-45, 20),  # the day of the change, from that day
        st.integers(0, 1),  # its month of reporting, from the first that may be
    ),
    min_size=1,
    max_size=6,
)


def figures(ward, indicator, month):
    """All that is ever said about a month, names left out: they have their own time."""
    grid = month_grid(ward, [month], today=FAR)
    cells = {row.unit.pk: row.cells[0] for row in grid.rows}
    total = statistics.totals(ward, [month])[0]
    return (
        statistics.punctuality(ward, month),
        grid.figures,
        cells,
        (total.value, total.unit_count),
        statistics.medians(ward, [month], [indicator]),
        sorted(unit.pk for unit in statistics.missing(ward, month)),
    )


def step_of(ward, step, today, number):
    kind, pick, _, offset, later = step
    units = list(Unit.objects.under(ward).filter(depth=2, closed_on__isnull=True).order_by("pk"))
    on = today + dt.timedelta(days=offset)
    since = changes.asked.first_month(on, today)
    since = next_month(since) if later else since
    first = units[pick % len(units)] if units else None
    second = units[(pick + 1) % len(units)] if units else None
    new = tuple(Part(f"Chi bộ {number}{sign}", kind="other") for sign in "AB")
    if kind == Kind.OPEN or first is None:
        return Change(Kind.OPEN, ward, on, since, parts=new[:1])
    if kind == "into":
        return Change(Kind.MERGE, ward, on, since, old=(first,), into=second)
    old = (first, second) if kind == Kind.MERGE else (first,)
    parts = {Kind.SPLIT: new, Kind.CLOSE: ()}.get(kind, new[:1])
    return Change(kind, ward, on, since, old=old, parts=parts)


def month_passes(ward, indicator, person, month):
    """Every second unit hands in, one of them late; some give no number; one is exempt."""
    for number, unit in enumerate(Unit.objects.owing(month).under(ward).order_by("pk")):
        if MonthlyReport.objects.filter(unit=unit, month=month).exists():
            continue
        if number % 4 == 3:
            ExtensionFactory(unit=unit, month=month, kind="exempt", due_on=None)
        elif number % 3 != 2:
            value = None if number % 5 == 4 else 10 * number + month.month
            day = 27 if number % 4 == 1 else 24
            handed_in(unit, month, person, day=day, indicator=indicator, value=value)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_sequence_of_changes_moves_a_past_figure(steps):
    with transaction.atomic():
        taken = _walk(steps)
        transaction.set_rollback(True)
    assert taken >= 0


def _walk(steps):
    ward = WardFactory()
    person = member(Role.OFFICE, ward)
    indicator = IndicatorFactory(owner=ward)
    for number in range(5):
        owing_unit(ward, name=f"Chi bộ {number}", kind="other")
    today, passed, kept, taken = MONTHS[0], [], {}, 0
    for number, step in enumerate(steps):
        today += dt.timedelta(days=step[2])
        for month in MONTHS:
            if month < first_of_month(today) and month not in passed:
                month_passes(ward, indicator, person, month)
                passed.append(month)
                kept[month] = figures(ward, indicator, month)
        change = step_of(ward, step, today, number)
        shown = changes.preview(change, today=today)
        if not shown.refusals:
            changes.carry_out(change, actor=person, seen=shown.seen, today=today)
            taken += 1
        for month in passed:
            assert figures(ward, indicator, month) == kept[month]
    return taken


def test_the_walk_of_the_property_takes_every_kind_of_step():
    """Otherwise it might refuse everything and hold of nothing."""
    kinds = (Kind.RENAME, Kind.MERGE, "into", Kind.SPLIT, Kind.CLOSE, Kind.OPEN)

    taken = _walk([(kind, number, 35, -3, 0) for number, kind in enumerate(kinds)])

    assert taken == len(kinds)
