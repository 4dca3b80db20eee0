import unicodedata

import pytest

from opinions import personal
from opinions.tests import notes


def kinds(text):
    return [one.kind for one in personal.find(text)]


def test_of_500_notes_with_personal_data_495_are_found():
    found = sum(bool(personal.find(note)) for note in notes.personal_notes())

    assert found == 495  # 99 %; the promise is 95 % (SECURITY D6)


def test_of_500_notes_without_two_raise_a_false_alarm():
    alarms = sum(bool(personal.find(note)) for note in notes.clean_notes())

    assert alarms == 2  # 0,4 %


def test_sets_of_notes_are_always_the_same():
    first = (notes.personal_notes(), notes.clean_notes())

    assert first == (notes.personal_notes(), notes.clean_notes())
    assert [len(one) for one in first] == [500, 500]


@pytest.mark.parametrize(
    "text",
    ["0912345678", "Gọi 0912 345 678", "sđt: 0912.345.678", "+84 912 345 678", "(024) 3864 1234"],
)
def test_telephone_number_is_found(text):
    assert kinds(text) == [personal.TELEPHONE]


@pytest.mark.parametrize(
    "text", ["001085012345", "CCCD 001 085 012 345", "CMND 012345678", "số 012 345 678"]
)
def test_identity_number_is_found(text):
    assert kinds(text) == [personal.IDENTITY]


@pytest.mark.parametrize("text", ["an.nguyen@gmail.com", "an @ yahoo.com", "an(a)gmail.com"])
def test_mail_address_is_found(text):
    assert kinds(text) == [personal.MAIL]


@pytest.mark.parametrize(
    "text",
    [
        "ông Nguyễn Văn A, số 12 ngõ 34",
        "Nhà chị Lan, số nhà 5 ngách 12/3, bán hàng nhái.",
        "ong nguyen van an so 12 ngo 34 noi gia tang",
        "Số 12 ngõ 34, bà Trần Thị Bình bán nước mắm giả",
        unicodedata.normalize("NFD", "ông Nguyễn Văn A, số 12 ngõ 34"),
    ],
)
def test_name_with_an_address_is_found(text):
    assert kinds(text) == [personal.PERSON]


@pytest.mark.parametrize(
    "text",
    [
        "Giá thịt 125.000 đồng, doanh số 500.000.000 đồng.",
        "Mã vạch 8936012345678 quét không ra.",
        "Gọi 1800.6838 chưa được trả lời.",
        "Kế hoạch số 85-KH/ĐU ngày 05/02/2026.",
        "Ông bà trong tổ dân phố thích hàng Việt.",
        "Siêu thị tại số 10 phố Định Công thiếu đặc sản.",
        "Ông Nguyễn Văn A nói giá tăng.",  # a name alone is asked about only with an address
    ],
)
def test_what_is_no_persons_is_left_alone(text):
    assert kinds(text) == []


def test_address_is_marked_with_its_lane():
    text = "Ông Nguyễn Văn A, số 12 ngõ 34 bán hàng nhái"

    (found,) = personal.find(text)

    assert text[found.start : found.end] == "Ông Nguyễn Văn A, số 12 ngõ 34"


def test_pieces_give_the_text_back_with_its_findings():
    text = "Gọi 0912345678 hoặc an@gmail.com."

    pieces = personal.pieces(text, personal.find(text))

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, kind in pieces if kind] == ["0912345678", "an@gmail.com"]
