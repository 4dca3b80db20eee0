"""Files that cannot be read are refused by one sentence, fast."""

import contextlib

import pytest

from plans.reader import NotAPlanError, UnreadableFileError, read_plan
from plans.reader.extract import paragraphs
from plans.tests.hostile import MONSTROUS, TASKS_10_000
from plans.tests.packages import package, paragraph

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOMB = "<w:p><w:r><w:t>" + "a" * 30_000_000 + "</w:t></w:r></w:p>"
ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
LINK = (
    '<Relationships xmlns="x"><Relationship Type="t/attachedTemplate" TargetMode="External"'
    ' Target="http://example.com/a.dotm"/></Relationships>'
)
ORDINARY_LINK = (
    '<Relationships xmlns="x"><Relationship Type="t/hyperlink" TargetMode="External"'
    ' Target="http://example.com/"/></Relationships>'
)
UNREADABLE = {
    "empty": (b"", "a.docx", "rỗng"),
    "too large": (b"a" * (20 * 1024 * 1024 + 1), "a.txt", "20 MB"),
    "old Word": (OLE, "a.doc", ".docx"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "mật khẩu"),
    "damaged": (b"PK\x03\x04 nothing behind", "a.docx", "hỏng"),
    "cut off": (package(paragraph("a"))[:-200], "a.docx", "hỏng"),
    "other type": (b"a", "a.odt", "Chỉ nạp được"),
    "damaged PDF": (b"%PDF-1.7", "a.pdf", "hỏng"),
    "no PDF": (b"Trang", "a.pdf", "hỏng"),
    "RTF": (b"{\\rtf1", "a.doc", "RTF"),
    "zeros": (b"KE HOACH" + bytes(3), "a.txt", "không phải tệp chữ"),
    "a picture by the name of .txt": (b"\x89PNG\r\n", "a.txt", "Chỉ nạp được"),
    "no Unicode": (b"\xff\xe1 abc \x80 xyz", "a.txt", "UTF-8"),
    "no letters": (b" \n ... \n", "a.txt", "không có chữ"),
    "bomb": (package(BOMB), "a.docx", "quá lớn"),
    "entity": (package("", others={"word/document.xml": ENTITY}), "a.docx", "DOCTYPE"),
    "macro": (package("", others={"word/vbaProject.bin": "x"}), "a.docx", "macro"),
    "archive inside": (package("", others={"word/a.zip": "x"}), "a.docx", "nhúng"),
    "outside template": (
        package("", others={"word/_rels/document.xml.rels": LINK}),
        "a.docx",
        "liên kết",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_files_are_refused_with_a_sentence(case):
    data, name, words = UNREADABLE[case]

    with pytest.raises(UnreadableFileError, match=words):
        read_plan(data, name)


def test_an_ordinary_link_does_no_harm():
    data = package(paragraph("Xem"), others={"word/_rels/document.xml.rels": ORDINARY_LINK})

    assert [p.text for p in paragraphs(data, "a.docx")] == ["Xem"]


def test_deleted_text_and_field_codes_are_not_read():
    body = (
        "<w:p><w:r><w:t>Giữ</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t xml:space='preserve"
        "'> thêm</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    assert [p.text for p in paragraphs(package(body), "a.docx")] == ["Giữ thêm"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BÁO CÁO\nkết quả\n\nI. KẾT QUẢ\n- a", "BÁO CÁO"),
        ("QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\nĐiều 1. a", "QUYẾT ĐỊNH"),
        ("Số: 12/UBND-VX\nV/v triển khai\nKính gửi: Các đơn vị", "CÔNG VĂN"),
        ("Hôm nay trời đẹp.\nChúng ta đi chơi.", None),
    ],
)
def test_other_documents_are_named_for_what_they_are(text, kind):
    with pytest.raises(NotAPlanError) as refusal:
        read_plan(text.encode(), "a.txt")

    assert refusal.value.document_type == kind


@pytest.mark.parametrize("text", MONSTROUS, ids=lambda text: text[:40])
def test_a_monstrous_line_is_read_or_refused(text):
    with contextlib.suppress(NotAPlanError, UnreadableFileError):
        read_plan(text.encode(), "a.txt")


def test_ten_thousand_paragraphs_are_read():
    assert read_plan(TASKS_10_000.encode(), "a.txt").assignments


REFUSED = [
    ("UBND PHƯỜNG A\nSố: 5/BC-UBND\nBÁO CÁO\nKết quả thực hiện Kế hoạch số 3/KH-UBND\nI. KẾT QUẢ\n- a",
     "BÁO CÁO", "báo cáo"),
    ("QUỐC HỘI\nLuật số: 19/2023/QH15\nLUẬT\nBẢO VỆ QUYỀN LỢI NGƯỜI TIÊU DÙNG\nChương I\nĐiều 1. Phạm vi",
     "LUẬT", "căn cứ"),
    ("BAN BÍ THƯ\nSố 03-CT/TW\nCHỈ THỊ\nvề tăng cường lãnh đạo\n1. Các cấp ủy", "CHỈ THỊ", "chỉ thị"),
    ("ĐẢNG ỦY\nSố 3-TB/ĐU\nTHÔNG BÁO\nkết luận của Thường trực về Kế hoạch\n1. a", "THÔNG BÁO", "thông báo"),
    ("UBND PHƯỜNG\nTỜ TRÌNH\nVề việc phê duyệt kế hoạch\nKính gửi: UBND", "TỜ TRÌNH", "tờ trình"),
    ("CHI BỘ 5\nBIÊN BẢN\nHọp chi bộ tháng 3", "BIÊN BẢN", "biên bản"),
    ("UBND\nGIẤY MỜI\nDự hội nghị triển khai kế hoạch", "GIẤY MỜI", "giấy mời"),
    ("Chào anh, em gửi anh kế hoạch tuần tới.\nEm cảm ơn.", None, "Không nhận ra"),
    ("Họ tên;Điện thoại\nAn;0912\nBình;0913", None, "Không nhận ra"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), REFUSED)
def test_a_refusal_names_the_document_and_says_how_to_go_on(text, kind, words):
    with pytest.raises(NotAPlanError, match=words) as refusal:
        read_plan(text.encode(), "a.txt")

    assert refusal.value.document_type == kind
    assert ";" in str(refusal.value)
