"""The shortlist: visible rules, figures with their evidence, settings with who and when."""

import datetime as dt
import io
import uuid

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import ExportLog
from core.tests.factories import PictureFactory
from core.text import Count
from reports import commendation
from reports.models import CommendationRule, Extension, MonthlyReport, Photo
from reports.tests.factories import (
    LATE,
    MONTH,
    IndicatorFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
    secretary,
)
from reports.tests.test_counting_once import tell, told
from reports.tests.test_heat import FEBRUARY, JANUARY, cover
from units.models import Role, UnitSuccession
from units.tests.factories import WardFactory, member

TODAY = dt.date(2026, 4, 27)
QUARTER = [JANUARY, FEBRUARY, MONTH]
NOW = timezone.make_aware(dt.datetime(2026, 4, 27, 9))


@pytest.fixture
def desk(client, ward, time_machine_at):
    time_machine_at(NOW)
    client.force_login(member(Role.PROPAGANDA, ward, user__full_name="Trần Thị Bình"))
    return client


def figures(ward, unit, months=QUARTER):
    """Rule's code -> figure in words and whether it is met, with all rules at their levels."""
    found = [
        commendation.Setting(rule, True, 1 if rule.code != "on_time" else 100)
        for rule in commendation.RULES
    ]
    for line in commendation.shortlist(ward, months, found, TODAY):
        if line.unit == unit:
            return {one.setting.rule.code: (one.figure, one.is_met) for one in line.findings}
    return None


def test_on_time_counts_the_months_that_are_over(ward, sessions):
    unit = owing_unit(ward)
    unit.duties.update(starts_on=JANUARY)
    hand_in(unit, month=MONTH)
    hand_in(unit, month=FEBRUARY, now=LATE)
    Extension.objects.create(unit=unit, month=JANUARY, kind="exempt", reason="Miễn")

    assert figures(ward, unit) is None
    MonthlyReport.objects.filter(month=FEBRUARY).update(excused_until=LATE.date())
    assert figures(ward, unit)["on_time"] == ("2/2 tháng đúng hạn", True)


def test_contents_are_counted_once_and_helping_is_being_the_only_one(ward):
    unit, other = owing_unit(ward), owing_unit(ward)
    item, rare = content_item(ward), content_item(ward, "Hội chợ", 2)
    cover(unit, FEBRUARY, item, rare)
    cover(unit, MONTH, item)
    cover(other, FEBRUARY, item)

    found = figures(ward, unit)

    assert found["contents"] == ("2 nội dung", True)
    assert found["helped"] == ("2 lần", True)
    assert figures(ward, other)["helped"] == ("0 lần", False)


def test_happenings_count_only_with_a_photograph(ward, sessions):
    unit, bare = owing_unit(ward), owing_unit(ward)
    row = tell(unit, told(), told(title="Hội chợ"))[0]
    of_sheet = tell(bare)[0]
    for report, is_sheet in ((row.report, False), (of_sheet.report, True)):
        Photo.objects.create(
            report=report,
            picture=PictureFactory(is_public=False),
            key=uuid.uuid4(),
            by=secretary(report.unit),
            is_sheet=is_sheet,
        )

    assert figures(ward, unit)["evidence"] == ("2 việc trong báo cáo có ảnh", True)
    assert figures(ward, bare, [MONTH])["evidence"] == ("0 việc trong báo cáo có ảnh", False)


@pytest.mark.parametrize(
    ("own", "figure"), [(None, "5 mô hình"), (1, "1 mô hình")], ids=["not yet", "own number"]
)
def test_models_of_a_merged_unit_are_the_new_unit_s_until_it_counts_itself(ward, own, figure):
    """As the totals of the ward count them: nobody is praised for a unit that is no more."""
    IndicatorFactory(owner=ward, code="models", roll_up="last")
    old = [owing_unit(ward), owing_unit(ward)]
    new = owing_unit(ward)
    for unit, count in zip(old, (2, 3), strict=True):
        hand_in(unit, answers(counts={"models": Count(count)}), month=FEBRUARY, now=LATE)
        UnitSuccession.objects.create(from_unit=unit, to_unit=new, on=MONTH)
    if own is not None:
        hand_in(new, answers(counts={"models": Count(own)}))

    assert figures(ward, new)["models"] == (figure, True)
    assert [figures(ward, unit) for unit in old] == [None, None]  # they meet no rule


def test_models_of_a_unit_that_was_split_stay_its_own(ward):
    IndicatorFactory(owner=ward, code="models", roll_up="last")
    old, *new = (owing_unit(ward) for _ in range(3))
    hand_in(old, answers(counts={"models": Count(2)}), month=FEBRUARY, now=LATE)
    for unit in new:
        UnitSuccession.objects.create(from_unit=old, to_unit=unit, on=MONTH)

    assert figures(ward, old)["models"] == ("2 mô hình", True)


def test_models_are_the_newest_number(ward, sessions):
    IndicatorFactory(owner=ward, code="models", roll_up="last")
    unit = owing_unit(ward)
    hand_in(unit, answers(counts={"models": Count(4)}), month=FEBRUARY, now=LATE)
    hand_in(unit, answers(counts={"models": Count(3)}))

    assert figures(ward, unit)["models"] == ("3 mô hình", True)


def test_more_rules_met_stand_before_and_ties_are_in_vietnamese_order(ward):
    item = content_item(ward)
    names = ["Chi bộ Đông", "Chi bộ số 10", "Chi bộ Dân", "Chi bộ số 2"]
    units = [owing_unit(ward, name=name) for name in names]
    for unit in units:
        cover(unit, MONTH, item)
    best = owing_unit(ward, name="Chi bộ Ý")
    cover(best, MONTH, item, content_item(ward, "Hội chợ", 2))
    only = [
        commendation.Setting(commendation.BY_CODE[code], True, 1) for code in ("contents", "helped")
    ]

    lines = commendation.shortlist(ward, QUARTER, only, TODAY)

    assert [(line.unit.name, line.met) for line in lines] == [
        ("Chi bộ Ý", 2),
        ("Chi bộ Dân", 1),
        ("Chi bộ Đông", 1),
        ("Chi bộ số 2", 1),
        ("Chi bộ số 10", 1),
    ]


@pytest.mark.parametrize(
    ("slug", "name", "first", "count"),
    [
        ("2026-Q4", "quý IV/2026", 10, 3),
        ("2026-H2", "6 tháng cuối năm 2026", 7, 6),
        ("2025", "năm 2025", 1, 12),
        ("", "quý II/2026", 4, 3),
        ("2026-Q9", "quý II/2026", 4, 3),
        ("x' OR 1=1", "quý II/2026", 4, 3),
    ],
)
def test_spans(slug, name, first, count):
    span = commendation.span_of(slug, TODAY)

    assert (span.name, span.months[0].month, len(span.months)) == (name, first, count)


def _typed(**changes):
    typed = {"seen_version": 0}
    for rule in commendation.RULES:
        typed |= {f"{rule.code}-on": "on", f"{rule.code}-level": rule.default}
    return {key: value for key, value in (typed | changes).items() if value is not None}


def test_rules_are_set_with_who_and_stale_is_told(desk, ward):
    url = reverse("admin:commend_settings")

    first = desk.post(url, _typed(**{"helped-on": None, "contents-level": "5"}))
    stale = desk.post(url, _typed(**{"contents-level": "9"}))

    assert (first.status_code, stale.status_code) == (302, 409)
    assert list(CommendationRule.objects.values_list("code", "is_on", "threshold")) == [
        ("contents", True, 5),
        ("helped", False, 1),
    ]
    shown = desk.get(reverse("admin:commend")).content.decode()
    assert "tuyên truyền từ 5 nội dung khác nhau" in shown
    assert "đồng chí Trần Thị Bình đặt" in shown
    assert "<s>Làm việc chưa ai làm</s>" in shown


@pytest.mark.parametrize("level", ["0", "", "abc", "101"])
def test_level_that_makes_no_sense_is_told_and_kept(desk, ward, level):
    response = desk.post(reverse("admin:commend_settings"), _typed(**{"on_time-level": level}))

    assert response.status_code == 422
    assert response.content.decode().count('class="error-summary"') == 1
    assert CommendationRule.objects.count() == 0


def test_every_figure_opens_its_evidence(desk, ward):
    unit, item = owing_unit(ward), content_item(ward, "Hội chợ")
    report = cover(unit, MONTH, item)

    page = desk.get(f"{reverse('admin:commend')}?ky=2026-Q1").content.decode()

    assert f'href="{reverse("admin:report_page", args=[report.pk])}">Hội chợ' in page
    assert f'href="{reverse("admin:coverage_content", args=[item.pk])}?thang=2026-03' in page
    assert "2/5 tiêu chí" not in page  # contents asks for three


def test_table_holds_the_lines_of_the_screen(desk, ward):
    cover(owing_unit(ward, name="Chi bộ 1"), MONTH, content_item(ward))
    url = f"{reverse('admin:commend')}?ky=2026-Q1"
    lines = desk.get(url).context["lines"]

    file = io.BytesIO(b"".join(desk.post(url).streaming_content))

    head, *rows = list(load_workbook(file).active.values)[3:]
    assert head[:3] == ("Đơn vị", "Số tiêu chí đạt", "Nộp đúng hạn")
    assert [row[:2] for row in rows] == [(line.unit.name, line.met) for line in lines]
    assert len(rows) == ExportLog.objects.get().row_count == 1


def test_draft_names_the_ticked_units_with_their_figures(desk, ward):
    item = content_item(ward)
    units = [owing_unit(ward, name=f"Chi bộ số {n}") for n in (1, 2)]
    for unit in units:
        cover(unit, MONTH, item)
    for rule, level in (("on_time", 1), ("contents", 1)):
        CommendationRule.objects.create(
            owner=ward, code=rule, is_on=True, threshold=level, by=secretary(units[0])
        )
    url = f"{reverse('admin:commend')}?ky=2026-Q1&da-chon=1&chon={units[1].pk}&chon=x"

    page = desk.get(url)
    file = desk.get(f"{url}&tep=docx")

    assert "01 đơn vị" in page.context["draft"]
    assert "1. Chi bộ số 2: phủ nhiều nội dung (1 nội dung)." in page.context["draft"]
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert "1. Chi bộ số 2: phủ nhiều nội dung (1 nội dung)." in text
    assert "Tiêu chí xem xét: nộp đúng hạn từ 1% số tháng phải báo cáo" in text


def test_reader_sets_nothing(client, ward):
    client.force_login(member(Role.LEADER, ward))

    page = client.get(reverse("admin:commend"))

    assert "Đặt tiêu chí" not in page.content.decode()
    assert client.post(reverse("admin:commend_settings"), _typed()).status_code == 403


def test_page_takes_a_fixed_number_of_queries(desk, ward, sessions):
    elsewhere = WardFactory()
    cover(owing_unit(elsewhere, name="Chi bộ nơi khác"), MONTH, content_item(elsewhere))
    url, counts = f"{reverse('admin:commend')}?ky=2026-Q1", []
    for number in range(3):
        cover(owing_unit(ward), MONTH, content_item(ward, f"Nội dung {number}", number))
        tell(owing_unit(ward))
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            page = desk.get(url).content.decode()
        counts.append(len(captured))
        assert "Chi bộ nơi khác" not in page

    assert len(set(counts)) == 1
    assert counts[0] <= 15


@pytest.mark.parametrize(
    ("level", "words"),
    [(100, "nộp đúng hạn đủ 100% số tháng"), (90, "nộp đúng hạn từ 90% số tháng")],
)
def test_rule_that_asks_for_all_says_so(level, words):
    setting = commendation.Setting(commendation.BY_CODE["on_time"], True, level)

    assert setting.words == f"{words} phải báo cáo"
