"""Bar codes: their check digit, and what the page says of one."""

import pytest

from products.barcodes import BarcodeFormatError, check_digit, parse_barcode
from products.tests.factories import ProductFactory
from units.tests.factories import WardFactory


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("8934563138165", "8934563138165"),
        (" 893 4563.138-165 ", "8934563138165"),
        ("96385074", "96385074"),
        ("036000291452", "036000291452"),
    ],
)
def test_barcode_is_read_as_printed(typed, digits):
    assert parse_barcode(typed) == digits


@pytest.mark.parametrize("typed", ["", "893", "8934563138166", "abc", "٨٩٣٤٥٦٣١٣٨١٦٥", "8" * 400])
def test_what_is_no_barcode_is_told_in_a_sentence(typed):
    with pytest.raises(BarcodeFormatError, match=r"Mã vạch có|Dãy số này"):
        parse_barcode(typed)


def test_check_digit_weighs_from_the_right():
    assert [check_digit("893456313816"), check_digit("9638507")] == [5, 4]


@pytest.mark.django_db
def test_page_says_what_the_list_is_and_that_893_proves_no_origin(client):
    ward = WardFactory()
    ProductFactory(owner=ward, name="Gốm", barcode="8934563138165")
    ProductFactory(owner=ward, name="Nháp", barcode="96385074", status="draft")

    listed, unlisted, draft, wrong = (
        client.get("/ma-vach/", {"so": number}).content.decode()
        for number in ("893-4563-138165", "036000291452", "96385074", "8934563138166")
    )

    assert "Có trong danh sách" in listed
    assert 'href="/hang-viet/gom/"' in listed
    assert "Chưa có mã 036000291452 trong danh sách" in unlisted
    assert "không phải mọi hàng Việt Nam" in unlisted
    assert "Nháp" not in draft
    assert "không khớp chữ số kiểm tra" in wrong
    assert all(
        "nó không chứng minh hàng làm tại Việt Nam" in html
        for html in (listed, unlisted, draft, wrong)
    )


@pytest.mark.django_db
def test_only_this_page_may_ask_for_the_camera(client):
    WardFactory()

    policies = [client.get(path)["Permissions-Policy"] for path in ("/ma-vach/", "/hang-viet/")]

    assert ["camera=(self)" in policy for policy in policies] == [True, False]
