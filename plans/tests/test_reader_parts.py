"""The parts of the reader by themselves: deadlines, bases, heads, assignments."""

import pytest

from plans import due
from plans.reader import deadlines, read_plan
from plans.reader.assignments import split_unit
from plans.reader.words import role_of
from plans.tests.factories import DOCUMENTS

DUE_IN_TEXT = [
    ("báo cáo trước ngày 20 hằng tháng", ["monthly:20"]),
    ("báo cáo trước ngày 20 hàng tháng", ["monthly:20"]),
    ("Định kỳ hằng tháng (trước ngày 20) báo cáo", ["monthly:20"]),
    ("trước ngày 25 của tháng cuối quý và trước ngày 15/11 hằng năm", ["quarterly:25", "yearly:11-15"]),
    ("chậm nhất 30/11", ["2026-11-30"]),
    ("trước 06/3/2026", ["2026-03-06"]),
    ("trước ngày 5 tháng 9 năm 2027", ["2027-09-05"]),
    ("trước 16 giờ 00, ngày 22/9/2026", ["2026-09-22T16:00"]),
    ("trước 16h30 ngày 22/9", ["2026-09-22T16:30"]),
    ("hoàn thành trong tháng 10/2025", ["2025-10"]),
    ("hoàn thành việc rà soát trong quý II/2026", ["2026-Q2"]),
    ("trước ngày 25/6 và 25/12", ["2026-06-25", "2026-12-25"]),
    ("trước ngày 15/6 và 15/12 hằng năm", ["yearly:06-15", "yearly:12-15"]),
    ("thời hạn: 30/11/2026", ["2026-11-30"]),
    ("tổ chức tháng 7 và tháng 11", []),
    ("từ ngày 10/3 đến ngày 20/3/2026", []),
    ("những năm trước đây; hạn chế tồn tại", []),
    ("gửi báo cáo trước ngày 20", ["trước ngày 20"]),
]  # fmt: skip
DUE_IN_COLUMN = [
    ("31/12/2026", ["2026-12-31"]),
    ("Quý IV/2026", ["2026-Q4"]),
    ("Quý III, IV năm 2026", ["2026-Q3/2026-Q4"]),
    ("Thường xuyên", ["always"]),
    ("từ 08/3 đến 26/3/2026", ["2026-03-08/2026-03-26"]),
    ("Trước 30/6", ["2026-06-30"]),
    ("Tháng 3/2026", ["2026-03"]),
    ("Tuần cuối tháng 9/2025", ["Tuần cuối tháng 9/2025"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "codes"), DUE_IN_TEXT)
def test_deadlines_in_a_sentence(text, codes):
    assert [found.code for found in deadlines.in_text(text, 2026)] == codes


@pytest.mark.parametrize(("text", "codes"), DUE_IN_COLUMN)
def test_deadlines_in_a_column(text, codes):
    assert [found.code for found in deadlines.in_column(text, 2026)] == codes


@pytest.mark.parametrize(
    "code",
    [
        "2026-11-30", "2026-09-22T16:00", "2026-10", "2026-Q4", "2026-03-08/2026-03-26",
        "2026-Q3/2026-Q4", "monthly:20", "quarterly:25", "yearly:11-30", "always",
    ],
)  # fmt: skip
def test_a_deadline_in_words_reads_back_as_its_code(code):
    assert due.parse_list(due.in_words(code), 2026) == [code]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("MỤC ĐÍCH - YÊU CẦU", "purpose"),
        ("Chỉ tiêu phấn đấu", "target"),
        ("NHIỆM VỤ, GIẢI PHÁP", "content"),
        ("PHÂN CÔNG NHIỆM VỤ", "implementation"),
        ("KINH PHÍ THỰC HIỆN", "budget"),
        ("THỜI GIAN, ĐỊA ĐIỂM", "other"),
    ],
)
def test_the_role_of_a_section_is_told_by_its_heading(heading, role):
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("text", "has_children", "unit", "rest"),
    [
        ("Đề nghị UBND phường: Chỉ đạo", False, "UBND phường", "Chỉ đạo"),
        ("Công an phường: Bảo đảm", False, "Công an phường", "Bảo đảm"),
        ("Văn phòng Sở theo dõi, đôn đốc", False, "Văn phòng Sở", "theo dõi, đôn đốc"),
        ("Hội đồng nhân dân xã chủ trì việc", False, "Hội đồng nhân dân xã", "chủ trì việc"),
        (
            "Mặt trận và các tổ chức chính trị - xã hội phường vận động hội viên",
            False,
            "Mặt trận và các tổ chức chính trị - xã hội phường",
            "vận động hội viên",
        ),
        ("UBND phường giao Ban A theo dõi", False, "UBND phường", "giao Ban A theo dõi"),
        ("Tổ 1: tuyên truyền", False, "Tổ 1", "tuyên truyền"),
        ("Ban Xây dựng Đảng", True, "Ban Xây dựng Đảng", ""),
        ("Tổng phụ trách Đội: tổ chức thi", False, "Tổng phụ trách Đội", "tổ chức thi"),
    ],
)
def test_a_unit_is_told_from_what_it_does(text, has_children, unit, rest):
    assert split_unit(text, has_children=has_children)[:2] == (unit, rest)


@pytest.mark.parametrize(
    "text",
    ["Ban hành kế hoạch", "Kinh phí: từ ngân sách", "Các nội dung", "Phân công cụ thể như sau:"],
)
def test_what_is_no_unit_is_not_taken_for_one(text):
    assert split_unit(text, has_children=False) is None


NUMBERS = [
    ("Số 85-KH/ĐU", "85-KH/ĐU", "KH/ĐU"),
    ("Số: 121/KH-UBND", "121/KH-UBND", "KH-UBND"),
    ("Số: 34 - KH/ĐU", "34-KH/ĐU", "KH/ĐU"),
    ("Số: 45 / KH-UBND", "45/KH-UBND", "KH-UBND"),
    ("Số -KH/ĐU", None, "KH/ĐU"),
    ("Số: …/KH-MTTQ-BTT", None, "KH-MTTQ-BTT"),
    ("Số: 34/KH-THCS&amp;THPTĐBK".replace("&amp;", "&"), "34/KH-THCS&THPTĐBK", "KH-THCS&THPTĐBK"),
    ("Số 03\u2011KH/CB", "03-KH/CB", "KH/CB"),
]


@pytest.mark.parametrize(("line", "code", "symbol"), NUMBERS)
def test_number_and_symbol_in_all_their_forms(line, code, symbol):
    text = f"ĐẢNG ỦY\n{line}\nTân An, ngày 5 tháng 2 năm 2026\nKẾ HOẠCH\nthử năm 2026\n\nI. NỘI DUNG\n- a"

    reading = read_plan(text.encode(), "a.txt")

    assert (reading.code, reading.symbol) == (code, symbol)


def test_what_is_doubtful_is_asked_and_not_filled_in():
    text = "Số -KH/ĐU\nPhương Liêt, ngày tháng 9 năm 2025\nKẾ HOẠCH\nthử\n\nI. NỘI DUNG\n- a"

    reading = read_plan(text.encode(), "a.txt", ward_name="Phường Phương Liệt")

    assert (reading.number, reading.issued_on, reading.issued_month) == (None, None, "2025-09")
    asked = {question.field: question.suggestion for question in reading.questions}
    assert asked == {
        "issue_place": "Phương Liệt", "number": None, "issued_on": None, "issuers": None,
        "signatures": None,
    }  # fmt: skip


def test_the_tree_keeps_every_line_with_its_parent():
    text = "KẾ HOẠCH\nthử\n\nI. NỘI DUNG\n1. Việc:\na) Một\n- Hai\nII. KINH PHÍ\nTự lo."

    nodes = read_plan(text.encode(), "a.txt").nodes

    assert [(n.parent, n.numeral, n.heading or n.text) for n in nodes] == [
        (None, "", "KẾ HOẠCH"),
        (None, "", "thử"),
        (None, "I", "NỘI DUNG"),
        (2, "1", "Việc:"),
        (3, "a", "Một"),
        (4, "-", "Hai"),
        (None, "II", "KINH PHÍ"),
        (6, "", "Tự lo."),
    ]


def test_who_asked_for_the_plan_is_no_subject_of_an_instrument():
    data = (DOCUMENTS / "121-KH-UBND.txt").read_bytes()

    subjects = [base.subject for base in read_plan(data, "121-KH-UBND.txt").legal_bases]

    assert subjects == ["Bảo vệ quyền lợi người tiêu dùng", None, None]
