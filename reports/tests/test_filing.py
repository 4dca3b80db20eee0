import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.text import Count
from core.workflow import TransitionRefusedError
from reports import drafts, rules, workflow
from reports.models import HelperConfirmation, MonthlyReport, Status, Submission
from reports.office.scope import waiting_for
from reports.tests.factories import (
    MONTH,
    ON_TIME,
    DeadlineRuleFactory,
    answers,
    blank,
    hand_in,
    report_in,
    secretary,
)
from reports.workflow.filing import helper_words
from units.models import Role
from units.tests.factories import UserFactory, WardFactory, member

KEY = uuid.UUID(int=7)
WORDS = "văn phòng nộp hộ theo lời bí thư"


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(ON_TIME)


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


def file(unit, actor, given=None, *, key=KEY):
    paper = blank(unit)
    report = workflow.report_for(paper)
    return workflow.file_for(
        report, given or answers(), paper, key=key, actor=actor, seen_version=report.version
    )


def address(unit, month=MONTH):
    return reverse("admin:report_file", args=[unit.pk, month])


def send(client, unit, step="file", **typed):
    """Post the page as a browser does, with its hidden boxes."""
    shown = client.get(address(unit))
    hidden = {} if shown.context is None else shown.context["hidden"].initial
    return client.post(address(unit), hidden | {"step": step} | typed)


DICTATED = {"counts-sessions": "2", "result-result": "Đã làm tốt."}


@pytest.mark.parametrize("role", [*Role.values, "stranger"])
def test_only_reviewers_above_may_file(ward, unit, sessions, role):
    place = unit if role == Role.SECRETARY else ward
    user = UserFactory() if role == "stranger" else member(role, place)

    if role in (Role.OFFICE, Role.PROPAGANDA):
        assert file(unit, user).by == user
    else:
        with pytest.raises(PermissionDenied):
            file(unit, user)


def test_reviewer_of_another_ward_may_not_file(unit, sessions):
    with pytest.raises(PermissionDenied):
        file(unit, member(Role.OFFICE, WardFactory()))


def test_filing_gives_no_right_to_submit_as_the_secretary(unit, sessions, reviewer):
    with pytest.raises(PermissionDenied):
        hand_in(unit, actor=reviewer)


def test_submission_says_who_filed_and_that_the_secretary_said_so(unit, sessions, reviewer):
    submission = file(unit, reviewer)

    word = HelperConfirmation.objects.get(submission=submission)
    assert submission.helper == f"{reviewer}, {WORDS}"
    assert (word.by, word.is_by_phone) == (reviewer, True)
    assert submission.report.steps.get().name == "file"


def test_whoever_files_never_reviews_it(ward, unit, sessions, reviewer):
    report = file(unit, reviewer).report
    report.refresh_from_db()
    colleague = member(Role.OFFICE, ward)

    assert [rules.may_review(user, report) for user in (reviewer, colleague)] == [False, True]
    assert list(waiting_for(reviewer)) == []
    assert list(waiting_for(colleague)) == [report]


def test_same_key_gives_the_same_receipt(unit, sessions, reviewer):
    assert file(unit, reviewer) == file(unit, reviewer)
    assert HelperConfirmation.objects.count() == 1


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACCEPTED])
def test_what_the_unit_handed_in_is_not_written_over(unit, sessions, reviewer, status):
    report_in(status, unit, reviewer)

    with pytest.raises(TransitionRefusedError):
        file(unit, reviewer, answers(counts={"sessions": Count(9)}))


def test_long_name_leaves_the_words_whole():
    assert len(helper_words("Nguyễn " * 30)) == 120
    assert helper_words("Nguyễn " * 30).endswith(WORDS)


def test_page_hands_in_what_was_dictated(desk, unit, reviewer):
    response = send(desk, unit, **DICTATED)

    report = unit.reports.get()
    assert response.headers["Location"] == reverse("admin:report_cell", args=[unit.pk, MONTH])
    assert (report.status, report.submitted_by, report.result) == (
        Status.SUBMITTED,
        reviewer,
        "Đã làm tốt.",
    )


def test_page_keeps_a_draft_without_handing_in(desk, unit):
    send(desk, unit, "save", **DICTATED)

    report = unit.reports.get()
    assert report.status == Status.DRAFT
    assert report.draft.content["result"] == {"result": "Đã làm tốt."}


def test_unreadable_number_is_kept_and_asked_again(desk, unit):
    response = send(desk, unit, **DICTATED | {"counts-sessions": "nhiều lắm"})

    assert response.status_code == 422
    assert unit.reports.get().draft.content["counts"] == {"sessions": "nhiều lắm"}


def test_odd_number_is_asked_about_before_it_is_handed_in(desk, unit):
    for number in range(1, 4):
        hand_in(unit, month=dt.date(2025, 12 - number, 1))

    asked = send(desk, unit, **DICTATED | {"counts-sessions": "60"})
    done = send(desk, unit, **DICTATED | {"counts-sessions": "60", "confirmed-sessions": "60"})

    assert (asked.status_code, done.status_code) == (422, 302)
    assert unit.reports.get(month=MONTH).status == Status.SUBMITTED


def test_month_without_activity_is_filed_with_its_reason(desk, unit):
    send(desk, unit, "zero", reason="together")

    report = unit.reports.get()
    assert (report.status, report.is_zero) == (Status.SUBMITTED, True)


def test_zero_report_does_not_drop_a_draft_unasked(desk, unit):
    send(desk, unit, "save", **DICTATED)

    refused = send(desk, unit, "zero", reason="together")
    taken = send(desk, unit, "zero", reason="together", discard="on")

    assert (refused.status_code, taken.status_code) == (422, 302)


def test_draft_changed_meanwhile_is_shown_beside_and_not_lost(desk, unit):
    hidden = desk.get(address(unit)).context["hidden"].initial
    drafts.save_part(
        blank(unit), "result", {"result": "Của bí thư"}, actor=secretary(unit), seen_version=0
    )

    response = desk.post(address(unit), hidden | {"step": "file"} | DICTATED)

    assert response.status_code == 409
    assert "Của bí thư" in response.content.decode()
    assert Submission.objects.count() == 0


def test_button_pressed_twice_files_once(desk, unit):
    hidden = desk.get(address(unit)).context["hidden"].initial
    for _ in range(2):
        response = desk.post(address(unit), hidden | {"step": "file"} | DICTATED)

    assert response.status_code == 302
    assert Submission.objects.count() == 1


def test_report_that_is_there_or_a_closed_month_leads_back(desk, ward, unit):
    DeadlineRuleFactory(owner=ward, due_day=20, closes_after_days=1)

    response = desk.get(address(unit), follow=True)

    assert "muốn nhận thì gia hạn trước" in response.content.decode()
    assert MonthlyReport.objects.count() == 0


def test_leader_may_not_open_the_page_and_foreign_units_are_missing(client, ward, unit, reviewer):
    client.force_login(member(Role.LEADER, ward))
    assert client.get(address(unit)).status_code == 403
    client.force_login(member(Role.OFFICE, WardFactory()))
    assert client.get(address(unit)).status_code == 404


def test_page_takes_at_most_fifteen_queries(desk, unit, django_assert_max_num_queries):
    send(desk, unit, "save", **DICTATED)

    desk.get(address(unit))  # takes the message out of the session
    with django_assert_max_num_queries(15):
        desk.get(address(unit))
