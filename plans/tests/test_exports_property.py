"""Whatever plan is read: printed and read again, it is the same plan."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.files import Kind, store_upload
from plans import proposals
from plans.exports import export_plan
from plans.reader import read_plan
from plans.tests.test_exports import meaning
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db

HEADS = [
    ["THÀNH ỦY HÀ NỘI", "ĐẢNG ỦY PHƯỜNG TÂN AN", "*", "Số {n}-KH/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM"],
    ["ĐẢNG BỘ PHƯỜNG TÂN AN", "CHI BỘ TỔ DÂN PHỐ SỐ 12", "*", "Số {n}-KH/CB"],
    ["ỦY BAN NHÂN DÂN", "PHƯỜNG BÌNH MINH", "Độc lập - Tự do - Hạnh phúc", "Số: {n}/KH-UBND"],
    ["UBND PHƯỜNG TÂN AN", "TRƯỜNG THCS TÂN AN", "Số: {n}/KH-THCSTA"],
    ["ỦY BAN MTTQ VIỆT NAM PHƯỜNG TÂN AN", "BAN THƯỜNG TRỰC", "Số: {n}/KH-MTTQ-BTT"],
]
DAYS = ["ngày 05 tháng 02 năm 2026", "ngày 22 tháng 11 năm 2026", "ngày      tháng 3 năm 2027"]
BASES = [
    "Căn cứ Chỉ thị số 03-CT/TW, ngày 19/5/2021 của Ban Bí thư về tăng cường sự lãnh đạo;",
    "- Căn cứ Kế hoạch số 45/KH-UBND ngày 12 tháng 02 năm 2026 của Ủy ban nhân dân Thành phố;",
    "Căn cứ Luật Bảo vệ quyền lợi người tiêu dùng ngày 20 tháng 6 năm 2023;",
    "Thực hiện Thông tri số 36/TT-MTTQ-BTT; Kết luận số 107-KL/TW của Ban Bí thư;",
]
WORDS = st.sampled_from(
    [
        *("tuyên", "truyền", "hội", "viên", "hàng", "Việt", "02", "buổi", "phiên", "chợ,"),
        *("“Người", "Nam”", "chính", "trị", "-", "xã", "OCOP", "1800.6838", "(15/3)", "12%"),
    ]
)
DUE = st.sampled_from(
    ["", " trước ngày 20 hằng tháng", " trước ngày 30/11/2026", " hoàn thành trong tháng 10/2026"]
)
UNITS = st.sampled_from(
    ["Văn phòng Đảng ủy", "Công an phường", "Các chi bộ trực thuộc", "Đề nghị Hội Phụ nữ phường",
     "Phòng Văn hóa - Xã hội", "Tổ trưởng các tổ dân phố"]
)  # fmt: skip
OPENINGS = st.sampled_from(["Tăng cường", "Đẩy mạnh", "Tổ chức", "Phát huy"])
MARKS = st.sampled_from([".", ";"])


@st.composite
def sentence(draw):
    words = draw(st.lists(WORDS, min_size=2, max_size=14))
    return f"{draw(OPENINGS)} {' '.join(words)}".rstrip(" ,") + draw(DUE)


@st.composite
def items(draw):
    """Plain, numbered, lettered or dashed places, up to three deep."""
    lines = []
    style = draw(st.sampled_from(["-", "1", "plain"]))
    for number in range(1, draw(st.integers(1, 4)) + 1):
        marker = {"-": "- ", "1": f"{number}. ", "plain": ""}[style]
        below = draw(st.integers(0, 2)) if style == "1" else 0
        text = draw(sentence())
        lines.append(f"{marker}{text}{':' if below else draw(MARKS)}")
        for index in range(below):
            lines.append(f"{'abc'[index]}) {draw(sentence())}{draw(MARKS)}")
            lines += [f"- {draw(sentence())}." for _ in range(draw(st.integers(0, 1)))]
    return lines


@st.composite
def table(draw):
    rows = draw(st.lists(st.tuples(sentence(), UNITS), min_size=2, max_size=4))
    return [
        "| STT | Nội dung | Đơn vị chủ trì | Thời gian |",
        *(f"| {n} | {what} | {who} | Quý IV/2026 |" for n, (what, who) in enumerate(rows, 1)),
    ]


@st.composite
def assigned(draw):
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        unit = draw(UNITS)
        if draw(st.booleans()):
            lines.append(f"{number}. {unit}: {draw(sentence())}; {draw(sentence())}.")
        else:
            lines.append(f"{number}. {unit}")
            lines += [f"- {draw(sentence())}." for _ in range(draw(st.integers(1, 2)))]
    return lines


@st.composite
def plans(draw):
    """The text of a plan, as an office would type it."""
    number = draw(st.sampled_from(["07", "12", "121", " "]))
    lines = [line.format(n=number) for line in draw(st.sampled_from(HEADS))]
    lines += [f"Tân An, {draw(st.sampled_from(DAYS))}", "KẾ HOẠCH"]
    lines += [f"tuyên truyền {draw(sentence()).lower()} năm 2026", ""]
    lines += draw(st.lists(st.sampled_from(BASES), max_size=3, unique=True))
    lines.append("Đảng ủy phường Tân An ban hành Kế hoạch như sau:")
    sign = draw(st.sampled_from([". ", "- "]))
    lines += [f"I{sign}MỤC ĐÍCH, YÊU CẦU", *draw(items())]
    lines += [f"II{sign}NỘI DUNG", *draw(st.one_of(items(), table()))]
    if draw(st.booleans()):
        lines += [f"III{sign}KINH PHÍ: {draw(sentence())}."]
    lines += [f"IV{sign}TỔ CHỨC THỰC HIỆN", *draw(assigned())]
    lines += draw(st.sampled_from([[], ["Trên đây là Kế hoạch, đề nghị các đơn vị thực hiện./."]]))
    lines += ["Nơi nhận:", "- Như trên,", "- HĐND, UBND phường (để b/c);", "- Lưu: VT, VHXH."]
    lines += draw(
        st.sampled_from(
            [["T/M ĐẢNG ỦY", "BÍ THƯ", "", "Nguyễn Mai Chi"],
             ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Phạm Thu Hằng"],
             ["HIỆU TRƯỞNG", "Vũ Thị Hạnh"]]
        )
    )  # fmt: skip
    annex = ["PHỤ LỤC I", "(Kèm theo Kế hoạch)", *draw(table())]
    return "\n".join(lines + (annex if draw(st.booleans()) else []))


@given(text=plans())
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_export_and_import_are_the_identity(text, media):
    data = text.encode()
    reading = read_plan(data, "vao.txt", ward_name="Phường Tân An")
    with transaction.atomic():
        file = ContentFile(data, name="vao.txt")
        stored = store_upload(file, kinds=[Kind.DOCUMENT], user=None)
        plan = proposals.propose(reading, ward=WardFactory(), stored_file=stored, user=None)
        back = read_plan(export_plan(plan), "ra.docx").as_dict()
        transaction.set_rollback(True)

    assert meaning(back) == meaning(reading.as_dict())
