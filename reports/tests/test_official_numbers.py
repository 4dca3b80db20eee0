"""Numbers that an officer types are held against the figures."""

import pytest

from reports.official.numbers import check
from reports.official.pieces import Piece, line, text_of

BUILT = [
    line(
        "Tổ chức ",
        Piece("76", "sessions.ky"),
        " buổi, ",
        Piece("3.412", "people.ky"),
        " lượt người.",
    ),
    line(
        "So với cùng kỳ: tăng ",
        Piece("05", "sessions.so-sanh"),
        " buổi (",
        Piece("31,0%", "sessions.so-sanh"),
        ").",
    ),
]
TEXT = "\n".join(text_of(one) for one in BUILT)


def _wrong(text):
    return [(one.written, one.right, one.figure) for one in check(text, BUILT)[1]]


def test_same_text_is_all_figures():
    lines, wrong = check(TEXT, BUILT)

    assert (lines, wrong) == (BUILT, [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (TEXT.replace("76", "77"), [("77", "76", "sessions.ky")]),
        (TEXT.replace("3.412", "3.400"), [("3.400", "3.412", "people.ky")]),
        (TEXT.replace("31,0%", "30%"), [("30%", "31,0%", "sessions.so-sanh")]),
        ("Đã tổ chức được 77 buổi tại 25 tổ dân phố.", [("77", "76", "sessions.ky")]),
        ("Cả kỳ có 3.412 lượt người dự 76 buổi.", []),
        ("Ngày 15/3 đã tổ chức 76 buổi theo Kế hoạch 85-KH/ĐU.", []),
        ("Các đơn vị làm tốt.", []),
        ("", []),
    ],
)
def test_number_in_place_of_a_figure_is_told(text, wrong):
    assert _wrong(text) == wrong


def test_figure_is_found_in_other_words():
    lines, _ = check("Trong quý có 3.412 lượt người dự.", BUILT)

    assert [(one.text, one.figure) for one in lines[0] if one.figure] == [("3.412", "people.ky")]


def test_changed_statistics_make_the_old_number_wrong():
    now = [line("Tổ chức ", Piece("78", "sessions.ky"), " buổi.")]

    _, wrong = check("Tổ chức 76 buổi.", now)

    assert [(one.written, one.right) for one in wrong] == [("76", "78")]


def test_lines_keep_every_letter():
    text = "- Dòng một 76 buổi\nDòng hai, “trích”: 12.345,6 và 100%"

    lines, _ = check(text, BUILT)

    assert "\n".join(text_of(one) for one in lines) == text


SPELLED = [
    line(
        "Tổ chức ",
        Piece("12", "sessions.ky"),
        " buổi tuyên truyền, ",
        Piece("1.005", "people.ky"),
        " lượt người dự; treo ",
        Piece("05", "banners.ky"),
        " băng rôn.",
    )
]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Tổ chức mười hai buổi tuyên truyền.", []),
        ("Mười ba buổi tuyên truyền được tổ chức.", [("Mười ba", "12", "sessions.ky")]),
        ("Có một nghìn linh năm lượt người dự, treo năm băng rôn.", []),
        ("Treo bảy băng rôn.", [("bảy", "05", "banners.ky")]),
        # What is more often a word than a number, or counts something else.
        ("Sau buổi tuyên truyền, trong năm, một số đơn vị làm tốt.", []),
        ("Hai buổi nói chuyện; đầu tư băng rôn.", []),
        ("Tổ chức 12 buổi tuyên truyền, trong đó có hai buổi tuyên truyền lưu động.", []),
    ],
)
def test_number_in_letters_is_held_against_the_figure(text, wrong):
    lines, found = check(text, SPELLED)

    assert [(one.written, one.right, one.figure) for one in found] == wrong
    assert "\n".join(text_of(one) for one in lines) == text


def test_number_in_letters_leads_to_its_reports_too():
    lines, _ = check("Tổ chức mười hai buổi tuyên truyền.", SPELLED)

    assert [(one.text, one.figure) for one in lines[0] if one.figure] == [
        ("mười hai", "sessions.ky")
    ]
