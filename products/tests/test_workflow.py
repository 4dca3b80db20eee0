from itertools import product as pairs

import pytest
from django.core.exceptions import PermissionDenied

from core.workflow import StaleError, TransitionRefusedError
from products.models import Product
from products.tests.factories import ProductFactory
from products.workflow import PUBLISH, STEPS, WITHDRAW, open_steps, take
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
LEGAL = {
    ("publish", "draft"): "published",
    ("publish", "withdrawn"): "published",
    ("withdraw", "published"): "withdrawn",
}
ILLEGAL = sorted(set(pairs(STEPS, Product.Status.values)) - set(LEGAL))


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(ward):
    return member(Role.EDITOR, ward)


@pytest.mark.parametrize(("name", "status", "target"), [(*k, v) for k, v in LEGAL.items()])
def test_step_moves_the_goods_and_is_recorded(ward, editor, name, status, target):
    product = ProductFactory(owner=ward, status=status)

    moved = take(STEPS[name], product, actor=editor, seen_version=1, reason="Hết hạn")

    assert (moved.status, moved.version) == (target, 2)
    assert list(moved.steps.values_list("name", "from_status", "to_status", "actor", "reason")) == [
        (name, status, target, editor.pk, "Hết hạn")
    ]


@pytest.mark.parametrize(("name", "status"), ILLEGAL)
def test_step_is_refused_from_any_other_status(ward, editor, name, status):
    product = ProductFactory(owner=ward, status=status)

    with pytest.raises(TransitionRefusedError):
        take(STEPS[name], product, actor=editor, seen_version=1, reason="x")

    product.refresh_from_db()
    assert (product.status, product.version, product.steps.count()) == (status, 1, 0)


def test_goods_without_a_why_are_not_published(ward, editor):
    product = ProductFactory(owner=ward, status="draft", why_recommended=" ")

    with pytest.raises(TransitionRefusedError, match="Vì sao được giới thiệu"):
        take(PUBLISH, product, actor=editor, seen_version=1)


def test_withdrawing_needs_a_reason(ward, editor):
    with pytest.raises(TransitionRefusedError, match="lý do"):
        take(WITHDRAW, ProductFactory(owner=ward), actor=editor, seen_version=1)


def test_step_on_an_old_version_is_told(ward, editor):
    product = ProductFactory(owner=ward, version=2)

    with pytest.raises(StaleError):
        take(WITHDRAW, product, actor=editor, seen_version=1, reason="x")


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.SECRETARY])
def test_roles_that_only_read_take_no_step(ward, role):
    product, reader = ProductFactory(owner=ward), member(role, ward)

    assert open_steps(product, reader) == []
    with pytest.raises(PermissionDenied):
        take(WITHDRAW, product, actor=reader, seen_version=1, reason="x")


def test_editor_of_another_ward_takes_no_step(ward):
    with pytest.raises(PermissionDenied):
        take(
            WITHDRAW,
            ProductFactory(owner=ward),
            actor=member(Role.EDITOR, WardFactory()),
            seen_version=1,
            reason="x",
        )
