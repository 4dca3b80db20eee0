"""What every workflow leans on, tried on products; each workflow has its own table of steps."""

import pytest

from core.workflow import StaleError, TransitionRefusedError, perform, save_seen
from products import workflow
from products.tests.factories import ProductFactory
from units.models import Role
from units.tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return ProductFactory(status="draft")


@pytest.fixture
def editor(product):
    return member(Role.EDITOR, product.owner)


def test_row_that_is_gone_is_told_in_a_sentence(product, editor):
    copy = type(product).objects.get(pk=product.pk)
    product.delete()

    with pytest.raises(TransitionRefusedError, match="không còn"):
        perform(workflow.CHECK, copy, actor=editor, seen_version=1)


def test_step_on_an_older_version_is_stale_and_shows_the_new(product, editor):
    save_seen(product, seen_version=1, name="Tên mới")

    with pytest.raises(StaleError) as error:
        perform(workflow.CHECK, product, actor=editor, seen_version=1)

    assert (error.value.fresh.name, error.value.fresh.status) == ("Tên mới", "draft")


def test_second_save_of_one_version_is_stale(product):
    save_seen(product, seen_version=1, name="Một")

    with pytest.raises(StaleError):
        save_seen(product, seen_version=1, name="Hai")
