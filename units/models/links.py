"""A unit's own way in: its link with a PIN, the phones let in by it, and what became of them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from units.models.tree import Unit
from units.permissions import scope_q


class PinDoor(models.Model):
    """Something that a PIN opens; the tries are counted by :mod:`units.links.pins`."""

    pin = models.CharField("mã PIN (đã băm)", max_length=128, editable=False)
    wrong_count = models.PositiveSmallIntegerField("số lần sai liền", default=0, editable=False)
    wrong_at = models.DateTimeField("sai lần gần nhất lúc", null=True, blank=True, editable=False)
    closed_until = models.DateTimeField("tạm nghỉ đến", null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class UnitLinkQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unitlink", prefix="unit__"))

    def in_use(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class UnitLink(PinDoor):
    """The address on the unit's card. It opens nothing without the PIN.

    The token of the address is not kept: it is derived from ``nonce`` and the portal's
    secret key, and found again by its hash. See :mod:`units.links`.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="links", verbose_name="đơn vị"
    )
    nonce = models.CharField(max_length=32, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    pin_set_at = models.DateTimeField("đặt mã PIN lúc", default=timezone.now, editable=False)
    issued_at = models.DateTimeField("cấp lúc", default=timezone.now, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người cấp",
        editable=False,
    )
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thu hồi",
        editable=False,
    )

    objects = UnitLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "đường vào của đơn vị"
        verbose_name_plural = "đường vào của các đơn vị"
        ordering = ["unit", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(revoked_at__isnull=True),
                name="unitlink_in_use_once_per_unit",
                violation_error_message="Đơn vị đang có một đường vào rồi.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("issued_at")),
                name="unitlink_revoked_after_it_was_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"đường vào của {self.unit}"

    @property
    def scope_unit(self) -> Unit:
        return self.unit


class DeviceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unitlink", prefix="unit__"))

    def in_use(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Device(models.Model):
    """A phone that was let in with a unit's PIN; remembered until it is revoked."""

    link = models.ForeignKey(
        UnitLink, on_delete=models.PROTECT, related_name="devices", verbose_name="đường vào"
    )
    # Repeated from the link, which never changes its unit.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="devices", verbose_name="đơn vị"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="devices",
        verbose_name="người dùng",
    )
    name = models.CharField("máy", max_length=120, help_text="Ví dụ: Điện thoại Android, Zalo.")
    first_seen_at = models.DateTimeField("vào lần đầu lúc", default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField("dùng gần nhất lúc", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thu hồi",
        editable=False,
    )

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = "điện thoại của đơn vị"
        verbose_name_plural = "điện thoại của các đơn vị"
        ordering = ["unit", "-last_seen_at"]
        indexes = [models.Index(fields=["unit", "revoked_at"], name="device_of_unit")]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"

    @property
    def scope_unit(self) -> Unit:
        return self.unit


class LinkEventQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unitlink", prefix="unit__"))

    def to_tell(self) -> Self:
        """Rests after wrong PINs that nobody in the office has ticked off yet."""
        return self.filter(name=LinkEvent.Name.REST, noted_at__isnull=True)


class LinkEvent(models.Model):
    """Who did what with a unit's link and phones, and when a wrong PIN made it rest."""

    class Name(models.TextChoices):
        ISSUED = "issued", "cấp thẻ"
        NEW_PIN = "new_pin", "đổi mã PIN"
        REVOKED = "revoked", "thu hồi thẻ"
        HANDED_OVER = "handed_over", "bàn giao, cấp thẻ mới"
        PHONE_IN = "phone_in", "cho máy vào"
        PHONE_REVOKED = "phone_revoked", "thu hồi máy"
        PHONES_REVOKED = "phones_revoked", "thu hồi mọi máy"
        REST = "rest", "nhập sai mã PIN nhiều lần, tạm nghỉ"

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="link_events", verbose_name="đơn vị"
    )
    link = models.ForeignKey(
        UnitLink, on_delete=models.PROTECT, related_name="events", verbose_name="đường vào"
    )
    device = models.ForeignKey(
        Device,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="điện thoại",
    )
    name = models.CharField("việc", max_length=20, choices=Name)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    at = models.DateTimeField("lúc", default=timezone.now)
    noted_at = models.DateTimeField("văn phòng đã biết lúc", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đã biết",
    )

    objects = LinkEventQuerySet.as_manager()

    class Meta:
        verbose_name = "việc về đường vào"
        verbose_name_plural = "việc về đường vào"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "name"], name="linkevent_of_unit")]

    def __str__(self) -> str:
        return f"{self.get_name_display()} ({self.unit})"

    @property
    def scope_unit(self) -> Unit:
        return self.unit
