"""Goods out of Excel with their photos: dry run, writing, taking back, running it again."""

import datetime as dt
import io

import pytest
from django.urls import reverse

from core.files import FileRefusedError
from core.imports import ImportStaleError, TableError, best_header, read_table
from core.workflow import TransitionRefusedError
from products import imports
from products.imports.kinds import TABLES
from products.models import Outlet, Producer, Product, ProductImport, Recognition, Sale
from products.tests.factories import (
    CategoryFactory,
    ProducerFactory,
    ProductFactory,
    picture_bytes,
)
from products.tests.tables import GOODS, book, photos
from products.workflow import CHECK, take
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
RED, BLUE = picture_bytes((60, 45)), picture_bytes((45, 60))


@pytest.fixture
def ward():
    ward = WardFactory()
    CategoryFactory(owner=ward, name="Gốm sứ")
    return ward


@pytest.fixture
def editor(ward):
    return member(Role.EDITOR, ward)


def whole():
    """One row in each of the four tables, each naming the one before."""
    return book(
        makers=[("Tên cơ sở", "Địa chỉ", "Điện thoại"), ("Lò Thử", "Làng Thử", "0912 345 678")],
        outlets=[("Tên nơi bán", "Loại", "Địa chỉ"), ("Cửa hàng Thử", "Chợ", "Số 1")],
        goods=[
            (*GOODS, "Giá từ", "Giá đến", "Giá xem ngày", "Nơi bán", "Tệp ảnh"),
            (
                "Gốm Thử",
                "Gốm sứ",
                "Lò Thử",
                "Một câu.",
                "Làng nghề.",
                50_000,
                "120.000",
                dt.date(2026, 3, 5),
                "Cửa hàng Thử",
                "gom.png",
            ),
        ],
        claims=[
            ("Tên hàng", "Chương trình", "Năm", "Hạng", "Có giá trị đến hết ngày"),
            ("Gốm Thử", "OCOP", 2025, "4 sao", "31/12/2028"),
        ],
    )


def goods(*rows, header=GOODS):
    return book(goods=[header, *rows])


def kept(ward, editor, table, archive=None):
    return imports.keep(ward, table, archive, user=editor)


def told(one):
    """What the dry run says, row by row."""
    return [(row.name, row.state, row.errors) for row in imports.plan_of(one).rows]


def applied(one, editor):
    seen = imports.plan_of(one).seen
    return imports.apply(one, lambda: imports.plan_of(one), seen=seen, actor=editor)


def counts():
    return [model.objects.count() for model in (Producer, Outlet, Product, Sale, Recognition)]


# -- The whole way ------------------------------------------------------------


def test_four_tables_and_a_photo_come_in_and_go_out_again(ward, editor):
    one = kept(ward, editor, whole(), photos(**{"ảnh/gom.png": RED}))
    assert [state for _, state, _ in told(one)] == ["new"] * 4
    assert counts() == [0] * 5

    applied(one, editor)

    product = Product.objects.get()
    assert (product.status, product.author, product.producer.name) == ("draft", editor, "Lò Thử")
    assert (product.summary, product.why_recommended) == ("Một câu.", "Làng nghề.")
    assert (product.price_low, product.price_high, product.price_on) == (
        50_000,
        120_000,
        dt.date(2026, 3, 5),
    )
    assert (product.picture.width, product.producer.phone) == (60, "+84912345678")
    assert product.sales.get().outlet.kind == "cho"
    claim = product.recognitions.get()
    assert (claim.level, claim.valid_until, claim.checked_on) == (4, dt.date(2028, 12, 31), None)
    assert product.history.first().history_user == editor

    one.refresh_from_db()
    assert imports.undo(one, actor=editor) == []
    assert counts() == [0] * 5


def test_the_same_files_again_change_nothing(ward, editor):
    applied(kept(ward, editor, whole(), photos(**{"gom.png": RED})), editor)

    again = kept(ward, editor, whole(), photos(**{"gom.png": RED}))

    assert [(state, errors) for _, state, errors in told(again)] == [("same", [])] * 4
    with pytest.raises(TransitionRefusedError, match="Không có gì để ghi"):
        applied(again, editor)


def test_the_same_files_that_wait_are_kept_once(ward, editor):
    table = whole()  # one file: drawn twice, two workbooks may tell of two seconds
    first = kept(ward, editor, table)
    table.seek(0)

    assert kept(ward, editor, table) == first


def test_a_draft_is_changed_and_changed_back(ward, editor):
    product = ProductFactory(owner=ward, name="Gốm", status="draft", summary="Cũ.")
    one = kept(ward, editor, goods(("Gốm", "Gốm sứ", None, "Mới.", None)))

    applied(one, editor)
    product.refresh_from_db()
    assert (product.summary, product.why_recommended) == ("Mới.", "Làng làm nghề lâu năm.")
    one.refresh_from_db()
    imports.undo(one, actor=editor)

    product.refresh_from_db()
    assert product.summary == "Cũ."


def test_goods_that_stand_in_public_are_not_changed_by_a_file(ward, editor):
    ProductFactory(owner=ward, name="Gốm", summary="Cũ.")
    one = kept(ward, editor, goods(("Gốm", "Gốm sứ", None, "Mới.", None)))

    assert told(one) == [
        (
            "Gốm",
            "error",
            ["“Gốm” đang đăng nên tệp không sửa được, đồng chí sửa ở trang của mặt hàng."],
        )
    ]


def test_what_somebody_changed_meanwhile_is_told(ward, editor):
    one = kept(ward, editor, whole())
    seen = imports.plan_of(one).seen
    ProducerFactory(owner=ward, name="Lò Thử", place="Nơi khác")

    with pytest.raises(ImportStaleError):
        imports.apply(one, lambda: imports.plan_of(one), seen=seen, actor=editor)

    assert counts() == [1, 0, 0, 0, 0]


def test_taking_back_refuses_as_a_whole_once_goods_were_checked(ward, editor):
    one = applied(kept(ward, editor, whole()), editor)
    take(CHECK, Product.objects.get(), actor=editor, seen_version=1)

    refused = imports.undo(one, actor=editor)

    assert refused == [
        "Bảng Cơ sở, dòng 2: đã có việc khác dựa vào (hàng giới thiệu), không bỏ được.",
        "Bảng Hàng, dòng 2: mặt hàng “Gốm Thử” đã được kiểm tra hoặc duyệt, không bỏ được.",
    ]
    assert counts() == [1, 1, 1, 1, 1]


def test_taking_back_refuses_what_was_changed_since(ward, editor):
    one = applied(kept(ward, editor, whole()), editor)
    Producer.objects.update(place="Nơi khác")

    assert imports.undo(one, actor=editor) == [
        "Bảng Cơ sở, dòng 2: cơ sở “Lò Thử” đã sửa sau khi nhập, không bỏ được."
    ]
    assert counts() == [1, 1, 1, 1, 1]


# -- Sentences ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((None, "Gốm sứ", None, "Câu.", None), "Ô A2: chưa có tên hàng."),
        (("Gốm", "Lạ", None, "Câu.", None), "Ô B2: phường chưa có loại hàng “Lạ”."),
        (
            ("Gốm", "Gốm sứ", "Ai đó", "Câu.", None),
            "Ô C2: chưa có cơ sở này, thêm vào bảng Cơ sở hoặc ghi đúng tên đang có.",
        ),
        (("Gốm", "Gốm sứ", None, "x" * 251, None), "Ô D2: một câu giới thiệu dài quá 250 ký tự."),
        (("x" * 161, "Gốm sứ", None, "Câu.", None), "Ô A2: tên hàng dài quá 160 ký tự."),
    ],
)
def test_a_bad_row_has_one_sentence_with_its_cell(ward, editor, row, sentence):
    one = kept(ward, editor, goods(row))

    assert [(state, errors) for _, state, errors in told(one)] == [("error", [sentence])]


@pytest.mark.parametrize(
    ("title", "value", "sentence"),
    [
        ("Mã vạch", "8934567890123", "Dãy số này không khớp chữ số kiểm tra ở cuối."),
        ("Giá từ", "50000", "giá cần đủ ba ô: từ, đến (không nhỏ hơn từ) và ngày xem."),
        ("Nơi bán", "Chợ Lạ", "chưa có nơi bán “Chợ Lạ”, thêm vào bảng Nơi bán."),
        ("Tệp ảnh", "la.jpg", "không có ảnh “la.jpg” trong tệp zip."),
    ],
)
def test_a_bad_value_is_told_at_its_cell(ward, editor, title, value, sentence):
    row = ("Gốm", "Gốm sứ", None, "Câu.", None, value)

    [(_, _, errors)] = told(kept(ward, editor, goods(row, header=(*GOODS, title))))

    assert len(errors) == 1
    assert errors[0].startswith("Ô F2: ")
    assert sentence in errors[0]


def test_a_row_twice_and_goods_of_one_name(ward, editor):
    for maker in ("Lò A", "Lò B"):
        made = ProducerFactory(owner=ward, name=maker)
        ProductFactory(owner=ward, name="Gốm", producer=made, status="draft")
    rows = [("Gốm", "Gốm sứ", None, "Câu.", None)] + [("Nón", "Gốm sứ", None, "Câu.", None)] * 2

    assert [errors for _, _, errors in told(kept(ward, editor, goods(*rows)))] == [
        ["Ô A2: có 2 mặt hàng cùng tên, ghi thêm cơ sở sản xuất."],
        [],
        ["Trùng với dòng 3, dòng này không nhập."],
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Lạ", "OCOP", 2025, 4), "chưa có mặt hàng “Lạ”, thêm vào bảng Hàng."),
        (("Gốm", "OCOP", 2025, None), "hạng chưa hợp: OCOP ghi 3, 4 hoặc 5 sao"),
        (("Gốm", "Giải lạ", 2025, None), "chương trình chưa rõ"),
        (("Gốm", "OCOP", "mới", 4), "năm chưa đúng"),
        (("Gốm", "Khác", 2025, None), "giấy chứng nhận khác cần ghi tên giấy."),
    ],
)
def test_a_bad_recognition_is_told(ward, editor, row, sentence):
    ProductFactory(owner=ward, name="Gốm")
    one = kept(ward, editor, book(x=[("Tên hàng", "Chương trình", "Năm", "Hạng"), row]))

    [(_, state, errors)] = told(one)

    assert (state, len(errors)) == ("error", 1)
    assert sentence in errors[0]


def test_a_file_of_something_else_keeps_nothing(ward, editor):
    with pytest.raises(TableError, match="Không nhận ra bảng"):
        kept(ward, editor, book(x=[("Họ và tên", "Ngày sinh"), ("A", "1")]))

    assert ProductImport.objects.count() == 0


def test_the_template_is_read_as_its_four_tables(ward, editor):
    file = io.BytesIO(imports.template())

    sheets = read_table(file)
    assert [sheet.title for sheet in sheets] == [table.title for table in TABLES]
    for sheet, table in zip(sheets, TABLES, strict=True):
        found = best_header(sheet, table.meanings).columns
        assert found == {part.name: place for place, part in enumerate(table.parts)}


# -- Photos -------------------------------------------------------------------

ROW = ("Gốm", "Gốm sứ", None, "Câu.", None)


def of_photos(ward, editor, **members):
    return told(kept(ward, editor, goods(ROW), photos(**members)))


def test_a_photo_is_found_by_the_name_of_the_goods(ward, editor):
    one = kept(ward, editor, goods(ROW), photos(**{"GOM.PNG": RED}))

    applied(one, editor)

    assert Product.objects.get().picture.width == 60


def test_a_damaged_photo_costs_its_sentence_and_the_row_comes_in(ward, editor):
    one = kept(ward, editor, goods(ROW), photos(**{"gom.png": RED[:60]}))
    [(_, state, errors)] = told(one)

    assert (state, errors) == (
        "new",
        ["Ảnh “gom.png”: Ảnh này bị hỏng hoặc chưa tải hết, hãy chọn lại ảnh hoặc chụp ảnh khác."],
    )
    applied(one, editor)
    assert Product.objects.get().picture is None


def test_what_is_no_picture_has_its_sentence(ward, editor):
    assert of_photos(ward, editor, **{"gom.png": b"<script>"})[0][2][0].startswith("Ảnh “gom.png”:")


def test_photos_of_other_goods_are_left_out(ward, editor):
    ProductFactory(owner=ward, name="Nón lá")

    found = of_photos(ward, editor, **{"non-la.png": RED, "lạ.png": BLUE})

    assert found[1:] == [
        (
            "non-la.png",
            "error",
            ["Ảnh là tên của “Nón lá”, không có trong bảng nên không đưa vào."],
        ),
        ("lạ.png", "error", ["Ảnh không ứng với dòng nào của bảng Hàng nên không đưa vào."]),
    ]


def test_the_picture_of_other_goods_is_not_taken_twice(ward, editor):
    applied(kept(ward, editor, goods(ROW), photos(**{"gom.png": RED})), editor)
    row = ("Nón", "Gốm sứ", None, "Câu.", None)

    one = kept(ward, editor, goods(row), photos(**{"non.png": RED}))

    assert told(one)[0][2] == ["Ảnh “non.png” đang là ảnh của “Gốm”, không đưa vào."]


def test_one_picture_under_two_names_is_not_guessed(ward, editor):
    found = of_photos(ward, editor, **{"gom.png": RED, "khac.png": RED})

    assert found[0][2] == ["Ảnh “gom.png” giống hệt “khac.png”, không rõ của mặt hàng nào."]


def test_a_bad_zip_keeps_nothing(ward, editor):
    with pytest.raises(FileRefusedError, match="trỏ ra ngoài"):
        kept(ward, editor, goods(ROW), photos(**{"../gom.png": RED}))

    assert ProductImport.objects.count() == 0


# -- Pages --------------------------------------------------------------------


def test_the_pages_lead_from_the_file_to_the_goods_and_back(client, ward, editor):
    client.force_login(editor)

    sent = client.post(
        reverse("admin:product_imports"),
        {"file": whole(), "archive": photos(**{"gom.png": RED})},
    )
    one = ProductImport.objects.get()
    page = client.get(sent.url)
    written = client.post(sent.url, {"seen": page.context["plan"].seen}, follow=True)
    undone = client.post(reverse("admin:product_import_undo", args=[one.pk]), follow=True)

    assert "Chưa ghi gì" in page.content.decode()
    assert "1 mặt hàng" in written.content.decode()
    assert "Đã bỏ cả lần nhập" in undone.content.decode()


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ({"file": "goods", "archive": b"x"}, "archive"),
        ({"file": b"x"}, "file"),
        ({}, "file"),
    ],
)
def test_a_bad_file_is_told_at_its_box(client, ward, editor, files, field):
    client.force_login(editor)
    sent = {
        name: goods(ROW) if data == "goods" else _bytes(data, name) for name, data in files.items()
    }

    response = client.post(reverse("admin:product_imports"), sent)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def _bytes(data, name):
    file = io.BytesIO(data)
    file.name = f"{name}.xlsx" if name == "file" else f"{name}.zip"
    return file


def test_a_stale_dry_run_is_409(client, ward, editor):
    client.force_login(editor)
    one = kept(ward, editor, whole())

    response = client.post(reverse("admin:product_import", args=[one.pk]), {"seen": "older"})

    assert (response.status_code, counts()) == (409, [0] * 5)


@pytest.mark.parametrize("count", [1, 3])
def test_the_dry_run_asks_as_often_for_many_rows(ward, editor, count, django_assert_num_queries):
    ProductFactory(name="Của phường khác")
    for number in range(count):
        ProductFactory(owner=ward, name=f"Cũ {number}", status="draft")
    rows = [(f"Cũ {n}", "Gốm sứ", None, "Câu.", None) for n in range(count)]
    one = ProductImport.objects.select_related("source", "ward").get(
        pk=kept(ward, editor, goods(*rows)).pk
    )

    # kinds, makers, shops, goods, groups, sales, recognitions, photos
    with django_assert_num_queries(8):
        plan = imports.plan_of(one)

    assert len(plan.rows) == count
