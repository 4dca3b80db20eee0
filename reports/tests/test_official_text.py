"""The sentences of the ward's own report."""

import datetime as dt

import pytest

from reports.models import IndicatorTarget, Status
from reports.official import sentences
from reports.official.annex import numbers
from reports.official.drafting import Content, Pick, chosen, draft, edited, head_for
from reports.official.figures import from_json, gather
from reports.official.pieces import text_of
from reports.official.words import change_words
from reports.spans import Span
from reports.statistics import Scope
from reports.tests.factories import IndicatorFactory, content_item, owing_unit
from reports.tests.official import FEBRUARY, JANUARY, MARCH, QUARTER, accepted, given, merged

TODAY = dt.date(2026, 4, 2)
LATE_IN_MARCH = dt.date(2026, 3, 28)


def _head(ward, profile="PARTY_HD05"):
    return head_for(profile, ward.profile, QUARTER, Scope(ward), [])


def _draft(ward, span=QUARTER, texts=None, picks=(), today=TODAY):
    content = Content(_head(ward), texts or {}, tuple(picks))
    return draft(gather(Scope(ward), span, today=today), content)


def _text(made, key):
    return [text_of(one) for one in made.sections[key].lines]


@pytest.fixture
def told(ward, unit):
    """A quarter with a little of everything."""
    sessions = IndicatorFactory(owner=ward, phrase="tổ chức … buổi tuyên truyền", position=1)
    people = IndicatorFactory(
        owner=ward, code="people", name="Lượt người dự", unit_of_measure="lượt người",
        phrase="… lượt người dự", attendance_of=sessions, position=2,
    )  # fmt: skip
    for month, count in ((JANUARY, 2), (MARCH, 3)):
        given(unit, month, (sessions, count), (people, count * 400))
    accepted(unit, FEBRUARY)
    given(unit, dt.date(2025, 3, 1), (sessions, 4), (people, 2000))
    return sessions


def test_opening_says_window_and_completeness(ward, unit, told):
    other = owing_unit(ward, name="Chi bộ Trường Mầm non Hoa Mai")
    accepted(other, JANUARY)

    assert _text(_draft(ward), "opening") == [
        "Ban Thường vụ Đảng ủy phường tân an báo cáo kết quả thực hiện Cuộc vận động “Người Việt Nam "
        "ưu tiên dùng hàng Việt Nam” quý I năm 2026 (số liệu từ ngày 20/12/2025 đến ngày 19/3/2026; "
        "tổng hợp từ 1/2 đơn vị gửi đủ báo cáo; 4/6 báo cáo tháng; 01 đơn vị chưa gửi đủ: "
        "Chi bộ Trường Mầm non Hoa Mai (tháng 2, 3)), như sau:"
    ]


def test_month_says_who_has_not_sent_and_what_waits(ward, unit, told):
    owing_unit(ward, name="Chi bộ Hoa Mai")
    accepted(owing_unit(ward, name="Chi bộ Doanh nghiệp số 2"), MARCH, Status.SUBMITTED)

    found = sentences.completeness(gather(Scope(ward), Span.parse("2026-03"), today=TODAY))

    assert text_of(found) == (
        "tổng hợp từ 1/3 đơn vị trực thuộc; 01 đơn vị chưa gửi: Chi bộ Hoa Mai; "
        "01 đơn vị đã gửi, đang xem xét: Chi bộ Doanh nghiệp số 2"
    )


def test_numbers_are_told_in_the_office_s_style(ward, told):
    assert _text(_draft(ward), "outreach") == [
        "Tổ chức 05 buổi tuyên truyền, 2.000 lượt người dự.",
        "So với cùng kỳ năm trước: buổi tuyên truyền tăng 01 (25,0%); lượt người dự bằng cùng kỳ.",
    ]


def test_second_quarter_says_the_year_so_far(ward, unit, told):
    given(unit, dt.date(2026, 4, 1), (told, 9))

    found = _text(_draft(ward, Span.parse("2026-q2"), today=dt.date(2026, 7, 2)), "outreach")

    assert found == [
        "Tổ chức 09 buổi tuyên truyền.",
        "Lũy kế từ đầu năm: tổ chức 14 buổi tuyên truyền.",
    ]


def test_target_of_the_year_is_held_against(ward, told):
    IndicatorTarget.objects.create(indicator=told, year=2026, value=20)

    found = _text(_draft(ward), "outreach")

    assert found[-1] == "So với kế hoạch năm 2026: buổi tuyên truyền đạt 5/20 (25,0%)."


def test_share_is_told_with_its_numbers(ward, unit):
    share = IndicatorFactory(
        owner=ward, code="homes", name="Hộ hưởng ứng", unit_of_measure="hộ", roll_up="share"
    )
    given(unit, MARCH, (share, 1486, 1702))
    given(unit, dt.date(2025, 3, 1), (share, 80, 100))

    made = _draft(ward)

    assert _text(made, "outreach") == [
        "Hộ hưởng ứng đạt 87,3% (1.486/1.702 hộ).",
        "So với cùng kỳ năm trước: hộ hưởng ứng tăng 7,3 điểm phần trăm.",
    ]
    assert change_words(made.figures.lines[0]) == "+7,3 điểm %"


def test_zero_and_unknown_are_not_told_in_prose(ward, unit):
    given(
        unit, MARCH,
        (IndicatorFactory(owner=ward, code="none"), 0),
        (IndicatorFactory(owner=ward, code="blank"), None),
        (IndicatorFactory(owner=ward, code="share", roll_up="share"), 3, None),
    )  # fmt: skip

    made = _draft(ward)

    assert _text(made, "outreach") == []
    assert [line.code for line in made.figures.lines] == ["none"]


def test_contents_that_nobody_did_are_ahead(ward, unit):
    done, not_done = content_item(ward), content_item(ward, "Phát tờ rơi", 2)
    accepted(unit, MARCH).contents.create(content_item=done)

    made = _draft(ward)

    assert _text(made, "weak")[-1] == (
        "01 nội dung theo kế hoạch chưa có đơn vị nào triển khai: “Phát tờ rơi”."
    )
    assert f"Tập trung triển khai nội dung “{not_done.short_title}”." in _text(made, "ahead")


def test_what_comes_next_follows_from_the_figures(ward, unit, told):
    """Contents that few carried out, what is left of the year's plan, who is to be reminded."""
    rare = content_item(ward, "Phát tờ rơi", 1)
    accepted(owing_unit(ward, name="Chi bộ A"), MARCH).contents.create(content_item=rare)
    accepted(owing_unit(ward, name="Chi bộ B"), MARCH)
    IndicatorTarget.objects.create(indicator=told, year=2026, value=20)

    assert _text(_draft(ward), "ahead") == [
        "Mở rộng số đơn vị triển khai các nội dung còn ít đơn vị thực hiện: phát tờ rơi "
        "(mới có 1/3 đơn vị).",
        "Phấn đấu hoàn thành kế hoạch năm 2026: buổi tuyên truyền còn 15 buổi.",
        "Đôn đốc 02 đơn vị chưa gửi đủ báo cáo; chấn chỉnh chế độ báo cáo.",
    ]


def test_month_that_is_not_asked_for_yet_is_not_missing(ward, unit, told):
    figures = gather(Scope(ward), Span.parse("2026-h1"), today=LATE_IN_MARCH)

    assert (figures.until, figures.data_to, figures.is_over) == (
        MARCH, dt.date(2026, 3, 19), False,
    )  # fmt: skip
    assert figures.complete.lacking == ()


def test_merger_and_replaced_indicator_have_their_notes_below_the_annex(ward, unit, told):
    old = IndicatorFactory(owner=ward, code="old", name="Buổi cũ", ends_on=MARCH, successor=told)
    gone = owing_unit(ward, name="Chi bộ cũ")
    given(gone, JANUARY, (old, 1))
    merged(gone, unit, FEBRUARY)

    made = numbers(gather(Scope(ward), QUARTER, today=TODAY))

    assert made.notes == (
        "Dòng 1: gồm cả số của chỉ tiêu cũ “Buổi cũ” (đến hết tháng 2/2026).",
        "Từ ngày 1/2/2026, Chi bộ Tổ dân phố số 12 báo cáo thay Chi bộ cũ.",
    )


def test_figures_come_back_from_the_snapshot_equal(ward, unit, told):
    content_item(ward)
    owing_unit(ward)
    figures = gather(Scope(ward), QUARTER, today=TODAY)

    assert from_json(figures.as_json()) == figures


def test_figures_are_ten_queries(ward, unit, told, django_assert_num_queries):
    for _ in range(2):
        given(owing_unit(ward), MARCH, (told, 1))
        with django_assert_num_queries(10):
            gather(Scope(ward), QUARTER, today=TODAY)


# -- What a person decides -----------------------------------------------------


def _pick(report, text, part="result"):
    return Pick(report.pk, part, text, report.unit.name)


def test_chosen_sentences_stand_in_their_order(ward, unit, told):
    report = accepted(owing_unit(ward, name="Chi bộ A"), MARCH)
    picks = [
        _pick(report, "Câu hai."),
        _pick(report, "Câu một"),
        _pick(report, "Khó", "difficulties"),
    ]

    made = _draft(ward, picks=picks)

    assert _text(made, "good")[1:] == ["Câu hai (Chi bộ A).", "Câu một (Chi bộ A)."]
    assert _text(made, "weak")[-1] == "Khó (Chi bộ A)."


def test_edited_text_stays_and_unedited_follows_the_figures(ward, unit, told):
    made = _draft(ward)
    content = Content(made.head)
    changed = edited(made, content, "outreach", "Đã tổ chức 05 buổi.\n\nTốt.")

    assert edited(made, content, "good", made.sections["good"].text) == content
    again = _draft(ward, texts=changed.texts)
    assert _text(again, "outreach") == ["Đã tổ chức 05 buổi.", "Tốt."]
    assert again.sections["outreach"].is_edited
    assert again.wrong == []


def test_picks_reach_an_edited_section_too(ward, unit, told):
    report = accepted(owing_unit(ward, name="Chi bộ A"), MARCH)
    old, new = _pick(report, "Câu cũ"), _pick(report, "Câu mới")
    content = Content(_head(ward), {"good": "Tự viết.\nCâu cũ (Chi bộ A)."}, (old,))

    changed = chosen(content, [new])

    assert changed.texts["good"] == "Tự viết.\nCâu mới (Chi bộ A)."


@pytest.mark.parametrize(
    ("profile", "symbol", "authority"),
    [
        ("PARTY_HD05", "BC/ĐU", "T/M BAN THƯỜNG VỤ"),
        ("PARTY_HD36", "BC/ĐU", "T/M BAN THƯỜNG VỤ"),
        ("ND30", "BC-UBND", "TM. ỦY BAN NHÂN DÂN"),
        ("MTTQ", "BC-MTTQ-BTT", "TM. BAN THƯỜNG TRỰC"),
    ],
)
def test_head_follows_the_form_and_names_nobody(ward, profile, symbol, authority):
    head = _head(ward, profile)

    assert (head["symbol"], head["authority"], head["position"]) == (symbol, authority, "")
