"""The queue by risk, the way through it, and the clean reports at once."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from core.tests.factories import PictureFactory, StoredFileFactory
from core.text import Count
from reports.answers import Answers, Happening
from reports.forms.steps import READY_REASONS
from reports.models import MonthlyReport, Photo, Status
from reports.oddities import Weight
from reports.office.sample import SAMPLE, choose
from reports.office.waiting import Line
from reports.tests.factories import (
    LATE,
    ReportFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
)
from units.models import Role
from units.tests.factories import WardFactory, member

TODAY = dt.datetime(2026, 3, 26, 9, 0, tzinfo=dt.UTC)
FEBRUARY = dt.date(2026, 2, 1)
QUEUE, SAMPLED = "admin:report_queue", "admin:report_sample"


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


def page(response):
    return response.content.decode()


def at(name, query=""):
    return reverse(name) + query


def report_at(report, query=""):
    return reverse("admin:report_page", args=[report.pk]) + query


def step(client, report, name, query="", **typed):
    data = {"step": name, "seen_version": report.version} | typed
    return client.post(reverse("admin:report_step", args=[report.pk]) + query, data)


def accept_all(client, reports, query="", **kwargs):
    seen = [f"{report.pk}:{report.version}" for report in reports]
    return client.post(at(SAMPLED, query), {"bao-cao": seen}, **kwargs)


def clean(ward, **kwargs):
    return hand_in(owing_unit(ward, **kwargs))


def odd(ward, **kwargs):
    """A report that tells one event together with another unit's, which is in the queue too."""
    happening = Happening(
        code="sessions", held_on=dt.date(2026, 3, 12), title="Họp dân", place="", attendance=None
    )
    return hand_in(owing_unit(ward, **kwargs), answers(counts={}, happenings=(happening,)))


def photo_of(report, sha256="a"):
    picture = PictureFactory(original=StoredFileFactory(sha256=sha256 * 64))
    Photo.objects.create(report=report, picture=picture, key=uuid.uuid4(), by=report.submitted_by)


def statuses(reports):
    rows = MonthlyReport.objects.in_bulk([report.pk for report in reports])
    return [rows[report.pk].status for report in reports]


def test_queue_asks_first_and_lists_the_clean_last(desk, ward):
    good = clean(ward)
    late = hand_in(owing_unit(ward), now=LATE)
    asked = [odd(ward), odd(ward)]

    response = desk.get(at(QUEUE))

    groups = [
        (group["weight"], group["count"], [line.report for line in group["rows"]])
        for group in response.context["groups"]
    ]
    assert groups == [
        (Weight.ASK, 2, asked),
        (Weight.NOTE, 1, [late]),
        (Weight.CLEAN, 1, [good]),
    ]


def test_queue_says_its_rules(desk, ward):
    clean(ward)

    assert "Không chấm điểm." in page(desk.get(at(QUEUE)))


@pytest.mark.parametrize("report_count", [1, 3])
def test_queue_with_every_evidence_takes_at_most_15_queries(
    desk, ward, report_count, django_assert_num_queries
):
    for number in range(report_count + 1):
        photo_of(odd(ward))
        hand_in(owing_unit(ward), Answers(zero_reason="together"), month=FEBRUARY)
        hand_in(owing_unit(ward), now=LATE + dt.timedelta(minutes=number))
    hand_in(owing_unit(WardFactory(), name="Chi bộ ở nơi khác"), Answers(zero_reason="together"))

    desk.get(at(QUEUE))
    # and zero months and others' photos
    with django_assert_num_queries(11):
        response = desk.get(at(QUEUE))

    assert len(response.context["page"]) == 3 * (report_count + 1)
    assert "Chi bộ ở nơi khác" not in page(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2]),
        ("?thang=2026-03", [1, 2]),
        ("?nhom=sach", [1, 2]),
        ("?nhom=de-y", [0]),
        ("?tim=TO%20dan%20pho%20so%2012", [1]),
        ("?thang=2026-03&tim=so%2013", [2]),
        ("?thang=x&nhom=y", [0, 1, 2]),
    ],
)
def test_filters_of_the_queue(desk, ward, query, found):
    reports = [
        hand_in(owing_unit(ward, name="Chi bộ Công an"), month=FEBRUARY),
        clean(ward, name="Chi bộ Tổ dân phố số 12"),
        clean(ward, name="Chi bộ Tổ dân phố số 13"),
    ]

    lines = desk.get(at(QUEUE, query)).context["page"]

    assert [line.report for line in lines] == [reports[number] for number in found]


def test_every_link_of_the_queue_keeps_the_filter(desk, ward):
    report = clean(ward)
    query = "?thang=2026-03&tim=chi"

    text = page(desk.get(at(QUEUE, query))).replace("&amp;", "&")

    assert f'href="{report_at(report, query)}"' in text
    assert f'href="{at(SAMPLED, query)}"' in text
    assert 'href="?thang=2026-03&nhom=sach&tim=chi"' in text


def test_deciding_goes_on_in_the_order_of_the_queue_and_keeps_the_filter(desk, ward):
    good, other = clean(ward), clean(ward)
    asked = [odd(ward), odd(ward)]
    query = "?thang=2026-03"
    desk.get(at(QUEUE, query))

    seen = [step(desk, one, "accept", query).headers["Location"] for one in (*asked, good, other)]

    assert seen == [
        report_at(asked[1], query),
        report_at(good, query),
        report_at(other, query),
        at(QUEUE, query),
    ]


def test_page_leads_to_the_reports_beside_it(desk, ward):
    reports = [clean(ward) for _ in range(3)]

    ways = [desk.get(report_at(one)).context["way"] for one in reports]

    keys = [one.pk for one in reports]
    assert [(way.previous, way.following, way.left) for way in ways] == [
        (None, keys[1], 2),
        (keys[0], keys[2], 2),
        (keys[1], keys[0], 2),
    ]


def test_report_page_takes_at_most_15_queries(desk, ward, django_assert_num_queries):
    reports = [odd(ward) for _ in range(3)]
    for report in reports:
        photo_of(report)

    desk.get(report_at(reports[0]))
    # session, user, memberships, report, 6 for the evidence, submissions, contents, steps, way, card
    with django_assert_num_queries(13):
        response = desk.get(report_at(reports[0]))

    assert len(response.context["remarks"]) == 3


def test_page_of_a_report_with_everything_takes_at_most_15_queries(
    desk, ward, django_assert_num_queries
):
    """Amended from a happening to a zero report with a photo that another unit shows too."""
    odd(ward)
    photo_of(clean(ward))
    report = odd(ward)
    photo_of(report)
    zero = Answers(zero_reason="not_planned")
    hand_in(report.unit, zero, actor=report.submitted_by, now=LATE)

    desk.get(report_at(report))
    with django_assert_num_queries(14):
        response = desk.get(report_at(report))

    assert response.context["remarks"]
    assert "Số liệu" in [one.label for one in response.context["amended"]]


def test_content_that_an_amendment_took_back_is_named(desk, ward):
    kept, gone = content_item(ward, position=1), content_item(ward, "Phiên chợ", position=2)
    unit = owing_unit(ward)
    report = hand_in(unit, answers(contents=(kept, gone)))
    hand_in(unit, answers(contents=(kept,)))

    context = desk.get(report_at(report)).context

    assert context["contents"] == [kept]
    [found] = context["amended"]
    assert ("Phiên chợ" in found.mine, "Phiên chợ" in found.theirs) == (True, False)


def test_way_leaves_out_what_somebody_decided(desk, ward, reviewer):
    reports = [clean(ward) for _ in range(3)]
    desk.get(at(QUEUE))
    step(desk, reports[1], "accept")

    assert desk.get(report_at(reports[0])).context["way"].following == reports[2].pk


def test_ready_reason_stands_before_what_is_typed(desk, ward):
    reports = [clean(ward) for _ in range(3)]
    ready = READY_REASONS[0]
    for report, typed in zip(reports, ["", "Số buổi.", f"{ready} Số buổi."], strict=True):
        step(desk, report, "return", ready=ready, reason=typed)

    reasons = [report.steps.last().reason for report in reports]

    assert reasons == [ready, f"{ready}\nSố buổi.", f"{ready} Số buổi."]


def test_ready_reason_is_one_of_the_list(desk, ward):
    assert step(desk, clean(ward), "return", ready="Tùy ý").status_code == 422


def test_second_officer_reads_who_was_first(desk, ward, reviewer):
    report = clean(ward)
    reviewer.full_name = "Trần Thị Hoa"
    reviewer.save()
    step(desk, report, "accept")

    response = step(desk, report, "return", reason="Thiếu")

    assert response.status_code == 422
    assert "Trần Thị Hoa: “Tiếp nhận” lúc 16:00, 26/3/2026." in page(response)


def test_sample_is_the_same_for_everyone_and_another_tomorrow():
    lines = [Line(ReportFactory.build(pk=number, unit=None, ward=None), []) for number in range(80)]
    day = dt.date(2026, 3, 26)

    today = choose(lines, day)

    assert len(today) == SAMPLE
    assert choose(lines[::-1], day) == today
    assert choose(lines, day + dt.timedelta(1)) != today


def test_sample_is_read_in_whole_before_all_are_accepted(desk, ward):
    asked = [odd(ward), odd(ward)]
    reports = [
        hand_in(owing_unit(ward), answers(result=f"Kết quả số {number}.", difficulties="Mưa."))
        for number in range(7)
    ]

    response = desk.get(at(SAMPLED))
    accept_all(desk, reports)

    text = page(response)
    read = [one["report"].result for one in response.context["sample"]]
    assert (len(read), all(result in text for result in read)) == (SAMPLE, True)
    assert "Tiếp nhận 7 báo cáo" in text
    assert statuses(reports) == [Status.ACCEPTED] * 7
    assert statuses(asked) == [Status.SUBMITTED] * 2


@pytest.mark.parametrize("report_count", [1, 3])
def test_sample_takes_at_most_15_queries(desk, ward, report_count, django_assert_num_queries):
    for number in range(report_count):
        photo_of(clean(ward), sha256=str(number))
        hand_in(owing_unit(ward), Answers(zero_reason="together"), month=FEBRUARY)

    desk.get(at(SAMPLED))
    # those of the queue and contents
    with django_assert_num_queries(11):
        response = desk.get(at(SAMPLED))

    assert len(response.context["sample"]) == report_count


def test_accepting_all_returns_to_the_filtered_list_and_says_how_many(desk, ward):
    reports = [clean(ward), clean(ward)]

    response = accept_all(desk, reports, "?thang=2026-03&nhom=sach", follow=True)

    assert response.redirect_chain == [(at(QUEUE, "?thang=2026-03&nhom=sach"), 302)]
    assert "Đã tiếp nhận 2 báo cáo không có điểm cần để ý." in page(response)


def test_what_changed_meanwhile_is_left_and_named(desk, ward):
    amended, decided, shared, good = (
        clean(ward, name=f"Chi bộ số {number}") for number in range(1, 5)
    )
    hand_in(amended.unit, answers(result="Bản sửa."))
    step(desk, decided, "accept")
    photo_of(shared)
    photo_of(hand_in(owing_unit(ward), month=FEBRUARY))

    text = page(accept_all(desk, [amended, decided, shared, good], follow=True))

    assert statuses([amended, shared, good]) == [
        Status.SUBMITTED,
        Status.SUBMITTED,
        Status.ACCEPTED,
    ]
    for sentence in (
        "Đã tiếp nhận 1 báo cáo không có điểm cần để ý.",
        "Để lại 1 báo cáo đã thay đổi sau khi đồng chí mở trang: Chi bộ số 1, tháng 3/2026.",
        "Để lại 1 báo cáo đã được xử lý trước đó: Chi bộ số 2, tháng 3/2026.",
        "Để lại 1 báo cáo vừa có điểm cần để ý: Chi bộ số 3, tháng 3/2026.",
    ):
        assert sentence in text


def test_odd_reports_are_not_accepted_at_once_whatever_is_posted(desk, ward):
    asked = [odd(ward), odd(ward)]

    accept_all(desk, asked)

    assert statuses(asked) == [Status.SUBMITTED] * 2


@pytest.mark.parametrize("pair", ["", "x", "1", "1:x", "9" * 30 + ":1", "1:" + "9" * 30])
def test_what_cannot_be_read_is_left_out(desk, ward, pair):
    assert desk.post(at(SAMPLED), {"bao-cao": pair}).headers["Location"] == at(QUEUE)


def test_reports_of_another_ward_are_not_accepted(desk, ward):
    foreign = owing_unit(WardFactory())
    report = hand_in(foreign, Answers(zero_reason="together"))

    text = page(accept_all(desk, [report], follow=True))

    assert statuses([report]) == [Status.SUBMITTED]
    assert foreign.name not in text


def test_sample_of_nothing_goes_back_to_the_queue(desk, ward):
    response = desk.get(at(SAMPLED, "?thang=2026-03"))

    assert response.headers["Location"] == at(QUEUE, "?thang=2026-03")
    assert "Đã hết báo cáo không có điểm cần để ý." in page(desk.get(response.headers["Location"]))


def test_sample_is_closed_to_others(client, ward, unit, reporter):
    assert client.get(at(SAMPLED)).headers["Location"].startswith(reverse("account_login"))
    client.force_login(reporter)
    assert client.get(at(SAMPLED)).status_code == 403
    client.force_login(member(Role.LEADER, ward))
    assert client.post(at(SAMPLED)).status_code == 403


def test_far_above_the_usual_is_in_the_first_group(desk, ward, unit):
    for number in range(1, 4):
        month = dt.date(2025, 12 - number, 1)
        hand_in(unit, answers(counts={"sessions": Count(3)}), month=month)
    hand_in(unit, answers(counts={"sessions": Count(40)}))

    groups = desk.get(at(QUEUE, "?nhom=can-hoi")).context["groups"]

    assert [(group["weight"], group["count"]) for group in groups] == [(Weight.ASK, 1)]
