"""Every kind of file in: codings of text, old fonts, changes and notes in Word, PDF, .doc."""

import stat
import time
from pathlib import Path

import pytest

from core.text import legacy
from plans.reader import NotAPlanError, UnreadableFileError, old_word, read_plan, read_text
from plans.reader.extract import paragraphs
from plans.tests.packages import W, package, paragraph
from plans.tests.test_shared_documents import DOCUMENTS

PLAN = (
    "ĐẢNG ỦY PHƯỜNG TÂN AN\nSố 5-KH/ĐU\nTân An, ngày 5 tháng 2 năm 2026\nKẾ HOẠCH\n"
    "tuyên truyền Cuộc vận động năm 2026\n\nI. NỘI DUNG\n1. Tổ chức 02 phiên chợ hàng Việt.\n"
    "2. Vận động hộ kinh doanh thực hiện.\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(90)


def in_old_letters(text, table):
    """What stands in the file when ``text`` was typed in an old font."""
    return "".join(table.get(letter, letter) for letter in text)


TCVN3 = {after: before for before, after in legacy._TCVN3.items()}
TCVN3 |= {letter.upper(): sign for letter, sign in TCVN3.items() if letter.upper() not in TCVN3}
VNI = (
    {
        legacy.convert(letter + mark, legacy.VNI): letter + mark
        for letter in "aeouyôöAEOUYÔÖ"
        for mark in (legacy._VNI_MARKS if letter.islower() else map(str.upper, legacy._VNI_MARKS))
        if len(legacy.convert(letter + mark, legacy.VNI)) == 1
    }
    | {after: before for before, after in legacy._VNI_ALONE.items()}
    | {"Đ": "Ñ", "Ơ": "Ô", "Ư": "Ö"}
)


def to_cp1258(text):
    import unicodedata

    bases = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    result = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in parts if c in bases)
        rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in bases))
        result.append(rest + tones)
    return "".join(result).encode("cp1258")


CODINGS = {
    "utf-8": PLAN.encode(),
    "utf-8 with its mark": PLAN.encode("utf-8-sig"),
    "utf-16": PLAN.encode("utf-16"),
    "utf-16 le without mark": PLAN.encode("utf-16-le"),
    "utf-16 be without mark": PLAN.encode("utf-16-be"),
    "cp1258": to_cp1258(PLAN),
    "tcvn3": in_old_letters(PLAN, TCVN3).encode("latin-1"),
    "tcvn3 taken for utf-8": in_old_letters(PLAN, TCVN3).encode(),
    "vni": in_old_letters(PLAN, VNI).encode("latin-1"),
    "vni taken for utf-8": in_old_letters(PLAN, VNI).encode(),
    "old Mac line ends": PLAN.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_reads_the_same(coding):
    got = read_plan(CODINGS[coding], "a.txt")

    assert [p.text for p in got.paragraphs] == [p for p in PLAN.split("\n") if p]
    assert got.code == "5-KH/ĐU"


def test_a_pasted_text_reads_as_its_file():
    assert read_text(PLAN).as_dict() == read_plan(PLAN.encode(), "a.txt").as_dict()


@pytest.mark.parametrize("text", ["", " \n ", "\n...\n"])
def test_an_empty_box_is_refused(text):
    with pytest.raises(UnreadableFileError, match="chữ"):
        read_text(text)


def run(text, font):
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr><w:t>{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("text", "font", "seen"),
    [
        ("Uû ban nh©n d©n", ".VnTime", "Uỷ ban nhân dân"),
        ("kÕ ho¹ch", ".VnTimeH", "KẾ HOẠCH"),
        ("t­ t­ëng", ".VnTime", "tư tưởng"),
        ("Ñaûng boä phöôøng", "VNI-Times", "Đảng bộ phường"),
        ("Kế hoạch", ".VnTime", "Kế hoạch"),
        ("Café", "Arial", "Café"),
    ],
)
def test_old_fonts_tell_how_to_read_a_run(text, font, seen):
    data = package(f"<w:p>{run(text, font)}</w:p>")

    assert [p.text for p in paragraphs(data, "a.docx")] == [seen]


def test_the_font_may_come_from_the_style_and_a_mark_stand_in_the_next_run():
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>'
        '<w:rFonts w:ascii="VNI-Times"/></w:rPr></w:style>'
    )
    body = "<w:p><w:r><w:t>Ña</w:t></w:r><w:r><w:t>ûng</w:t></w:r></w:p>"

    assert [p.text for p in paragraphs(package(body, styles=styles), "a.docx")] == ["Đảng"]


CHANGES = [
    ("<w:p><w:r><w:t>Giữ</w:t></w:r><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p>", ["Giữ"]),
    ("<w:p><w:moveTo><w:r><w:t>đến</w:t></w:r></w:moveTo></w:p>", ["đến"]),
    (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Một </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>câu</w:t></w:r></w:p>",
        ["Một câu"],
    ),
    (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>bỏ</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>giữ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ["giữ"],
    ),
    (
        "<w:p><w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p>"
        "</w:txbxContent></w:drawing></w:r></w:p>",
        ["trong khung"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "seen"), CHANGES)
def test_changes_are_read_as_accepted(body, seen):
    assert [p.text for p in paragraphs(package(body), "a.docx")] == seen


def test_footnotes_stand_apart_and_are_not_read():
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r><w:t>Xem Luật.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    got = paragraphs(package(paragraph("Câu"), others={"word/footnotes.xml": notes}), "a.docx")

    assert [(p.text, p.is_note, p.is_ignored) for p in got] == [
        ("Câu", False, False), ("Xem Luật.", True, True),
    ]  # fmt: skip


def scanned():
    from io import BytesIO

    from pypdf import PdfWriter

    writer, buffer = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(buffer)
    return buffer.getvalue()


def locked():
    from io import BytesIO

    from pypdf import PdfWriter

    writer, buffer = PdfWriter(clone_from=BytesIO(scanned())), BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(("make", "words"), [(scanned, "scan"), (locked, "mật khẩu")])
def test_a_pdf_without_text_says_what_to_do(make, words):
    with pytest.raises(UnreadableFileError, match=words):
        read_plan(make(), "a.pdf")


def test_old_word_says_how_to_save_it_where_nothing_reads_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UnreadableFileError, match=r"Save As.*\.docx"):
        read_plan(OLE, "a.doc")


@pytest.mark.parametrize(
    ("program", "lines"),
    [
        ("antiword", '/bin/cat "{plan}"'),
        ("soffice", 'while [ "$1" != --outdir ]; do shift; done; /bin/cp "{plan}" "$2/plan.docx"'),
    ],
)
def test_old_word_is_read_by_the_programs_of_the_server(program, lines, monkeypatch, tmp_path):
    plan = tmp_path / "plan"
    body = "".join(map(paragraph, PLAN.strip().split("\n")))
    plan.write_bytes(PLAN.encode() if program == "antiword" else package(body))
    path = tmp_path / program
    path.write_text(f"#!/bin/sh\n{lines.format(plan=plan)}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert read_plan(OLE, "a.doc").code == "5-KH/ĐU"


def test_the_programs_of_the_server_know_no_setting_of_the_portal(monkeypatch, tmp_path):
    seen = tmp_path / "seen"
    program = tmp_path / "antiword"
    program.write_text(f"#!/bin/sh\n/usr/bin/env > {seen}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "nobody's business")

    with pytest.raises((UnreadableFileError, NotAPlanError)):
        read_plan(OLE, "a.doc")

    assert "SECRET_KEY" not in seen.read_text()


def test_the_lines_of_a_pdf_are_joined_to_paragraphs():
    got = read_plan((DOCUMENTS / "own-pdf.pdf").read_bytes(), "own-pdf.pdf")

    assert [text for text, _ in got.items("purpose")] == [
        "Nâng cao nhận thức của cấp ủy, tổ chức đảng, cán bộ, đảng viên và Nhân dân về ý nghĩa của"
        " Cuộc vận động; tạo chuyển biến trong hành động tiêu dùng hằng ngày của mỗi gia đình trên"
        " địa bàn phường.",
        "Việc tổ chức phải thiết thực, tiết kiệm, phù hợp từng đối tượng.",
    ]


def test_what_old_word_started_ends_with_it(monkeypatch, tmp_path):
    program, started = tmp_path / "soffice", tmp_path / "started"
    program.write_text(f"#!/bin/sh\n/bin/sleep 60 &\necho $! > {started}\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(old_word, "SECONDS", 3)

    with pytest.raises(UnreadableFileError, match="Không mở được"):
        read_plan(OLE, "a.doc")

    state = Path(f"/proc/{started.read_text().strip()}/stat")
    assert any(_has_ended(state) for _ in range(100))


def _has_ended(state):
    """The kernel takes a moment between the signal and the end."""
    try:
        if ") Z" in state.read_text():
            return True
    except OSError:
        return True
    time.sleep(0.1)
    return False
