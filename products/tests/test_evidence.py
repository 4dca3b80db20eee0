"""Recognitions are checked by another and lapse; shops are asked again."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.tests.opening import opened
from core.workflow import StaleError, TransitionRefusedError
from products import evidence
from products.models import Outlet, Recognition, Sale
from products.tests.factories import ProductFactory
from products.workflow import LAPSE, open_steps
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(dt.datetime(2026, 3, 10, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(client, ward):
    user = member(Role.EDITOR, ward)
    client.force_login(user)
    return user


def claim(ward, until=None, *, checked=True, by=None, **values):
    product = values.pop("product", None) or ProductFactory(owner=ward)
    made = Recognition(
        product=product,
        programme="hvnclc",
        year=2025,
        valid_until=until,
        checked_on=dt.date(2026, 1, 5) if checked else None,
        **values,
    )
    made._history_user = by
    made.save()
    return made


def sale(ward, confirmed_on=None, **values):
    outlet = values.pop("outlet", None) or Outlet.objects.create(
        owner=ward, name="Cửa hàng Thử", address=f"Số {Outlet.objects.count()}"
    )
    return Sale.objects.create(
        product=ProductFactory(owner=ward), outlet=outlet, confirmed_on=confirmed_on, **values
    )


# -- What lapses --------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "lists"),
    [
        (31, []),
        (30, ["lapsing"]),
        (0, ["lapsing"]),  # the last day still holds
        (-1, ["lapsed"]),
        (-365, ["lapsed"]),
        (-366, []),
    ],
)
def test_a_recognition_is_told_thirty_days_before_and_hidden_after_its_day(
    ward, editor, days, lists
):
    claim(ward, TODAY + dt.timedelta(days))

    assert [name for name in ("lapsing", "lapsed") if getattr(evidence, name)(editor)] == lists
    assert Recognition.objects.holding_on(TODAY).exists() == (days >= 0)


def test_goods_that_are_off_the_pages_are_not_told(ward, editor):
    claim(ward, TODAY, product=ProductFactory(owner=ward, status="withdrawn"))

    assert list(evidence.lapsing(editor)) == []


def _of_goods(client):
    """The lines of “Hôm nay” that speak of goods."""
    items = client.get(reverse("admin:index")).context["items"]
    return [item for item in items if "san-pham" in item.url or "/products/" in item.url]


def test_today_counts_what_waits(client, ward, editor):
    claim(ward, TODAY)
    claim(ward, checked=False)
    claim(ward, checked=False, by=editor)
    sale(ward)
    ProductFactory(owner=ward, status="draft")
    claim(WardFactory(), TODAY)

    items = _of_goods(client)

    assert [(item.count, item.text) for item in items] == [
        (1, "công nhận sắp hết hạn trong 30 ngày"),
        (1, "công nhận chờ đồng chí đối chiếu"),
        (1, "đề xuất hàng chờ kiểm tra"),
        (1, "chỗ bán cần hỏi lại còn hàng không"),
    ]


def test_today_counts_for_the_approver_what_is_not_their_own(client, ward):
    officer = member(Role.OFFICE, ward)
    for author in (officer, member(Role.EDITOR, ward), None):
        ProductFactory(owner=ward, status="checked", author=author)
    client.force_login(officer)

    [item] = _of_goods(client)
    shown = client.get(item.url).context["cl"].result_list

    assert (item.count, len(shown)) == (2, 2)


def test_goods_lapse_only_when_nothing_holds_any_more(ward, editor):
    product = ProductFactory(owner=ward)
    assert LAPSE not in open_steps(product, editor)

    claim(ward, TODAY - dt.timedelta(1), product=product)
    assert LAPSE in open_steps(product, editor)

    claim(ward, TODAY, product=product, number="2")
    assert LAPSE not in open_steps(product, editor)


# -- Who checks ---------------------------------------------------------------


def test_another_person_checks_and_the_claim_is_shown(client, ward, editor):
    row = claim(ward, checked=False, by=member(Role.OFFICE, ward))

    client.post(reverse("admin:product_evidence"), {"pk": row.pk, "seen_version": 1})

    row.refresh_from_db()
    assert (row.checked_on, row.checked_by, row.version) == (TODAY, editor, 2)
    assert Recognition.objects.holding_on(TODAY).exists()


def test_who_wrote_it_does_not_check_it(ward, editor):
    row = claim(ward, checked=False, by=editor)

    with pytest.raises(TransitionRefusedError, match="người khác đối chiếu"):
        evidence.check(row, actor=editor, seen_version=1)


def test_a_lapsed_paper_is_not_checked(ward, editor):
    row = claim(ward, TODAY - dt.timedelta(1), checked=False)

    with pytest.raises(TransitionRefusedError, match="hết hạn"):
        evidence.check(row, actor=editor, seen_version=1)


def test_a_check_of_an_older_text_is_409(client, ward, editor):
    row = claim(ward, checked=False, version=2)

    response = client.post(reverse("admin:product_evidence"), {"pk": row.pk, "seen_version": 1})

    row.refresh_from_db()
    assert (response.status_code, row.checked_on) == (409, None)


def test_changing_the_paper_takes_the_check_away(client, ward, editor):
    row = claim(ward)
    url = reverse("admin:products_recognition_change", args=[row.pk])
    sent = {"product": row.product_id, "programme": "hvnclc", "year": "2025", "number": "7"}

    client.post(url, sent | opened(client, url))

    row.refresh_from_db()
    assert (row.number, row.checked_on, row.version) == ("7", None, 2)


def test_a_year_has_no_dot(client, ward, editor):
    row = claim(ward)
    pages = [
        reverse("admin:products_recognition_change", args=[row.pk]),
        reverse("admin:products_recognition_changelist"),
        reverse("admin:product_evidence"),
    ]

    assert ["2.025" in client.get(page).content.decode() for page in pages] == [False] * 3


@pytest.mark.parametrize("name", ["product_evidence", "product_sales"])
def test_rows_of_another_ward_are_missing(client, ward, editor, name):
    foreign = WardFactory()
    row = claim(foreign, checked=False) if name == "product_evidence" else sale(foreign)

    response = client.post(
        reverse(f"admin:{name}"), {"pk": row.pk, "seen_version": 1, "said": "yes"}
    )

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["product_evidence", "product_sales"])
def test_who_only_reads_sees_the_list_and_says_nothing(client, ward, name):
    row = claim(ward, checked=False) if name == "product_evidence" else sale(ward)
    client.force_login(member(Role.AUDITOR, ward))
    address = reverse(f"admin:{name}")

    assert client.get(address).status_code == 200
    sent = {"pk": row.pk, "seen_version": 1, "said": "no"}
    assert client.post(address, sent).status_code == 403


@pytest.mark.parametrize("name", ["product_evidence", "product_sales"])
@pytest.mark.parametrize("sent", [{}, {"pk": "x"}, {"pk": "9" * 30, "seen_version": "1"}])
def test_what_names_no_row_is_422(client, ward, editor, name, sent):
    assert client.post(reverse(f"admin:{name}"), sent).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_recognitions_asks_as_often_for_many(
    client, ward, editor, count, django_assert_num_queries
):
    for number in range(count):
        claim(ward, TODAY, number=str(number))
        claim(ward, checked=False, number=str(number))
        claim(ward, TODAY - dt.timedelta(3), number=str(number))
    hidden = claim(WardFactory(), TODAY)

    # the frame's six (session, user, memberships, its work), three lists
    with django_assert_num_queries(9):
        response = client.get(reverse("admin:product_evidence"))

    assert hidden.product.name not in response.content.decode()


# -- Shops --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confirmed", "is_listed"),
    [(None, True), (TODAY - dt.timedelta(91), True), (TODAY - dt.timedelta(90), False)],
)
def test_shops_are_asked_again_after_ninety_days(ward, editor, confirmed, is_listed):
    sale(ward, confirmed)

    assert evidence.to_ask(editor).exists() == is_listed


def test_what_is_not_sold_or_closed_or_not_public_is_not_asked(ward, editor):
    sale(ward, is_sold=False)
    closed = Outlet.objects.create(owner=ward, name="Đã đóng", address="1", closed_on=TODAY)
    sale(ward, outlet=closed)
    ProductFactory._meta.model.objects.filter(pk=sale(ward).product_id).update(status="withdrawn")

    assert list(evidence.to_ask(editor)) == []


@pytest.mark.parametrize(("said", "is_sold"), [("yes", True), ("no", False)])
def test_the_answer_of_a_shop_is_written_with_its_day(client, ward, editor, said, is_sold):
    row = sale(ward)

    client.post(reverse("admin:product_sales"), {"pk": row.pk, "seen_version": 1, "said": said})

    row.refresh_from_db()
    assert (row.is_sold, row.confirmed_on, row.confirmed_by, row.version) == (
        is_sold,
        TODAY,
        editor,
        2,
    )


def test_a_second_answer_at_once_is_told(ward, editor):
    row = sale(ward, version=2)

    with pytest.raises(StaleError):
        evidence.answer(row, is_sold=False, actor=editor, seen_version=1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_shops_asks_as_often_for_many(
    client, ward, editor, count, django_assert_num_queries
):
    for _ in range(count):
        sale(ward)
    hidden = sale(WardFactory())

    # the frame's six (session, user, memberships, its work), count, rows
    with django_assert_num_queries(8):
        response = client.get(reverse("admin:product_sales"))

    assert hidden.product.name not in response.content.decode()
