import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.text import Count
from core.workflow import StaleError, TransitionRefusedError
from reports import checks, forms, workflow
from reports.answers import Answers, Happening
from reports.forms import as_typed
from reports.models import Draft, Indicator, ReportStep, Status, Submission
from reports.stored import answers_of
from reports.tests.factories import (
    LATE,
    MONTH,
    ON_TIME,
    DeadlineRuleFactory,
    ExtensionFactory,
    IndicatorFactory,
    ReportFactory,
    answers,
    blank,
    content_item,
    hand_in,
    report_in,
)
from reports.workflow import RETURN
from units.models import Role
from units.tests.factories import UnitFactory, member

KEY = uuid.UUID(int=1)


def test_hand_in_writes_rows_receipt_and_step(ward, unit, sessions, reporter):
    item = content_item(ward)

    report = hand_in(unit, answers(contents=(item,)), key=KEY)

    submission = report.submissions.get()
    assert (report.status, report.result, report.submitted_by) == (
        "submitted",
        "Đã làm tốt.",
        reporter,
    )
    assert list(report.values.values_list("indicator__code", "value", "unit", "ward", "month")) == [
        ("sessions", 2, unit.pk, ward.pk, MONTH)
    ]
    assert list(report.contents.values_list("content_item", flat=True)) == [item.pk]
    assert (submission.number, submission.receipt) == (1, f"TA-2026-03-{unit.pk:04}")
    assert submission.content["counts"] == {"sessions": {"value": 2, "is_approximate": False}}
    assert report.steps.get().created_at == ON_TIME


def test_first_hand_in_fixes_the_deadline_for_ever(unit, sessions, reviewer):
    report = hand_in(unit, now=ON_TIME)
    workflow.review(
        RETURN, report, actor=reviewer, seen_version=report.version, reason="Thiếu số buổi"
    )

    report = hand_in(unit, now=LATE)

    assert (report.first_submitted_at, report.due_on) == (ON_TIME, dt.date(2026, 3, 25))
    assert (report.submitted_at, report.is_late) == (LATE, False)


def test_extension_and_grace_count_into_the_deadline(ward, unit, sessions):
    DeadlineRuleFactory(owner=ward, grace_days=1)
    ExtensionFactory(unit=unit)

    report = hand_in(unit, now=LATE)

    assert (report.due_on, report.is_late) == (dt.date(2026, 3, 28), False)


def test_days_of_grace_alone_are_punctual(ward, unit, sessions):
    DeadlineRuleFactory(owner=ward, due_day=25, grace_days=2)

    report = hand_in(unit, now=LATE)

    assert (report.due_on, report.is_late) == (dt.date(2026, 3, 27), False)


def test_same_key_and_answers_give_the_same_receipt(unit, sessions):
    hand_in(unit, key=KEY)

    hand_in(unit, key=KEY)

    assert Submission.objects.count() == 1
    assert ReportStep.objects.count() == 1


def test_same_key_with_other_answers_is_a_conflict(unit, sessions):
    hand_in(unit, key=KEY)

    with pytest.raises(workflow.KeyConflictError) as conflict:
        hand_in(unit, answers(result="Khác."), key=KEY)

    assert conflict.value.known == Submission.objects.get()


def test_key_of_another_report_is_a_conflict(ward, unit, sessions):
    other = UnitFactory(parent=ward)
    other.duties.create(unit=other, starts_on=MONTH)
    hand_in(other, key=KEY)

    with pytest.raises(workflow.KeyConflictError):
        hand_in(unit, key=KEY)


def test_amendment_replaces_the_rows_and_keeps_both_versions(unit, sessions):
    hand_in(unit)

    report = hand_in(unit, answers(counts={"sessions": Count(5, is_approximate=True)}))

    assert list(report.values.values_list("value", "is_approximate")) == [(5, True)]
    assert list(report.submissions.values_list("number", flat=True)) == [1, 2]
    assert report.submissions.last().receipt == f"TA-2026-03-{unit.pk:04}/2"


def _hand_in_what_is_asked_no_more(unit):
    leaflets = IndicatorFactory(owner=unit.ward, code="leaflets", name="Tờ rơi")
    hand_in(unit, answers(counts={"sessions": Count(2), "leaflets": Count(5)}))
    Indicator.objects.filter(pk=leaflets.pk).update(ends_on=MONTH)


def test_amendment_keeps_a_value_that_its_paper_does_not_ask(unit, sessions):
    _hand_in_what_is_asked_no_more(unit)

    report = hand_in(unit, answers(counts={"sessions": Count(3)}))

    values = dict(report.values.values_list("indicator__code", "value"))
    assert values == {"leaflets": 5, "sessions": 3}


def _hand_in_talks_asked_no_more(unit, sessions):
    IndicatorFactory(owner=unit.ward, code="people", name="Lượt người", attendance_of=sessions)
    talk = Happening("sessions", dt.date(2026, 3, 15), "Nói chuyện về hàng Việt", attendance=45)
    report = hand_in(unit, answers(counts={"people": Count(10)}, happenings=(talk,)))
    Indicator.objects.filter(pk=sessions.pk).update(ends_on=MONTH)
    return report


def test_amendment_keeps_the_happenings_that_its_paper_does_not_ask(unit, sessions):
    report = _hand_in_talks_asked_no_more(unit, sessions)
    typed = as_typed(blank(unit), answers_of(report))

    report = hand_in(unit, forms.read(blank(unit), typed).answers())

    assert list(report.activities.values_list("title", "attendance")) == [
        ("Nói chuyện về hàng Việt", 45)
    ]
    values = dict(report.values.values_list("indicator__code", "value"))
    assert values == {"sessions": 1, "people": 55}
    assert list(checks.problems()) == []


@pytest.mark.parametrize("typed", ["0", "khoảng 0", "1"])
def test_a_0_typed_beside_a_happening_makes_no_report_contradict_itself(unit, sessions, typed):
    content = {
        "counts": {"sessions": typed},
        "happenings": {
            "0-code": "sessions",
            "0-held_on": "5/3/2026",
            "0-title": "Nói chuyện",
            "0-attendance": "",
            "0-place": "",
        },
    }
    reading = forms.read(blank(unit), content)

    report = hand_in(unit, reading.answers())

    assert report.activities.count() == 1
    assert list(checks.problems()) == []


def test_indicator_that_ends_makes_no_report_contradict_itself(unit, sessions):
    _hand_in_talks_asked_no_more(unit, sessions)

    assert list(checks.problems()) == []


def test_zero_amendment_keeps_no_happening(unit, sessions):
    _hand_in_talks_asked_no_more(unit, sessions)

    report = hand_in(unit, Answers(zero_reason="together"))

    assert report.activities.count() == 0


def test_zero_amendment_keeps_no_value_at_all(unit, sessions):
    _hand_in_what_is_asked_no_more(unit)

    report = hand_in(unit, Answers(zero_reason="together"))

    assert (report.is_zero, report.values.count()) == (True, 0)


def test_unanswered_count_writes_no_row(unit, sessions):
    report = hand_in(unit, answers(counts={"sessions": None}))

    assert list(report.values.all()) == []


def test_zero_report_has_a_reason_and_no_rows(unit, sessions):
    hand_in(unit)

    report = hand_in(unit, Answers(zero_reason="together"))

    assert (report.is_zero, report.zero_reason, report.result) == (True, "together", "")
    assert list(report.values.all()) == []


@pytest.mark.parametrize(
    "given",
    [
        Answers(zero_reason="together", result="Có làm."),
        Answers(zero_reason="together", counts={"sessions": Count(0)}),
        Answers(),
        Answers(counts={"sessions": Count(0)}),
    ],
)
def test_hand_in_refuses_zero_with_values_and_nothing_at_all(unit, sessions, given):
    with pytest.raises(TransitionRefusedError):
        hand_in(unit, given)

    assert Submission.objects.count() == 0


def test_hand_in_refuses_a_month_without_duty(ward, sessions):
    free = UnitFactory(parent=ward)

    with pytest.raises(TransitionRefusedError, match="không phải báo cáo"):
        hand_in(free)


def test_hand_in_refuses_before_the_month_opens(unit, sessions):
    early = timezone.make_aware(dt.datetime(2026, 2, 28, 9, 0))

    with pytest.raises(TransitionRefusedError, match="mở nộp từ ngày 1/3/2026"):
        hand_in(unit, now=early)


def test_hand_in_refuses_after_the_month_closed(ward, unit, sessions):
    DeadlineRuleFactory(owner=ward, closes_after_days=1)

    with pytest.raises(TransitionRefusedError, match="đã khóa"):
        hand_in(unit, now=LATE)


def test_hand_in_refuses_an_accepted_report(unit, sessions, reviewer):
    report_in(Status.ACCEPTED, unit, reviewer)

    with pytest.raises(TransitionRefusedError, match="gọi văn phòng để mở lại"):
        hand_in(unit)


def test_hand_in_is_for_the_secretary_of_the_unit_alone(ward, unit, sessions):
    neighbour = member(Role.SECRETARY, UnitFactory(parent=ward))

    with pytest.raises(PermissionDenied):
        hand_in(unit, actor=neighbour)


def test_hand_in_refuses_a_draft_that_moved_on(unit, sessions, reporter):
    report = ReportFactory(unit=unit)
    Draft.objects.create(report=report, content={"result": {"result": "x"}}, version=3)

    with pytest.raises(StaleError):
        workflow.hand_in(
            report,
            answers(),
            blank(unit),
            key=KEY,
            actor=reporter,
            seen_version=1,
            draft_version=2,
            now=ON_TIME,
        )

    assert Draft.objects.get().content == {"result": {"result": "x"}}


def test_hand_in_empties_the_draft(unit, sessions):
    report = ReportFactory(unit=unit)
    Draft.objects.create(report=report, content={"result": {"result": "x"}}, version=3)

    hand_in(unit)

    draft = Draft.objects.get()
    assert (draft.content, draft.version) == ({}, 4)


def test_submission_is_written_once(unit, sessions):
    submission = hand_in(unit).submissions.get()
    submission.helper = "Cháu Nam"

    with pytest.raises(TypeError):
        submission.save()
