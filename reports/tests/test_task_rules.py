"""Tasks of plans counted by reports: any, all, an indicator's level."""

import datetime as dt

import pytest

from core.text import Count
from plans import tracking
from plans.models import Assignment, Task
from reports.tests.factories import (
    MONTH,
    IndicatorFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
)
from reports.tests.test_counting_once import link, tell
from reports.tests.test_heat import FEBRUARY, cover
from units.models import UnitGroup

TODAY = dt.date(2026, 4, 10)


def by_rule(item, rule, **values):
    return Task.objects.create(
        plan=item.plan, position=Task.objects.count() + 1, text="Việc", rule=rule, **values
    )


def stand(ward, row):
    found = tracking.standings(ward, [row], TODAY)[row.pk]
    return found.state, found.measure.words


def test_first_report_with_the_content_is_enough(ward):
    item = content_item(ward)
    row = by_rule(item, "any", rule_item=item)
    cover(owing_unit(ward), FEBRUARY, status="submitted")
    assert stand(ward, row) == ("todo", "chưa có báo cáo nào")

    cover(owing_unit(ward), MONTH, item)

    assert stand(ward, row) == ("done", "1 báo cáo có nội dung này")


def test_every_unit_of_the_assignment_must_have_reported(ward):
    item = content_item(ward)
    row = by_rule(item, "all", rule_item=item)
    units = [owing_unit(ward) for _ in range(3)]
    group = UnitGroup.objects.create(owner=ward, name="Nhóm")
    group.members.set(units[:2])
    Assignment.objects.create(task=row, group=group)
    for unit in (units[0], units[2]):
        cover(unit, MONTH, item)
    assert stand(ward, row) == ("doing", "1/2 đơn vị được giao đã báo cáo nội dung này")

    cover(units[1], FEBRUARY, item)

    assert stand(ward, row) == ("done", "2/2 đơn vị được giao đã báo cáo nội dung này")


def test_task_given_to_nobody_is_never_done_by_itself(ward):
    item = content_item(ward)
    row = by_rule(item, "all", rule_item=item)

    assert stand(ward, row)[0] == "todo"


def test_returned_reports_say_nothing(ward):
    item = content_item(ward)
    row = by_rule(item, "any", rule_item=item)
    cover(owing_unit(ward), MONTH, item, status="returned")

    assert stand(ward, row)[0] == "todo"


def test_indicator_is_counted_as_the_totals_count_it(ward, sessions):
    row = by_rule(content_item(ward), "count", rule_code="sessions", rule_target=4)
    hand_in(owing_unit(ward), answers(counts={"sessions": Count(2)}))
    rows = tell(owing_unit(ward)) + tell(owing_unit(ward))
    assert stand(ward, row) == ("done", "4/4 theo báo cáo của các đơn vị")

    link(ward, *rows)

    assert stand(ward, row) == ("doing", "3/4 theo báo cáo của các đơn vị")


def test_months_outside_the_plan_do_not_count(ward, sessions):
    item = content_item(ward)
    row = by_rule(item, "count", rule_code="sessions", rule_target=2)
    item.plan.valid_from = dt.date(2026, 4, 2)
    item.plan.save()
    hand_in(owing_unit(ward))

    row.refresh_from_db()
    assert stand(ward, row) == ("todo", "0/2 theo báo cáo của các đơn vị")


@pytest.mark.parametrize("count", [1, 3])
def test_rules_take_a_fixed_number_of_queries(ward, sessions, count, django_assert_num_queries):
    item = content_item(ward)
    rows = []
    for _ in range(count):
        rows += [
            by_rule(item, "any", rule_item=item),
            by_rule(item, "all", rule_item=item),
            by_rule(item, "count", rule_code="sessions", rule_target=3),
        ]
        cover(owing_unit(ward), MONTH, item)

    # parts; any: contents; all: contents, assignments, units, members; count: sums, repeats
    with django_assert_num_queries(8):
        tracking.standings(ward, rows, TODAY)


def test_only_what_is_added_up_can_be_chosen(ward, sessions):
    IndicatorFactory(owner=ward, code="models", roll_up="last")

    assert tracking.count_choices(ward) == [("sessions", "Buổi tuyên truyền")]
