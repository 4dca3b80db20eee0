"""The way out: every legal step, none of the others, and two people for each approval."""

import datetime as dt
from itertools import cycle
from itertools import product as pairs

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError
from outreach.content import workflow
from outreach.content.models import Status
from outreach.content.workflow import STEPS, take
from outreach.tests.factories import ArticleFactory, PosterFactory, ShortTextFactory
from plans.models import LegalInstrument
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
LEGAL = {
    ("submit", "draft"): "submitted",
    ("submit", "returned"): "submitted",
    ("return", "submitted"): "returned",
    ("return", "approved"): "returned",
    ("return", "scheduled"): "returned",
    ("approve", "submitted"): "approved",
    ("schedule", "approved"): "scheduled",
    ("schedule", "scheduled"): "scheduled",
    ("unschedule", "scheduled"): "approved",
    ("publish", "approved"): "published",
    ("publish", "scheduled"): "published",
    ("force", "draft"): "published",
    ("force", "returned"): "published",
    ("force", "submitted"): "published",
    ("check", "published"): "published",
    ("renew", "published"): "published",
    ("withdraw", "published"): "withdrawn",
    ("reopen", "withdrawn"): "draft",
}
FORMS = (ArticleFactory, ShortTextFactory, PosterFactory)
ILLEGAL = sorted(set(pairs(STEPS, Status.values)) - set(LEGAL))


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


@pytest.fixture
def author(ward):
    return member(Role.EDITOR, ward)


def soon():
    return timezone.now() + dt.timedelta(hours=1)


def basis(ward, code="08/2018/NĐ-CP", **fields):
    return LegalInstrument.objects.create(
        owner=ward, document_type="Nghị định", code=code, **fields
    )


@pytest.mark.parametrize(
    ("name", "status", "target", "factory"),
    [(*key, to, form) for (key, to), form in zip(LEGAL.items(), cycle(FORMS))],
)
def test_step_moves_the_piece_and_records_it(ward, officer, name, status, target, factory):
    piece = factory(owner=ward, status=status, is_forced=name == "check")

    moved = take(STEPS[name], piece, actor=officer, seen_version=1, reason="Sai số", due_at=soon())

    assert (moved.status, moved.version) == (target, 2)
    assert list(moved.steps.values_list("name", "from_status", "to_status", "actor")) == [
        (name, status, target, officer.pk)
    ]


@pytest.mark.parametrize("name", STEPS)
def test_step_is_refused_from_any_other_status(ward, officer, name):
    for status in (status for step, status in ILLEGAL if step == name):
        piece = ShortTextFactory(owner=ward, status=status)

        with pytest.raises(TransitionRefusedError):
            take(STEPS[name], piece, actor=officer, seen_version=1, reason="x", due_at=soon())

        piece.refresh_from_db()
        assert (piece.status, piece.version, piece.steps.count()) == (status, 1, 0)


@pytest.mark.parametrize("name", ["return", "force", "withdraw", "renew"])
def test_step_without_its_reason_is_refused(ward, officer, name):
    status = "published" if name in ("withdraw", "renew") else "submitted"
    piece = ArticleFactory(owner=ward, status=status)

    with pytest.raises(TransitionRefusedError, match="Cần ghi lý do"):
        take(STEPS[name], piece, actor=officer, seen_version=1, reason=" ")


def test_the_author_is_told_why_the_own_work_waits_for_another(ward, officer):
    piece = ArticleFactory(owner=ward, status="submitted", author=officer)

    with pytest.raises(TransitionRefusedError, match="không tự duyệt được"):
        take(workflow.APPROVE, piece, actor=officer, seen_version=1)

    assert workflow.APPROVE not in workflow.open_steps(piece, officer)


def test_who_changed_a_word_does_not_approve_either(ward, officer):
    piece = ArticleFactory(owner=ward, status="submitted")
    piece._history_user = officer
    piece.save()

    with pytest.raises(TransitionRefusedError, match="không tự duyệt được"):
        take(workflow.APPROVE, piece, actor=officer, seen_version=1)


def test_an_editor_approves_and_forces_nothing(ward, author):
    piece = ArticleFactory(owner=ward, status="submitted")

    for step in (workflow.APPROVE, workflow.FORCE):
        with pytest.raises(PermissionDenied):
            take(step, piece, actor=author, seen_version=1, reason="Gấp")


def test_another_ward_s_officer_may_nothing(ward):
    piece = ArticleFactory(owner=ward, status="submitted")
    stranger = member(Role.OFFICE, WardFactory())

    with pytest.raises(PermissionDenied):
        take(workflow.APPROVE, piece, actor=stranger, seen_version=1)


def test_what_was_seen_before_a_change_is_stale(ward, officer):
    piece = ArticleFactory(owner=ward, status="submitted", version=2)

    with pytest.raises(StaleError):
        take(workflow.APPROVE, piece, actor=officer, seen_version=1)


@pytest.mark.parametrize(
    ("due_at", "words"),
    [(None, "ghi ngày và giờ"), (dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "đã qua")],
)
def test_an_hour_that_is_none_or_past_is_refused(ward, officer, due_at, words):
    piece = ArticleFactory(owner=ward, status="approved")

    with pytest.raises(TransitionRefusedError, match=words):
        take(workflow.SCHEDULE, piece, actor=officer, seen_version=1, due_at=due_at)


def test_forced_is_checked_later_by_who_neither_wrote_nor_forced(ward, officer):
    piece = ArticleFactory(owner=ward, author=officer)
    piece = take(workflow.FORCE, piece, actor=officer, seen_version=1, reason="Bão, cần báo ngay")
    second, third = member(Role.LEADER, ward), member(Role.PROPAGANDA, ward)

    assert piece.is_forced
    assert workflow.CHECK not in workflow.open_steps(piece, officer)
    with pytest.raises(PermissionDenied):
        take(workflow.CHECK, piece, actor=officer, seen_version=2)
    checked = take(workflow.CHECK, piece, actor=second, seen_version=2)
    assert not checked.is_forced
    with pytest.raises(TransitionRefusedError, match="không phát hành gấp"):
        take(workflow.CHECK, checked, actor=third, seen_version=3)


@pytest.mark.parametrize(
    ("name", "status"), [("submit", "draft"), ("approve", "submitted"), ("publish", "approved")]
)
def test_nothing_goes_on_that_rests_on_a_replaced_instrument(ward, officer, name, status):
    piece = ArticleFactory(owner=ward, status=status)
    piece.bases.add(basis(ward, status="replaced", successor=basis(ward, "12/2027/NĐ-CP")))

    with pytest.raises(TransitionRefusedError) as told:
        take(STEPS[name], piece, actor=officer, seen_version=1)

    assert str(told.value) == (
        "Căn cứ Nghị định 08/2018/NĐ-CP đã được thay thế bằng Nghị định 12/2027/NĐ-CP. "
        "Sửa lời và căn cứ cho đúng rồi trình lại."
    )


def test_renewing_puts_the_instrument_that_holds_in_its_place(ward, officer):
    newest = basis(ward, "12/2027/NĐ-CP")
    between = basis(ward, "09/2020/NĐ-CP", status="replaced", successor=newest)
    piece = ArticleFactory(owner=ward, status="published")
    piece.bases.add(basis(ward, status="replaced", successor=between))

    take(workflow.RENEW, piece, actor=officer, seen_version=1, reason="Đã đối chiếu điều 5")

    assert list(piece.bases.all()) == [newest]
    assert piece.history.latest().history_user == officer


def test_renewing_needs_an_instrument_that_holds(ward, officer):
    piece = ArticleFactory(owner=ward, status="published")
    piece.bases.add(basis(ward, status="expired"))

    with pytest.raises(TransitionRefusedError, match="chưa ghi văn bản nào còn hiệu lực"):
        take(workflow.RENEW, piece, actor=officer, seen_version=1, reason="x")


def test_an_article_that_names_a_picture_it_has_not_is_not_handed_in(ward, officer):
    piece = ArticleFactory(owner=ward, body="<p>Xem:</p>\n<p>[ảnh 2]</p>")

    with pytest.raises(TransitionRefusedError, match=r"nhắc tới \[ảnh 2\]"):
        take(workflow.SUBMIT, piece, actor=officer, seen_version=1)
