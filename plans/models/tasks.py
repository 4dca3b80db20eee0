"""Tasks of a plan: who they are given to, how they stand, and what shows it."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from core.models import StoredFile
from core.search_keys import FoundModel, SearchKeyField
from plans.models.contents import NamedUnit
from plans.models.parts import PlanPart
from plans.models.plan import HELD, Plan, PlanNode
from units.models import Unit, UnitGroup
from units.permissions import scope_q


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "plans.view_plan", prefix="plan__owner__"))

    def given(self) -> Self:
        """Tasks of plans that a person confirmed, without what a newer text left out."""
        return self.filter(is_left_out=False, plan__status__in=HELD)

    def for_list(self) -> Self:
        """Everything that a row shows; three queries with what it was given to."""
        given = Assignment.objects.select_related("unit", "group")
        return (
            self.select_related("plan__owner", "lead", "node", "rule_item", "parent")
            .defer("plan__reading")
            .prefetch_related(models.Prefetch("assignments", given))
            .order_by("plan__issued_on", "plan", "position", "pk")
        )


class Task(FoundModel, PlanPart):
    """A task with its “6 rõ”: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền."""

    class State(models.TextChoices):
        TODO = "todo", "chưa làm"
        DOING = "doing", "đang làm"
        DONE = "done", "đã xong"

    class Rule(models.TextChoices):
        BY_HAND = "", "ghi tay"
        ANY = "any", "xong khi có ít nhất một báo cáo mang nội dung này"
        ALL = "all", "xong khi mọi đơn vị được giao đã báo cáo nội dung này"
        COUNT = "count", "xong khi số của chỉ tiêu đạt mức"
        OUT = "out", "xong khi nội dung này đã phát trên loa hoặc đã đăng bài"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    node = models.ForeignKey(
        PlanNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    lead = models.ForeignKey(
        NamedUnit,
        on_delete=models.PROTECT,
        null=True,
        related_name="led_tasks",
        verbose_name="chủ trì, theo kế hoạch",
    )
    cooperating = models.ManyToManyField(
        NamedUnit, blank=True, related_name="cooperating_tasks", verbose_name="phối hợp"
    )
    text = models.TextField("rõ việc")
    person = models.CharField("rõ người", max_length=200, blank=True)
    due = models.JSONField(
        "rõ thời gian", default=list, blank=True, help_text="Các mã thời hạn (plans.due)."
    )
    responsibility = models.TextField("rõ trách nhiệm", blank=True)
    deliverable = models.CharField("rõ sản phẩm", max_length=300, blank=True)
    authority = models.CharField("rõ thẩm quyền", max_length=300, blank=True)
    state = models.CharField("tiến độ", max_length=10, choices=State, default=State.TODO)
    evidence = models.TextField("kết quả, minh chứng", blank=True)
    percent = models.PositiveSmallIntegerField("phần trăm", default=0)
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="là phần của",
    )
    rule = models.CharField(
        "cách tính tiến độ", max_length=10, choices=Rule, default=Rule.BY_HAND, blank=True
    )
    rule_item = models.ForeignKey(
        "plans.ContentItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nội dung",
    )
    # By its code, which never changes: indicators are above plans in the layers.
    rule_code = models.CharField("mã chỉ tiêu", max_length=40, blank=True)
    rule_target = models.PositiveIntegerField("mức cần đạt", null=True, blank=True)
    override_reason = models.TextField("lý do ghi khác số tính", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    search = SearchKeyField(sources=("text", "person", "deliverable"), max_length=1200)

    history = HistoricalRecords(excluded_fields=["search"])
    objects = TaskQuerySet.as_manager()

    class Meta(PlanPart.Meta):
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["todo", "doing", "done"]), name="task_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(evidence=""),
                name="task_done_has_evidence",
                violation_error_message="Việc đã xong thì ghi kết quả hoặc minh chứng.",
            ),
            models.CheckConstraint(
                condition=Q(state="todo", percent=0)
                | Q(state="doing", percent__lt=100)
                | Q(state="done"),
                name="task_percent_fits_its_state",
                violation_error_message="Chưa làm là 0%, đang làm là dưới 100%.",
            ),
            models.CheckConstraint(
                condition=Q(rule="", rule_item=None, rule_code="", rule_target=None)
                | Q(
                    rule__in=["any", "all", "out"],
                    rule_item__isnull=False,
                    rule_code="",
                    rule_target=None,
                )
                | Q(rule="count", rule_item=None, rule_target__gt=0) & ~Q(rule_code=""),
                name="task_rule_has_what_it_counts",
                violation_error_message="Chọn nội dung, hoặc chỉ tiêu và mức cần đạt.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Assignment(models.Model):
    """Who a task is given to: a unit, or a group that stands for its units on a day."""

    class Role(models.TextChoices):
        LEAD = "lead", "chủ trì"
        COOPERATING = "cooperating", "phối hợp"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_assignments"
    )
    group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_assignments"
    )
    role = models.CharField("vai trò", max_length=12, choices=Role, default=Role.LEAD)

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["task", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, group__isnull=True)
                | Q(unit__isnull=True, group__isnull=False),
                name="assignment_is_to_a_unit_or_a_group",
                violation_error_message="Giao cho một đơn vị hoặc một nhóm đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["lead", "cooperating"]), name="assignment_role_is_known"
            ),
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=Q(unit__isnull=False),
                name="assignment_names_a_unit_once",
            ),
            models.UniqueConstraint(
                fields=["task", "group"],
                condition=Q(group__isnull=False),
                name="assignment_names_a_group_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.task}"

    @property
    def target(self) -> Unit | UnitGroup | None:
        return self.unit or self.group


class TaskFileQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "plans.view_plan", prefix="task__plan__owner__"))

    def shown(self) -> Self:
        return self.filter(removed_at__isnull=True)


class TaskFile(models.Model):
    """A file that shows what was done. Removed, it is no longer shown; who did so is kept."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người gửi",
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người bỏ",
    )
    removed_at = models.DateTimeField("bỏ lúc", null=True)

    objects = TaskFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp minh chứng"
        verbose_name_plural = "tệp minh chứng"
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="task_file_removal_has_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return self.file.original_name

    @property
    def scope_unit(self) -> Unit:
        return self.task.plan.owner
