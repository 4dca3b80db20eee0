"""What belongs to a ward as a whole: who owes reports since when, and its card."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core import contact
from core.contact import Contact
from units.models.tree import Unit, holds_in
from units.permissions import scope_q


class ReportingDutyQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_reportingduty", prefix="unit__"))

    def in_month(self, month: dt.date) -> Self:
        return self.filter(holds_in(month, "starts_on", "ends_on"))


class ReportingDuty(models.Model):
    """The dated denominator: a month's rate counts the units with a duty in that month."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="duties", verbose_name="đơn vị"
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField(
        "đến trước ngày", null=True, blank=True, help_text="Để trống khi còn phải báo cáo."
    )

    history = HistoricalRecords()
    objects = ReportingDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "chế độ báo cáo"
        verbose_name_plural = "chế độ báo cáo"
        ordering = ["unit", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="reporting_duty_ends_after_it_starts",
                violation_error_message="Ngày thôi báo cáo phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ends_on__isnull=True),
                name="reporting_duty_is_open_once",
                violation_error_message="Đơn vị đang có chế độ báo cáo rồi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, từ {self.starts_on:%d/%m/%Y}"

    @property
    def scope_unit(self) -> Unit:
        return self.unit


class WardProfileQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_wardprofile", prefix="ward__"))


class WardProfile(models.Model):
    """The ward's card: names for documents, whom to call, which host shows it."""

    ward = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="profile", verbose_name="phường"
    )
    committee_name = models.CharField(
        "cơ quan ban hành", max_length=200, help_text="Ví dụ: Đảng ủy phường Phương Liệt."
    )
    superior_name = models.CharField("cấp trên trực tiếp", max_length=200, blank=True)
    place_name = models.CharField(
        "địa danh trên văn bản", max_length=60, help_text="Ví dụ: Phương Liệt."
    )
    host = models.CharField(
        "tên miền của trang công khai",
        max_length=120,
        blank=True,
        help_text="Để trống khi cổng chỉ phục vụ một phường.",
    )
    office_phone = models.CharField("điện thoại văn phòng", max_length=20, blank=True)
    office_phone_name = models.CharField("người hoặc bộ phận nghe máy", max_length=120, blank=True)
    is_demonstration = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    history = HistoricalRecords()
    objects = WardProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "thông tin phường"
        verbose_name_plural = "thông tin phường"
        constraints = [
            models.UniqueConstraint(
                fields=["host"],
                condition=~Q(host=""),
                name="ward_profile_host_is_unique",
                violation_error_message="Tên miền này đã dùng cho phường khác.",
            )
        ]

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        """The error pages remember whom to call, for the day when the database is gone."""
        profile = super().from_db(db, field_names, values)
        if not profile.get_deferred_fields():
            contact.remember(
                profile.ward_id,
                Contact(profile.host, profile.office_phone, profile.office_phone_name),
            )
        return profile

    def __str__(self) -> str:
        return self.ward.name

    @property
    def scope_unit(self) -> Unit:
        return self.ward
