"""What is always true of a plan is held by the database; what is in force is a queryset."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from plans.models import Assignment, ContentItem, NamedUnit, Plan, PlanNode, Status, Task
from plans.tests.factories import ContentItemFactory, PlanFactory
from units.models import Role, UnitGroup
from units.tests.factories import UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db


def node(plan, **kwargs):
    return PlanNode(**({"plan": plan, "position": 1, "paragraph": 1, "last_paragraph": 1} | kwargs))


def breaches(plan, unit, group):
    """Constraint name -> a row that breaks it."""
    task = Task.objects.create(plan=plan, position=1, text="việc")
    Assignment.objects.create(task=task, unit=unit)
    Assignment.objects.create(task=task, group=group)
    NamedUnit.objects.create(plan=plan, position=1, printed_name="Ban A")
    node(plan, role="content").save()
    other = plan.owner
    return {
        "plan_code_is_unique_for_issuer_and_day": PlanFactory.build(
            owner=other, code=plan.code, source=plan.source, source_sha256="b"
        ),
        "plan_file_is_known_once": PlanFactory.build(
            owner=other, code="x", source=plan.source, source_sha256=plan.source_sha256
        ),
        "plan_status_is_known": PlanFactory.build(
            owner=other, code="y", source=plan.source, source_sha256="c", status="lost"
        ),
        "plan_ends_after_it_starts": PlanFactory.build(
            owner=other, code="z", source=plan.source, source_sha256="d", valid_to=plan.valid_from
        ),
        "plan_held_has_a_start": PlanFactory.build(
            owner=other, code="u", source=plan.source, source_sha256="e", valid_from=None,
            valid_to=None,
        ),
        "plan_closed_has_an_end": PlanFactory.build(
            owner=other, code="v", source=plan.source, source_sha256="f", status=Status.CLOSED,
            valid_to=None,
        ),
        "plan_node_position_is_unique": node(plan, role="content"),
        "plan_node_ends_after_it_starts": node(
            plan, role="content", position=9, paragraph=4, last_paragraph=3
        ),
        "plan_names_a_unit_once": NamedUnit(plan=plan, position=2, printed_name="Ban A"),
        "plan_named_unit_is_what_it_says": NamedUnit(
            plan=plan, position=3, printed_name="Ban B", choice="unit"
        ),
        "assignment_is_to_a_unit_or_a_group": Assignment(task=task),
        "assignment_role_is_known": Assignment(task=task, unit=other, role="boss"),
        "assignment_names_a_unit_once": Assignment(task=task, unit=unit),
        "assignment_names_a_group_once": Assignment(task=task, group=group),
    }  # fmt: skip


def test_the_database_refuses_what_is_never_true():
    plan = PlanFactory()
    unit = UnitFactory(parent=plan.owner)
    group = UnitGroup.objects.create(owner=plan.owner, name="Các chi bộ")
    refused = {}

    for name, row in breaches(plan, unit, group).items():
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            row.save(force_insert=True)
        refused[name] = str(error.value)

    # SQLite names the columns of a unique index without a condition, and the name otherwise.
    columns = {
        "plan_file_is_known_once": "source_sha256",
        "plan_node_position_is_unique": "position",
        "plan_names_a_unit_once": "printed_name",
        "plan_code_is_unique_for_issuer_and_day": "issued_on",
        "assignment_names_a_unit_once": "unit_id",
        "assignment_names_a_group_once": "group_id",
    }
    wrong = [n for n, text in refused.items() if n not in text and columns.get(n, "?") not in text]
    assert wrong == []


def test_two_plans_without_a_number_live_side_by_side():
    first = PlanFactory(code="")

    PlanFactory(owner=first.owner, code="")

    assert Plan.objects.filter(code="").count() == 2


@pytest.mark.parametrize(
    ("month", "is_in_force"),
    [
        (dt.date(2025, 12, 1), False),
        (dt.date(2026, 1, 1), True),  # it begins on the 15th
        (dt.date(2026, 12, 1), True),
        (dt.date(2027, 1, 1), False),  # the end is exclusive
    ],
)
def test_a_plan_is_in_force_in_each_month_that_its_time_touches(month, is_in_force):
    plan = PlanFactory()

    found = list(Plan.objects.in_force(month))

    assert found == ([plan] if is_in_force else [])


def test_contents_in_force_are_those_of_all_confirmed_plans_in_order():
    ward, month = WardFactory(), dt.date(2026, 4, 1)
    late = PlanFactory(owner=ward, issued_on=dt.date(2026, 3, 1))
    early = PlanFactory(owner=ward)
    last = ContentItemFactory(plan=late, position=1)
    second = ContentItemFactory(plan=early, position=2)
    first = ContentItemFactory(plan=early, position=1)
    ContentItemFactory(plan=early, position=3, is_left_out=True)
    ContentItemFactory(plan=PlanFactory(owner=ward, status=Status.PROPOSED))
    ContentItemFactory()  # another ward

    assert list(ContentItem.objects.in_force(ward, month)) == [first, second, last]


def test_a_closed_plan_stays_known_for_the_months_before_its_end():
    ward = WardFactory()
    plan = PlanFactory(owner=ward, status=Status.CLOSED, valid_to=dt.date(2026, 5, 1))
    item = ContentItemFactory(plan=plan)

    assert list(ContentItem.objects.in_force(ward, dt.date(2026, 4, 1))) == [item]
    assert list(ContentItem.objects.in_force(ward, dt.date(2026, 5, 1))) == []


def test_plans_are_seen_by_the_office_of_their_ward_alone():
    plan = PlanFactory()
    PlanFactory()

    assert list(Plan.objects.visible_to(member(Role.OFFICE, plan.owner))) == [plan]
    assert list(Plan.objects.visible_to(member(Role.SECRETARY, plan.owner))) == []
