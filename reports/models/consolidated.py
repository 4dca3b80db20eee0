"""The ward's own report of a span: its text in versions, what was frozen, what was signed."""

from __future__ import annotations

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.docx import PROFILES
from core.models import StoredFile
from core.workflow import StepRecord, WorkflowModel
from reports.models.report import MonthlyReport
from reports.spans import Span, SpanKind
from units.models import Unit, UnitGroup
from units.permissions import scope_q

# Letters and digits that nobody takes for another: no 0, O, 1, I, L.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


class DocumentStatus(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    FINALISED = "finalised", "Đã chốt"
    APPROVED = "approved", "Lãnh đạo đã duyệt"
    WITHDRAWN = "withdrawn", "Đã rút"


def trace_code() -> str:
    """The code at the foot of the annex; it opens nothing without a sign-in."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


class ConsolidatedReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_consolidatedreport", prefix="owner__"))

    def editable_by(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.change_consolidatedreport", prefix="owner__"))

    def for_list(self) -> Self:
        return self.select_related("owner", "root", "group", "created_by")


class ConsolidatedReport(WorkflowModel):
    """One official report. Its steps: :mod:`reports.workflow.consolidated`.

    While it is a draft its figures are those of now; finalising freezes them in ``snapshot``.
    """

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="consolidated_reports", verbose_name="phường"
    )
    kind = models.CharField("kỳ", max_length=10, choices=SpanKind)
    starts_on = models.DateField("từ tháng", help_text="Ngày đầu của tháng đầu kỳ.")
    root = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="khối đơn vị",
        help_text="Đơn vị này và cấp dưới; để trống là cả phường.",
    )
    group = models.ForeignKey(
        UnitGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nhóm đơn vị",
    )
    profile = models.CharField(
        "thể thức", max_length=12, choices=[(one.key, one.name) for one in PROFILES.values()]
    )
    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=DocumentStatus,
        default=DocumentStatus.DRAFT,
        editable=False,
    )
    trace_code = models.CharField(
        "mã tra cứu", max_length=CODE_LENGTH, default=trace_code, editable=False
    )
    snapshot = models.JSONField("số liệu đã chốt", null=True, editable=False)
    snapshot_sha256 = models.CharField("mã băm số liệu", max_length=64, blank=True, editable=False)
    finalised_at = models.DateTimeField("chốt lúc", null=True, editable=False)
    signed = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="bản đã ký",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="người lập",
    )

    objects = ConsolidatedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản tổng hợp"
        verbose_name_plural = "văn bản tổng hợp"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("owner"),
                F("kind"),
                F("starts_on"),
                Coalesce("root", 0),
                Coalesce("group", 0),
                F("profile"),
                condition=~Q(status="withdrawn"),
                name="consolidatedreport_once_a_span",
                violation_error_message="Kỳ này đã có văn bản cùng phạm vi và thể thức.",
            ),
            models.UniqueConstraint(
                fields=["trace_code"], name="consolidatedreport_code_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DocumentStatus.values),
                name="consolidatedreport_status_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1), name="consolidatedreport_starts_with_a_month"
            ),
            models.CheckConstraint(
                condition=Q(root__isnull=True) | Q(group__isnull=True),
                name="consolidatedreport_root_or_group",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["finalised", "approved"])
                | Q(snapshot__isnull=False, finalised_at__isnull=False) & ~Q(snapshot_sha256=""),
                name="consolidatedreport_finalised_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status="draft") | Q(snapshot__isnull=True, signed__isnull=True),
                name="consolidatedreport_draft_is_not_frozen",
            ),
        ]

    def __str__(self) -> str:
        name = f"Báo cáo {self.span.words}"
        scope = self.root or self.group
        return f"{name}, {scope}" if scope else name

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def span(self) -> Span:
        return Span(SpanKind(self.kind), self.starts_on)

    @property
    def is_draft(self) -> bool:
        return self.status == DocumentStatus.DRAFT

    def get_absolute_url(self) -> str:
        return reverse("admin:consolidated_page", args=[self.pk])


class ConsolidatedStep(StepRecord):
    """One step of an official report."""

    document = models.ForeignKey(
        ConsolidatedReport, on_delete=models.PROTECT, related_name="steps", verbose_name="văn bản"
    )

    class Meta(StepRecord.Meta):
        verbose_name = "bước của văn bản tổng hợp"
        verbose_name_plural = "bước của văn bản tổng hợp"

    def __str__(self) -> str:
        return f"{self.document}: {self.name}"


class WrittenOnce(models.Model):
    """A row that is added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("This row is written once.")
        super().save(*args, **kwargs)


class ConsolidatedText(WrittenOnce):
    """The text as it was saved once: the head, the edited sections, the chosen sentences.

    ``number`` is the version of the document that this save made.
    """

    document = models.ForeignKey(
        ConsolidatedReport, on_delete=models.PROTECT, related_name="texts", verbose_name="văn bản"
    )
    number = models.PositiveIntegerField("bản")
    content = models.JSONField("nội dung")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người sửa",
    )
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "bản của văn bản tổng hợp"
        verbose_name_plural = "bản của văn bản tổng hợp"
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="consolidatedtext_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, bản {self.number}"


class ConsolidatedSource(WrittenOnce):
    """A finalised document contains this report, at that version: "Đã tổng hợp"."""

    document = models.ForeignKey(
        ConsolidatedReport, on_delete=models.PROTECT, related_name="sources", verbose_name="văn bản"
    )
    report = models.ForeignKey(
        MonthlyReport,
        on_delete=models.PROTECT,
        related_name="consolidated_in",
        verbose_name="báo cáo",
    )
    version = models.PositiveIntegerField("phiên bản của báo cáo")

    class Meta:
        verbose_name = "báo cáo đã tổng hợp"
        verbose_name_plural = "báo cáo đã tổng hợp"
        ordering = ["document", "report"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "report"], name="consolidatedsource_once_per_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} → {self.document}"
