"""The plan itself: its head, its time, its file, its full text as a tree."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from core.models import StoredFile
from core.text import fold
from core.workflow import StepRecord, WorkflowModel
from units.models import Unit
from units.models.tree import holds_in
from units.permissions import scope_q


class Status(models.TextChoices):
    PROPOSED = "proposed", "chờ xác nhận"
    CONFIRMED = "confirmed", "đã xác nhận"
    CLOSED = "closed", "đã kết thúc"


# A plan that was closed has been in force until then: the contents of past months stay known.
HELD = (Status.CONFIRMED, Status.CLOSED)


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "plans.view_plan", prefix="owner__"))

    def held(self) -> Self:
        """Plans that a person has confirmed, whether or not they have ended since."""
        return self.filter(status__in=HELD)

    def in_force(self, month: dt.date) -> Self:
        """Confirmed plans whose time touches the month that begins on ``month``."""
        return self.held().filter(holds_in(month, "valid_from", "valid_to"))

    def for_list(self) -> Self:
        """Everything that a row of the list shows, in a fixed number of queries."""
        return (
            self.defer("reading")
            .annotate(
                content_count=models.Count("content_items", distinct=True),
                task_count=models.Count("tasks", distinct=True),
            )
            .order_by(*self.model._meta.ordering)
        )  # counting drops the default order


class Plan(WorkflowModel):
    """A plan of a ward. See :mod:`plans.workflow` for its steps."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="phường"
    )
    status = models.CharField(
        "trạng thái", max_length=20, choices=Status, default=Status.PROPOSED, editable=False
    )
    code = models.CharField("số, ký hiệu", max_length=80, blank=True)
    document_type = models.CharField("loại văn bản", max_length=60, default="KẾ HOẠCH")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issue_place = models.CharField("địa danh", max_length=120, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    superior = models.CharField("cơ quan cấp trên", max_length=300, blank=True)
    subject = models.TextField("trích yếu")
    year = models.PositiveSmallIntegerField("kế hoạch của năm", null=True, blank=True)
    valid_from = models.DateField("có hiệu lực từ ngày", null=True, blank=True)
    valid_to = models.DateField(
        "đến trước ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên không còn hiệu lực. Để trống khi chưa biết.",
    )
    extension_note = models.TextField("căn cứ gia hạn, kết thúc", blank=True)
    closing = models.TextField("đoạn kết", blank=True)
    source = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="tệp gốc",
        editable=False,
    )
    source_sha256 = models.CharField("mã băm của tệp gốc", max_length=64, editable=False)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="copies",
        verbose_name="chép từ kế hoạch",
        editable=False,
    )
    reading = models.JSONField("kết quả đọc", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người nạp",
        editable=False,
    )
    search = models.CharField(max_length=600, editable=False)

    history = HistoricalRecords(excluded_fields=["reading", "search"])
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "issuer", "code", "issued_on"],
                condition=~Q(code=""),
                name="plan_code_is_unique_for_issuer_and_day",
                violation_error_message=(
                    "Đã có kế hoạch cùng số, ký hiệu, ngày và cơ quan ban hành."
                ),
            ),
            models.UniqueConstraint(
                fields=["owner", "source_sha256"],
                name="plan_file_is_known_once",
                violation_error_message="Tệp này đã được nạp.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="plan_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="plan_ends_after_it_starts",
                violation_error_message="Ngày hết hiệu lực phải sau ngày bắt đầu hiệu lực.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=HELD) | Q(valid_from__isnull=False),
                name="plan_held_has_a_start",
                violation_error_message="Chưa có ngày bắt đầu hiệu lực.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | Q(valid_to__isnull=False),
                name="plan_closed_has_an_end",
                violation_error_message="Chưa có ngày hết hiệu lực.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type.capitalize()} {self.code or 'chưa có số'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.code} {self.subject} {self.issuer}")[:600]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search"}
        super().save(*args, **kwargs)

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force, as people say it; ``valid_to`` is the day after."""
        return self.valid_to - dt.timedelta(days=1) if self.valid_to else None

    def is_in_force_on(self, day: dt.date) -> bool:
        return (
            self.status in HELD
            and self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day < self.valid_to)
        )

    def get_absolute_url(self) -> str:
        """The page to open it on: the review while it is proposed, else its text."""
        name = "plan_review" if self.status == Status.PROPOSED else "plan_detail"
        return reverse(f"admin:{name}", args=[self.pk])


class PlanStep(StepRecord):
    """A step that was taken on a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")

    class Meta(StepRecord.Meta):
        verbose_name = "bước của kế hoạch"

    def __str__(self) -> str:
        return f"{self.plan}: {self.name}"


class PlanNode(models.Model):
    """One place of the full text. ``paragraph`` counts the paragraphs of the source from 0."""

    class Role(models.TextChoices):
        HEADER = "header", "phần đầu"
        TYPE = "type", "tên loại"
        SUBJECT = "subject", "trích yếu"
        BASIS = "basis", "căn cứ"
        PURPOSE = "purpose", "mục đích, yêu cầu"
        TARGET = "target", "mục tiêu, chỉ tiêu"
        CONTENT = "content", "nội dung"
        BUDGET = "budget", "kinh phí"
        IMPLEMENTATION = "implementation", "tổ chức thực hiện"
        OTHER = "other", "mục khác"
        CLOSING = "closing", "đoạn kết"
        RECIPIENT = "recipient", "nơi nhận"
        SIGNATURE = "signature", "chữ ký"
        ATTACHMENT = "attachment", "phụ lục"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField("thứ tự")
    depth = models.PositiveSmallIntegerField("cấp", default=0)
    numeral = models.CharField("số mục", max_length=20, blank=True)
    heading = models.TextField("tên mục", blank=True)
    text = models.TextField("nội dung", blank=True)
    role = models.CharField("phần", max_length=20, choices=Role)
    paragraph = models.PositiveIntegerField("đoạn")
    last_paragraph = models.PositiveIntegerField("đến đoạn")

    class Meta:
        verbose_name = "đoạn của kế hoạch"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="plan_node_position_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(last_paragraph__gte=F("paragraph")),
                name="plan_node_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.text

    @property
    def level(self) -> int:
        return self.depth + 1

    @property
    def marker(self) -> str:
        """What stands in front of the text: "1.", "a)", "-"."""
        if not self.numeral or not self.numeral[-1].isalnum():
            return self.numeral
        return f"{self.numeral})" if self.numeral.isalpha() else f"{self.numeral}."
