import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError

from core.forms import CountField, MonthField, PlainTextField, VietnameseDateField


class ActivityForm(forms.Form):
    people = CountField(required=False, max_value=100_000)
    day = VietnameseDateField(required=False)
    month = MonthField(required=False)
    note = PlainTextField(required=False, max_length=10)
    story = PlainTextField(required=False, multiline=True)


def bound(**typed: str) -> ActivityForm:
    return ActivityForm(typed)


def refusal(field: forms.Field, typed: str | None) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return caught.value.messages


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("people", "1.000", 1000),
        ("people", "1,000", 1000),
        ("people", " khoảng 50 người", 50),
        ("people", "0", 0),
        ("people", "100000", 100_000),
        ("day", "5-2-2026", dt.date(2026, 2, 5)),
        ("month", "tháng 4/2027", dt.date(2027, 4, 1)),
        ("note", "Tie\u0302\u0301ng\u202e  a\nb", "Tiếng a b"),
        ("story", " a \r\n\r\n b\u200b", "a\n\nb"),
    ],
)
def test_fields_understand_what_is_typed(name, typed, value):
    form = bound(**{name: typed})

    assert form.is_valid()
    assert form.cleaned_data[name] == value


@pytest.mark.parametrize("name", ["people", "day", "month"])
@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_fields_left_empty_are_none_not_zero(name, typed):
    form = bound(**{name: typed})

    assert form.is_valid()
    assert form.cleaned_data[name] is None


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (CountField(), "Chưa có số, hãy nhập một số nguyên, ví dụ: 50."),
        (VietnameseDateField(), "Chưa có ngày, hãy nhập ngày/tháng/năm, ví dụ: 21/4/2027."),
        (MonthField(), "Chưa có tháng, hãy nhập tháng và năm, ví dụ: 4/2027."),
        (PlainTextField(), "Chưa có nội dung, hãy nhập vào ô này."),
    ],
)
def test_fields_that_are_needed_say_so_in_vietnamese(field, sentence):
    assert refusal(field, " \u200b") == [sentence]
    assert refusal(field, None) == [sentence]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            CountField(),
            "1,50",
            "Số này phải là số nguyên, hãy nhập không có phần lẻ, ví dụ: 15 hoặc 1.000.",
        ),
        (
            CountField(max_value=5000),
            "5.001",
            "Số này không được lớn hơn 5.000, hãy kiểm tra rồi nhập lại.",
        ),
        (
            VietnameseDateField(),
            "11/25/2026",
            "Tháng chỉ có từ 1 đến 12, hãy nhập theo thứ tự ngày/tháng/năm, ví dụ: 21/4/2027.",
        ),
        (
            MonthField(),
            "tư",
            "Chưa đọc được tháng này, hãy nhập tháng và năm, ví dụ: 4/2027.",
        ),
        (
            PlainTextField(max_length=1000),
            "đ" * 1001,
            "Nội dung có 1.001 ký tự, nhiều hơn 1.000, hãy viết ngắn lại.",
        ),
        (
            PlainTextField(),
            "a\x00b",
            "Nội dung có ký tự không đọc được, hãy xóa rồi gõ lại.",
        ),
    ],
)
def test_fields_refuse_with_one_sentence(field, typed, sentence):
    assert refusal(field, typed) == [sentence]


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("people", "khoảng 1000", "1.000"),
        ("people", "0", "0"),
        ("people", " 1,50 ", " 1,50 "),
        ("people", "100001", "100001"),
        ("people", "a\x00", "a\x00"),
        ("day", "5-2-26", "5/2/2026"),
        ("day", "31/2/2026", "31/2/2026"),
        ("month", "2027-04", "4/2027"),
        ("month", "2027-13", "2027-13"),
    ],
)
def test_a_sent_form_shows_what_was_understood_or_else_what_was_typed(name, typed, shown):
    assert bound(**{name: typed})[name].value() == shown


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("people", 1000, "1.000"),
        ("people", 0, "0"),
        ("people", None, None),
        ("day", dt.date(2026, 2, 5), "5/2/2026"),
        ("month", dt.date(2027, 4, 1), "4/2027"),
    ],
)
def test_a_new_form_shows_the_stored_value(name, value, shown):
    assert ActivityForm(initial={name: value})[name].value() == shown


@pytest.mark.parametrize(
    ("name", "initial", "typed", "changed"),
    [
        ("people", 1000, "1.000", False),
        ("people", 1000, "1000 người", False),
        ("people", 1000, "1001", True),
        ("people", 0, "", True),
        ("people", None, "0", True),
        ("people", None, "", False),
        ("people", 5, "năm trăm mấy", True),
        ("people", "1.000", "1000", False),
        ("day", dt.date(2026, 2, 5), "05/02/2026", False),
        ("day", dt.date(2026, 2, 5), "6/2/2026", True),
    ],
)
def test_has_changed_compares_values_not_writings(name, initial, typed, changed):
    assert ActivityForm.base_fields[name].has_changed(initial, typed) is changed


def test_a_disabled_field_never_changes():
    assert CountField(disabled=True).has_changed(1, "2") is False


def test_count_is_a_text_input_for_digits():
    assert str(ActivityForm()["people"]) == (
        '<input type="text" name="people" autocomplete="off" inputmode="numeric" id="id_people">'
    )


def test_plain_text_is_not_cut_by_the_browser():
    assert str(ActivityForm()["note"]) == '<input type="text" name="note" id="id_note">'


def test_long_text_has_an_area():
    assert isinstance(ActivityForm.base_fields["story"].widget, forms.Textarea)


def test_plain_text_left_empty_takes_its_empty_value():
    assert PlainTextField(required=False, empty_value=None).clean(" \u200b ") is None
