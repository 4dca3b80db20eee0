import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.models import (
    DeadlineRule,
    Extension,
    Holiday,
    Indicator,
    IndicatorValue,
    MonthlyReport,
    ReportContent,
    Status,
    Submission,
)
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    ExtensionFactory,
    HolidayFactory,
    IndicatorFactory,
    ReportFactory,
    content_item,
    hand_in,
)
from units.models import Role
from units.tests.factories import member

# The constraint, the row (a fixture of this module), and the change that breaks it.
BROKEN = [
    ("report_month_is_first_day", "report", {"month": dt.date(2026, 3, 2)}),
    ("report_status_known", "handed_in", {"status": "lost"}),
    ("report_handed_in_has_sender", "report", {"status": Status.SUBMITTED}),
    ("report_handed_in_has_sender", "handed_in", {"status": Status.DRAFT}),
    ("report_zero_has_reason", "report", {"is_zero": True}),
    ("report_zero_has_reason", "report", {"zero_reason": "together"}),
    (
        "report_other_reason_is_written",
        "report",
        {"is_zero": True, "zero_reason": "other"},
    ),
    (
        "report_zero_has_no_text",
        "report",
        {"is_zero": True, "zero_reason": "together", "result": "Có làm."},
    ),
    ("report_question_only_when_returned", "report", {"returned_question": "result"}),
    ("indicatorvalue_within_limit", "value", {"value": 10_000_001}),
    ("indicatorvalue_part_of_the_whole", "value", {"denominator": 1}),
    ("indicatorvalue_month_is_first_day", "value", {"month": dt.date(2026, 3, 2)}),
    ("indicator_ends_after_it_starts", "sessions", {"ends_on": dt.date(2020, 1, 1)}),
    ("indicator_changes_with_a_month", "sessions", {"starts_on": dt.date(2020, 1, 2)}),
    ("indicator_roll_up_known", "sessions", {"roll_up": "mean"}),
    ("indicator_section_known", "sessions", {"section": "elsewhere"}),
    ("submission_number_from_one", "submission", {"number": 0}),
    ("deadlinerule_changes_with_a_month", "rule", {"starts_on": dt.date(2020, 1, 2)}),
    ("deadlinerule_ends_after_it_starts", "rule", {"ends_on": dt.date(2020, 1, 1)}),
    ("deadlinerule_days_exist", "rule", {"due_day": 32}),
    ("deadlinerule_opens_before_due", "rule", {"opens_day": 26}),
    ("deadlinerule_closes_after_grace", "rule", {"grace_days": 2, "closes_after_days": 1}),
    ("extension_month_is_first_day", "extension", {"month": dt.date(2026, 3, 2)}),
    ("extension_due_not_before_month", "extension", {"due_on": dt.date(2026, 2, 1)}),
    ("extension_has_reason", "extension", {"reason": ""}),
    ("extension_exempt_has_no_due_day", "extension", {"kind": "exempt"}),
    ("holiday_has_name", "holiday", {"name": ""}),
]


@pytest.fixture
def report(unit):
    return ReportFactory(unit=unit)


@pytest.fixture
def handed_in(unit, sessions):
    return hand_in(unit)


@pytest.fixture
def value(handed_in):
    return handed_in.values.get()


@pytest.fixture
def submission(handed_in):
    return handed_in.submissions.get()


@pytest.fixture
def rule(ward):
    return DeadlineRuleFactory(owner=ward)


@pytest.fixture
def extension(unit):
    return ExtensionFactory(unit=unit)


@pytest.fixture
def holiday(ward):
    return HolidayFactory(owner=ward)


@pytest.mark.parametrize(("name", "row", "change"), BROKEN)
def test_database_refuses(request, name, row, change):
    instance = request.getfixturevalue(row)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(instance).objects.filter(pk=instance.pk).update(**change)


def test_every_check_constraint_is_tried():
    models = (MonthlyReport, IndicatorValue, Indicator, Submission, DeadlineRule, Extension)
    models += (Holiday,)
    checks = {
        constraint.name
        for model in models
        for constraint in model._meta.constraints
        if hasattr(constraint, "condition") and not hasattr(constraint, "fields")
    }

    assert checks == {name for name, _, _ in BROKEN}


def test_one_report_per_unit_and_month(report):
    again = MonthlyReport(unit=report.unit, ward=report.ward, month=MONTH)

    with pytest.raises(ValidationError, match="đã có báo cáo của tháng này"):
        again.validate_constraints()


def test_one_value_per_report_and_indicator(value):
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(
            report=value.report,
            indicator=value.indicator,
            unit=value.unit,
            ward=value.ward,
            month=value.month,
        )


def test_content_is_covered_once_per_report(ward, report):
    item = content_item(ward)
    ReportContent.objects.create(report=report, content_item=item)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportContent.objects.create(report=report, content_item=item)


@pytest.mark.parametrize("same", ["key", "number", "receipt"])
def test_submission_key_number_and_receipt_are_unique(submission, same):
    values = {"key": uuid.uuid4(), "number": 2, "receipt": "TA-2"}
    values[same] = getattr(submission, same)

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(
            report=submission.report, content={}, by=submission.by, at=timezone.now(), **values
        )


def test_one_extension_per_unit_and_month(extension):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionFactory(unit=extension.unit)


def test_one_rule_per_ward_and_first_month(rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineRuleFactory(owner=rule.owner)


def test_indicator_code_is_unique_in_its_ward(sessions):
    with pytest.raises(ValidationError, match="đã có chỉ tiêu mang mã này"):
        Indicator(owner=sessions.owner, code="sessions").validate_constraints()


def test_code_of_an_indicator_never_changes(sessions):
    stored = Indicator.objects.get(pk=sessions.pk)
    stored.code = "meetings"

    with pytest.raises(TypeError):
        stored.save()


def test_ninth_core_indicator_is_refused(ward):
    for number in range(8):
        IndicatorFactory(owner=ward, code=f"so_{number}")
    ninth = IndicatorFactory.build(owner=ward, code="so_9")

    with pytest.raises(ValidationError, match="8 chỉ tiêu"):
        ninth.clean()


def test_indicator_in_force_follows_its_months(ward, sessions):
    IndicatorFactory(owner=ward, code="old", ends_on=MONTH)
    IndicatorFactory(owner=ward, code="new", starts_on=dt.date(2026, 4, 1))

    assert list(Indicator.objects.in_force(ward, MONTH)) == [sessions]


def test_reports_are_seen_from_above_and_by_their_own_unit(ward, unit, report, reporter):
    other_report = ReportFactory()
    leader, stranger = member(Role.LEADER, ward), member(Role.SECRETARY, other_report.unit)

    assert list(MonthlyReport.objects.visible_to(leader)) == [report]
    assert list(MonthlyReport.objects.visible_to(reporter)) == [report]
    assert list(MonthlyReport.objects.visible_to(stranger)) == [other_report]
