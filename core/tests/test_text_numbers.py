from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import MAX_COUNT, Count, NumberFormatError, format_count, format_number, parse_count

COUNTS = st.integers(0, MAX_COUNT)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1000", 1000),
        ("1.000", 1000),
        ("1,000", 1000),
        ("1 000", 1000),
        ("10\u00a0000", 10_000),
        ("1.234.567", 1_234_567),
        ("10.000.000", 10_000_000),
        (" 50 ", 50),
        ("50.", 50),
        ("01", 1),
        ("0", 0),
        ("không", 0),
        ("Không có", 0),
        ("１．０００", 1000),
        ("٥", 5),
        ("50 người", 50),
        ("1.000 lượt người", 1000),
        ("50 trạm y tế", 50),
        ("50 nam", 50),
        ("có 50 người", 50),
        ("tổng số: 50", 50),
        ("2 nghìn", 2000),
        ("5 chục nghìn", 50_000),
        ("50k", 50_000),
        ("50\u200b", 50),
    ],
)
def test_parse_count_reads_figures(typed, value):
    assert parse_count(typed) == Count(value, is_approximate=False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("một", 1),
        ("mười", 10),
        ("mười lăm", 15),
        ("mười bốn người", 14),
        ("hai chục", 20),
        ("hai mươi mốt", 21),
        ("hai tư", 24),
        ("ba lăm", 35),
        ("năm mươi", 50),
        ("Năm Mươi", 50),
        ("nam muoi", 50),
        ("hai trăm", 200),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("chín trăm chín mươi chín", 999),
        ("một nghìn hai trăm", 1200),
        ("một ngàn linh năm", 1005),
        ("hai nghìn không trăm hai mươi bảy", 2027),
        ("ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám", 345_678),
        ("một triệu hai trăm nghìn", 1_200_000),
        ("năm vạn", 50_000),
    ],
)
def test_parse_count_reads_number_words(typed, value):
    assert parse_count(typed) == Count(value, is_approximate=False)


@pytest.mark.parametrize(
    "typed",
    [
        "khoảng 50", "Khoang 50", "trên 50", "hơn 50 người", "gần 50", "dưới 50", "chừng 50",
        "ước tính 50", "xấp xỉ 50", "ít nhất 50", "không dưới 50", "~50", "≈ 50", ">50",
        "50+", "50 trở lên", "khoảng năm mươi", "vào khoảng 50", "có khoảng 50",
    ],
)  # fmt: skip
def test_parse_count_reads_approximate_numbers(typed):
    assert parse_count(typed) == Count(50, is_approximate=True)


EMPTY = "Chưa có số, hãy nhập một số nguyên, ví dụ: 50."
UNCLEAR = "Chưa đọc được số này, hãy nhập bằng chữ số, ví dụ: 50 hoặc 1.000."
NEGATIVE = "Số này không được nhỏ hơn 0, hãy nhập từ 0 trở lên, ví dụ: 50."
FRACTION = "Số này phải là số nguyên, hãy nhập không có phần lẻ, ví dụ: 15 hoặc 1.000."
SEVERAL = "Ô này chỉ nhận một số, hãy chọn một số để nhập, ví dụ: 50."
PERCENT = "Ô này nhận số lượng, không nhận tỷ lệ phần trăm, hãy nhập số lượng, ví dụ: 50."
TOO_LARGE = "Số này lớn hơn 10.000.000, hãy kiểm tra rồi nhập lại, ví dụ: 1.000."


@pytest.mark.parametrize(
    ("sentence", "inputs"),
    [
        (EMPTY, ["", "  ", "\u200b", "\x00", " . "]),
        (NEGATIVE, ["-5", "−5", "– 5", "âm 5", "-5 người", "khoảng -5"]),
        (FRACTION, ["1,5", "1,50", "1.50", "0,5", "0.500", "1.000,5", "1,000.00", "１，５",
                    "nửa", "một trăm rưỡi", "1 triệu rưỡi"]),
        (PERCENT, ["50%", "50 %", "50 phần trăm"]),
        (SEVERAL, ["50-60", "50–60", "40 đến 50", "từ 40 đến 50", "50/60", "50 60", "50, 60",
                   "12 345 6", "50 người và 20 hội viên", "5/11", "ba bốn", "hai đến ba", "50 năm",
                   "50 hoặc sáu mươi", "1e5"]),
        (TOO_LARGE, ["10.000.001", "99 triệu", "9" * 90, "mười triệu một trăm nghìn"]),
        (UNCLEAR, ["abc", "vài chục", "trăm mấy", "không rõ", "không có số liệu", "không nhớ",
                   "1.0000", "1..000", "1.000.00", "1234.567", "5²", "½", "(50)", "khoảng", "-",
                   "một nghìn hai", "hai trăm hai", "một trăm linh", "50<b>", "5" * 101, "chưa"]),
    ],
)  # fmt: skip
def test_parse_count_refuses_with_one_sentence(sentence, inputs):
    answers = []
    for typed in inputs:
        with pytest.raises(NumberFormatError) as caught:
            parse_count(typed)
        answers.append((typed, str(caught.value)))

    assert answers == [(typed, sentence) for typed in inputs]


@given(COUNTS)
def test_parse_count_reads_what_format_number_writes(value):
    assert parse_count(format_number(value)) == Count(value)


@given(st.integers(0, 999_999))
def test_parse_count_reads_a_comma_as_it_reads_a_point(value):
    assert parse_count(f"{value:,}") == Count(value)


@given(st.text(max_size=30))
def test_parse_count_answers_or_refuses_any_text(text):
    try:
        value = parse_count(text).value
    except NumberFormatError as error:
        assert str(error) in {EMPTY, UNCLEAR, NEGATIVE, FRACTION, SEVERAL, PERCENT, TOO_LARGE}
    else:
        assert 0 <= value <= MAX_COUNT


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def in_words(value: int) -> str:
    """The full reading of a number below one million, as schools teach it."""
    if value >= 1000:
        rest = value % 1000
        tail = f" không trăm {below(rest)}" if rest < 100 else f" {in_words(rest)}"
        return in_words(value // 1000) + " nghìn" + (tail if rest else "")
    if value >= 100:
        rest = value % 100
        return f"{DIGITS[value // 100]} trăm" + (f" {below(rest)}" if rest else "")
    return below(value).removeprefix("linh ")


def below(value: int) -> str:
    tens, last = divmod(value, 10)
    if tens == 0:
        return f"linh {DIGITS[last]}"
    ten = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    word = {0: "", 1: " một" if tens == 1 else " mốt", 5: " lăm"}.get(last, f" {DIGITS[last]}")
    return ten + word


@given(st.integers(0, 999_999))
def test_parse_count_reads_every_number_in_words(value):
    assert parse_count(in_words(value)) == Count(value)


@pytest.mark.parametrize(
    ("number", "decimals", "written"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (1_234_567.5, None, "1.234.567,5"),
        (Decimal("1234.50"), None, "1.234,5"),
        (1e20, None, "100.000.000.000.000.000.000"),
        (-1234, None, "-1.234"),
        (95.25, 1, "95,3"),
        (2.5, 0, "3"),
        (50, 1, "50,0"),
        (-0.01, 1, "0,0"),
    ],
)
def test_format_number_writes_vietnamese_figures(number, decimals, written):
    assert format_number(number, decimals) == written


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_format_number_refuses_what_is_no_number(number):
    with pytest.raises(ValueError, match="finite"):
        format_number(number)


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1000, "1.000")]
)
def test_format_count_pads_below_ten(number, written):
    assert format_count(number) == written
