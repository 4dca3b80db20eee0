"""What is printed in front of a place."""

import pytest

from plans.exports import Block, markers


def blocks(*numerals):
    return [Block(numeral=numeral) for numeral in numerals]


@pytest.mark.parametrize(
    ("numerals", "written"),
    [
        (["I", "II"], ["I.", "II."]),
        (["1", "2"], ["1.", "2."]),
        (["1.1", "1.2"], ["1.1.", "1.2."]),
        (["a", "đ"], ["a)", "đ)"]),
        (["-", "+", "\uf0b7"], ["-", "+", "•"]),
        (["nhất"], ["Phần thứ nhất."]),
        (["2", "2.1"], ["(2)", "2.1."]),
        ([""], [""]),
    ],
)
def test_a_numeral_is_written_in_its_official_form(numerals, written):
    family = blocks(*numerals)

    markers.write(family)

    assert [block.marker for block in family] == written


def test_a_figure_below_a_figure_stands_in_brackets():
    parent = Block(numeral="1", children=blocks("1"))

    markers.write([parent])

    assert (parent.marker, parent.children[0].marker) == ("1.", "(1)")


def test_sections_above_roman_numerals_are_parts():
    family = [Block(numeral="I", children=blocks("I")), Block(numeral="II")]

    markers.write(family)

    assert [block.marker for block in family] == ["Phần I.", "Phần II."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["I", "III"], ["I", "II"]),
        (["1.1", "1.3", "1.3"], ["1.1", "1.2", "1.3"]),
        (["a", "b", "d", "đ"], ["a", "b", "c", "d"]),
        (["-", "-"], ["-", "-"]),
    ],
)
def test_numbers_close_up(before, after):
    family = blocks(*before)

    markers.renumber(family)

    assert [block.numeral for block in family] == after
