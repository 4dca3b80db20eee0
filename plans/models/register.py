"""The register of legal bases: one row an instrument and ward, whichever plans cite it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.text import fold
from units.models import Unit
from units.permissions import scope_q


class LegalInstrumentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "plans.view_legalinstrument", prefix="owner__"))

    def matching(self, words: str) -> Self:
        """Those with every one of ``words``, marks and capitals aside."""
        result = self
        for word in fold(words).split():
            result = result.filter(search__contains=word)
        return result


class LegalInstrument(models.Model):
    """A directive, decree or plan that plans rest on, and whether it still holds."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", "còn hiệu lực"
        REPLACED = "replaced", "đã được thay thế"
        EXPIRED = "expired", "hết hiệu lực"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="legal_instruments", verbose_name="phường"
    )
    document_type = models.CharField("loại văn bản", max_length=60)
    code = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issued_on = models.DateField("ngày", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    subject = models.TextField("về việc", blank=True)
    status = models.CharField("hiệu lực", max_length=10, choices=Status, default=Status.IN_FORCE)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="văn bản thay thế",
    )
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    search = models.CharField(max_length=600, editable=False)

    history = HistoricalRecords(excluded_fields=["search"])
    objects = LegalInstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản căn cứ"
        verbose_name_plural = "văn bản căn cứ"
        ordering = ["-issued_on", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "document_type", "code", "issued_on"],
                condition=~Q(code="") & Q(issued_on__isnull=False),
                name="instrument_is_registered_once",
                violation_error_message="Sổ đã có văn bản này.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["in_force", "replaced", "expired"]),
                name="instrument_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(status="replaced"),
                name="instrument_with_a_successor_is_replaced",
                violation_error_message="Chỉ văn bản đã được thay thế mới có văn bản thay thế.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="instrument_does_not_replace_itself",
                violation_error_message="Văn bản không thể tự thay thế nó.",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.document_type, self.code) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        text = f"{self.document_type} {self.code} {self.issuer} {self.subject}"
        self.search = fold(text)[:600]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search"}
        super().save(*args, **kwargs)

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def holds(self) -> bool:
        return self.status == self.Status.IN_FORCE
