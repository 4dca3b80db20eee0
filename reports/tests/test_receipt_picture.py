import io

import pytest
from django.urls import reverse
from PIL import Image

from core import lettering
from reports import receipt_picture as pictures
from reports.models import Status
from reports.tests.factories import LATE, MONTH, answers, hand_in, owing_unit, report_in, secretary
from units.models import Role
from units.tests.factories import member

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
)
LONG = "Chi bộ Trường Trung học cơ sở Ễnh Ương, Ậm Ự và Công ty Cổ phần Đầu tư " * 3


def url(unit):
    return reverse("reports:receipt_picture", args=[unit.pk, MONTH])


def words(report):
    submission = report.submissions.order_by("-number").first()
    return pictures.words_of(report, submission, profile=report.ward.profile)


def test_picture_says_what_was_handed_in_and_names_nobody(unit, sessions):
    said = words(hand_in(unit))

    assert said == pictures.Words(
        state="ĐÃ NỘP",
        ground=pictures.CELADON,
        unit="Chi bộ Tổ dân phố số 12",
        month="Báo cáo tháng 3/2026",
        rows=(
            ("Nộp lúc", "09:00 ngày 24/3/2026", pictures.INK),
            ("Số biên nhận", f"TA-2026-03-{unit.pk:04}", pictures.INK),
            ("Thời hạn", "Đúng hạn", pictures.CELADON),
        ),
        ward="Phường Tân An",
        whom="Cần hỏi: gọi văn phòng phường, 024 3800 0000.",
    )


def test_late_and_second_hand_in_are_said(unit, sessions):
    hand_in(unit, now=LATE)
    said = words(hand_in(unit, answers(result="Sửa."), now=LATE))

    assert said.rows[1:] == (
        ("Số biên nhận (nộp lần 2)", f"TA-2026-03-{unit.pk:04}/2", pictures.INK),
        ("Thời hạn", "Nộp muộn 2 ngày", pictures.GOLD),
    )


@pytest.mark.parametrize(
    ("status", "word"),
    [(Status.ACCEPTED, "ĐÃ TIẾP NHẬN"), (Status.RETURNED, "CẦN SỬA, NỘP LẠI")],
)
def test_picture_follows_the_report(unit, sessions, reviewer, status, word):
    assert words(report_in(status, unit, reviewer)).state == word


@pytest.mark.parametrize("name", ["Chi bộ Tổ dân phố số 12", LONG])
def test_picture_is_small_enough_for_a_bad_connection(unit, sessions, name):
    unit.name = name[:200]
    report = hand_in(unit)
    report.unit = unit

    drawn = pictures.draw(words(report))

    assert Image.open(io.BytesIO(drawn)).size == (1080, 1350)
    assert len(drawn) < 60_000  # the promise is 120 KB


@pytest.mark.parametrize("weight", [400, 700])
def test_typeface_has_every_vietnamese_letter(weight):
    missing = bytes(lettering.font_of("latin", weight, 40).getmask("\ue000"))
    letters = set(LETTERS + LETTERS.upper() + "0123456789.,:;/()-“”")

    unknown = {
        letter
        for letter in letters
        for alphabet, run in lettering.runs(letter)
        if bytes(lettering.font_of(alphabet, weight, 40).getmask(run)) == missing
    }

    assert unknown == set()


def test_phone_gets_a_picture_that_nobody_keeps(client, unit, sessions):
    hand_in(unit)
    client.force_login(secretary(unit))

    response = client.get(url(unit))

    assert response.content.startswith(b"\x89PNG")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "private, no-store"
    name = f"bien-nhan-TA-2026-03-{unit.pk:04}.png"
    assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_receipt_page_offers_the_picture_and_the_paper(client, unit, sessions):
    hand_in(unit)
    client.force_login(secretary(unit))

    text = client.get(reverse("reports:receipt", args=[unit.pk, MONTH])).content.decode()

    assert f'href="{url(unit)}" download="bien-nhan-' in text
    assert reverse("reports:print", args=[unit.pk, MONTH]) in text


def test_no_picture_before_the_first_hand_in_nor_for_others(client, unit, sessions):
    client.force_login(secretary(unit))
    assert client.get(url(unit)).status_code == 404
    hand_in(unit)
    client.force_login(secretary(owing_unit(unit.ward)))
    assert client.get(url(unit)).status_code == 404
    client.force_login(member(Role.PROPAGANDA, unit.ward))
    assert client.get(url(unit)).status_code == 403
