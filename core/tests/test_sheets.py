"""Tables as .xlsx: texts stay texts, numbers and days have their kind, memory stays small."""

import datetime as dt
import io
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from core import sheets
from core.sheets import Column, Kind, TooManyRowsError, write_sheet

COLUMNS = [Column("Đơn vị"), Column("Lượt người", Kind.COUNT), Column("Ngày", Kind.DATE)]


def written(columns, rows, **kwargs):
    file = io.BytesIO()
    count = write_sheet(file, name="Danh sách", columns=columns, rows=rows, **kwargs)
    file.seek(0)
    return count, openpyxl.load_workbook(file).worksheets[0]


def test_header_and_rows_read_back_with_their_kinds():
    rows = [("Chi bộ 3", 1200, dt.date(2026, 7, 1)), ("Chi bộ Đường sắt", None, None)]

    count, sheet = written(COLUMNS, rows, heading=["Đơn vị của phường", "Đến ngày 28/11/2026"])

    values = list(sheet.iter_rows(values_only=True))
    assert count == 2
    assert values == [
        ("Đơn vị của phường", None, None),
        ("Đến ngày 28/11/2026", None, None),
        ("Đơn vị", "Lượt người", "Ngày"),
        ("Chi bộ 3", 1200, dt.datetime(2026, 7, 1)),
        ("Chi bộ Đường sắt", None, None),
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:C5")
    assert (sheet["B4"].number_format, sheet["C4"].number_format) == ("#,##0", "dd/mm/yyyy")
    assert sheet.column_dimensions["A"].width == pytest.approx(28, abs=1)


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://a.b")', "+84912345678", "-5", "@SUM(A1)", "0912", "http://a.b"],
)
def test_a_text_is_never_a_formula_a_link_or_a_number(text):
    _, sheet = written([Column("Tên")], [(text,)])

    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x0bc\x1fd\x7f\ufffe", "abcd"),
        ("hai\ndòng", "hai\ndòng"),
        ("<r><t>x</t></r>", "<r><t>x</t></r> "),
        ("</t></is></c><f>1+1</f>", "</t></is></c><f>1+1</f>"),
        ("a & b < c", "a & b < c"),
        ("đ" * 40_000, "đ" * 32_766 + "…"),
        ("😀" * 20_000, "😀" * 16_383 + "…"),
    ],
)
def test_what_a_cell_cannot_hold_is_taken_out(text, kept):
    _, sheet = written([Column("Tên")], [(text,)])

    assert sheet["A2"].value == kept


def test_a_text_like_excels_own_escape_is_escaped():
    _, sheet = written([Column("Tên")], [("_x0041_",)])

    assert sheet["A2"].value == "_x005F_x0041_"  # Excel shows _x0041_, openpyxl the raw text
    assert unescape(sheet["A2"].value) == "_x0041_"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was_cleaned(texts):
    _, sheet = written([Column("Tên")], [(text,) for text in texts])

    # XML has one line end, and an empty text is an empty cell
    kept = [sheets.text_value(text).replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    read = [unescape(sheet.cell(2 + index, 1).value or "") for index in range(len(texts))]
    assert [text.replace("\r\n", "\n").replace("\r", "\n") for text in read] == kept


def test_each_kind_of_value_has_its_look():
    columns = [
        Column("Tỷ lệ", Kind.RATE),
        Column("Tháng", Kind.MONTH),
        Column("Lúc", Kind.MOMENT),
        Column("Số", Kind.DECIMAL),
        Column("Đã nộp"),
    ]
    moment = dt.datetime(2026, 11, 28, 1, 5, tzinfo=dt.UTC)
    rows = [
        (Decimal("0.955"), dt.date(2026, 11, 1), moment, 1.5, True),
        ("chưa có", None, "chưa", 2, 7),
    ]

    _, sheet = written(columns, rows)

    first, second = list(sheet.iter_rows(min_row=2, values_only=True))
    assert first == (
        0.955,
        dt.datetime(2026, 11, 1),
        dt.datetime(2026, 11, 28, 8, 5),
        1.5,
        "có",
    )
    assert second == ("chưa có", None, "chưa", 2, "7")
    assert [sheet.cell(row, 4).number_format for row in (2, 3)] == ["#,##0.##", "#,##0"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Tháng 7/2026: [nháp]?", "Tháng 7 2026   nháp"), ("", "Bảng"), ("x" * 40, "x" * 31)],
)
def test_the_sheet_has_a_name_that_excel_takes(name, kept):
    assert sheets.sheet_name(name) == kept


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)

    with pytest.raises(TooManyRowsError, match="lọc bớt rồi xuất lại"):
        written([Column("Tên")], [("a",), ("b",), ("c",)])


def test_a_row_that_fails_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield ("a",)
        raise LookupError

    with pytest.raises(LookupError):
        written([Column("Tên")], rows())

    assert list(tmp_path.iterdir()) == []


def test_rows_are_not_kept_in_memory(tmp_path):
    columns = [Column("Tên"), Column("Số", Kind.COUNT)]
    path = tmp_path / "list.xlsx"
    write_sheet(path, name="a", columns=columns, rows=[("Chi bộ", 1)])  # what is loaded once

    tracemalloc.start()
    count = write_sheet(
        path, name="a", columns=columns, rows=((f"Chi bộ {i}", i) for i in range(20_000))
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 4 * 1024 * 1024
    assert zipfile.ZipFile(path).testzip() is None
