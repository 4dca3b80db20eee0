"""Contents × months and units × months, and the sentence on what nobody told of."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import ExportLog
from plans import standing
from plans.models import ContentItem
from reports import coverage, heat
from reports.answers import paper_for
from reports.models import MonthlyReport, ReportContent
from reports.tests.factories import MONTH, ReportFactory, content_item, owing_unit, secretary
from units.models import Role, Unit
from units.tests.factories import WardFactory, member

JANUARY, FEBRUARY, APRIL = (dt.date(2026, number, 1) for number in (1, 2, 4))
NOW = timezone.make_aware(dt.datetime(2026, 4, 27, 9))


@pytest.fixture
def desk(client, ward, time_machine_at):
    time_machine_at(NOW)
    client.force_login(member(Role.LEADER, ward))
    return client


def cover(unit, month, *items, status="submitted"):
    """A report of ``unit`` for ``month`` that covers ``items``."""
    now = timezone.now()
    values = {
        "first_submitted_at": now,
        "submitted_at": now,
        "due_on": month,
        "submitted_by": secretary(unit),
    }
    report = ReportFactory(unit=unit, month=month, status=status, **values)
    for item in items:
        ReportContent.objects.create(report=report, content_item=item)
    return report


def the_map(ward, newest=APRIL, count=4, closed_to=MONTH):
    return heat.heat_map(ward, newest, count, closed_to=closed_to)


def test_each_square_has_the_units_that_covered_it_of_those_that_owe(ward):
    first, second = content_item(ward), content_item(ward, "Hội chợ", 2)
    units = [owing_unit(ward) for _ in range(4)]
    for unit in units[:2]:
        cover(unit, FEBRUARY, first)
    cover(units[2], FEBRUARY, second, status="returned")
    cover(units[3], MONTH, second, status="accepted")

    cells = [[(c.state, c.count, c.of) for c in row.cells] for row in the_map(ward).rows]

    assert cells == [
        [("none", 0, 4), ("most", 2, 4), ("none", 0, 4), ("open", 0, 4)],
        [("none", 0, 4), ("none", 0, 4), ("some", 1, 4), ("open", 0, 4)],
    ]


def test_sentence_says_since_when_nobody_told_of_it(ward):
    content_item(ward, "Cuộc vận động")
    rights = content_item(ward, "Quyền người tiêu dùng", 2)
    unit = owing_unit(ward)
    cover(unit, JANUARY, rights)
    cover(unit, FEBRUARY)

    rows = the_map(ward).rows

    assert rows[1].silence == (
        "Nội dung 2 (Quyền người tiêu dùng) chưa có chi bộ nào tuyên truyền từ tháng 2/2026."
    )


def test_sentence_says_when_it_was_never_told_of(ward):
    item = content_item(ward, "Hội chợ")
    ContentItem.objects.update(counts_from=FEBRUARY)
    owing_unit(ward)

    assert the_map(ward).rows[0].silence == (
        "Nội dung 1 (Hội chợ) chưa có chi bộ nào tuyên truyền từ tháng 2/2026, tức là từ khi có "
        "nội dung này."
    )
    cover(owing_unit(ward), APRIL, item)
    assert the_map(ward).silent == []


def test_nobody_is_silent_before_the_reports_are_due(ward):
    item = content_item(ward)
    cover(owing_unit(ward), MONTH, item)

    assert the_map(ward).silent == []
    assert "từ tháng 4/2026" in the_map(ward, closed_to=APRIL).silent[0].silence


def test_units_that_are_no_cells_are_called_units(ward):
    content_item(ward)
    owing_unit(ward, kind=Unit.Kind.RESIDENTIAL_GROUP)

    assert "chưa có đơn vị nào tuyên truyền" in the_map(ward).rows[0].silence


def test_other_sources_stand_beside_the_reports(ward, monkeypatch):
    item = content_item(ward)
    owing_unit(ward)
    monkeypatch.setitem(
        standing._sources,
        "bản tin",
        standing.Source("bản tin", lambda ward, items, months: {item.pk: {FEBRUARY: 2}}),
    )

    row = the_map(ward).rows[0]

    assert [cell.words for cell in row.cells][:2] == ["0/1 đơn vị", "0/1 đơn vị, 2 bản tin"]
    assert [cell.state for cell in row.cells][:2] == ["none", "few"]
    assert "; phường đã có 2 lần khác." in row.silence


@pytest.mark.parametrize(
    ("plan", "item"),
    [
        ({}, {}),
        ({"valid_from": dt.date(2026, 3, 31)}, {}),
        ({"valid_to": dt.date(2026, 3, 1)}, {}),
        ({"valid_to": dt.date(2026, 3, 2)}, {}),
        ({"status": "proposed"}, {}),
        ({"status": "closed", "valid_to": dt.date(2026, 4, 1)}, {}),
        ({}, {"counts_from": dt.date(2026, 4, 1)}),
        ({}, {"left_out_from": dt.date(2026, 3, 1)}),
        ({}, {"is_left_out": True}),
    ],
)
def test_content_itself_and_the_form_agree_on_its_months(ward, plan, item):
    row = content_item(ward)
    type(row.plan).objects.filter(pk=row.plan.pk).update(**plan)
    ContentItem.objects.filter(pk=row.pk).update(**item)
    months = [JANUARY, FEBRUARY, MONTH, APRIL]

    asked = [row.pk in _pks(ContentItem.objects.in_force(ward, month)) for month in months]

    fresh = ContentItem.objects.select_related("plan").get()
    assert [fresh.is_asked_in(month) for month in months] == asked
    between = [bool(ContentItem.objects.asked_between(ward, month, month)) for month in months]
    assert between == asked


def _pks(rows):
    return [row.pk for row in rows]


def test_units_by_month_for_one_content(ward):
    item = content_item(ward)
    one, other, late = (owing_unit(ward, name=f"Chi bộ {n}") for n in (2, 10, 30))
    late.duties.update(starts_on=APRIL)
    cover(one, FEBRUARY, item)
    cover(other, FEBRUARY)

    rows = heat.unit_map(ward, item, APRIL, 3)

    states = {row.unit.name: [state for _, state in row.cells] for row in rows}
    assert states == {
        "Chi bộ 2": ["told", "missing", "missing"],
        "Chi bộ 10": ["not", "missing", "missing"],
        "Chi bộ 30": ["off", "off", "missing"],
    }
    assert list(states) == ["Chi bộ 2", "Chi bộ 10", "Chi bộ 30"]


def test_what_nobody_told_of_lately_stands_first_on_the_form(ward):
    often, never, rare = (content_item(ward, name, n) for n, name in enumerate("abc", 1))
    unit, other = owing_unit(ward), owing_unit(ward)
    cover(unit, JANUARY, rare, never)
    cover(other, MONTH, often)

    paper = paper_for(unit, APRIL)

    # never and rare: nobody in February and March; among them the plan's order
    assert [item.short_title for item in paper.items] == ["b", "c", "a"]
    cover(other, FEBRUARY, never)
    coverage.forget()
    assert [item.short_title for item in paper_for(unit, APRIL).items] == ["c", "a", "b"]


def test_the_past_is_asked_once_for_many_forms(ward, django_assert_num_queries):
    with django_assert_num_queries(1):
        coverage.told_lately(ward, APRIL)
        coverage.told_lately(ward, APRIL)


def test_page_opens_from_the_sentence_to_the_units_of_a_month(desk, ward):
    item = content_item(ward, "Quyền người tiêu dùng")
    unit, silent = owing_unit(ward), owing_unit(ward)
    cover(unit, JANUARY, item)
    cover(silent, JANUARY)

    page = desk.get(reverse("admin:coverage"))

    assert "chưa có chi bộ nào tuyên truyền từ tháng 2/2026." in page.content.decode()
    sides = desk.get(f"{reverse('admin:coverage_content', args=[item.pk])}?thang=2026-01").context[
        "sides"
    ]
    assert sides == {"told": [unit], "without": [silent], "missing": []}


def test_foreign_content_is_missing(desk):
    item = content_item(WardFactory())

    assert desk.get(reverse("admin:coverage_content", args=[item.pk])).status_code == 404


@pytest.mark.parametrize("name", ["coverage", "coverage_content"])
@pytest.mark.parametrize("span", ["12", "60", "7", "x"])
def test_pages_take_a_fixed_number_of_queries_of_at_most_15(desk, ward, name, span):
    item = content_item(ward)
    elsewhere = content_item(WardFactory(), "Của phường khác")
    counts = []
    for number in range(3):
        cover(owing_unit(ward), MONTH, content_item(ward, f"Nội dung {number}", number + 2))
        url = reverse(f"admin:{name}", args=[item.pk] if name == "coverage_content" else [])
        desk.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = desk.get(f"{url}?so-thang={span}").content.decode()
        counts.append(len(captured))
        assert elsewhere.short_title not in page

    assert len(set(counts)) == 1
    assert counts[0] <= 15


@pytest.mark.parametrize("name", ["coverage", "coverage_content"])
def test_page_of_a_ward_with_nothing_stands(desk, ward, name):
    item = content_item(ward)
    if name == "coverage":
        ContentItem.objects.update(is_left_out=True)
    args = [item.pk] if name == "coverage_content" else []

    assert desk.get(reverse(f"admin:{name}", args=args)).status_code == 200


def test_files_hold_what_the_pages_show(desk, ward):
    item = content_item(ward, "=Hội chợ")
    unit = owing_unit(ward)
    cover(unit, MONTH, item)
    addresses = [
        reverse("admin:coverage"),
        reverse("admin:coverage_content", args=[item.pk]),
    ]

    whole, of_units = (_table(desk.post(address)) for address in addresses)

    whole = whole[2:]
    of_units = of_units[3:]
    assert ExportLog.objects.count() == 2
    assert whole[0][-3:] == ["3/2026", "4/2026", "Nhận xét"]
    assert [row[2] for row in whole[1:]] == ["=Hội chợ"]
    assert [row[-3] for row in whole[1:]] == [1]
    assert [(row[0], row[-2]) for row in of_units[1:]] == [(unit.name, "đã làm")]


def _table(response):
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_reports_of_another_ward_do_not_count(ward):
    item = content_item(ward)
    owing_unit(ward)
    cover(owing_unit(WardFactory()), MONTH, item)

    assert [cell.count for cell in the_map(ward).rows[0].cells] == [0, 0, 0, 0]
    assert MonthlyReport.objects.exists()


def test_months_in_which_nobody_owed_say_nothing(ward):
    content_item(ward, "Hội chợ")
    owing_unit(ward).duties.update(starts_on=FEBRUARY)

    row = the_map(ward).rows[0]

    assert [cell.state for cell in row.cells] == ["off", "none", "none", "open"]
    assert "từ tháng 2/2026, tức là từ khi có" in row.silence
