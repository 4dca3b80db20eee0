"""So many of so many: two boxes, from the screen to the ward's own figure."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from core.text import Count
from reports import checks, forms, statistics
from reports.compare import typed_differences
from reports.models import Draft, Indicator, IndicatorValue, Submission
from reports.reading import plain_answers, sheet_for
from reports.sentences import phrase
from reports.stored import answers_of
from reports.tests.factories import MONTH, IndicatorFactory, answers, blank, hand_in, owing_unit

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
PART, WHOLE = "counts-households", "counts-households-of"


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def households(ward, sessions):
    return IndicatorFactory(
        owner=ward,
        code="households",
        name="Hộ hưởng ứng",
        unit_of_measure="hộ",
        phrase="có … hộ hưởng ứng trên tổng số … hộ",
        roll_up=Indicator.RollUp.SHARE,
    )


@pytest.fixture
def phone(client, unit, households, reporter):
    client.force_login(reporter)
    return client


def url(name, unit):
    return reverse(f"reports:{name}", args=[unit.pk, MONTH])


def page(response):
    return response.content.decode()


def _post(phone, unit, part, whole):
    version = Draft.objects.values_list("version", flat=True).first() or 0
    typed = {PART: part, WHOLE: whole, "seen_version": version}
    return phone.post(url("counts", unit), typed)


def _share(part, whole):
    return answers(counts={"households": Count(part, of=whole)})


def test_two_boxes_become_a_sentence_a_submission_and_a_row(phone, unit):
    _post(phone, unit, "120", "1.000")

    shown = phone.get(url("check", unit))
    assert "Có 120 hộ hưởng ứng trên tổng số 1.000 hộ (12%)." in page(shown)
    context = shown.context
    phone.post(
        url("check", unit),
        {
            "key": str(context["key"]),
            "seen_version": context["place"].seen_version,
            "content": context["content"],
        },
    )

    assert IndicatorValue.objects.values_list("value", "denominator").get() == (120, 1000)
    assert Submission.objects.get().content["counts"] == {
        "households": {"value": 120, "is_approximate": False, "of": 1000}
    }
    assert "trên tổng số 1.000 hộ" in page(phone.get(url("show", unit)))
    assert list(checks.problems()) == []


@pytest.mark.parametrize(
    ("part", "whole", "box", "sentence"),
    [
        ("120", "100", "id_counts-households", "120 lớn hơn tổng số 100"),
        ("0", "0", "id_counts-households-of", "Tổng số phải lớn hơn 0"),
        ("120", "", "id_counts-households-of", "Đồng chí ghi tổng số hộ, ví dụ: 300."),
        ("", "300", "id_counts-households", "không có số thì xóa ô tổng số"),
        ("120", "nhiều", "id_counts-households-of", "Chưa đọc được"),
    ],
)
def test_what_is_no_share_is_said_and_kept(phone, unit, part, whole, box, sentence):
    response = _post(phone, unit, part, whole)

    text = page(response)
    assert response.status_code == 422
    assert f'href="#{box}"' in text
    assert text.count(sentence) == 2
    assert Draft.objects.get().content["counts"]["households-of"] == whole
    assert sentence in page(phone.get(url("check", unit)))


@pytest.mark.parametrize(
    "typed", [{"households": "120"}, {"households": "120", "households-of": "100"}]
)
def test_half_a_share_in_one_request_is_no_report(phone, unit, typed):
    letter = {
        "key": str(uuid.UUID(int=7)),
        "seen_version": 1,
        "draft_version": 0,
        "content": {"counts": typed | {"sessions": "2"}},
    }

    response = phone.post(url("send", unit), json.dumps(letter), content_type="application/json")

    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_short_way_leaves_a_share_to_the_forms(unit, households):
    sheet = sheet_for(unit, MONTH)

    assert plain_answers({"counts": {"households": "1", "households-of": "2"}}, sheet) is None
    assert plain_answers({"counts": {"households-of": "2"}}, sheet) is None
    assert plain_answers({"counts": {"sessions": "2", "households": ""}}, sheet) is not None


def test_amendment_begins_with_both_boxes(unit, households):
    report = hand_in(unit, _share(120, 300))

    typed = forms.as_typed(blank(unit), answers_of(report))

    counts = {"sessions": "", "households": "120", "households-of": "300"}
    assert typed["counts"] == counts
    read = forms.read(blank(unit), typed).answers()
    assert read.counts["households"] == Count(120, of=300)


def test_none_of_them_is_still_a_share(unit, households):
    assert phrase(households, Count(0, of=300)) == "có 0 hộ hưởng ứng trên tổng số 300 hộ (0%)"


def test_words_with_one_place_get_the_whole_behind_them(households):
    households.phrase = ""

    said = phrase(households, Count(1, of=3))

    assert said == "Hộ hưởng ứng: 01 hộ trên tổng số 03 (33,3%)"


def test_changed_whole_is_a_difference(unit, households):
    one, other = ({"counts": {"households": "1", "households-of": of}} for of in ("2", "3"))

    found = typed_differences(blank(unit), one, other)

    assert [(d.label, d.mine, d.theirs) for d in found] == [
        ("Hộ hưởng ứng, trên tổng số", "2", "3")
    ]


def test_ward_share_is_recomputed_from_sums_and_leaves_out_what_has_no_whole(ward, households):
    hand_in(owing_unit(ward), _share(10, 10))
    hand_in(owing_unit(ward), _share(0, 90))
    hand_in(owing_unit(ward), answers(counts={"households": Count(500)}))

    total = statistics.totals(ward, [MONTH])[-1]

    assert (total.value, total.denominator, total.percent) == (10, 100, 10)


def test_office_sees_both_numbers(client, unit, households, reviewer):
    report = hand_in(unit, _share(120, 300))
    client.force_login(reviewer)

    text = page(client.get(reverse("admin:report_page", args=[report.pk])))
    totals = page(client.get(reverse("admin:report_totals") + "?thang=2026-03"))

    assert '<b>120</b> <span class="hint">/ 300</span>' in text
    assert '<b>40,0%</b> <span class="hint">(120/300)</span>' in totals


def test_blank_sheet_has_two_places_to_write_in(phone, unit):
    text = page(phone.get(url("print", unit) + "?trang=trong"))

    assert (
        '<span>Hộ hưởng ứng / tổng số</span><span class="sheet__box"></span><span>/</span>' in text
    )
