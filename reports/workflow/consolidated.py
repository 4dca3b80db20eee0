"""The steps of an official report: made, written on, finalised, signed, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.files import FileRefusedError, Kind, store_upload
from core.files.older import PDF_SIGNATURE
from core.text import clean
from core.workflow import StaleError, Transition, TransitionRefusedError, perform, save_seen
from plans.models import Plan
from reports.models import (
    ConsolidatedReport,
    ConsolidatedSource,
    ConsolidatedText,
    DocumentStatus,
)
from reports.official import freezing
from reports.official.drafting import HEAD_FIELDS, Content, Draft, draft, head_for
from reports.official.figures import Figures, gather
from reports.spans import Span
from reports.statistics import Scope
from units.wards import profile_of

CHANGE = "reports.change_consolidatedreport"
APPROVE_RIGHT = "reports.approve_consolidatedreport"
NOTHING_ACCEPTED = (
    "Kỳ này chưa có báo cáo nào được tiếp nhận nên chưa lập được văn bản. Mời đồng chí tiếp nhận "
    "báo cáo ở trang Chờ xem trước."
)


def _may_change(user: Any, document: ConsolidatedReport) -> bool:
    return user.has_perm(CHANGE, document)


def _may_approve(user: Any, document: ConsolidatedReport) -> bool:
    return user.has_perm(APPROVE_RIGHT, document)


FINALISE = Transition(
    name="finalise",
    label="Chốt số liệu",
    sources=frozenset({DocumentStatus.DRAFT}),
    target=DocumentStatus.FINALISED,
    allowed=_may_change,
)
SIGN = Transition(
    name="sign",
    label="Lưu bản đã ký",
    sources=frozenset({DocumentStatus.FINALISED}),
    target=DocumentStatus.FINALISED,
    allowed=_may_change,
)
SIGN_APPROVED = replace(
    SIGN,
    sources=frozenset({DocumentStatus.APPROVED}),
    target=DocumentStatus.APPROVED,
)
APPROVE = Transition(
    name="approve",
    label="Duyệt văn bản",
    sources=frozenset({DocumentStatus.FINALISED}),
    target=DocumentStatus.APPROVED,
    allowed=_may_approve,
)
SEND_BACK = Transition(
    name="send_back",
    label="Trả lại văn bản",
    sources=frozenset({DocumentStatus.FINALISED}),
    target=DocumentStatus.DRAFT,
    allowed=_may_approve,
    needs_reason=True,
)
WITHDRAW = Transition(
    name="withdraw",
    label="Rút văn bản",
    sources=frozenset({DocumentStatus.DRAFT, DocumentStatus.FINALISED, DocumentStatus.APPROVED}),
    target=DocumentStatus.WITHDRAWN,
    allowed=_may_change,
    needs_reason=True,
)
STEPS = {step.name: step for step in (FINALISE, SIGN, APPROVE, SEND_BACK, WITHDRAW)}


class NothingAcceptedError(TransitionRefusedError):
    """There is no accepted report in the span: no figure, so no document."""

    def __init__(self) -> None:
        super().__init__(NOTHING_ACCEPTED)


class WrongNumbersError(TransitionRefusedError):
    """The prose says other numbers than the annex."""

    def __init__(self, draft_now: Draft) -> None:
        told = "; ".join(
            f"“{wrong.written}” (số liệu là {wrong.right})" for _, wrong in draft_now.wrong[:5]
        )
        super().__init__(f"Lời văn còn số khác số liệu: {told}. Mời đồng chí sửa trước.")
        self.draft = draft_now


def plans_in_force(scope: Scope, span: Span) -> list[Plan]:
    return list(Plan.objects.filter(owner=scope.ward).in_force(span.last_month).defer("reading"))


def usual_content(scope: Scope, span: Span, profile: str) -> Content:
    """What a new document begins with: the head of the last one of this form, or the usual one."""
    last = (
        ConsolidatedText.objects.filter(document__owner=scope.ward, document__profile=profile)
        .order_by("-document", "-number")
        .values_list("content", flat=True)
        .first()
    )
    plans = plans_in_force(scope, span)
    before = last["head"] if last else None
    return Content(head_for(profile, profile_of(scope.ward), span, scope, plans, before))


def create(
    scope: Scope, span: Span, profile: str, *, actor: Any
) -> tuple[ConsolidatedReport, bool]:
    """The document of this span, scope and form, and whether it is new: one stands at a time.

    Raises :class:`NothingAcceptedError`.
    """
    known = ConsolidatedReport.objects.exclude(status=DocumentStatus.WITHDRAWN).filter(
        owner=scope.ward,
        kind=span.kind,
        starts_on=span.start,
        root=scope.root,
        group=scope.group,
        profile=profile,
    )
    if (found := known.first()) is not None:
        return found, False
    if gather(scope, span).is_empty:
        raise NothingAcceptedError
    try:
        return _create(scope, span, profile, actor), True
    except IntegrityError:  # somebody else drew it at the same moment
        return known.get(), False


@transaction.atomic
def _create(scope: Scope, span: Span, profile: str, actor: Any) -> ConsolidatedReport:
    document = ConsolidatedReport.objects.create(
        owner=scope.ward,
        kind=span.kind,
        starts_on=span.start,
        root=scope.root,
        group=scope.group,
        profile=profile,
        created_by=actor,
    )
    _keep(document, usual_content(scope, span, profile), actor)
    return document


def content_of(document: ConsolidatedReport) -> Content:
    """The newest text; one query."""
    stored = document.texts.order_by("-number").values_list("content", flat=True).first()
    return Content.of(stored or {"head": {}, "texts": {}, "picks": []})


def figures_of(document: ConsolidatedReport) -> Figures:
    """The figures of now, whatever was frozen."""
    return gather(freezing.scope_of(document), document.span)


def draft_of(document: ConsolidatedReport) -> Draft:
    """As it reads: a draft with the figures of now, what was finalised as it was then."""
    if document.snapshot is not None:
        return freezing.thaw(document.snapshot)
    return draft(figures_of(document), content_of(document))


@transaction.atomic
def save_content(
    document: ConsolidatedReport, content: Content, *, actor: Any, seen_version: int
) -> ConsolidatedReport:
    """A new version of the text. Raises ``StaleError``, and refuses what is no draft any more."""
    fresh = save_seen(document, seen_version=seen_version)
    if not fresh.is_draft:
        raise TransitionRefusedError(
            f"Văn bản này {fresh.get_status_display().lower()}, không sửa lời văn được nữa."
        )
    _keep(fresh, content, actor)
    return fresh


def _keep(document: ConsolidatedReport, content: Content, actor: Any) -> None:
    document.texts.create(
        number=document.version, content=content.as_json(), by=actor, at=timezone.now()
    )


@transaction.atomic
def finalise(
    document: ConsolidatedReport, *, actor: Any, seen_version: int, seen_figures: str
) -> ConsolidatedReport:
    """Freeze text and figures, and note the reports that they are made of.

    ``seen_figures`` is :func:`figures_seen` of what the officer had before them: other figures
    than those are told as stale. Refuses while the prose has a number that the annex has not.
    """
    sources = freezing.accepted_in(document)
    now = draft(figures_of(document), content_of(document))
    if now.figures.is_empty:
        raise NothingAcceptedError
    if freezing.accepted_in(document) != sources or figures_seen(now.figures) != seen_figures:
        raise StaleError(document)
    if now.wrong:
        raise WrongNumbersError(now)
    snapshot = freezing.freeze(now)
    fresh = perform(
        FINALISE,
        document,
        actor=actor,
        seen_version=seen_version,
        snapshot=snapshot,
        snapshot_sha256=freezing.digest(snapshot),
        finalised_at=timezone.now(),
    )
    ConsolidatedSource.objects.bulk_create(
        ConsolidatedSource(document=fresh, report_id=pk, version=version)
        for pk, version in sorted(sources.items())
    )
    return fresh


def figures_seen(figures: Figures) -> str:
    return freezing.digest(figures.as_json())


def keep_signed(
    document: ConsolidatedReport, upload: File, *, actor: Any, seen_version: int, reason: str
) -> ConsolidatedReport:
    """Keep the signed PDF unchanged, with its SHA-256; another one in its place needs a reason.

    Raises ``FileRefusedError`` and what :func:`core.workflow.perform` raises.
    """
    if upload.read(len(PDF_SIGNATURE)) != PDF_SIGNATURE:
        raise FileRefusedError("Bản đã ký phải là tệp PDF, mời đồng chí chọn tệp khác.")
    upload.seek(0)
    if document.signed_id is not None and not reason.strip():
        raise TransitionRefusedError("Đã có bản đã ký; muốn thay thì ghi lý do.")
    with transaction.atomic():
        stored = store_upload(upload, kinds=[Kind.DOCUMENT], user=actor)
        step = SIGN_APPROVED if document.status == DocumentStatus.APPROVED else SIGN
        return perform(
            step, document, actor=actor, seen_version=seen_version, reason=reason, signed=stored
        )


def approve(
    document: ConsolidatedReport, *, actor: Any, seen_version: int, reason: str = ""
) -> ConsolidatedReport:
    """The leader's word on what was finalised."""
    return perform(APPROVE, document, actor=actor, seen_version=seen_version, reason=reason)


@transaction.atomic
def send_back(
    document: ConsolidatedReport, *, actor: Any, seen_version: int, reason: str
) -> ConsolidatedReport:
    """A draft again, with the figures of now; what was frozen is not valid any more."""
    if document.signed_id is not None:
        raise TransitionRefusedError("Văn bản đã có bản ký, không trả lại được; mời rút văn bản.")
    fresh = perform(
        SEND_BACK,
        document,
        actor=actor,
        seen_version=seen_version,
        reason=reason,
        snapshot=None,
        snapshot_sha256="",
        finalised_at=None,
    )
    fresh.sources.all().delete()
    return fresh


def withdraw(
    document: ConsolidatedReport, *, actor: Any, seen_version: int, reason: str
) -> ConsolidatedReport:
    """It stays with its history; another one may be made for the span."""
    return perform(WITHDRAW, document, actor=actor, seen_version=seen_version, reason=reason)


def with_head(content: Content, head: dict[str, str]) -> Content:
    cleaned = {name: clean(head.get(name, "")) for name in HEAD_FIELDS}
    return Content(cleaned, content.texts, content.picks)
