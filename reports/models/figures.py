"""What is counted, as data that the office can change, and the counts themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.text import MAX_COUNT
from outreach.models import Event
from reports.models.report import MonthlyReport
from units.models import Unit
from units.permissions import scope_q

MAX_CORE = 8
MAX_VALUE = MAX_COUNT


class IndicatorQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_indicator", prefix="owner__"))

    def in_force(self, ward: Unit, month: dt.date) -> Self:
        """What a report of ``month`` (its first day) counts, in the order of the form."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=month), owner=ward, starts_on__lte=month
        ).order_by("-is_core", "position", "pk")


class Indicator(models.Model):
    """One thing that is counted. The code stays for ever; the words may change."""

    class RollUp(models.TextChoices):
        SUM = "sum", "cộng dồn"
        LAST = "last", "lấy số mới nhất của từng đơn vị rồi cộng"
        SHARE = "share", "tỷ lệ: tính lại từ tổng tử số và tổng mẫu số"

    class Section(models.TextChoices):
        """Where the ward's own report tells of it (DOMAIN §C.2)."""

        LEADERSHIP = "leadership", "Công tác lãnh đạo, chỉ đạo, quán triệt"
        OUTREACH = "outreach", "Công tác thông tin, tuyên truyền"
        MARKET = "market", "Phát triển thị trường, kết nối cung cầu, giới thiệu sản phẩm"
        CONTROL = "control", "Kiểm tra, kiểm soát thị trường, bảo vệ quyền lợi người tiêu dùng"
        MODELS = "models", "Mô hình, điển hình; khen thưởng"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="indicators", verbose_name="phường"
    )
    code = models.CharField(
        "mã",
        max_length=40,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9_]*$", "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới."
            )
        ],
        help_text="Đặt một lần, không đổi được. Ví dụ: to_roi.",
    )
    name = models.CharField("chỉ tiêu", max_length=120)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40)
    phrase = models.CharField(
        "câu trong báo cáo",
        max_length=160,
        blank=True,
        help_text="Dấu … là chỗ của con số. Ví dụ: treo … băng rôn.",
    )
    help_text = models.CharField("lời hướng dẫn", max_length=200, blank=True)
    roll_up = models.CharField("cách tổng hợp", max_length=10, choices=RollUp, default=RollUp.SUM)
    section = models.CharField(
        "mục trong báo cáo tổng hợp", max_length=12, choices=Section, default=Section.OUTREACH
    )
    attendance_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name="là lượt người của",
    )
    is_core = models.BooleanField(
        "hiện ngay trên biểu",
        default=False,
        help_text="Nhiều nhất 8 chỉ tiêu; còn lại nằm ở phần “Có việc khác”.",
    )
    position = models.PositiveIntegerField("thứ tự", default=100)
    starts_on = models.DateField("dùng từ tháng", help_text="Ngày đầu tháng.")
    ends_on = models.DateField(
        "thôi dùng từ tháng", null=True, blank=True, help_text="Để trống khi còn dùng."
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="thay bằng",
    )

    history = HistoricalRecords()
    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["-is_core", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code"],
                name="indicator_code_once_per_ward",
                violation_error_message="Phường đã có chỉ tiêu mang mã này.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="indicator_ends_after_it_starts",
                violation_error_message="Tháng thôi dùng phải sau tháng bắt đầu dùng.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1) & (Q(ends_on__isnull=True) | Q(ends_on__day=1)),
                name="indicator_changes_with_a_month",
                violation_error_message="Chỉ tiêu bắt đầu và thôi dùng vào ngày 1 của tháng.",
            ),
            models.CheckConstraint(
                condition=Q(roll_up__in=["sum", "last", "share"]),
                name="indicator_roll_up_known",
                violation_error_message="Cách tổng hợp này không có.",
            ),
            models.CheckConstraint(
                condition=Q(section__in=["leadership", "outreach", "market", "control", "models"]),
                name="indicator_section_known",
                violation_error_message="Mục này không có.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        instance = super().from_db(db, field_names, values)
        instance._stored_code = instance.__dict__.get("code")
        return instance

    def save(self, *args: Any, **kwargs: Any) -> None:
        if getattr(self, "_stored_code", None) not in (None, self.code):
            raise TypeError("The code of an indicator never changes.")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.attendance_of is not None and self.attendance_of.owner_id != self.owner_id:
            raise ValidationError({"attendance_of": "Chọn chỉ tiêu của cùng một phường."})
        if self.is_core and self.owner_id:
            others = Indicator.objects.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gt=self.starts_on),
                owner=self.owner_id,
                is_core=True,
            ).exclude(pk=self.pk)
            if self.ends_on is None and others.count() >= MAX_CORE:
                raise ValidationError(
                    {
                        "is_core": f"Biểu chỉ hiện ngay {MAX_CORE} chỉ tiêu. Bỏ bớt một chỉ tiêu trước."
                    }
                )

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def is_share(self) -> bool:
        """So many of so many: it has two boxes."""
        return self.roll_up == self.RollUp.SHARE

    def is_in_force(self, month: dt.date) -> bool:
        """Does a report of ``month`` (its first day) ask for it?"""
        return self.starts_on <= month and (self.ends_on is None or self.ends_on > month)


class IndicatorValue(models.Model):
    """One count of one report. A null value was not answered; it is not zero."""

    # Three of the keys begin a constraint or an index below, and need none of their own.
    report = models.ForeignKey(
        MonthlyReport,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="values",
        verbose_name="báo cáo",
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        db_constraint=False,  # a lock on a row that all hand-ins share (decision 9)
        related_name="values",
        verbose_name="chỉ tiêu",
    )
    # Repeated from the report, where they never change: ward figures need no join. The report's
    # own keys keep the units; ten more lookups a hand-in would say it again (decision 9), and a
    # check looks that they agree.
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="+",
        verbose_name="đơn vị",
    )
    ward = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="+",
        verbose_name="phường",
    )
    month = models.DateField("tháng")
    value = models.PositiveIntegerField(
        "số", null=True, blank=True, validators=[MaxValueValidator(MAX_VALUE)]
    )
    denominator = models.PositiveIntegerField("trên tổng số", null=True, blank=True)
    is_approximate = models.BooleanField("ước chừng", default=False)
    confirmed = models.BooleanField("đã hỏi lại và xác nhận", default=False)

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["report", "-indicator__is_core", "indicator__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator"],
                name="indicatorvalue_once_per_report",
                violation_error_message="Chỉ tiêu này đã có số trong báo cáo.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0, value__lte=MAX_VALUE),
                name="indicatorvalue_within_limit",
                violation_error_message="Số phải từ 0 đến 10.000.000.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True)
                | Q(denominator__gte=F("value"), denominator__gt=0, denominator__lte=MAX_VALUE),
                name="indicatorvalue_part_of_the_whole",
                violation_error_message="Tổng số phải lớn hơn 0 và không nhỏ hơn số đi kèm.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="indicatorvalue_month_is_first_day",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
        ]
        indexes = [
            models.Index(fields=["ward", "month", "indicator"], name="value_ward_month"),
            models.Index(fields=["unit", "indicator", "month"], name="value_unit_history"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Activity(models.Model):
    """A single happening behind a count; optional."""

    report = models.ForeignKey(
        MonthlyReport, on_delete=models.PROTECT, related_name="activities", verbose_name="báo cáo"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="activities", verbose_name="chỉ tiêu"
    )
    held_on = models.DateField("ngày")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    title = models.CharField("nội dung", max_length=200)
    attendance = models.PositiveIntegerField("lượt người", null=True, blank=True)
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # few share one: the index below holds those alone
        related_name="activities",
        verbose_name="hoạt động chung",
        help_text="Cùng một việc mà đơn vị khác cũng kể; tổng của phường tính một lần.",
    )

    class Meta:
        verbose_name = "hoạt động"
        verbose_name_plural = "hoạt động"
        ordering = ["held_on", "pk"]
        indexes = [
            models.Index(
                fields=["event"],
                name="activity_of_an_event",
                condition=models.Q(event__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title
