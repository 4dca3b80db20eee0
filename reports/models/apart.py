"""What looked like one event and is not, so that nobody is asked again."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.models import Unit
from units.permissions import scope_q


class ToldApartQuerySet(models.QuerySet):
    def permitted(self, user: Any, action: str) -> Self:
        return self.filter(scope_q(user, action, prefix="owner__"))

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class ToldApart(models.Model):
    """Two mentions, by :func:`reports.same_events.told_key`, that an officer said are two events.

    Not by the key of their rows: an amendment of a report writes those anew.
    """

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    one = models.CharField(max_length=64)
    other = models.CharField(max_length=64)
    held_on = models.DateField("ngày")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ghi",
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người bỏ",
    )
    withdrawn_at = models.DateTimeField("bỏ lúc", null=True)

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = "hai việc khác nhau"
        verbose_name_plural = "hai việc khác nhau"
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "one", "other"],
                condition=Q(withdrawn_at__isnull=True),
                name="toldapart_pair_once",
                violation_error_message="Hai việc này đã được ghi là khác nhau.",
            ),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="toldapart_pair_has_an_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one[:8]} ≠ {self.other[:8]}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner
