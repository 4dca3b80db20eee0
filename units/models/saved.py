"""A filter of an office list, kept under a name: one's own, or shown to a role of the ward."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models.tree import Unit
from units.permissions import Role, active_memberships

STAFF = [(role.value, role.label) for role in Role if role != Role.SECRETARY]


class SavedFilterQuerySet(models.QuerySet):
    def of(self, user: Any) -> Self:
        """Those that ``user`` made: the only ones that the person may change."""
        return self.filter(user=user)

    def shown_to(self, user: Any) -> Self:
        """The own ones, and those shared in a ward with a role that ``user`` holds there today."""
        shared = Q(pk__in=[])
        for held in active_memberships(user):
            if held.unit is None:
                shared |= Q(role=held.role)
            else:
                shared |= Q(role=held.role, ward__path=held.unit.ward_path)
        return self.filter(Q(user=user) | shared)


class SavedFilter(models.Model):
    """``params`` are pairs of the address, checked against the list whenever they are used."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="saved_filters",
        verbose_name="người lưu",
    )
    ward = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="phường",
    )
    list_key = models.CharField("danh sách", max_length=60)
    name = models.CharField("tên bộ lọc", max_length=60)
    params = models.JSONField("điều kiện", default=list)
    role = models.CharField(
        "dùng chung với",
        max_length=20,
        choices=STAFF,
        blank=True,
        help_text="Để trống thì chỉ đồng chí thấy.",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["list_key", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_key", "name"],
                name="saved_filter_name_once_per_list",
                violation_error_message="Đồng chí đã có bộ lọc mang tên này ở danh sách này.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_a_name"),
            models.CheckConstraint(
                condition=Q(role="") | Q(role__in=[value for value, _ in STAFF]),
                name="saved_filter_role_is_staff",
            ),
        ]
        indexes = [models.Index(fields=["ward", "role"], name="saved_filter_shared")]

    def __str__(self) -> str:
        return self.name
