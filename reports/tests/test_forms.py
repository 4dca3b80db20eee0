import pytest
from django.http import QueryDict

from core.text import Count
from reports import forms
from reports.answers import Answers, answers_from
from reports.forms import ContentsForm, CountsForm, ResultForm, ZeroForm
from reports.sentences import count_lines, passages
from reports.tests.factories import MONTH, IndicatorFactory, answers, blank, content_item, hand_in

KEY = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("1.000", Count(1000)),
        ("1,000", Count(1000)),
        (" 50 ", Count(50)),
        ("khoảng 50", Count(50, is_approximate=True)),
        ("0", Count(0)),
        ("", None),
    ],
)
def test_numbers_are_understood_as_people_type_them(unit, sessions, typed, count):
    form = CountsForm(blank(unit), {"sessions": typed})

    assert form.is_valid()
    assert form.counts() == {"sessions": count}
    assert form["sessions"].value() == typed


@pytest.mark.parametrize("typed", ["nhiều lắm", "-3", "1,5", "2 hoặc 3", "99999999"])
def test_wrong_number_gets_a_sentence_and_stays_in_its_box(unit, sessions, typed):
    form = CountsForm(blank(unit), {"sessions": typed})

    assert form.errors["sessions"][0].endswith(".")
    assert form["sessions"].value() == typed


def test_typed_text_is_collected_as_typed(unit):
    post = QueryDict(mutable=True)
    post["result-result"] = " Dòng một\r\nDòng  hai "

    assert ResultForm(blank(unit)).collect(post) == {"result": " Dòng một\nDòng  hai "}


def test_content_of_another_plan_is_refused(ward, unit):
    item = content_item(ward)
    paper = blank(unit)

    assert ContentsForm(paper, {"items": [str(item.pk)]}).is_valid() is True
    assert ContentsForm(paper, {"items": [str(item.pk + 1)]}).is_valid() is False


def test_least_covered_content_stands_first(ward, unit, sessions):
    often = content_item(ward, "Thường làm", 1)
    never = content_item(ward, "Chưa làm", 2)
    hand_in(unit, answers(contents=(often,)))

    later = blank(unit, month=MONTH.replace(month=4))

    assert later.items == [never, often]


def test_what_was_read_can_be_typed_again(ward, unit, sessions):
    paper_items = (content_item(ward),)
    given = answers(contents=paper_items, counts={"sessions": Count(1000, is_approximate=True)})
    paper = blank(unit)

    again = forms.read(paper, forms.as_typed(paper, given))

    assert again.answers() == given


@pytest.mark.parametrize(
    "content", [{"counts": "x"}, {"counts": {"sessions": {"a": 1}}}, {"no": 1}]
)
def test_strange_content_is_no_error_of_the_server(unit, sessions, content):
    reading = forms.read(blank(unit), content)

    assert reading.answers().has_values is False


def test_other_reason_is_written_out():
    data = {"key": KEY, "seen_version": "1", "draft_version": "0", "reason": "other"}

    assert ZeroForm(data).errors == {"reason_text": ["Đồng chí ghi rõ lý do khác."]}
    assert ZeroForm(data | {"reason_text": "Sửa nhà văn hóa"}).is_valid()


def test_reason_text_goes_with_other_alone():
    data = {"key": KEY, "seen_version": "1", "draft_version": "0", "reason": "together"}
    form = ZeroForm(data | {"reason_text": "x"})

    assert form.is_valid()
    assert form.cleaned_data["reason_text"] == ""


def test_report_is_read_back_in_the_words_of_the_ward(ward, sessions):
    sessions.phrase = "tổ chức … buổi tuyên truyền"
    people = IndicatorFactory(
        owner=ward, code="people", phrase="… lượt người dự", attendance_of=sessions
    )
    banners = IndicatorFactory(owner=ward, code="banners", name="Băng rôn", unit_of_measure="chiếc")
    leaflets = IndicatorFactory(owner=ward, code="leaflets", name="Tờ rơi")
    counts = {
        "sessions": Count(2),
        "people": Count(1180, is_approximate=True),
        "banners": Count(1),
        "leaflets": Count(0),
    }

    lines = count_lines(counts, [sessions, people, banners, leaflets])

    assert lines == (
        "Tổ chức 02 buổi tuyên truyền, khoảng 1.180 lượt người dự; Băng rôn: 01 chiếc.",
        "Không có: tờ rơi.",
    )


def test_zero_report_reads_as_one_sentence(unit):
    said = passages(Answers(zero_reason="together"), blank(unit))

    assert [passage.lines for passage in said] == [
        (
            "Tháng này không có hoạt động. "
            "Lý do: đã tổ chức chung với đơn vị khác, đơn vị đó báo cáo.",
        )
    ]


def test_submission_keeps_the_answers(ward, unit, sessions):
    given = answers(contents=(content_item(ward),))
    report = hand_in(unit, given)

    assert answers_from(report.submissions.get().content, blank(unit)) == given
