"""Official documents: every figure of DOMAIN §B, read back from the XML of the file."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from core.docx import (
    MTTQ,
    ND30,
    PARTY_HD05,
    PARTY_HD36,
    PROFILES,
    Head,
    OfficialDocument,
    Signature,
)
from core.docx.columns import fitting

PARTY, STATE = (PARTY_HD05, PARTY_HD36), (ND30, MTTQ)
ISSUED = Head(
    issuers=("ĐẢNG ỦY PHƯỜNG TÂN AN",),
    superior="THÀNH ỦY HÀ NỘI",
    code="07-KH/ĐU",
    place="Tân An",
    issued_on=dt.date(2026, 2, 5),
)


def made(profile, *, head=ISSUED, is_draft=False):
    document = OfficialDocument(profile, is_draft=is_draft)
    document.head(head)
    document.title("KẾ HOẠCH", "tuyên truyền")
    document.legal_bases(["Căn cứ Điều lệ", "Căn cứ Kế hoạch"])
    document.item("I.", "", heading="Mục đích", level=1)
    document.item("1.", "Theo dõi.", heading="Văn phòng:", level=2)
    document.paragraph("Đoạn cuối.")
    document.foot(
        recipients=["Như trên", "Lưu"],
        signatures=[Signature(("T/M ĐẢNG ỦY",), "BÍ THƯ", "Lê Văn A")],
    )
    return document.save(title="Kế hoạch")


def opened(profile, **options):
    return docx.Document(BytesIO(made(profile, **options)))


def part(data, name):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def parts(data, pattern):
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if re.match(pattern, name)]
        return [package.read(name).decode() for name in names]


def found(document, text):
    """The paragraph with ``text``, in the body or in a table."""
    for paragraph in document.element.body.iter(qn("w:p")):
        words = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        if text in words.replace("\u00a0", " "):
            return paragraph
    return pytest.fail(f"{text} is not printed")


def look(paragraph):
    """(size in points, bold, italic, capitals, alignment) of the first run."""
    run = paragraph.find(qn("w:r")).find(qn("w:rPr"))

    def is_on(tag):
        value = run.find(qn(f"w:{tag}"))
        return value is not None and value.get(qn("w:val")) != "0"

    size = int(run.find(qn("w:sz")).get(qn("w:val"))) / 2
    align = paragraph.pPr.find(qn("w:jc")).get(qn("w:val"))
    return size, is_on("b"), is_on("i"), is_on("caps"), align


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_the_page_is_a4_with_the_margins_of_the_rule(profile):
    document = opened(profile)

    section = document.sections[0]
    sides = ("top_margin", "bottom_margin", "left_margin", "right_margin", "header_distance")
    assert [round(getattr(section, side).mm) for side in sides] == [20, 20, 30, 15, 10]
    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)
    assert section.different_first_page_header_footer is True
    mirrored = document.settings.element.find(qn("w:mirrorMargins")) is not None
    assert mirrored is (profile in PARTY)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_every_run_names_four_fonts_and_the_language(profile):
    xml = part(made(profile), "word/document.xml")

    runs = re.findall(r"<w:rPr>.*?</w:rPr>", xml)
    fonts = (
        'w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
        ' w:eastAsia="Times New Roman" w:cs="Times New Roman"'
    )
    assert [run for run in runs if fonts not in run or 'w:val="vi-VN"' not in run] == []


PARTY_LOOKS = {
    "ĐẢNG CỘNG SẢN VIỆT NAM": (15, True, False, False, "center"),
    "THÀNH ỦY": (14, False, False, True, "center"),
    "TÂN AN": (14, True, False, True, "center"),
    "*": (14, False, False, False, "center"),
    "Số 07-KH/ĐU": (14, False, False, False, "center"),
    "Tân An, ngày 05 tháng 02 năm 2026": (14, False, True, False, "center"),
    "KẾ HOẠCH": (16, True, False, True, "center"),
    "tuyên truyền": (14, True, False, False, "center"),
    "-----": (14, False, False, False, "center"),
    "- Căn cứ Điều lệ;": (14, False, False, False, "both"),
    "- Căn cứ Kế hoạch.": (14, False, False, False, "both"),
    "I. Mục đích": (14, True, False, True, "left"),
    "1. Văn phòng:": (14, True, False, False, "both"),
    "Đoạn cuối.": (14, False, False, False, "both"),
    "Nơi nhận:": (14, False, False, False, "left"),
    "- Như trên,": (12, False, False, False, "left"),
    "- Lưu.": (12, False, False, False, "left"),
    "T/M ĐẢNG ỦY": (14, True, False, True, "center"),
    "BÍ THƯ": (14, False, False, True, "center"),
    "Lê Văn A": (14, True, False, False, "center"),
}
STATE_LOOKS = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (13, True, False, False, "center"),
    "Độc lập - Tự do - Hạnh phúc": (14, True, False, False, "center"),
    "THÀNH ỦY": (13, False, False, True, "center"),
    "TÂN AN": (13, True, False, True, "center"),
    "Số: 07-KH/ĐU": (13, False, False, False, "center"),
    "Tân An, ngày 05 tháng 02 năm 2026": (14, False, True, False, "center"),
    "KẾ HOẠCH": (14, True, False, True, "center"),
    "tuyên truyền": (14, True, False, False, "center"),
    "Căn cứ Điều lệ;": (14, False, True, False, "both"),
    "Căn cứ Kế hoạch.": (14, False, True, False, "both"),
    "I. Mục đích": (14, True, False, True, "left"),
    "Nơi nhận:": (12, True, True, False, "left"),
    "- Như trên;": (11, False, False, False, "left"),
    "T/M ĐẢNG ỦY": (14, True, False, True, "center"),
    "BÍ THƯ": (14, True, False, True, "center"),
    "Lê Văn A": (14, True, False, False, "center"),
}


@pytest.mark.parametrize(
    ("profile", "looks"), [(p, PARTY_LOOKS) for p in PARTY] + [(p, STATE_LOOKS) for p in STATE]
)
def test_each_part_looks_as_the_rule_says(profile, looks):
    document = opened(profile)

    assert {text: look(found(document, text)) for text in looks} == looks


@pytest.mark.parametrize(
    ("profile", "indent", "spacing"),
    [
        (PARTY_HD05, "567", ("120", "360", "exact")),
        (PARTY_HD36, "567", ("120", "276", "auto")),
        (ND30, "720", ("120", "264", "auto")),
        (MTTQ, "720", ("120", "264", "auto")),
    ],
)
def test_the_text_is_indented_and_spaced_as_the_rule_says(profile, indent, spacing):
    properties = found(opened(profile), "Đoạn cuối.").pPr

    line = properties.find(qn("w:spacing"))
    assert properties.find(qn("w:ind")).get(qn("w:firstLine")) == indent
    assert tuple(line.get(qn(f"w:{name}")) for name in ("after", "line", "lineRule")) == spacing


def test_the_head_is_a_table_without_borders_of_the_columns_of_the_rule():
    document = opened(PARTY_HD05)

    table = document.tables[0]._tbl
    assert [int(col.get(qn("w:w"))) for col in table.tblGrid] == [4099, 5256]
    assert table.tblPr.find(qn("w:tblBorders")) is None
    assert [rule[0].get(qn("w:sz")) for rule in table.iter(qn("w:pBdr"))] == ["6"]
    assert list(table.iter(qn("w:u"))) == []


@pytest.mark.parametrize(
    ("profile", "number", "date"),
    [
        (PARTY_HD05, "Số      -KH/ĐU", "Tân An, ngày      tháng 3 năm 2026"),
        (ND30, "Số:      /KH/ĐU", "Tân An, ngày      tháng 3 năm 2026"),
    ],
)
def test_number_and_day_stay_blank_until_they_are_given(profile, number, date):
    head = Head(issuers=("ĐẢNG ỦY",), symbol="KH/ĐU", place="Tân An", year=2026, month=3)

    document = opened(profile, head=head)

    table = document.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [number, date]


def test_only_a_draft_bears_the_watermark_on_every_page():
    draft = parts(made(PARTY_HD05, is_draft=True), r"word/header\d\.xml")
    final = parts(made(PARTY_HD05), r"word/header\d\.xml")

    assert [header.count('string="DỰ THẢO"') for header in draft] == [1, 1]
    assert [header.count("DỰ THẢO") for header in final] == [0, 0]


def test_the_page_number_is_in_the_middle_and_not_on_the_first_page():
    section = opened(ND30).sections[0]

    first, later = section.first_page_header, section.header
    assert [h._element.xml.count("PAGE") for h in (first, later)] == [0, 1]
    assert look(later._element.find(qn("w:p"))) == (14, False, False, False, "center")


def test_the_signature_stays_whole_and_with_the_text_above():
    document = opened(PARTY_HD05)

    foot = document.tables[1]._tbl
    assert [row.trPr.find(qn("w:cantSplit")) is not None for row in foot.tr_lst] == [True]
    assert found(document, "Đoạn cuối.").pPr.find(qn("w:keepNext")) is not None


def test_two_signers_stand_side_by_side_above_the_recipients():
    document = OfficialDocument(MTTQ)
    both = [Signature(("TM. HỘI",), "CHỦ TỊCH", "Lê A"), Signature((), "BÍ THƯ", "Trần B")]

    document.foot(recipients=["Lưu"], signatures=both)

    cells = docx.Document(BytesIO(document.save())).tables[0].rows[0].cells
    assert [cell.text.split("\n") for cell in cells] == [
        ["TM. HỘI", "CHỦ TỊCH", "Lê A"],
        ["BÍ THƯ", "Trần B"],
    ]


def test_a_wide_annex_lies_across_and_its_table_repeats_its_head():
    document = OfficialDocument(PARTY_HD05)
    document.paragraph("Báo cáo.")

    document.annex("BIỂU", note="(Kèm theo)", is_landscape=True)
    document.table(["STT", "Nội dung"], [["1", "Băng rôn\nPa-nô"]])
    document.annex("PHỤ LỤC")

    again = docx.Document(BytesIO(document.save()))
    shapes = [(section.page_width.mm > section.page_height.mm) for section in again.sections]
    assert shapes == [False, True, False]
    assert again.tables[0]._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert again.tables[0].rows[1].cells[1].text == "Băng rôn\nPa-nô"


def test_two_lines_of_text_stay_with_the_signature_not_the_note_alone():
    document = OfficialDocument(PARTY_HD05)
    for text in ("Đoạn đầu.", "Đoạn giữa.", "Đoạn cuối."):
        document.paragraph(text)
    document.centred("(Gửi kèm Biểu tổng hợp số liệu)")
    document.foot(recipients=["Lưu"], signatures=[Signature(("T/M ĐẢNG ỦY",))])

    again = docx.Document(BytesIO(document.save()))

    kept = [one.text for one in again.paragraphs if one._p.pPr.find(qn("w:keepNext")) is not None]
    assert kept == ["Đoạn giữa.", "Đoạn cuối.", "(Gửi kèm Biểu tổng hợp số liệu)", ""]


def test_the_subject_of_a_letter_stands_below_the_number():
    document = OfficialDocument(PARTY_HD05)
    document.letter_subject("về việc đôn đốc")

    line = found(docx.Document(BytesIO(document.save())), "về việc đôn đốc")

    assert int(line.pPr.find(qn("w:ind")).get(qn("w:right"))) == round((165 - 72.3) * 56.7)
    assert look(line) == (12, False, True, False, "center")


def test_the_columns_of_figures_share_what_the_sentences_leave():
    head = ["STT", "Nội dung", "Đơn vị tính", "Tháng 1", "Quý I"]

    size, widths = fitting([head, ["1", "Buổi", "buổi", "7", "7"]], wide={1: 1}, width=257)

    assert (size, widths[1], sum(widths)) == (12, 80, pytest.approx(257))
    assert min(widths[2:]) > 40


MONTHS = ["STT", "Nội dung", "Đơn vị tính", *(f"Tháng {month}" for month in range(1, 13)), "Cả năm"]
MONTHS += ["Cùng kỳ 2025", "So với cùng kỳ", "Kế hoạch năm", "Đạt kế hoạch"]


@pytest.mark.parametrize("number", ["7", "24.731", "1.234.567"])
def test_a_wide_table_gets_letters_that_cut_no_number(number):
    row = ["10", "Lượt người dự tuyên truyền", "lượt người", *[number] * 13, number]
    row += ["+1.234 (+31,0%)", number, "100,0%"]

    size, widths = fitting([MONTHS, row], wide={1: 1}, width=257)

    assert sum(widths) == pytest.approx(257)
    assert widths[1] >= 28
    # "Tháng" is 2,72 em in Times New Roman bold, a digit half an em, a stop a quarter.
    ems = max(2.72, sum(0.25 if sign == "." else 0.5 for sign in number))
    assert min(widths[3:15]) >= ems * size * 25.4 / 72 + 3
