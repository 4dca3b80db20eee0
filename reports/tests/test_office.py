import datetime as dt

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from core.text import Count
from reports.answers import Answers
from reports.models import Indicator, Status
from reports.office import today_items
from reports.tests.factories import (
    LATE,
    MONTH,
    ReportFactory,
    answers,
    hand_in,
    owing_unit,
    report_in,
)
from units.models import Role
from units.tests.factories import WardFactory, member

PAGES = ("report_queue", "report_grid", "report_totals")
TODAY = dt.datetime(2026, 3, 26, 9, 0, tzinfo=dt.UTC)
MARCH = "?thang=2026-03"


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


def page(response):
    return response.content.decode()


def decide(client, report, step, **typed):
    data = {"step": step, "seen_version": report.version} | typed
    return client.post(reverse("admin:report_step", args=[report.pk]), data)


@pytest.mark.parametrize("name", PAGES)
def test_office_pages_are_closed_to_others(client, ward, unit, reporter, name):
    address = reverse(f"admin:{name}")

    assert client.get(address).headers["Location"].startswith(reverse("account_login"))
    client.force_login(reporter)
    assert client.get(address).status_code == 403


def test_leader_reads_the_figures_and_decides_nothing(client, ward, unit, sessions):
    report = hand_in(unit)
    client.force_login(member(Role.LEADER, ward))

    read = [client.get(reverse(f"admin:{name}")).status_code for name in PAGES]

    assert read == [403, 200, 200]
    assert decide(client, report, "accept").status_code == 403
    assert "Tiếp nhận</button>" not in page(
        client.get(reverse("admin:report_page", args=[report.pk]))
    )


def test_report_of_another_ward_is_missing(desk):
    foreign = ReportFactory()

    assert desk.get(reverse("admin:report_page", args=[foreign.pk])).status_code == 404
    assert decide(desk, foreign, "accept").status_code == 404
    assert desk.get(reverse("admin:report_page", args=[10**30])).status_code == 404


@pytest.mark.parametrize("report_count", [1, 3])
def test_queue_shows_the_ward_in_a_fixed_number_of_queries(
    desk, ward, report_count, django_assert_num_queries
):
    reports = [
        hand_in(owing_unit(ward), now=LATE + dt.timedelta(minutes=n)) for n in range(report_count)
    ]
    foreign = owing_unit(WardFactory(), name="Chi bộ ở nơi khác")
    Indicator.objects.create(
        owner=foreign.ward, code="sessions", name="Buổi", unit_of_measure="buổi", starts_on=MONTH
    )
    hand_in(foreign)

    desk.get(reverse("admin:report_queue"))  # the first page of a day also writes the session
    # session with user and memberships, rows, numbers, indicators, happenings, helpers, photos, ward card
    with django_assert_num_queries(9):
        response = desk.get(reverse("admin:report_queue"))

    assert [line.report for line in response.context["page"]] == reports
    assert "Chi bộ ở nơi khác" not in page(response)


def test_queue_says_what_is_odd(desk, unit):
    for number in range(1, 4):
        hand_in(unit, answers(counts={"sessions": Count(3)}), month=dt.date(2025, 12 - number, 1))
    hand_in(unit, answers(counts={"sessions": Count(40)}))

    assert "gấp hơn 5 lần mức thường có (3)" in page(desk.get(reverse("admin:report_queue")))


def test_own_report_is_not_in_the_queue(client, ward, unit, sessions, reporter):
    unit.memberships.model.objects.create(
        user=reporter, unit=ward, role=Role.OFFICE, starts_on=MONTH
    )
    report = hand_in(unit, actor=reporter)
    client.force_login(reporter)

    assert client.get(reverse("admin:report_queue")).context["groups"] == []
    assert "người khác xem" in page(client.get(reverse("admin:report_page", args=[report.pk])))


def test_accepting_goes_on_to_the_next_that_waits(desk, ward):
    first = hand_in(owing_unit(ward))
    second = hand_in(owing_unit(ward), now=LATE)

    response = decide(desk, first, "accept")
    last = decide(desk, second, "accept")

    assert response.headers["Location"] == reverse("admin:report_page", args=[second.pk])
    assert last.headers["Location"] == reverse("admin:report_queue")
    first.refresh_from_db()
    assert first.status == Status.ACCEPTED


def test_returning_at_a_question(desk, unit):
    report = hand_in(unit)

    decide(desk, report, "return", reason="Thiếu số buổi", question="counts:sessions")

    report.refresh_from_db()
    assert (report.status, report.returned_question) == (Status.RETURNED, "counts:sessions")
    assert "Thiếu số buổi" in page(desk.get(reverse("admin:report_page", args=[report.pk])))


def test_returning_without_a_reason_says_so(desk, unit):
    response = decide(desk, hand_in(unit), "return")

    assert response.status_code == 422
    assert page(response).count("Cần ghi lý do.") == 2


def test_reopening_an_accepted_report(desk, unit, reviewer):
    report = report_in(Status.ACCEPTED, unit, reviewer)

    decide(desk, report, "reopen", reason="Đơn vị đề nghị sửa")

    report.refresh_from_db()
    assert report.status == Status.RETURNED


@pytest.mark.parametrize("step", ["submit", "amend", "nonsense", ""])
def test_other_steps_are_not_the_office_s(desk, unit, step):
    assert decide(desk, hand_in(unit), step).status_code == 422


def test_decided_report_refuses_a_second_decision(desk, unit, reviewer):
    report = report_in(Status.ACCEPTED, unit, reviewer)

    response = decide(desk, report, "return", reason="Muộn rồi")

    assert response.status_code == 422
    assert "Muộn rồi" in page(response)


def test_report_amended_meanwhile_shows_both(desk, unit):
    seen = hand_in(unit)
    hand_in(unit, answers(result="Bản sửa."))

    response = decide(desk, seen, "return", reason="Thiếu", seen_submission=1)

    text = page(response)
    assert response.status_code == 409
    assert ("Đã làm tốt." in text, "Bản sửa." in text, "Thiếu" in text) == (True, True, True)


def test_draft_is_not_shown_to_the_office(desk, unit):
    report = ReportFactory(unit=unit, result="")

    assert "chưa nộp" in page(desk.get(reverse("admin:report_page", args=[report.pk])))


def test_report_page_shows_the_month_before(desk, unit):
    hand_in(unit, answers(counts={"sessions": Count(7)}), month=dt.date(2026, 2, 1))
    report = hand_in(unit)

    figures = desk.get(reverse("admin:report_page", args=[report.pk])).context["figures"]

    assert [(line["value"].value, line["before"]) for line in figures] == [(2, 7)]


@pytest.mark.parametrize("unit_count", [1, 3])
def test_grid_page_takes_a_fixed_number_of_queries(
    desk, ward, unit_count, django_assert_num_queries
):
    for _ in range(unit_count):
        hand_in(owing_unit(ward))
    owing_unit(WardFactory(), name="Chi bộ ở nơi khác")

    desk.get(reverse("admin:report_grid"))
    # session with user and memberships, wards, rules, extensions, 3 for the grid, ward card
    with django_assert_num_queries(9):
        response = desk.get(reverse("admin:report_grid"))

    assert "Chi bộ ở nơi khác" not in page(response)
    assert len(response.context["grid"].rows) == unit_count


@pytest.mark.parametrize("unit_count", [1, 3])
def test_totals_page_takes_a_fixed_number_of_queries(
    desk, ward, unit_count, django_assert_num_queries
):
    for _ in range(unit_count):
        hand_in(owing_unit(ward), answers(counts={"sessions": Count(2)}))
        owing_unit(ward)

    desk.get(reverse("admin:report_totals"))
    # session with user and memberships, wards, rules, 2 for both months' totals,
    # punctuality, missing with people and drafts, ward card
    with django_assert_num_queries(11):
        response = desk.get(reverse("admin:report_totals") + MARCH)

    text = page(response)
    assert f"{unit_count}/{2 * unit_count}" in text
    assert response.context["totals"][0]["total"].value == 2 * unit_count


@pytest.mark.parametrize("month", ["", "2026-13", "x", "1901-01", "2026-03&phuong="])
def test_any_month_in_the_address_gives_a_page(desk, unit, month):
    assert desk.get(f"{reverse('admin:report_totals')}?thang={month}").status_code == 200
    assert desk.get(f"{reverse('admin:report_grid')}?den={month}").status_code == 200


def test_foreign_ward_in_the_address_is_missing(desk, unit):
    foreign = WardFactory()

    assert desk.get(f"{reverse('admin:report_grid')}?phuong={foreign.pk}").status_code == 404


def test_city_reader_chooses_a_ward(client, ward, unit, sessions):
    other = WardFactory()
    client.force_login(member(Role.AUDITOR, None))

    response = client.get(f"{reverse('admin:report_totals')}?phuong={other.pk}")

    assert (response.status_code, response.context["ward"]) == (200, other)


def test_today_names_what_waits_and_who_is_missing(ward, sessions, reviewer):
    received, lacking = owing_unit(ward), owing_unit(ward)
    received.duties.update(starts_on=MONTH)
    lacking.duties.update(starts_on=dt.date(2026, 2, 1))
    hand_in(received, Answers(zero_reason="together"))
    request = RequestFactory().get("/")
    request.user = reviewer

    items = today_items(request)

    assert [(item.count, item.text) for item in items] == [
        (1, "báo cáo chờ xem"),
        (0, "tờ viết tay chờ nhập hộ"),
        (1, "đơn vị chưa nộp báo cáo tháng 3/2026, hạn 25/3, đã quá 1 ngày"),
        (1, "báo cáo của 6 tháng trước còn thiếu"),
        (0, "việc có thể bị tính hai lần, tháng 3/2026"),
    ]


@pytest.mark.parametrize(("role", "count"), [(Role.OFFICE, 1), (Role.LEADER, 0)])
def test_today_of_a_ward_where_nobody_reports_offers_the_first_duty(ward, role, count):
    request = RequestFactory().get("/")
    request.user = member(role, ward)

    items = [item for item in today_items(request) if "chế độ báo cáo" in item.text]

    assert len(items) == count


def test_report_pages_are_in_the_navigation(rf, reviewer):
    request = rf.get("/")
    request.user = reviewer

    sections = admin.site.each_context(request)["office_nav"]

    labels = next([i.label for i in s.items] for s in sections if s.key == "reports")
    assert labels[:3] == ["Chờ xem", "Theo tháng", "Lời nhắc"]


def test_second_hand_in_says_what_differs_from_the_first(desk, unit):
    hand_in(unit)
    report = hand_in(unit, answers(result="Đã sửa lại."))
    shown = desk.get(reverse("admin:report_page", args=[report.pk]))

    [found] = shown.context["amended"]
    assert (found.mine, found.theirs) == ("Đã làm tốt.", "Đã sửa lại.")
    assert "Đã sửa 1 phần so với lần nộp trước" in page(shown)


def test_returned_report_has_a_text_for_zalo_with_the_way_to_the_question(
    client, unit, sessions, reviewer
):
    report = hand_in(unit)
    client.force_login(reviewer)
    step = {
        "step": "return",
        "seen_version": report.version,
        "reason": "Thiếu số buổi",
        "question": "counts:sessions",
    }

    shown = client.post(reverse("admin:report_step", args=[report.pk]), step, follow=True)
    text = client.get(reverse("admin:report_page", args=[report.pk])).context["returned_text"]

    assert "Chép tin Zalo báo cho đơn vị</a>" in shown.content.decode()
    box = reverse("reports:counts", args=[unit.pk, MONTH]) + "?ve=kiem-tra#id_counts-sessions"
    assert text.endswith(f"http://testserver{box}")
    assert "(phần: buổi tuyên truyền).\nLý do: Thiếu số buổi\n" in text
