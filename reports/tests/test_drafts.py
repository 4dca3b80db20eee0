import pytest
from django.core.exceptions import PermissionDenied

from core.workflow import TransitionRefusedError
from reports import drafts
from reports.models import Draft, MonthlyReport, Status
from reports.tests.factories import ReportFactory, blank, hand_in, report_in
from units.models import Role
from units.tests.factories import member

WRONG = {"sessions": "nhiều lắm"}


@pytest.fixture
def save(unit, sessions, reporter):
    paper = blank(unit)

    def save_part(part, typed, seen_version=0, actor=reporter):
        return drafts.save_part(paper, part, typed, actor=actor, seen_version=seen_version)

    return save_part


def test_first_screen_makes_the_report_and_keeps_what_was_typed(unit, reporter, save):
    draft = save("counts", WRONG)

    assert MonthlyReport.objects.get().status == Status.DRAFT
    assert (draft.content, draft.version, draft.saved_by) == ({"counts": WRONG}, 1, reporter)


def test_screens_are_kept_beside_each_other(save):
    save("counts", WRONG)

    draft = save("result", {"result": "Tốt."}, seen_version=1)

    assert draft.content == {"counts": WRONG, "result": {"result": "Tốt."}}


def test_other_screen_changed_meanwhile_disturbs_nobody(save):
    save("counts", WRONG)

    draft = save("result", {"result": "Tốt."}, seen_version=0)

    assert draft.version == 2


def test_same_screen_changed_meanwhile_is_a_conflict_with_both_texts(save):
    save("result", {"result": "Của người trước."})

    with pytest.raises(drafts.DraftConflictError) as conflict:
        save("result", {"result": "Của tôi."}, seen_version=0)

    assert conflict.value.mine == {"result": "Của tôi."}
    assert conflict.value.theirs.content["result"] == {"result": "Của người trước."}
    assert Draft.objects.get().version == 1


def test_same_text_twice_is_no_conflict(save):
    save("result", {"result": "Tốt."})

    draft = save("result", {"result": "Tốt."}, seen_version=0)

    assert draft.version == 1


def test_editing_begins_with_what_was_handed_in(unit, sessions):
    report = hand_in(unit)

    typed = drafts.typed_for(report, blank(unit))

    assert typed.content["counts"] == {"sessions": "2"}
    assert (typed.content["result"], typed.is_unsent) == ({"result": "Đã làm tốt."}, False)


def test_looking_through_a_handed_in_report_leaves_nothing_waiting(unit, save):
    report = hand_in(unit)
    typed = drafts.typed_for(report, blank(unit))

    save("result", typed.content["result"], seen_version=typed.version)

    assert drafts.typed_for(report, blank(unit)).is_unsent is False


def test_correction_of_a_handed_in_report_waits_beside_it(unit, save):
    report = hand_in(unit)

    save("result", {"result": "Sửa."})

    typed = drafts.typed_for(report, blank(unit))
    report.refresh_from_db()
    assert (typed.is_unsent, typed.content["counts"]) == (True, {"sessions": "2"})
    assert report.result == "Đã làm tốt."


def test_discarded_correction_leaves_what_was_handed_in(unit, reporter, save):
    report = hand_in(unit)
    save("result", {"result": "Sửa."})

    drafts.discard(report, actor=reporter, seen_version=Draft.objects.get().version)

    assert drafts.typed_for(report, blank(unit)).content["result"] == {"result": "Đã làm tốt."}


def test_accepted_report_takes_no_draft(unit, sessions, reviewer, save):
    report_in(Status.ACCEPTED, unit, reviewer)

    with pytest.raises(TransitionRefusedError, match="gọi văn phòng"):
        save("result", {"result": "Muộn."})


def test_only_the_secretary_types(ward, save):
    with pytest.raises(PermissionDenied):
        save("result", {"result": "x"}, actor=member(Role.OFFICE, ward))


def test_only_the_secretary_discards(ward, unit):
    with pytest.raises(PermissionDenied):
        drafts.discard(ReportFactory(unit=unit), actor=member(Role.OFFICE, ward), seen_version=0)
