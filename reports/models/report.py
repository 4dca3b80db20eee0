"""What one unit did in one month, and the contents of the plans that it covered."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.text import format_month
from core.workflow import WorkflowModel
from units.models import Unit
from units.permissions import scope_q


class Status(models.TextChoices):
    DRAFT = "draft", "Chưa nộp"
    SUBMITTED = "submitted", "Chờ xem"
    RETURNED = "returned", "Trả lại để sửa"
    ACCEPTED = "accepted", "Đã tiếp nhận"


class ZeroReason(models.TextChoices):
    NOT_PLANNED = "not_planned", "Kế hoạch của chi bộ chưa có việc trong tháng này"
    TOGETHER = "together", "Đã tổ chức chung với đơn vị khác, đơn vị đó báo cáo"
    OTHER_DUTY = "other_duty", "Tập trung cho nhiệm vụ khác của địa phương, cơ quan"
    OTHER = "other", "Lý do khác"


EDITABLE = (Status.DRAFT, Status.RETURNED)
HANDED_IN = (Status.SUBMITTED, Status.ACCEPTED)
# First handed in by the day that was due then, or that the ward excused since.
# Whatever the clock of the place: what came before the day began in Greenwich came by that day.
# Said first, and most have no excuse: SQLite asks Python for the day of each moment.
ON_TIME = (
    Q(first_submitted_at__lt=F("due_on"))
    | Q(first_submitted_at__date__lte=F("due_on"))
    | Q(excused_until__isnull=False, first_submitted_at__date__lte=F("excused_until"))
)


class MonthlyReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_monthlyreport", prefix="unit__"))

    def handed_in(self) -> Self:
        """What counts as received: waiting or accepted now, not what went back."""
        return self.filter(status__in=HANDED_IN)

    def awaiting_review(self) -> Self:
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")

    def not_handed_in_by(self, user: Any) -> Self:
        """Without those that ``user`` handed in at any time."""
        own = self.model.submissions.rel.related_model.objects.filter(
            report=OuterRef("pk"), by=user
        )
        return self.filter(~Exists(own))

    def on_time(self) -> Self:
        """First handed in by the day that was due then, or that the ward excused since.

        A later return changes nothing.
        """
        return self.filter(ON_TIME)

    def for_list(self) -> Self:
        """Everything a list row shows, in a fixed number of queries."""
        return self.select_related("unit", "ward", "submitted_by")


class HandedIn:
    """What a report's columns say of when it came in; also where they come as plain values."""

    status: str
    first_submitted_at: dt.datetime | None
    due_on: dt.date | None
    excused_until: dt.date | None

    @property
    def is_handed_in(self) -> bool:
        return self.status in HANDED_IN

    @property
    def first_submitted_on(self) -> dt.date | None:
        at = self.first_submitted_at
        # The zone by name: to ask for the request's costs a hundred times this.
        return timezone.localdate(at, timezone.get_default_timezone()) if at else None

    @property
    def on_time_until(self) -> dt.date | None:
        """The last day that counts as on time: due then, or excused by the ward since."""
        return max(filter(None, (self.due_on, self.excused_until)), default=None)

    @property
    def is_late(self) -> bool:
        """Handed in at first after the last day that counts as on time."""
        return self.days_late > 0

    @property
    def days_late(self) -> int:
        first, until = self.first_submitted_on, self.on_time_until
        return max(0, (first - until).days) if first and until else 0


class MonthlyReport(HandedIn, WorkflowModel):
    """What one unit did in one month. See :mod:`reports.workflow` for its steps.

    The live rows (texts here, values, contents) change only inside a hand-in; what
    is being typed is in :class:`Draft`.
    """

    # Unit and ward begin a constraint and an index below, and need none of their own.
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="reports",
        verbose_name="đơn vị",
    )
    # Units never move, so the root may be repeated; ward figures then need no join.
    ward = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="phường",
        editable=False,
    )
    month = models.DateField("tháng", help_text="Ngày đầu tháng.")
    status = models.CharField(
        "trạng thái", max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )

    result = models.TextField("kết quả", blank=True)
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    recommendations = models.TextField("kiến nghị, đề xuất", blank=True)
    is_zero = models.BooleanField("không phát sinh", default=False)
    zero_reason = models.CharField(
        "lý do không phát sinh", max_length=20, choices=ZeroReason, blank=True
    )
    zero_reason_text = models.CharField("lý do khác", max_length=300, blank=True)

    first_submitted_at = models.DateTimeField("nộp lần đầu lúc", null=True, editable=False)
    due_on = models.DateField(
        "ngày cuối được tính đúng hạn",
        null=True,
        editable=False,
        help_text="Hạn nộp, kể cả gia hạn và số ngày châm chước, ghi một lần khi nộp lần đầu.",
    )
    excused_until = models.DateField(
        "phường cho lùi hạn đến",
        null=True,
        editable=False,
        help_text="Chỉ ghi khi phường cho lùi hạn sau lúc nộp; hạn đã ghi không đổi.",
    )
    submitted_at = models.DateTimeField("nộp lúc", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name="người nộp",
    )
    returned_question = models.CharField("phần cần sửa", max_length=60, blank=True, editable=False)

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tháng"
        verbose_name_plural = "báo cáo tháng"
        ordering = ["-month", "unit__position", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"],
                name="report_one_per_unit_and_month",
                violation_error_message="Đơn vị đã có báo cáo của tháng này.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="report_month_is_first_day",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="report_status_known",
                violation_error_message="Trạng thái này không có.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, first_submitted_at__isnull=True)
                | ~Q(status=Status.DRAFT)
                & Q(
                    first_submitted_at__isnull=False,
                    due_on__isnull=False,
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                ),
                name="report_handed_in_has_sender",
                violation_error_message="Báo cáo đã nộp phải có người nộp, giờ nộp và hạn nộp.",
            ),
            models.CheckConstraint(
                condition=Q(is_zero=False, zero_reason="")
                | Q(is_zero=True, zero_reason__in=ZeroReason.values),
                name="report_zero_has_reason",
                violation_error_message="Báo cáo không phát sinh phải có lý do.",
            ),
            models.CheckConstraint(
                condition=Q(zero_reason_text="") & ~Q(zero_reason=ZeroReason.OTHER)
                | Q(zero_reason=ZeroReason.OTHER) & ~Q(zero_reason_text=""),
                name="report_other_reason_is_written",
                violation_error_message="Chọn “Lý do khác” thì ghi rõ lý do.",
            ),
            models.CheckConstraint(
                condition=Q(is_zero=False) | Q(result="", difficulties="", recommendations=""),
                name="report_zero_has_no_text",
                violation_error_message="Báo cáo không phát sinh thì không có phần kết quả.",
            ),
            models.CheckConstraint(
                condition=Q(returned_question="") | Q(status=Status.RETURNED),
                name="report_question_only_when_returned",
                violation_error_message="Chỉ báo cáo bị trả lại mới có phần cần sửa.",
            ),
        ]
        indexes = [
            # The review queue; most rows end up accepted and stay out of it.
            models.Index(
                fields=["ward", "submitted_at"],
                condition=Q(status=Status.SUBMITTED),
                name="report_review_queue",
            ),
            models.Index(fields=["ward", "month", "status"], name="report_ward_month"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {format_month(self.month)}"

    @property
    def scope_unit(self) -> Unit:
        return self.unit

    @property
    def zero_text(self) -> str:
        """The reason of a zero report in words."""
        return self.zero_reason_text or self.get_zero_reason_display()


class ReportContent(models.Model):
    """This report covered that content of a plan."""

    report = models.ForeignKey(
        MonthlyReport,
        on_delete=models.PROTECT,
        db_index=False,  # the constraint below begins with it
        related_name="contents",
        verbose_name="báo cáo",
    )
    content_item = models.ForeignKey(
        "plans.ContentItem",
        on_delete=models.PROTECT,
        db_constraint=False,  # a lock on a row that all hand-ins share (decision 9)
        related_name="reported",
        verbose_name="nội dung",
    )

    class Meta:
        verbose_name = "nội dung đã thực hiện"
        verbose_name_plural = "nội dung đã thực hiện"
        ordering = ["content_item__plan", "content_item__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "content_item"],
                name="reportcontent_once_per_report",
                violation_error_message="Nội dung này đã được chọn.",
            )
        ]

    def __str__(self) -> str:
        return str(self.content_item)
