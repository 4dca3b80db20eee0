"""Until when a report of a month is due, as data that the office can change."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from units.models import Unit
from units.permissions import scope_q

DAY_OF_MONTH = [MinValueValidator(1), MaxValueValidator(31)]


class DeadlineRuleQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_deadlinerule", prefix="owner__"))


class DeadlineRule(models.Model):
    """The days of a report: opening, due, days of grace, closing; for months from … to ….

    A day that a month does not have means its last day. :mod:`reports.periods` turns
    a rule into dates.
    """

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="deadline_rules", verbose_name="phường"
    )
    starts_on = models.DateField("áp dụng từ tháng", help_text="Ngày đầu tháng.")
    ends_on = models.DateField(
        "đến trước tháng", null=True, blank=True, help_text="Để trống khi còn áp dụng."
    )
    month_offset = models.PositiveSmallIntegerField(
        "hạn nằm ở",
        choices=[(0, "chính tháng báo cáo"), (1, "tháng sau")],
        default=0,
    )
    opens_day = models.PositiveSmallIntegerField(
        "mở từ ngày", default=1, validators=DAY_OF_MONTH, help_text="Trong tháng có hạn nộp."
    )
    due_day = models.PositiveSmallIntegerField("hạn nộp ngày", default=25, validators=DAY_OF_MONTH)
    grace_days = models.PositiveSmallIntegerField(
        "số ngày châm chước",
        default=0,
        validators=[MaxValueValidator(30)],
        help_text="Nộp trong những ngày này vẫn tính đúng hạn.",
    )
    closes_after_days = models.PositiveSmallIntegerField(
        "khóa sau hạn mấy ngày",
        null=True,
        blank=True,
        validators=[MaxValueValidator(366)],
        help_text="Để trống: nộp muộn lúc nào cũng nhận.",
    )
    data_from_day = models.PositiveSmallIntegerField(
        "số liệu tính từ ngày",
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="Của tháng trước, đến hết ngày liền trước ngày đó của tháng báo cáo; "
        "ngày 1 nghĩa là trọn tháng.",
    )
    shifts_to_working_day = models.BooleanField(
        "hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc kế tiếp", default=False
    )

    objects = DeadlineRuleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "quy định hạn nộp"
        verbose_name_plural = "quy định hạn nộp"
        ordering = ["owner", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "starts_on"],
                name="deadlinerule_starts_once",
                violation_error_message="Đã có quy định áp dụng từ tháng này.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1) & (Q(ends_on__isnull=True) | Q(ends_on__day=1)),
                name="deadlinerule_changes_with_a_month",
                violation_error_message="Quy định bắt đầu và kết thúc vào ngày 1 của tháng.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="deadlinerule_ends_after_it_starts",
                violation_error_message="Tháng kết thúc phải sau tháng bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(
                    opens_day__range=(1, 31), due_day__range=(1, 31), data_from_day__range=(1, 28)
                ),
                name="deadlinerule_days_exist",
                violation_error_message="Ngày phải từ 1 đến 31; số liệu tính từ ngày 1 đến 28.",
            ),
            models.CheckConstraint(
                condition=Q(opens_day__lte=F("due_day")),
                name="deadlinerule_opens_before_due",
                violation_error_message="Ngày mở phải trước hạn nộp hoặc cùng ngày.",
            ),
            models.CheckConstraint(
                condition=Q(closes_after_days__isnull=True)
                | Q(closes_after_days__gte=F("grace_days")),
                name="deadlinerule_closes_after_grace",
                violation_error_message="Ngày khóa phải sau những ngày châm chước.",
            ),
        ]

    def __str__(self) -> str:
        return f"ngày {self.due_day}, {self.get_month_offset_display()}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_extension", prefix="unit__"))


class Extension(models.Model):
    """Another due day for one unit and month, or none at all; with its reason.

    More time also opens a closed month again. What the ward excuses counts as on time even
    where it is granted after the hand-in; what a unit asked for counts from when it is granted.
    A unit that is exempt does not owe the month and is counted apart.
    """

    class Kind(models.TextChoices):
        REQUESTED = "requested", "Gia hạn theo đề nghị của đơn vị"
        EXCUSED = "excused", "Phường cho lùi hạn"
        EXEMPT = "exempt", "Miễn báo cáo tháng này"

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="extensions", verbose_name="đơn vị"
    )
    month = models.DateField("tháng", help_text="Ngày đầu tháng.")
    kind = models.CharField("hình thức", max_length=20, choices=Kind, default=Kind.REQUESTED)
    due_on = models.DateField("hạn mới", null=True, blank=True)
    reason = models.CharField("lý do", max_length=300)

    objects = ExtensionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["-month", "unit__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"],
                name="extension_once_per_unit_and_month",
                violation_error_message="Đơn vị đã được gia hạn cho tháng này; sửa dòng đã có.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="extension_month_is_first_day",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("month")),
                name="extension_due_not_before_month",
                violation_error_message="Hạn mới không thể trước tháng báo cáo.",
            ),
            models.CheckConstraint(
                condition=Q(kind="exempt", due_on__isnull=True)
                | Q(kind__in=["requested", "excused"], due_on__isnull=False),
                name="extension_exempt_has_no_due_day",
                violation_error_message="Gia hạn thì ghi hạn mới; miễn báo cáo thì để trống.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_has_reason",
                violation_error_message="Cần ghi lý do gia hạn.",
            ),
        ]

    def __str__(self) -> str:
        if self.due_on is None:
            return f"{self.unit}, miễn báo cáo"
        return f"{self.unit}, hạn {self.due_on:%d/%m/%Y}"

    @property
    def scope_unit(self) -> Unit:
        return self.unit


class HolidayQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_holiday", prefix="owner__"))


class Holiday(models.Model):
    """A day on which the ward's own calendar differs from the official one.

    Off where the country works, or at work where the country is off.
    """

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="holidays", verbose_name="phường"
    )
    day = models.DateField("ngày")
    name = models.CharField("tên, lý do", max_length=120)
    is_working = models.BooleanField("vẫn làm việc", default=False)

    objects = HolidayQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ngày nghỉ của phường"
        verbose_name_plural = "ngày nghỉ của phường"
        ordering = ["owner", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "day"],
                name="holiday_once_per_ward_and_day",
                violation_error_message="Ngày này đã có trong danh sách của phường.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="holiday_has_name",
                violation_error_message="Cần ghi tên hoặc lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}, {self.name}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner
