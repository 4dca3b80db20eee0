"""Goods in the office: forms, pictures, two people at once, publishing."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Picture
from core.tests.opening import opened
from products.models import Category, Producer, Product
from products.tests.factories import (
    CategoryFactory,
    ProducerFactory,
    ProductFactory,
    picture_bytes,
)
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
ADD = "/quan-tri/products/product/add/"
CHANGE = "/quan-tri/products/product/{}/change/"
STEP = "/quan-tri/san-pham/{}/dang/"
LIST = "/quan-tri/products/product/"


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(client, ward):
    user = member(Role.EDITOR, ward)
    client.force_login(user)
    return user


def typed(category, **values):
    return {
        "name": "Gốm Bát Tràng",
        "category": category.pk,
        "summary": "Đồ gốm vẽ tay.",
        "why_recommended": "Làng nghề lâu đời.",
        "sales-TOTAL_FORMS": "0",
        "sales-INITIAL_FORMS": "0",
        **values,
    }


def upload(data, name="anh.png"):
    return SimpleUploadedFile(name, data, content_type="image/png")


def test_new_goods_belong_to_the_own_ward_as_a_draft(client, ward, editor):
    category = CategoryFactory(owner=ward)

    client.post(
        ADD,
        typed(
            category,
            upload=upload(picture_bytes()),
            price_low="50.000",
            price_high="1,200,000",
            price_on="5/3/2026",
        ),
    )

    product = Product.objects.get()
    assert (product.owner, product.status, product.slug) == (ward, "draft", "gom-bat-trang")
    assert (product.price_low, product.price_high) == (50_000, 1_200_000)
    assert (product.price_on, product.author) == (dt.date(2026, 3, 5), editor)
    assert (product.picture.width, product.picture.original.uploaded_by) == (60, editor)


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", picture_bytes()[:60], b""])
def test_bad_picture_is_told_at_its_field_and_nothing_typed_is_lost(client, ward, editor, data):
    category = CategoryFactory(owner=ward)

    response = client.post(ADD, typed(category, upload=upload(data)))

    form = response.context["adminform"].form
    assert list(form.errors) == ["upload"]
    assert (form["name"].value(), form["summary"].value()) == ("Gốm Bát Tràng", "Đồ gốm vẽ tay.")
    assert (Product.objects.count(), Picture.objects.count()) == (0, 0)


def test_picture_is_not_stored_while_something_else_is_wrong(client, ward, editor):
    client.post(
        ADD, typed(CategoryFactory(owner=ward), upload=upload(picture_bytes()), price_low="abc")
    )

    assert Picture.objects.count() == 0


def test_unclear_price_is_shown_back_as_typed(client, ward, editor):
    response = client.post(ADD, typed(CategoryFactory(owner=ward), price_low="abc"))

    form = response.context["adminform"].form
    assert (list(form.errors), form["price_low"].value()) == (["price_low"], "abc")


def test_price_without_its_day_is_told(client, ward, editor):
    response = client.post(
        ADD, typed(CategoryFactory(owner=ward), price_low="1000", price_high="2000")
    )

    assert "Giá cần đủ ba ô" in response.content.decode()


def test_published_goods_keep_their_why(client, ward, editor):
    product = ProductFactory(owner=ward)

    url = CHANGE.format(product.pk)
    data = typed(product.category, why_recommended="") | opened(client, url)

    response = client.post(url, data)

    assert "Hàng đang đăng phải nói vì sao" in response.content.decode()


def test_kind_of_another_ward_is_no_choice(client, ward, editor):
    response = client.post(ADD, typed(CategoryFactory()))

    assert list(response.context["adminform"].form.errors) == ["category"]


def test_saving_counts_the_version_and_keeps_address_and_status(client, ward, editor):
    product = ProductFactory(owner=ward, name="Cũ")

    url = CHANGE.format(product.pk)

    client.post(url, typed(product.category, name="Mới") | opened(client, url))

    product.refresh_from_db()
    assert (product.name, product.slug, product.status, product.version) == (
        "Mới",
        "cu",
        "published",
        2,
    )


def test_second_of_two_people_sees_both_texts(client, ward, editor):
    product = ProductFactory(owner=ward, name="Cũ")
    url = CHANGE.format(product.pk)
    data = typed(product.category, name="Tên của mình") | opened(client, url)
    Product.objects.filter(pk=product.pk).update(name="Tên của người kia", version=2)

    response = client.post(url, data)

    form, clash = response.context["adminform"].form, response.context["clash"]
    assert (response.status_code, form["name"].value()) == (409, "Tên của mình")
    assert ("Tên hàng", "Tên của mình", "Tên của người kia") in [
        (one.label, one.mine, one.theirs) for one in clash.differences
    ]
    product.refresh_from_db()
    assert product.name == "Tên của người kia"


def test_goods_published_meanwhile_are_told(client, ward, editor):
    product = ProductFactory(owner=ward, status="draft")
    url = CHANGE.format(product.pk)
    data = typed(product.category, name="Mới") | opened(client, url)
    client.post(STEP.format(product.pk), {"step": "check", "seen_version": "1"})

    response = client.post(url, data)

    assert (response.status_code, response.context["clash"].differences) == (409, [])


def test_form_sent_without_a_version_is_not_taken(client, ward, editor):
    product = ProductFactory(owner=ward, name="Cũ")

    response = client.post(CHANGE.format(product.pk), typed(product.category))

    assert (response.status_code, Product.objects.get().name) == (409, "Cũ")


@pytest.mark.parametrize("address", [CHANGE, STEP])
def test_goods_of_another_ward_are_missing(client, ward, editor, address):
    foreign = ProductFactory()

    response = client.get(address.format(foreign.pk), follow=True)

    assert response.status_code == 404 or foreign.name not in response.content.decode()


@pytest.mark.parametrize("address", [LIST, CHANGE])
def test_leader_reads_the_office_pages(client, ward, address):
    product = ProductFactory(owner=ward)
    client.force_login(member(Role.LEADER, ward))

    response = client.get(address.format(product.pk))

    assert response.status_code == 200
    assert 'name="_save"' not in response.content.decode()


def test_auditor_sees_the_way_and_takes_no_step(client, ward):
    product = ProductFactory(owner=ward)
    client.force_login(member(Role.AUDITOR, ward))
    sent = {"step": "withdraw", "seen_version": "1", "reason": "x"}

    page = client.get(STEP.format(product.pk))

    assert (page.status_code, 'name="step"' in page.content.decode()) == (200, False)
    assert client.post(STEP.format(product.pk), sent).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_a_fixed_number_of_queries(client, ward, editor, count, django_assert_num_queries):
    products = [ProductFactory(owner=ward) for _ in range(count)]
    foreign = ProductFactory()

    # session, user, memberships, ward, kinds of the filter, count, rows, kept filters
    with django_assert_num_queries(10):
        response = client.get(LIST)

    assert set(response.context["cl"].result_list) == set(products)
    assert foreign.name not in response.content.decode()


def test_office_finds_without_marks(client, ward, editor):
    product = ProductFactory(owner=ward, name="Gốm Bát Tràng")
    ProductFactory(owner=ward, name="Nón lá")

    response = client.get(LIST, {"q": "bat trang"})

    assert list(response.context["cl"].result_list) == [product]


def test_a_proposal_goes_all_the_way_on_its_page(client, ward, editor):
    product = ProductFactory(owner=ward, status="draft", author=editor)
    address = STEP.format(product.pk)

    client.post(address, {"step": "check", "seen_version": "1"})
    client.force_login(member(Role.OFFICE, ward))
    client.post(address, {"step": "publish", "seen_version": "2"})
    featured = {"step": "feature", "seen_version": "3", "first": "1/3/2026", "over": "1/4/2026"}
    client.post(address, featured)
    refused = client.post(address, {"step": "withdraw", "seen_version": "4"})
    client.post(address, {"step": "withdraw", "seen_version": "4", "reason": "Hết hạn"})

    product.refresh_from_db()
    assert (refused.status_code, product.status) == (422, "withdrawn")
    assert (product.featured_from, product.featured_to) == (
        dt.date(2026, 3, 1),
        dt.date(2026, 4, 1),
    )
    assert list(product.steps.values_list("name", "reason")) == [
        ("check", ""),
        ("publish", ""),
        ("feature", ""),
        ("withdraw", "Hết hạn"),
    ]


def test_who_checked_alone_is_told_that_another_approves(client, ward):
    officer = member(Role.OFFICE, ward)
    client.force_login(officer)
    product = ProductFactory(owner=ward, status="draft", author=officer)
    address = STEP.format(product.pk)
    client.post(address, {"step": "check", "seen_version": "1"})

    response = client.post(address, {"step": "publish", "seen_version": "2"})

    assert (response.status_code, Product.objects.get().status) == (422, "checked")
    assert "người khác phải duyệt" in response.content.decode()


def test_step_on_an_old_version_is_409_with_the_reason_kept(client, ward, editor):
    product = ProductFactory(owner=ward, version=2)

    response = client.post(
        STEP.format(product.pk), {"step": "withdraw", "seen_version": "1", "reason": "Hết hạn"}
    )

    assert response.status_code == 409
    assert "Hết hạn" in response.content.decode()


@pytest.mark.parametrize("step", ["", "sell", "check"])
def test_unknown_or_closed_step_is_422(client, ward, editor, step):
    product = ProductFactory(owner=ward)

    response = client.post(STEP.format(product.pk), {"step": step, "seen_version": "1"})

    assert (response.status_code, Product.objects.get().status) == (422, "published")


def test_kind_and_maker_are_added_in_the_own_ward(client, ward, editor):
    client.post(
        reverse("admin:products_category_add"),
        {"name": "Đồ chơi", "position": "5", "drawing": "thu-cong-my-nghe"},
    )
    client.post(
        reverse("admin:products_producer_add"),
        {"name": "Xưởng", "phone": "0912 345 678", "website": "example.vn"},
    )

    assert list(Category.objects.values_list("owner", "slug")) == [(ward.pk, "do-choi")]
    assert list(Producer.objects.values_list("owner", "phone", "website")) == [
        (ward.pk, "+84912345678", "https://example.vn")
    ]


def test_wrong_telephone_is_told_at_its_field(client, ward, editor):
    response = client.post(reverse("admin:products_producer_add"), {"name": "Xưởng", "phone": "12"})

    assert list(response.context["adminform"].form.errors) == ["phone"]


def test_same_maker_twice_is_told(client, ward, editor):
    ProducerFactory(owner=ward, name="Xưởng")

    response = client.post(reverse("admin:products_producer_add"), {"name": "Xưởng"})

    assert "Cơ sở này đã có trong danh sách." in response.content.decode()
