"""Who does what where, and from when to when. This is the only source of rights."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core.statements import Given, Question, Row, columns, relate, row_of, width
from units.models.tree import Unit, holds_on
from units.permissions import Role, scope_q


class MembershipQuerySet(models.QuerySet):
    def active(self, on: dt.date | None = None) -> Self:
        """The memberships that hold on a day, today if left out. The only way to ask."""
        return self.filter(holds_on(on or timezone.localdate(), "starts_on", "ends_on"))

    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_membership", prefix="unit__"))


class Membership(models.Model):
    """A role of a person in a scope: the unit and, where the role says so, what is below it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="người",
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="phạm vi",
        null=True,
        blank=True,
        help_text="Chi bộ của bí thư; phường đối với người của văn phòng.",
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    organ = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="công tác tại",
        null=True,
        blank=True,
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến trước ngày", null=True, blank=True)

    history = HistoricalRecords()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ của người dùng"
        verbose_name_plural = "nhiệm vụ của người dùng"
        ordering = ["unit__position", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message="Ngày thôi nhiệm vụ phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(role=Role.AUDITOR),
                name="membership_without_unit_only_reads",
                violation_error_message="Chỉ người theo dõi mới được để trống phạm vi.",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_is_open_once",
                violation_error_message="Người này đang giữ vai trò đó rồi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit or 'mọi phường'}"

    @property
    def scope_unit(self) -> Unit | None:
        return self.unit

    @classmethod
    def held_by(cls, user: Any) -> list[Membership]:
        """Those of ``user`` that hold today, with their units."""
        return memberships_from(user, _HELD.ask(user=user.pk, today=timezone.localdate()))


UNREAD = ("sort_key", "search")  # of a unit: long, and no right depends on them
_HELD = Question(
    lambda: (
        Membership.objects.active(Given("today", models.DateField()))
        .filter(user=Given("user"))
        .values_list(*columns(Membership), *columns(Unit, "unit__", without=UNREAD))
    )
)


def memberships_from(user: Any, rows: list[Row]) -> list[Membership]:
    """The memberships of ``user`` in ``rows``: their columns, then those of their units."""
    own = width(Membership)
    found = []
    for row in rows:
        if row[0] is None:
            continue  # an outer join found none
        membership = row_of(Membership, row[:own])
        relate(membership, Membership.user, user)
        has_unit = membership.unit_id is not None
        unit = row_of(Unit, row[own:], without=UNREAD) if has_unit else None
        relate(membership, Membership.unit, unit)
        found.append(membership)
    return found
