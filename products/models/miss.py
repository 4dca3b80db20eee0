"""What residents looked for and the ward has not: words and how often, nothing about who asked."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from units.models import Unit
from units.permissions import scope_q

LISTED_FROM = 3  # times: what only one or two asked could point at a person


class SearchMissQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_product", prefix="owner__"))

    def listed(self) -> Self:
        """What was asked often enough to be looked at, the most asked first."""
        return self.filter(count__gte=LISTED_FROM).order_by("-count", "key")


class SearchMiss(models.Model):
    """A query that found nothing. ``key`` is its folded text."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    key = models.CharField("bà con tìm", max_length=40)
    count = models.PositiveIntegerField("số lần", default=1)
    last_on = models.DateField("lần cuối ngày")

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name = "điều bà con tìm mà chưa có"
        verbose_name_plural = "điều bà con tìm mà chưa có"
        ordering = ["-count", "key"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="searchmiss_is_counted_once"),
            models.CheckConstraint(condition=~Q(key=""), name="searchmiss_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def scope_unit(self) -> Unit:
        return self.owner
