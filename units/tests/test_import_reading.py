"""Tables as wards keep them: what is read, what is refused, who and which number is meant."""

import io
import zipfile

import pytest

from core.files import FileRefusedError, Kind, check_file
from core.imports import TableError, cells, read_table
from core.tests.factories import docx_bytes
from core.text import PhoneFormatError
from units.imports.columns import Meaning, chosen, find_header
from units.imports.people import Person, names_in, people_in, phones_in
from units.tests.sheets import HEADER, upload, workbook

M = Meaning


def header(*rows, **kwargs):
    return find_header(read_table(io.BytesIO(workbook(*rows, **kwargs))))


def refusal(data):
    with pytest.raises(TableError) as caught:
        find_header(read_table(io.BytesIO(data)))
    return str(caught.value)


# -- The header ---------------------------------------------------------------


def test_the_header_is_found_below_the_titles_by_its_meaning():
    found = header(
        ("ĐẢNG BỘ PHƯỜNG THỬ", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (None, "DANH SÁCH BÍ THƯ CHI BỘ"),
        (),
        HEADER,
        (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678", 30),
    )

    assert found.columns == {M.UNIT: 1, M.PERSON: 2, M.PHONE: 3}
    assert [(line.number, line.text(1)) for line in found.lines] == [(5, "Chi bộ 1")]


def test_a_merged_header_of_two_lines_is_read_as_one():
    found = header(
        ("STT", "Đơn vị", "Bí thư", None, "Phó bí thư", None),
        (None, None, "Họ và tên", "Điện thoại", "Họ và tên", "Điện thoại"),
        (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678", "Lê Thị Bé", "0987654321"),
        merge=("C1:D1", "E1:F1", "A1:A2", "B1:B2"),
    )

    assert found.columns == {M.UNIT: 1, M.PERSON: 2, M.PHONE: 3}
    assert found.titles[2:4] == ("Bí thư Họ và tên", "Bí thư Điện thoại")


def test_columns_may_be_chosen_otherwise():
    found = header(HEADER, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678", 30, "CB1"))

    columns = chosen(found, {"cot-code": "5", "cot-phone": "khong", "cot-person": "99"})

    assert columns == {M.UNIT: 1, M.PERSON: 2, M.CODE: 5}


@pytest.mark.parametrize(
    ("font", "texts"),
    [
        (".VnTime", ("TT", "Tªn chi bé", "Hä vµ tªn bÝ th\u00ad", "§iÖn tho¹i")),
        ("VNI-Times", ("TT", "Teân chi boä", "Hoï vaø teân bí thö", "Ñieän thoaïi")),
    ],
)
def test_old_codings_are_read(font, texts):
    name = {".VnTime": "NguyÔn V¨n §øc", "VNI-Times": "Nguyeãn Vaên Ñöùc"}[font]

    found = header(texts, (1, "Chi bé 1", name, "0912345678"), font=font)

    assert found.columns == {M.UNIT: 1, M.PERSON: 2, M.PHONE: 3}
    assert found.lines[0].text(2) == "Nguyễn Văn Đức"


def test_a_list_of_members_is_refused():
    data = workbook(
        ("TT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Chi bộ"),
        (1, "Nguyễn Văn An", "1/1/1960", "3/2/1985", "Chi bộ 1"),
    )

    assert refusal(data).startswith("Đây là danh sách đảng viên")


@pytest.mark.parametrize(
    "rows", [[("Sản phẩm", "Giá"), ("Nước mắm", 50000)], [("một mình",)], [("Chi bộ",), ("x",)]]
)
def test_another_table_is_refused(rows):
    assert refusal(workbook(*rows)) == (
        "Không nhận ra bảng: cần một dòng tiêu đề có cột “Tên chi bộ” hoặc “Tên đơn vị”."
    )


def test_an_empty_table_is_refused():
    assert refusal(workbook()) == "Tệp này không có dòng nào, đồng chí chọn tệp khác."


def test_a_hundred_thousand_rows_are_refused_early(monkeypatch):
    monkeypatch.setattr(cells, "MAX_ROWS", 50)
    rows = [HEADER, *((n, f"Chi bộ {n}") for n in range(100))]

    assert refusal(workbook(*rows)) == cells.TOO_LONG


def test_a_formula_counts_by_its_kept_value_alone():
    data = workbook(HEADER, (1, "Chi bộ 1"), formulas=[("C2", '=HYPERLINK("http://x","A")')])

    line = find_header(read_table(io.BytesIO(data))).lines[0]

    assert (line.cells[2].text, line.cells[2].error) == ("", cells.NO_VALUE)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "a.xls",
            "Tệp có mật khẩu hoặc là .xls cũ, hãy mở bằng Excel, bỏ mật khẩu và lưu thành .xlsx "
            "rồi chọn lại.",
        ),
        (b"a;b;c", "a.csv", "Chỉ nhận bảng Excel (.xlsx), hãy chọn tệp khác."),
        (
            b"PK\x03\x04" + b"x" * 100,
            "a.xlsx",
            "Tệp Excel này bị hỏng, hãy mở bằng Excel, lưu lại thành .xlsx rồi chọn lại.",
        ),
    ],
)
def test_other_files_are_refused(data, name, sentence):
    with pytest.raises(FileRefusedError) as caught:
        check_file(upload(data, name), name=name, kinds=[Kind.TABLE])

    assert str(caught.value) == sentence


def _package(**members):
    """The bytes of a workbook with more in it."""
    buffer = io.BytesIO(workbook(HEADER))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(f"xl/{name}", data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            _package(bomb=b"\0" * (31 * 1024 * 1024)),
            "Tệp Excel này chứa quá nhiều dữ liệu, hãy chỉ giữ bảng cần nhập rồi chọn lại.",
        ),
        (
            _package(vbaProject=b"x"),
            "Tệp Excel này có macro, hãy lưu thành .xlsx không có macro rồi chọn lại.",
        ),
        (
            docx_bytes(),
            "Tệp này không phải bảng Excel, hãy mở bằng Excel, lưu thành .xlsx rồi chọn lại.",
        ),
    ],
)
def test_a_package_that_hides_something_is_refused(data, sentence):
    with pytest.raises(FileRefusedError) as caught:
        check_file(upload(data), name="a.xlsx", kinds=[Kind.TABLE])

    assert str(caught.value) == sentence


# -- People and numbers -------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345 678",
        "+84 912 345 678",
        "84912345678",
        "912345678",
        "ĐT: 0912 345 678",
        "SĐT 0912345678 (Zalo)",
        "DĐ: 0912.345.678",
    ],
)
def test_a_number_is_read_in_every_notation(written):
    assert phones_in(written) == ["+84912345678"]


@pytest.mark.parametrize(
    "written",
    [
        "0912345678 / 0987654321",
        "0912345678\n0987654321",
        "0912 345 678 - 0987 654 321",
        "0912345678 0987654321",
        "0912345678; ĐT: 0987.654.321",
    ],
)
def test_two_numbers_in_a_cell_are_two(written):
    assert phones_in(written) == ["+84912345678", "+84987654321"]


@pytest.mark.parametrize("written", ["0912 345", "hỏi văn phòng", "1900 1234"])
def test_what_is_no_number_is_told(written):
    with pytest.raises(PhoneFormatError):
        phones_in(written)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("Đ/c Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("1. Ông Nguyễn Văn An (BT)", ["Nguyễn Văn An"]),
        ("Nguyễn Văn An (BT) - Lê Thị Bé (PBT)", ["Nguyễn Văn An", "Lê Thị Bé"]),
        ("Nguyễn Văn An\nLê Thị Bé", ["Nguyễn Văn An", "Lê Thị Bé"]),
        ("Nguyễn Văn An và Lê Thị Bé", ["Nguyễn Văn An", "Lê Thị Bé"]),
        ("Bà Bùi Thị Ba", ["Bùi Thị Ba"]),
        ("", []),
    ],
)
def test_names_are_read_without_titles(written, names):
    assert names_in(written) == names


def test_numbers_go_to_names_where_there_are_as_many():
    both = people_in("Nguyễn Văn An; Lê Thị Bé", "0912345678; 0987654321")

    assert both == [Person("Nguyễn Văn An", "+84912345678"), Person("Lê Thị Bé", "+84987654321")]
    assert people_in("Nguyễn Văn An", "0912345678/0987654321")[0].phone == "+84912345678"
    with pytest.raises(PhoneFormatError, match="không rõ số của ai"):
        people_in("Nguyễn Văn An; Lê Thị Bé", "0912345678")
