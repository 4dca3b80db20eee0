"""Which reminder was taken out of the portal, by whom and when. The message itself goes by Zalo."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from units.models import Unit
from units.permissions import scope_q


class Tone(models.TextChoices):
    BEFORE = "before", "Trước hạn"
    ON_DAY = "on_day", "Đúng ngày hạn"
    AFTER = "after", "Quá hạn"


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_monthlyreport", prefix="ward__"))


class Reminder(models.Model):
    """A text as it was copied, with the units that it named. Written once."""

    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    month = models.DateField("tháng", help_text="Ngày đầu tháng.")
    tone = models.CharField("lúc nhắc", max_length=10, choices=Tone)
    text = models.TextField("lời nhắc")
    units = models.ManyToManyField(Unit, related_name="reminders", verbose_name="đơn vị được nhắc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người chép",
    )
    at = models.DateTimeField("chép lúc", default=timezone.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "lời nhắc đã chép"
        verbose_name_plural = "lời nhắc đã chép"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="reminder_month_is_first_day",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=Q(tone__in=Tone.values), name="reminder_tone_is_known"
            ),
        ]
        indexes = [models.Index(fields=["ward", "month", "at"], name="reminder_of_month")]

    def __str__(self) -> str:
        return f"{self.get_tone_display()}, {self.at:%d/%m/%Y}"

    @property
    def scope_unit(self) -> Unit:
        return self.ward
