import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import PhoneFormatError, format_phone, parse_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912345678", "+84912345678"),
        ("0912.345.678", "+84912345678"),
        (" 0912-345-678 ", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0084 912 345 678", "+84912345678"),
        ("０９１２３４５６７８", "+84912345678"),
        ("024 3868 1234", "+842438681234"),
        ("+84 (0)24 3868 1234", "+842438681234"),
        ("(0225) 386 1234", "+842253861234"),
    ],
)
def test_parse_phone_reads_usual_writings(typed, number):
    assert parse_phone(typed) == number


EMPTY = "Chưa có số điện thoại, hãy nhập đủ 10 chữ số, ví dụ: 0912 345 678."
UNCLEAR = "Số điện thoại chỉ gồm chữ số, hãy nhập đủ 10 chữ số, ví dụ: 0912 345 678."
WRONG = (
    "Số điện thoại này chưa đúng, hãy nhập số di động 10 chữ số (ví dụ: 0912 345 678)"
    " hoặc số cố định kèm mã vùng (ví dụ: 024 3868 1234)."
)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", EMPTY),
        (" - ", EMPTY),
        ("không có", UNCLEAR),
        ("0912 345 67x", UNCLEAR),
        ("+", UNCLEAR),
        ("091234567", WRONG),
        ("09123456789", WRONG),
        ("01612345678", WRONG),
        ("0412345678", WRONG),
        ("19001234", WRONG),
        ("+1 202 555 0100", WRONG),
        ("912345678", WRONG),
        ("9" * 500, WRONG),
    ],
)
def test_parse_phone_refuses_with_one_sentence(typed, sentence):
    with pytest.raises(PhoneFormatError) as caught:
        parse_phone(typed)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+84912345678", "0912 345 678"),
        ("+842438681234", "024 3868 1234"),
        ("+842838681234", "028 3868 1234"),
        ("+842253861234", "0225 386 1234"),
        ("19001234", "19001234"),
        ("", ""),
    ],
)
def test_format_phone_groups_figures(number, written):
    assert format_phone(number) == written


@given(st.from_regex(r"\+84([35789][0-9]{8}|2[0-9]{9})", fullmatch=True))
def test_parse_phone_reads_what_is_written(number):
    assert parse_phone(format_phone(number)) == number
