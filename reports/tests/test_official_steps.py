"""The steps of an official report: which are legal, and what a leader's word does."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from core.workflow import TransitionRefusedError, perform
from reports.approving import ConsolidatedKind
from reports.models import ConsolidatedReport, ConsolidatedSource, DocumentStatus
from reports.spans import Span
from reports.statistics import Scope
from reports.tests.factories import owing_unit
from reports.tests.official import MARCH, given
from reports.workflow import consolidated
from units.models import Role
from units.tests.factories import member

LEGAL = {
    ("finalise", "draft"): "finalised",
    ("sign", "finalised"): "finalised",
    ("approve", "finalised"): "approved",
    ("send_back", "finalised"): "draft",
    ("withdraw", "draft"): "withdrawn",
    ("withdraw", "finalised"): "withdrawn",
    ("withdraw", "approved"): "withdrawn",
}
ILLEGAL = sorted(set(product(consolidated.STEPS, DocumentStatus.values)) - set(LEGAL))


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


@pytest.fixture
def leader(ward):
    return member(Role.LEADER, ward)


@pytest.fixture
def document(ward, sessions, officer, time_machine_at):
    time_machine_at("2026-04-02T02:00:00+00:00")
    given(owing_unit(ward), MARCH, (sessions, 5))
    made, _ = consolidated.create(Scope(ward), Span.parse("2026-q1"), "PARTY_HD05", actor=officer)
    return made


def _finalised(document, officer):
    seen = consolidated.figures_seen(consolidated.figures_of(document))
    return consolidated.finalise(document, actor=officer, seen_version=1, seen_figures=seen)


def _who(name, officer, leader):
    return leader if name in ("approve", "send_back") else officer


@pytest.mark.parametrize(("name", "status"), ILLEGAL)
def test_step_is_refused_from_any_other_status(document, officer, leader, name, status):
    frozen = {"snapshot": {}, "snapshot_sha256": "x" * 64, "finalised_at": document.created_at}
    fields = frozen if status in ("finalised", "approved") else {}
    ConsolidatedReport.objects.filter(pk=document.pk).update(status=status, **fields)

    with pytest.raises(TransitionRefusedError):
        perform(
            consolidated.STEPS[name], document,
            actor=_who(name, officer, leader), seen_version=1, reason="x",
        )  # fmt: skip

    document.refresh_from_db()
    assert (document.status, document.version, document.steps.count()) == (status, 1, 0)


def test_leader_approves_what_was_finalised(document, officer, leader):
    done = _finalised(document, officer)

    consolidated.approve(done, actor=leader, seen_version=2)

    document.refresh_from_db()
    assert document.status == "approved"
    assert [(one.name, one.actor) for one in document.steps.all()] == [
        ("finalise", officer),
        ("approve", leader),
    ]


def test_officer_does_not_approve(document, officer):
    done = _finalised(document, officer)

    with pytest.raises(PermissionDenied):
        consolidated.approve(done, actor=officer, seen_version=2)


def test_what_is_sent_back_is_a_draft_with_the_figures_of_now(document, officer, leader):
    done = _finalised(document, officer)

    consolidated.send_back(done, actor=leader, seen_version=2, reason="Thiếu nguyên nhân")

    document.refresh_from_db()
    assert (document.status, document.snapshot) == ("draft", None)
    assert not ConsolidatedSource.objects.exists()


def test_draft_is_not_for_a_leader_and_the_finalised_reads_as_printed(document, officer):
    kind = ConsolidatedKind()
    assert kind.refusal(document) == "Văn bản còn là dự thảo; đồng chí chốt số liệu rồi trình."

    done = _finalised(document, officer)

    assert kind.refusal(done) == ""
    texts = [one.text for one in kind.paragraphs(done)]
    assert "- Buổi tuyên truyền: 05 buổi." in texts
    assert kind.document(done).content.startswith(b"PK")


def test_finalised_reports_are_written_once(document, officer):
    _finalised(document, officer)

    with pytest.raises(TypeError):
        ConsolidatedSource.objects.get().save()
