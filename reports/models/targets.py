"""What is wanted of an indicator in a year."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from reports.models.figures import MAX_VALUE, Indicator
from units.models import Unit
from units.permissions import scope_q


class IndicatorTargetQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "reports.view_indicator", prefix="indicator__owner__"))


class IndicatorTarget(models.Model):
    """What the ward's plan wants of an indicator in a year; the plan itself has it as a sentence."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="chỉ tiêu"
    )
    year = models.PositiveSmallIntegerField("năm")
    value = models.PositiveIntegerField("kế hoạch năm", validators=[MaxValueValidator(MAX_VALUE)])

    objects = IndicatorTargetQuerySet.as_manager()

    class Meta:
        verbose_name = "số kế hoạch năm"
        verbose_name_plural = "số kế hoạch năm"
        ordering = ["indicator", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                name="indicatortarget_once_a_year",
                violation_error_message="Chỉ tiêu này đã có số kế hoạch của năm đó.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1),
                name="indicatortarget_is_above_zero",
                violation_error_message="Số kế hoạch năm phải từ 1 trở lên.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.year}"

    @property
    def scope_unit(self) -> Unit:
        return self.indicator.owner
