"""Many goods at once: a preview, one write, a line in the history of each."""

import datetime as dt

import pytest
from django.urls import reverse

from core.history import kind_of
from core.history.reverting import go_back, way_back
from products.models import Outlet, Product, Sale
from products.tests.factories import CategoryFactory, ProductFactory
from products.workflow import CONFIRM, open_steps
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/san-pham/sua-nhieu/"


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(client, ward):
    user = member(Role.EDITOR, ward)
    client.force_login(user)
    return user


@pytest.fixture
def two(ward):
    return [ProductFactory(owner=ward, name=name) for name in ("A", "B")]


def shown(client, goods, **asked):
    return client.get(PAGE, {"hang": [one.pk for one in goods], "xem": "1", **asked})


def written(client, goods, **asked):
    plan = shown(client, goods, **asked).context["plan"]
    sent = {"hang": [one.pk for one in goods], "seen": plan.seen, **asked}
    return client.post(PAGE, sent)


def test_the_list_leads_to_the_page_with_what_was_chosen(client, ward, editor, two):
    sent = {"action": "change_together", "_selected_action": [one.pk for one in two]}

    response = client.post(reverse("admin:products_product_changelist"), sent, follow=True)

    assert response.context["goods"] == two


def test_a_preview_says_what_changes_and_writes_nothing(client, ward, editor, two):
    cloth = CategoryFactory(owner=ward, name="Vải")

    plan = shown(client, two, category=cloth.pk).context["plan"]

    assert [row.sentences for row in plan.rows] == [["Loại hàng: “Gốm sứ” thành “Vải”."]] * 2
    assert not Product.objects.filter(category=cloth).exists()


def test_group_dates_and_shops_are_written_together(client, ward, editor, two):
    cloth = CategoryFactory(owner=ward, name="Vải")
    shop = Outlet.objects.create(owner=ward, name="Chợ", address="1")
    gone = Outlet.objects.create(owner=ward, name="Quầy cũ", address="2")
    Sale.objects.create(product=two[0], outlet=gone)

    written(
        client,
        two,
        category=cloth.pk,
        featured="feature",
        first="1/3/2026",
        over="1/4/2026",
        sold=[shop.pk],
        over_there=[gone.pk],
    )

    for product in Product.objects.all():
        assert (product.category, product.is_featured, product.featured_to) == (
            cloth,
            True,
            dt.date(2026, 4, 1),
        )
        assert list(product.steps.values_list("name", "actor")) == [("feature", editor.pk)]
        assert product.sales.get(outlet=shop).confirmed_by == editor
        assert product.history.filter(history_user=editor).count() == 2
    assert Sale.objects.get(outlet=gone).is_sold is False


def test_each_column_comes_back_by_the_history(client, ward, editor, two):
    cloth = CategoryFactory(owner=ward, name="Vải")
    before = two[0].category
    written(client, two, category=cloth.pk)
    product = Product.objects.get(pk=two[0].pk)
    kind, first = kind_of(Product), product.history.last().pk

    way = way_back(kind, product, first)
    choices = {line.name: "then" for line in way.open_lines}
    go_back(kind, product, first, seen=way.seen, choices=choices, reason="nhầm")

    product.refresh_from_db()
    assert (list(choices), product.category) == (["category"], before)


def test_what_was_changed_meanwhile_is_409_and_nothing_is_written(client, ward, editor, two):
    cloth = CategoryFactory(owner=ward, name="Vải")
    plan = shown(client, two, category=cloth.pk).context["plan"]
    Product.objects.filter(pk=two[1].pk).update(version=2)

    sent = {"hang": [one.pk for one in two], "seen": plan.seen, "category": cloth.pk}
    response = client.post(PAGE, sent)

    assert (response.status_code, Product.objects.filter(category=cloth).count()) == (409, 0)


def test_goods_that_are_not_public_are_not_featured(client, ward, editor):
    draft = ProductFactory(owner=ward, status="draft")

    response = shown(client, [draft], featured="feature")

    assert response.context["plan"].rows[0].errors == [
        "Chưa đăng nên không đưa lên trang đầu được."
    ]


def test_no_word_was_changed_so_nobody_has_to_confirm(client, ward, editor):
    product = ProductFactory(owner=ward)
    officer = member(Role.OFFICE, ward)
    product.steps.create(
        name="publish", from_status="checked", to_status="published", actor=officer
    )
    cloth = CategoryFactory(owner=ward, name="Vải")

    written(client, [product], category=cloth.pk)

    product.refresh_from_db()
    assert product.category == cloth
    assert CONFIRM not in open_steps(product, member(Role.LEADER, ward))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"featured": "feature", "first": "1/4/2026", "over": "1/4/2026"}, "over"),
        ({"first": "1/4/2026"}, "featured"),
        ({"category": "999"}, "category"),
        ({"first": "mai"}, "first"),
    ],
)
def test_bad_input_is_told_at_its_box(client, ward, editor, two, asked, field):
    response = shown(client, two, **asked)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


@pytest.mark.parametrize("keys", [["x"], ["9" * 40], []])
def test_nothing_chosen_leads_back_to_the_list(client, ward, editor, keys):
    response = client.get(PAGE, {"hang": keys})

    assert response.status_code in (302, 404)


def test_goods_of_another_ward_are_missing(client, ward, editor, two):
    assert shown(client, [*two, ProductFactory()]).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_as_often_for_many(client, ward, editor, count, django_assert_num_queries):
    goods = [ProductFactory(owner=ward) for _ in range(count)]
    cloth = CategoryFactory(owner=ward, name="Vải")

    # the frame's six, goods, kind chosen, kinds, sales, shops twice
    with django_assert_num_queries(12):
        shown(client, goods, category=cloth.pk)


def test_goods_beyond_the_most_are_told(client, ward, editor, two, monkeypatch):
    monkeypatch.setattr("products.together.MOST", 1)

    response = client.get(PAGE, {"hang": [one.pk for one in two]})

    assert len(response.context["goods"]) == 1
    assert "Còn 1 mặt hàng đã chọn không nằm trong lần này" in response.content.decode()
