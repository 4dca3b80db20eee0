import datetime as dt
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import clean
from plans.models import ContentItem
from reports.answers import Paper
from reports.models import Indicator
from reports.plain_text import Head, as_text, from_text, head_of
from units.models import Unit

MONTH = dt.date(2026, 11, 1)
UNIT = Unit(pk=12, name="Chi bộ Tổ dân phố số 12", depth=2)
ITEMS = [
    ContentItem(pk=57, short_title="Tuyên truyền Chỉ thị số 03: năm 2026"),
    ContentItem(pk=58, short_title="Giới thiệu sản phẩm [OCOP] của các địa phương " * 3),
]
INDICATORS = [
    Indicator(pk=3, code="sessions", name="Buổi tuyên truyền"),
    Indicator(pk=4, code="attendees", name="Lượt người dự tuyên truyền"),
    Indicator(pk=5, code="banners", name="Băng rôn, pa-nô, áp phích"),
    Indicator(pk=6, code="homes", name="Hộ hưởng ứng", roll_up=Indicator.RollUp.SHARE),
]
PAPER = Paper(UNIT, Unit(pk=1, name="Phường Tân An"), MONTH, ITEMS, INDICATORS)
CONTENT = {
    "contents": {"items": ["57"]},
    "counts": {
        "sessions": "2",
        "attendees": "khoảng 50",
        "banners": "",
        "homes": "120",
        "homes-of": "300",
    },
    "happenings": {
        "0-code": "sessions",
        "0-held_on": "12/11/2026",
        "0-title": "Nói chuyện về hàng Việt",
        "0-place": "Nhà văn hóa",
        "0-attendance": "45",
    },
    "confirmed": {"attendees": "khoảng 50"},
    "result": {"result": "Đã làm tốt: hai buổi.\nBà con hưởng ứng."},
    "difficulties": {"difficulties": "", "recommendations": "Cấp thêm tờ rơi."},
}
TEXT = as_text(PAPER, CONTENT)


def test_text_is_short_and_readable():
    assert TEXT.split("\n") == [
        f"[BC 2026-11-0012-{head_of(TEXT).sign}] BÁO CÁO THÁNG 11/2026: Chi bộ Tổ dân phố số 12",
        "[N57] Tuyên truyền Chỉ thị số 03 năm 2026",
        "[S3] Buổi tuyên truyền: 2",
        "[S4] Lượt người dự tuyên truyền: khoảng 50",
        "[D4] Đã xem lại, số này đúng: khoảng 50",
        "[S6] Hộ hưởng ứng: 120",
        "[T6] Trên tổng số: 300",
        "[V3] Buổi tuyên truyền: 12/11/2026 [a] Nói chuyện về hàng Việt [b] Nhà văn hóa [c] 45",
        "[KQ] Kết quả: Đã làm tốt: hai buổi.[/]Bà con hưởng ứng.",
        "[KN] Kiến nghị: Cấp thêm tờ rơi.",
        "[HET]",
    ]


def test_head_says_whose_report_of_which_month():
    assert head_of(f"Dạ em gửi ạ\n{TEXT}") == Head(12, MONTH, head_of(TEXT).sign)
    assert head_of("BÁO CÁO THÁNG 11") is None
    assert head_of("[BC 2026-13-0012-0000]") is None


def bare(text):
    """Marks gone from everything."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


@pytest.mark.parametrize(
    "change",
    [
        str,
        lambda text: text.replace("\n", " "),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  "),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("-", "–"),
        lambda text: "\n".join(f"- {line}" for line in text.split("\n")),
        lambda text: "\n".join(f"• {line}" for line in text.split("\n")),
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
        lambda text: text.replace("Buổi tuyên truyền", "Buoi tuyen truyen"),
        lambda text: text.replace("\n", "\u200b\n"),
        lambda text: text.replace("[", "[ ").replace("]", " ]"),
        str.lower,
    ],
)
def test_what_zalo_does_to_the_text_changes_nothing(change):
    read = from_text(change(TEXT), PAPER)

    expected = CONTENT if change is not str.lower else _lower(CONTENT)
    assert read.content == expected
    assert [line for line in read.unread if line.strip("-•> ")] == []
    assert read.is_unaltered


def _lower(content):
    if isinstance(content, dict):
        return {name: _lower(value) for name, value in content.items()}
    return content.lower() if isinstance(content, str) else content


def test_marks_dropped_on_the_way_leave_numbers_and_the_check_sign():
    read = from_text(bare(TEXT), PAPER)

    assert read.content["counts"] == CONTENT["counts"] | {"attendees": "khoang 50"}
    assert read.is_unaltered


def test_greetings_before_and_after_are_told_and_not_taken():
    read = from_text(f"Dạ chào chị\n{TEXT}\nEm cảm ơn chị", PAPER)

    assert (read.content, read.unread) == (CONTENT, ["Dạ chào chị", "Em cảm ơn chị"])


def test_what_the_paper_does_not_ask_is_told():
    read = from_text(TEXT.replace("[S3] Buổi", "[S99] Cuộc"), PAPER)

    assert read.unread == ["[S99] Cuộc tuyên truyền: 2"]
    assert (read.content["counts"]["sessions"], read.is_unaltered) == ("", False)


@pytest.mark.parametrize("damage", [("khoảng 50", "khoảng 500"), ("[HET]", ""), ("[KN]", "")])
def test_changed_or_cut_text_does_not_pass_the_check(damage):
    assert not from_text(TEXT.replace(*damage), PAPER).is_unaltered


def test_second_message_behind_the_first_is_not_mixed_in():
    read = from_text(f"{TEXT}\n{TEXT}", PAPER)

    assert read.content == CONTENT


def test_lines_typed_by_hand_are_read_by_their_labels():
    typed = (
        "Chi bộ tổ dân phố số 12\n- Buoi tuyen truyen: 3\n2. Băng rôn, pa-nô, áp phích: 5\n"
        "Hộ hưởng ứng: 12 / 30\n"
        "Tuyên truyền chỉ thị số 03: năm 2026\nKết quả: Tốt.\nBà con vui.\nKhó khăn: Không"
    )

    read = from_text(typed, PAPER)

    assert read.unread == []
    assert read.content["contents"] == {"items": ["57"]}
    shares = {"homes": "12", "homes-of": "30"}
    assert read.content["counts"] == {"sessions": "3", "attendees": "", "banners": "5"} | shares
    assert read.content["result"] == {"result": "Tốt.\nBà con vui."}
    assert read.content["difficulties"] == {"difficulties": "Không", "recommendations": ""}


def test_nothing_and_nonsense_give_an_empty_draft_and_no_error():
    for text in ("", "[", "[[", "[KQ]", "[V0]", "[a]", "[/]", "]" * 50, "[S" + "9" * 30 + "]"):
        assert from_text(text, PAPER).content["counts"]["sessions"] == ""


BRACKETS = st.sampled_from(["[KQ]", "[HET]", "[/]", "[", "]", "[[", ":", "\n", "- ", "[S3]", "[a]"])
LETTERS = st.text(alphabet="aăâbđêơư 0123456789.,;:!?“”()/-+ỆỰẬ", max_size=30)
TYPED = st.lists(BRACKETS | LETTERS, max_size=6).map("".join).map(clean)


@st.composite
def contents(draw):
    """A draft as the forms keep it: every box there, nothing but what cleaning leaves."""
    rows = draw(st.lists(st.tuples(st.sampled_from(["sessions", ""]), TYPED, TYPED), max_size=3))
    flat = {}
    for number, (code, day, title) in enumerate(r for r in rows if r[1] or r[2]):
        row = {"code": code, "held_on": day, "title": title, "place": "", "attendance": "4"}
        flat |= {f"{number}-{name}": text for name, text in row.items()}
    content = {
        "contents": {"items": draw(st.sampled_from([[], ["57"], ["57", "58"]]))},
        "counts": {box: draw(TYPED) for box in (*(one.code for one in INDICATORS), "homes-of")},
        "result": {"result": draw(TYPED)},
        "difficulties": {"difficulties": draw(TYPED), "recommendations": draw(TYPED)},
    }
    affirmed = draw(st.sampled_from([{}, {"attendees": "4.000"}]))
    small = {"happenings": flat, "confirmed": affirmed}
    return content | {part: typed for part, typed in small.items() if typed}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents(), st.booleans())
def test_every_draft_comes_back_as_it_was(content, are_lines_lost):
    text = as_text(PAPER, content)

    read = from_text(text.replace("\n", " ") if are_lines_lost else text, PAPER)

    assert (read.content, read.unread, read.is_unaltered) == (content, [], True)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_pasted_text_is_an_error(text):
    head_of(text)
    from_text(text, PAPER)
