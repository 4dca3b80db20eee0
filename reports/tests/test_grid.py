import datetime as dt
import gzip
import re
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from reports import exceptions, periods, statistics
from reports.answers import Answers
from reports.grid import month_grid
from reports.lacking import lacking
from reports.models import Status
from reports.office import month_meters, today_items
from reports.tests.factories import (
    LATE,
    MONTH,
    ReportFactory,
    content_item,
    hand_in,
    owing_unit,
    report_in,
)
from units.tests.factories import WardFactory

FEBRUARY = dt.date(2026, 2, 1)
NOW = dt.datetime(2026, 3, 30, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
MONTHS = periods.last_months(MONTH, 12)
MAX_BYTES = 60_000


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(NOW)


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


@pytest.fixture
def motley(ward, reviewer):
    """A unit for every state in March."""
    for status in (Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.ACCEPTED):
        report_in(status, owing_unit(ward, name=f"Chi bộ {status}"), reviewer)
    hand_in(owing_unit(ward, name="Chi bộ muộn"), now=LATE)
    hand_in(owing_unit(ward, name="Chi bộ không phát sinh"), Answers(zero_reason="together"))
    for kind, due_on in (("exempt", None), ("excused", dt.date(2026, 4, 2))):
        unit = owing_unit(ward, name=f"Chi bộ {kind}")
        exceptions.grant([unit], month=MONTH, kind=kind, due_on=due_on, reason="Bão")
    closed = owing_unit(ward, name="Chi bộ đã sáp nhập")
    closed.duties.update(ends_on=dt.date(2026, 3, 10))
    return ward


def grid(ward):
    return month_grid(ward, MONTHS, today=TODAY)


def rows(response):
    return [row.unit.name for row in response.context["grid"].rows]


def test_rates_of_the_grid_are_those_of_the_statistics(motley):
    found = grid(motley)

    assert dict(zip(found.months, found.figures, strict=True)) == {
        month: statistics.punctuality(motley, month) for month in found.months
    }


def test_missing_cells_are_those_of_the_statistics(motley):
    found = grid(motley)

    lacked = [
        sum(row.cells[number].is_lacking for row in found.rows)
        for number, _ in enumerate(found.months)
    ]
    assert lacked == [statistics.missing(motley, month).count() for month in found.months]


def test_lacking_counts_by_month_what_the_statistics_count(motley, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = lacking(motley, MONTHS, TODAY)

    expected = {month: statistics.missing(motley, month).count() for month in MONTHS}
    assert (found.by_month, found.given_longer) == (expected, 1)


def test_filter_leaves_the_units_that_lack_something(desk, motley):
    response = desk.get(reverse("admin:report_grid"), {"con-thieu": "1", "so-thang": "1"})

    lacked = [unit.name for unit in statistics.missing(motley, MONTH)]
    assert (rows(response), len(grid(motley).rows)) == (lacked, 9)
    assert response.context["grid"].lacking == len(lacked)


@pytest.mark.parametrize("typed", ["MUON", "chi bộ  muộn", "Muộn "])
def test_search_finds_a_unit_with_or_without_marks(desk, motley, typed):
    assert rows(desk.get(reverse("admin:report_grid"), {"tim": typed})) == ["Chi bộ muộn"]


def test_filter_that_leaves_nobody_says_so(desk, motley):
    response = desk.get(reverse("admin:report_grid"), {"tim": "không có tên này"})

    assert "Không có đơn vị nào như vậy." in response.content.decode()


def test_ward_where_nobody_owes_has_no_filter_and_says_what_to_do(client, ward, reviewer):
    client.force_login(reviewer)

    grid_page = client.get(reverse("admin:report_grid")).content.decode()
    totals = client.get(reverse("admin:report_totals")).content.decode()

    assert "Chưa có đơn vị nào phải báo cáo trong những tháng này." in grid_page
    assert "filter-sheet" not in grid_page
    assert "Tháng này không có đơn vị nào phải báo cáo." in totals
    assert "Số liệu toàn phường" not in totals
    assert "Tải bảng .xlsx" not in grid_page
    assert "Tải bảng .xlsx" not in totals


def test_filter_keeps_the_rates_of_all_units(desk, motley):
    whole = desk.get(reverse("admin:report_grid")).context["grid"]
    part = desk.get(reverse("admin:report_grid"), {"tim": "muộn"}).context["grid"]

    assert part.figures == whole.figures


@pytest.mark.parametrize("count", ["", "0", "13", "x", "-1", "²"])
def test_any_number_of_months_gives_a_page(desk, motley, count):
    assert desk.get(reverse("admin:report_grid"), {"so-thang": count}).status_code == 200


def test_count_of_the_months_before_links_to_exactly_those(rf, desk, reviewer, motley):
    request = rf.get("/")
    request.user = reviewer
    line = next(item for item in today_items(request) if "tháng trước" in item.text)

    shown = desk.get(line.url).context["grid"]

    assert shown.lacking == line.count
    assert shown.months[-1] == FEBRUARY


def test_count_of_this_month_is_that_of_the_reminder(rf, desk, reviewer, motley):
    request = rf.get("/")
    request.user = reviewer
    line = next(item for item in today_items(request) if "chưa nộp" in item.text)

    assert line.count == len(desk.get(line.url).context["lines"])


def test_today_before_anybody_can_have_counted_leaves_the_missing_to_the_bar(
    rf, reviewer, unit, sessions, time_machine_at
):
    time_machine_at(dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC))
    unit.duties.update(starts_on=MONTH)
    request = rf.get("/")
    request.user = reviewer

    assert [item.text for item in today_items(request) if item.count] == []
    assert [meter.text for meter in month_meters(request)] == ["0/1 đã nhận (0%)"]


def test_today_with_everything_done_says_so(desk, unit, reviewer):
    unit.duties.update(starts_on=MONTH)
    report_in(Status.ACCEPTED, unit, reviewer)
    content_item(unit.ward)

    page = desk.get(reverse("admin:index")).content.decode()

    assert "Hôm nay không còn việc nào chờ đồng chí." in page


def test_overdue_reports_stand_before_those_to_review(desk, motley):
    content_item(motley)
    texts = [item.text for item in desk.get(reverse("admin:index")).context["items"]]

    assert texts[0].startswith("đơn vị chưa nộp báo cáo tháng 3/2026")
    assert texts[1] == "báo cáo chờ xem"


@pytest.mark.parametrize("unit_count", [1, 4])
def test_today_takes_a_fixed_number_of_queries(
    desk, ward, unit_count, django_assert_max_num_queries
):
    for _ in range(unit_count):
        hand_in(owing_unit(ward))
        ReportFactory(unit=owing_unit(ward))

    desk.get(reverse("admin:index"))
    with django_assert_max_num_queries(15) as captured:
        desk.get(reverse("admin:index"))

    # session, user, memberships, plans, wards, rule, 2 for the figures, waiting, happenings, ward card
    assert len(captured) == 10


def test_cell_of_the_grid_links_to_its_page(desk, unit):
    page = desk.get(reverse("admin:report_grid")).content.decode()

    found = re.search(r'data-state="missing" href="([^"]+/2026-03/)"', page)
    assert urljoin(reverse("admin:report_grid"), found[1]) == reverse(
        "admin:report_cell", args=[unit.pk, MONTH]
    )


def test_grid_of_many_units_is_light(desk, ward):
    for number in range(30):
        hand_in(owing_unit(ward, name=f"Chi bộ Tổ dân phố số {number}"))

    page = desk.get(reverse("admin:report_grid")).content

    assert page.count(b"<td>") > 30 * 12
    assert len(gzip.compress(page)) < MAX_BYTES / 5


def test_units_of_another_ward_are_not_counted(ward):
    owing_unit(WardFactory())

    assert lacking(ward, [MONTH], TODAY).by_month == {MONTH: 0}


def test_months_before_any_duty_lead_back_to_the_later_ones(desk, ward):
    unit = owing_unit(ward)
    unit.duties.update(starts_on=FEBRUARY)

    shown = desk.get(reverse("admin:report_grid"), {"den": "2025-06"})

    assert "Những tháng này chưa có đơn vị nào phải báo cáo." in shown.text
    assert 'href="?den=2026-03">Xem các tháng sau' in shown.text
