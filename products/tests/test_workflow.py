"""From a proposal to the public pages: checked by one person, approved by another."""

import datetime as dt
from itertools import product as pairs

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError
from products import workflow
from products.models import Product
from products.tests.factories import ProductFactory
from products.workflow import (
    CHECK,
    CONFIRM,
    FEATURE,
    PUBLISH,
    RETURN,
    STEPS,
    UNFEATURE,
    WITHDRAW,
    Dates,
    open_steps,
    take,
    why_not_approve,
)
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
LEGAL = {
    ("check", "draft"): "checked",
    ("publish", "checked"): "published",
    ("return", "checked"): "draft",
    ("feature", "published"): "published",
    ("unfeature", "published"): "published",
    ("confirm", "published"): "published",
    ("recheck", "published"): "published",
    ("lapse", "published"): "lapsed",
    ("withdraw", "published"): "withdrawn",
    ("reopen", "withdrawn"): "draft",
    ("reopen", "lapsed"): "draft",
}
ILLEGAL = sorted(set(pairs(STEPS, Product.Status.values)) - set(LEGAL))


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(ward):
    return member(Role.EDITOR, ward)


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


def changed_by(product, user, **values):
    """As the office's form writes it."""
    for name, value in values.items():
        setattr(product, name, value)
    product._history_user = user
    product.version += 1
    product.save()
    return product


@pytest.mark.parametrize(("name", "status", "target"), [(*k, v) for k, v in LEGAL.items()])
def test_step_moves_the_goods_and_is_recorded(ward, officer, name, status, target):
    product = ProductFactory(owner=ward, status=status)

    moved = take(STEPS[name], product, actor=officer, seen_version=1, reason="Hết hạn")

    assert (moved.status, moved.version) == (target, 2)
    assert list(moved.steps.values_list("name", "from_status", "to_status", "actor", "reason")) == [
        (name, status, target, officer.pk, "Hết hạn")
    ]


@pytest.mark.parametrize(("name", "status"), ILLEGAL)
def test_step_is_refused_from_any_other_status(ward, officer, name, status):
    product = ProductFactory(owner=ward, status=status)

    with pytest.raises(TransitionRefusedError):
        take(STEPS[name], product, actor=officer, seen_version=1, reason="x")

    product.refresh_from_db()
    assert (product.status, product.version, product.steps.count()) == (status, 1, 0)


def test_goods_without_a_why_are_not_handed_on(ward, editor):
    product = ProductFactory(owner=ward, status="draft", why_recommended=" ")

    with pytest.raises(TransitionRefusedError, match="Vì sao được giới thiệu"):
        take(CHECK, product, actor=editor, seen_version=1)


def test_the_check_says_who_compared_and_when(ward, editor):
    product = take(CHECK, ProductFactory(owner=ward, status="draft"), actor=editor, seen_version=1)

    product.refresh_from_db()
    assert (product.checked_by, product.checked_on) == (editor, timezone.localdate())


@pytest.mark.parametrize("step", [RETURN, WITHDRAW, workflow.LAPSE])
def test_what_sends_goods_back_needs_a_reason(ward, officer, step):
    product = ProductFactory(owner=ward, status=min(step.sources))

    with pytest.raises(TransitionRefusedError, match="lý do"):
        take(step, product, actor=officer, seen_version=1)


def test_step_on_an_old_version_is_told(ward, editor):
    product = ProductFactory(owner=ward, version=2)

    with pytest.raises(StaleError):
        take(WITHDRAW, product, actor=editor, seen_version=1, reason="x")


# -- Two people ---------------------------------------------------------------


def test_author_and_checker_cannot_approve_and_a_third_can(ward, officer):
    author, checker = member(Role.OFFICE, ward), member(Role.PROPAGANDA, ward)
    product = ProductFactory(owner=ward, status="draft", author=author)
    product = take(CHECK, product, actor=checker, seen_version=1)

    for own in (author, checker):
        with pytest.raises(PermissionDenied):
            take(PUBLISH, product, actor=own, seen_version=2)
        assert PUBLISH not in open_steps(product, own)
        assert why_not_approve(product, own).startswith("Đồng chí đã đề xuất, kiểm tra hoặc sửa")

    assert take(PUBLISH, product, actor=officer, seen_version=2).status == "published"


def test_who_alone_proposed_and_checked_needs_one_other_person(ward, officer):
    author = member(Role.EDITOR, ward)
    product = ProductFactory(owner=ward, status="draft", author=author)

    product = take(CHECK, product, actor=author, seen_version=1)

    assert take(PUBLISH, product, actor=officer, seen_version=2).status == "published"


def test_who_changes_a_word_after_the_check_cannot_approve_it(ward, editor, officer):
    product = ProductFactory(owner=ward, status="draft")
    product = take(CHECK, product, actor=editor, seen_version=1)

    changed_by(product, officer, summary="Câu khác.")

    with pytest.raises(PermissionDenied):
        take(PUBLISH, product, actor=officer, seen_version=3)
    assert take(PUBLISH, product, actor=member(Role.LEADER, ward), seen_version=3)


def test_who_changed_a_proposal_may_approve_what_another_checked_after(ward, editor, officer):
    product = changed_by(ProductFactory(owner=ward, status="draft"), officer, summary="Câu khác.")

    product = take(CHECK, product, actor=editor, seen_version=2)

    assert take(PUBLISH, product, actor=officer, seen_version=3).status == "published"


def test_a_change_on_the_public_page_is_confirmed_by_another(ward, editor, officer):
    product = ProductFactory(owner=ward, status="draft")
    product = take(CHECK, product, actor=editor, seen_version=1)
    product = take(PUBLISH, product, actor=officer, seen_version=2)
    assert CONFIRM not in open_steps(product, officer)

    changed_by(product, officer, summary="Câu khác.")
    leader = member(Role.LEADER, ward)

    assert CONFIRM not in open_steps(product, officer)
    assert [step.name for step in open_steps(product, leader)] == ["confirm"]
    with pytest.raises(PermissionDenied):
        take(CONFIRM, product, actor=officer, seen_version=4)
    product = take(CONFIRM, product, actor=leader, seen_version=4)
    assert CONFIRM not in open_steps(product, leader)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_roles_without_the_right_do_not_approve(ward, role):
    product = ProductFactory(owner=ward, status="checked")

    with pytest.raises(PermissionDenied):
        take(PUBLISH, product, actor=member(role, ward), seen_version=1)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.SECRETARY])
def test_roles_that_do_not_write_take_no_step_of_a_writer(ward, role):
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


# -- The home page ------------------------------------------------------------


def test_featuring_writes_its_dates_and_a_state_of_the_history(ward, editor):
    days = Dates(dt.date(2026, 3, 1), dt.date(2026, 4, 1))

    product = take(FEATURE, ProductFactory(owner=ward), actor=editor, seen_version=1, dates=days)

    product.refresh_from_db()
    assert (product.is_featured, product.featured_from, product.featured_to) == (
        True,
        days.first,
        days.over,
    )
    state = product.history.first()
    assert (state.history_user, state.history_change_reason) == (editor, FEATURE.label)
    assert UNFEATURE in open_steps(product, editor)


def test_dates_the_wrong_way_round_write_nothing(ward, editor):
    product = ProductFactory(owner=ward)
    days = Dates(dt.date(2026, 4, 1), dt.date(2026, 4, 1))

    with pytest.raises(TransitionRefusedError, match="phải sau ngày bắt đầu"):
        take(FEATURE, product, actor=editor, seen_version=1, dates=days)

    product.refresh_from_db()
    assert (product.is_featured, product.version, product.steps.count()) == (False, 1, 0)


def test_featuring_is_no_change_that_another_must_confirm(ward, editor, officer):
    product = ProductFactory(owner=ward, status="draft")
    product = take(CHECK, product, actor=editor, seen_version=1)
    product = take(PUBLISH, product, actor=officer, seen_version=2)

    product = take(FEATURE, product, actor=editor, seen_version=3)

    assert CONFIRM not in open_steps(product, officer)
