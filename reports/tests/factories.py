"""Reports for tests, with declared values. Those in a later state go through the real workflow."""

import datetime as dt
import uuid

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.models import StoredFile
from core.text import Count
from plans.models import ContentItem, Plan
from reports import workflow
from reports.answers import Answers, Paper, paper_for
from reports.models import DeadlineRule, Extension, Holiday, Indicator, MonthlyReport, Status
from reports.oddities import oddities
from units.models import ReportingDuty, Role
from units.tests.factories import OPENED, UnitFactory, WardFactory, member

MONTH = dt.date(2026, 3, 1)
ON_TIME = timezone.make_aware(dt.datetime(2026, 3, 24, 9, 0))
LATE = timezone.make_aware(dt.datetime(2026, 3, 27, 9, 0))


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    owner = factory.SubFactory(WardFactory)
    code = "sessions"
    name = "Buổi tuyên truyền"
    unit_of_measure = "buổi"
    is_core = True
    starts_on = OPENED


class DeadlineRuleFactory(DjangoModelFactory):
    class Meta:
        model = DeadlineRule

    owner = factory.SubFactory(WardFactory)
    starts_on = OPENED


class ExtensionFactory(DjangoModelFactory):
    class Meta:
        model = Extension

    unit = factory.SubFactory(UnitFactory)
    month = MONTH
    due_on = dt.date(2026, 3, 28)
    reason = "Trùng ngày bầu cử"


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    owner = factory.SubFactory(WardFactory)
    day = dt.date(2026, 3, 25)
    name = "Ngày truyền thống của phường"


class ReportFactory(DjangoModelFactory):
    """A report that was begun and not handed in."""

    class Meta:
        model = MonthlyReport

    unit = factory.SubFactory(UnitFactory)
    ward = factory.LazyAttribute(lambda report: report.unit.ward)
    month = MONTH


def content_item(ward, title="Tuyên truyền Chỉ thị số 03", position=1):
    """A content of a confirmed plan of ``ward``, the same plan for all of them."""
    plan = Plan.objects.filter(owner=ward).first()
    if plan is None:
        digest = f"{ward.pk:064}"
        source = StoredFile.objects.create(
            original_name="ke-hoach.docx", sha256=digest, size=1, content_type="text/plain"
        )
        plan = Plan.objects.create(
            owner=ward,
            status="confirmed",
            subject="Cuộc vận động",
            valid_from=OPENED,
            source=source,
            source_sha256=digest,
            reading={},
        )
    return ContentItem.objects.create(
        plan=plan, position=position, short_title=title, text=f"{title}, nguyên văn."
    )


def owing_unit(ward, **kwargs):
    """A cell of ``ward`` with a reporting duty since the beginning."""
    unit = UnitFactory(parent=ward, **kwargs)
    ReportingDuty.objects.create(unit=unit, starts_on=OPENED)
    return unit


def answers(**kwargs):
    """Two sessions and a sentence, or what is given."""
    return Answers(**({"counts": {"sessions": Count(2)}, "result": "Đã làm tốt."} | kwargs))


def blank(unit, month=MONTH) -> Paper:
    return paper_for(unit, month)


def hand_in(unit, given=None, *, month=MONTH, actor=None, now=ON_TIME, key=None):
    """Hand in ``given`` for ``unit`` as its secretary; the fresh report."""
    paper = blank(unit, month)
    report = workflow.report_for(paper)
    workflow.hand_in(
        report,
        given or answers(),
        paper,
        key=key or uuid.uuid4(),
        actor=actor or secretary(unit),
        seen_version=report.version,
        now=now,
    )
    report.refresh_from_db()
    return report


def remarks(report):
    """What is odd about ``report``, in its sentences."""
    return [remark.text for remark in oddities([report])[report.pk]]


def secretary(unit):
    """The person who reports for ``unit``; the same one each time."""
    known = unit.memberships.filter(role=Role.SECRETARY).select_related("user").first()
    return known.user if known else member(Role.SECRETARY, unit)


def report_in(status, unit, reviewer):
    """A report of ``unit`` brought to ``status`` by legal steps."""
    if status == Status.DRAFT:
        return ReportFactory(unit=unit)
    report = hand_in(unit)
    step = {Status.RETURNED: workflow.RETURN, Status.ACCEPTED: workflow.ACCEPT}.get(status)
    if step is None:
        return report
    return workflow.review(
        step, report, actor=reviewer, seen_version=report.version, reason="Sai số liệu"
    )


# What the form of an indicator carries of its targets, when there are none.
NO_TARGETS = {"targets-TOTAL_FORMS": "0", "targets-INITIAL_FORMS": "0"}
