"""The reading text of bulletins: a table of what is written and what is said."""

import csv
import re
from pathlib import Path

import pytest

from outreach.loudspeaker.reading import Style, count_syllables, read_aloud
from outreach.loudspeaker.reading import spoken_numbers as say
from outreach.loudspeaker.reading.tables import ABBREVIATIONS, KINDS, ORGANS

TABLE = Path(__file__).parent / "spoken.tsv"


def _cases():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_the_table_has_at_least_eighty_cases():
    assert len(_cases()) >= 80


@pytest.mark.parametrize(("written", "spoken"), _cases())
def test_what_is_written_is_said_so(written, spoken):
    assert read_aloud(written).text == spoken


@pytest.mark.parametrize(("written", "spoken"), _cases())
def test_a_reading_text_is_read_as_it_stands(written, spoken):
    assert read_aloud(spoken).text == spoken


def test_no_digit_and_no_sign_is_left():
    left = [spoken for _, spoken in _cases() if re.search(r"[\d%/&@+=<>°²³$€]", spoken)]

    assert left == []


def test_every_abbreviation_of_the_tables_is_said():
    for written, spoken in ABBREVIATIONS.items():
        assert read_aloud(f"nghe {written} nhé").text == f"nghe {spoken} nhé"
    for written in (*KINDS, *ORGANS):
        assert read_aloud(f"số 12/2027/{written}-UBND").guesses == [], written


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh tư"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm linh một"),
        (10_010, "mười nghìn không trăm mười"),
        (1_000_000, "một triệu"),
        (2_000_000_005, "hai tỷ không trăm linh năm"),
        (-3, "âm ba"),
    ],
)
def test_whole_numbers(value, spoken):
    assert say.whole(value) == spoken


@pytest.mark.parametrize(
    ("sign", "value"),
    [("IV", 4), ("XIII", 13), ("XXI", 21), ("IIII", None), ("VX", None), ("", None)],
)
def test_roman_numerals(sign, value):
    assert say.from_roman(sign) == value


def test_the_ward_says_how_its_own_names_are_read():
    style = Style({"CLB HVN": "Câu lạc bộ Hàng Việt", "UBND": "chính quyền"})

    read = read_aloud("CLB HVN và UBND phường", style)

    assert read.text == "Câu lạc bộ Hàng Việt và chính quyền phường"


def test_the_first_days_of_a_month_are_said_with_mung_where_the_ward_wants_it():
    style = Style(says_mung=True)

    assert read_aloud("ngày 5/2 và ngày 15/2", style).text == (
        "ngày mùng năm tháng hai và ngày mười lăm tháng hai"
    )
    assert read_aloud("mùng 5/2", style).text == "mùng năm tháng hai"


def test_what_nobody_could_know_is_told():
    read = read_aloud("Lớp của BNSG và UBND.")

    assert read.text == "Lớp của bê en ét giê và Ủy ban nhân dân."
    assert read.guesses == ["BNSG"]


def test_words_stay_as_they_are():
    text = "Bà con đến Nhà văn hóa, mua hàng Việt. Ai chưa rõ thì hỏi tổ trưởng?\nXin cảm ơn!"

    assert read_aloud(text).text == text
    assert read_aloud(text).changes == ()


def test_headings_in_capitals_are_words():
    assert read_aloud("THÔNG BÁO VỀ HÀNG VIỆT NAM").changes == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Người Việt Nam ưu tiên dùng hàng Việt Nam", 9),
        ("ki-lô-gam", 3),
        ("", 0),
        ("nghiêng ngoằn ngoèo khuya khuỷu thuở", 6),
        ("internet", 3),
    ],
)
def test_syllables(text, count):
    assert count_syllables(text) == count
