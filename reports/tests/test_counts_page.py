"""The screen of the numbers: soft questions, constants, happenings; without scripts."""

import datetime as dt

import pytest
from django.urls import reverse

from core.text import Count
from reports import workflow
from reports.models import Activity, Draft, Indicator, IndicatorValue
from reports.tests.factories import MONTH, IndicatorFactory, answers, hand_in

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
FEBRUARY = dt.date(2026, 2, 1)
TALK = {
    "happenings-0-held_on": "15/3",
    "happenings-0-title": "Nói chuyện về hàng Việt",
    "happenings-0-place": "nhà văn hóa",
    "happenings-0-attendance": "45",
}


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


@pytest.fixture
def people(ward, sessions):
    return IndicatorFactory(owner=ward, code="people", name="Lượt người dự", attendance_of=sessions)


def url(name, unit, month=MONTH):
    return reverse(f"reports:{name}", args=[unit.pk, month])


def page(response):
    return response.content.decode()


def _post(phone, unit, typed, query=""):
    version = Draft.objects.values_list("version", flat=True).first() or 0
    return phone.post(url("counts", unit) + query, typed | {"seen_version": version})


def _february(unit, **counts):
    typed = {code: Count(value) for code, value in counts.items()}
    hand_in(unit, answers(counts=typed), month=FEBRUARY)


def _button(shown):
    context = shown.context
    return {
        "key": str(context["key"]),
        "seen_version": context["place"].seen_version,
        "content": context["content"],
    }


def test_odd_number_brings_the_screen_back_with_the_question_at_its_box(phone, unit):
    _february(unit, sessions=40)

    response = _post(phone, unit, {"counts-sessions": "4000"})

    text = page(response)
    assert response.status_code == 422
    assert text.count("Tháng trước 40, tháng này 4.000. Số này đúng không?") == 2
    assert 'name="confirmed-sessions" value="4.000"' in text
    assert "Đúng, 4.000" in text


def test_one_tap_answers_the_question_and_it_is_kept(phone, unit):
    _february(unit, sessions=40)

    response = _post(phone, unit, {"counts-sessions": "4000", "confirmed-sessions": "4.000"})

    assert response.headers["Location"] == url("result", unit)
    assert Draft.objects.get().content["confirmed"] == {"sessions": "4.000"}
    assert "Số này đúng không" not in page(phone.get(url("check", unit)))


def test_changed_number_is_asked_about_anew(phone, unit):
    _february(unit, sessions=40)
    _post(phone, unit, {"counts-sessions": "4000", "confirmed-sessions": "4.000"})

    response = _post(phone, unit, {"counts-sessions": "5000", "confirmed-sessions": "4.000"})

    assert "Đúng, 5.000" in page(response)


def test_second_tiep_tuc_goes_on_but_the_check_page_waits_for_the_answer(phone, unit):
    _february(unit, sessions=40)
    typed = {"counts-sessions": "4000", "asked": "sessions=4.000"}

    assert _post(phone, unit, typed).status_code == 302
    shown = phone.get(url("check", unit))
    refused = phone.post(url("check", unit), _button(shown))

    for response in (shown, refused):
        assert f"{url('counts', unit)}?ve=kiem-tra#id_confirmed-sessions" in page(response)
        assert "Nộp báo cáo tháng 3" not in page(response)
    assert refused.status_code == 422


def test_affirmed_number_is_handed_in_as_such(phone, unit):
    _february(unit, sessions=40)
    _post(phone, unit, {"counts-sessions": "4000", "confirmed-sessions": "4.000"})

    phone.post(url("check", unit), _button(phone.get(url("check", unit))))

    row = IndicatorValue.objects.get(month=MONTH)
    assert (row.value, row.confirmed) == (4000, True)
    assert 'id="id_confirmed-sessions"' in page(phone.get(url("counts", unit)))


def test_nothing_is_asked_while_a_number_cannot_be_read(phone, unit, people):
    text = page(_post(phone, unit, {"counts-sessions": "nhiều", "counts-people": "40"}))

    assert "Số này đúng không" not in text


def test_error_has_an_example_of_the_unit_s_own_last_report(phone, unit):
    _february(unit, sessions=118)

    text = page(_post(phone, unit, {"counts-sessions": "nhiều"}))

    assert "hãy nhập bằng chữ số, ví dụ 118 như tháng trước." in text


def test_constants_are_carried_once_and_counts_never(phone, ward, unit):
    last = Indicator.RollUp.LAST
    IndicatorFactory(owner=ward, code="models", name="Mô hình", roll_up=last)
    _february(unit, sessions=7, models=2)

    first = page(phone.get(url("counts", unit)))
    _post(phone, unit, {"counts-sessions": "", "counts-models": ""})
    second = page(phone.get(url("counts", unit)))

    assert 'name="counts-models" value="2"' in first
    assert "Ghi sẵn như tháng trước" in first
    assert 'name="counts-sessions" value="7"' not in first
    assert "Ghi sẵn như tháng trước" not in second


def test_happening_is_told_counted_and_kept(phone, unit, people):
    _post(phone, unit, TALK | {"counts-sessions": "2", "counts-people": "40"})

    shown = phone.get(url("check", unit))
    text = page(shown)
    assert "Buổi tuyên truyền: 03 buổi" in text
    assert "Trong đó: ngày 15/3 tại nhà văn hóa: Nói chuyện về hàng Việt, 45 người dự." in text
    phone.post(url("check", unit), _button(shown))
    told = Activity.objects.get()
    assert (told.held_on, told.attendance) == (dt.date(2026, 3, 15), 45)
    values = dict(IndicatorValue.objects.values_list("indicator__code", "value"))
    assert values == {"sessions": 3, "people": 85}
    assert "Nói chuyện về hàng Việt" in page(phone.get(url("show", unit)))


def test_looking_through_a_report_with_happenings_leaves_nothing_waiting(phone, unit, people):
    _post(phone, unit, TALK | {"counts-sessions": "2"})
    phone.post(url("check", unit), _button(phone.get(url("check", unit))))
    context = phone.get(url("counts", unit)).context
    rows = context["happenings"]
    again = {rows.add_prefix(name): rows[name].value() or "" for name in rows.fields}

    _post(phone, unit, again | {"counts-sessions": "2", "counts-people": ""})

    assert Draft.objects.get().content == {}


def test_add_a_row_keeps_what_was_typed(phone, unit):
    typed = TALK | {"counts-sessions": "nhiều", "buoi": "them"}

    response = _post(phone, unit, typed, "?ve=kiem-tra")
    shown = page(phone.get(response.headers["Location"]))

    assert response.headers["Location"].endswith("?buoi=1&ve=kiem-tra#buoi-moi")
    assert ('value="nhiều"' in shown, 'value="nhà văn hóa"' in shown) == (True, True)
    assert "Buổi 02" in shown


def test_row_can_be_taken_away(phone, unit):
    second = {name.replace("-0-", "-1-"): text for name, text in TALK.items()}

    _post(phone, unit, TALK | second | {"happenings-1-title": "Hội chợ", "buoi": "bo-0"})

    rows = Draft.objects.get().content["happenings"]
    assert (rows["0-title"], "1-title" in rows) == ("Hội chợ", False)


def test_row_without_a_day_is_told_at_its_box(phone, unit):
    response = _post(phone, unit, TALK | {"happenings-0-held_on": ""})

    text = page(response)
    assert response.status_code == 422
    assert text.count("Đồng chí ghi ngày, ví dụ: 15/3.") == 2
    assert 'href="#id_happenings-0-held_on"' in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/3", "Ngày 31/3/2026 chưa đến"),
        ("15/3/2024", "cách tháng báo cáo quá xa"),
        ("hôm nọ", "Chưa đọc được"),
        ("30/2", "Tháng 2/2026 chỉ có từ ngày 1 đến ngày 28"),
    ],
)
def test_impossible_day_gets_a_sentence(phone, unit, typed, sentence):
    text = page(_post(phone, unit, TALK | {"happenings-0-held_on": typed}))

    assert sentence in text
    assert f'value="{typed}"' in text


def test_day_without_a_year_is_of_the_months_around_the_report(phone, unit, time_machine_at):
    january = dt.date(2026, 1, 1)
    typed = TALK | {"happenings-0-held_on": "22/12", "seen_version": 0}

    phone.post(url("counts", unit, january), typed)

    assert "22/12/2025" in page(phone.get(url("counts", unit, january)))


def test_ward_without_things_that_are_held_shows_no_happenings(phone, sessions, unit):
    Indicator.objects.filter(pk=sessions.pk).update(unit_of_measure="chiếc")

    assert "Kể từng buổi" not in page(phone.get(url("counts", unit)))


def test_returned_number_among_the_others_is_not_folded_away(phone, ward, unit, reviewer):
    IndicatorFactory(owner=ward, code="votes", name="Bình chọn", is_core=False)
    report = hand_in(unit)
    workflow.review(
        workflow.RETURN,
        report,
        actor=reviewer,
        seen_version=report.version,
        reason="Thiếu số bình chọn",
        question="counts:votes",
    )

    response = phone.get(url("counts", unit))

    assert response.context["others_open"] is True
    assert "Thiếu số bình chọn" in page(response)
