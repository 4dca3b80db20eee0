"""Letters: stored form, search key, sort key. Numbers, dates and phones have their own files."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, fold, nfc, sort_key

TEXT = st.text(max_size=40)


def test_nfc_composes_letters_and_marks():
    assert nfc(unicodedata.normalize("NFD", "Phường Phương Liệt")) == "Phường Phương Liệt"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (unicodedata.normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
        ("02\u00a0buổi\u202f\u3000tối", "02 buổi tối"),
        ("Liên\u200b hoan\ufeff\u2060", "Liên hoan"),
        ("tuyên\u00adtruyền", "tuyêntruyền"),
        ("\u202eMB 001\u202c \u2066x\u2069", "MB 001 x"),
        ("a\x00b\x07c\x7f", "abc"),
        ("\ud800x\ufffe", "x"),
        ("  một   hai \t ba ", "một hai ba"),
        ("một \r\n hai\rba\x0bbốn\u2028năm", "một\nhai\nba\nbốn\nnăm"),
        ("\n\nmột\n\nhai\n \n", "một\n\nhai"),
        ("", ""),
    ],
)
def test_clean_keeps_what_a_person_sees(typed, stored):
    assert clean(typed) == stored


@given(TEXT)
def test_clean_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(TEXT)
def test_clean_leaves_no_control_character_but_line_ends(text):
    left = {unicodedata.category(char) for char in clean(text) if char != "\n"}

    assert left & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nước mắm", "nuoc mam"),
        (unicodedata.normalize("NFD", "NƯỚC  MẮM"), "nuoc mam"),
        ("Đảng ủy Đắk Lắk", "dang uy dak lak"),
        ("hòa thúy ủy", "hoa thuy uy"),
        ("hoà thuý uỷ", "hoa thuy uy"),
        ("kỹ thuật", "ky thuat"),
        ("“Hàng Việt” – chính trị ‘xã hội’", "\"hang viet\" - chinh tri 'xa hoi'"),
        ("ＴＤＰ số １０", "tdp so 10"),
        ("một\nhai\u200b", "mot hai"),
        ("a\x00b", "ab"),
    ],
)
def test_fold_is_the_search_key(text, key):
    assert fold(text) == key


@given(TEXT)
def test_fold_of_a_fold_is_itself(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_fold_does_not_see_composition(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def in_order(*names: str) -> None:
    shuffled = list(names)
    random.Random(85).shuffle(shuffled)

    assert sorted(shuffled, key=sort_key) == list(names)


def test_sort_key_follows_the_vietnamese_alphabet():
    in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def test_sort_key_puts_tones_after_letters():
    in_order("ba", "bà", "bả", "bã", "bá", "bạ", "bà an", "ba bình", "bạ bình", "băng", "bân")


def test_sort_key_orders_numbers_by_value():
    in_order("Tổ dân phố số 1", "Tổ dân phố số 2", "Tổ dân phố số 9A", "Tổ dân phố số 10")
    in_order("số 5", "số 0" + "9" * 30, "số 1" + "0" * 30, "số 1" + "0" * 31)


def test_sort_key_puts_shorter_names_and_words_first():
    in_order("an", "an bình", "anh", "ánh", "anh đào")


def test_sort_key_sorts_other_scripts_last():
    in_order("Zơ", "Ω", "日本")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHI BỘ 1", "chi bộ 1"),
        ("Chi bộ 01", "Chi bộ 1"),
        ("Chi bộ - 1", "“Chi bộ” 1."),
        (unicodedata.normalize("NFD", "Đống Đa"), "Đống Đa"),
        ("Chi bộ １", "Chi bộ 1"),
    ],
)
def test_sort_key_does_not_see_case_signs_zeros(one, other):
    assert sort_key(one) == sort_key(other)


@given(TEXT)
def test_sort_key_has_only_digits_and_small_letters(text):
    """So no collation, binary or linguistic, can order it otherwise."""
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(st.text("aăâdđeêoôơuưbgáàảãạ 0123456789", max_size=30))
def test_sort_key_of_vietnamese_is_at_most_three_a_character(text):
    assert len(sort_key(text)) <= 3 * len(text) + 1
