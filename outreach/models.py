"""What goes out to people. An event is one happening, however many units tell of it."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.text import fold, format_date
from outreach.content.models import (
    Article,
    ArticlePicture,
    ArticleSource,
    ArticleStep,
    Poster,
    PosterStep,
    ShortText,
    ShortTextStep,
)
from outreach.events.models import EventPhoto, Invitation
from outreach.loudspeaker.models import (
    Airing,
    AiringStep,
    Bulletin,
    BulletinStep,
    Slot,
    SpokenWord,
    Voice,
)
from products.models.stamp import CatalogueModel, CatalogueQuerySet
from units.models import Unit
from units.permissions import scope_q

__all__ = [
    "TITLE_LENGTH",
    "Airing",
    "AiringStep",
    "Article",
    "ArticlePicture",
    "ArticleSource",
    "ArticleStep",
    "Bulletin",
    "BulletinStep",
    "Event",
    "EventPhoto",
    "EventQuerySet",
    "Invitation",
    "Poster",
    "PosterStep",
    "ShortText",
    "ShortTextStep",
    "Slot",
    "SpokenWord",
    "Voice",
]

TITLE_LENGTH = 200


class EventQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "outreach.view_event", prefix="owner__"))

    def permitted(self, user: Any, action: str) -> Self:
        return self.filter(scope_q(user, action, prefix="owner__"))


class Event(CatalogueModel):
    """A happening of the ward. ``version`` counts its changes, a link or its undoing among them."""

    class Kind(models.TextChoices):
        OTHER = "other", "Hoạt động khác"
        TRAINING = "training", "Lớp tập huấn"
        LAUNCH = "launch", "Lễ phát động"
        CONSUMERS = "consumers", "Ngày Quyền của người tiêu dùng (15/3)"
        SALES = "sales", "Tháng khuyến mại"
        FAIR = "fair", "Phiên chợ, hội chợ"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="events", verbose_name="phường"
    )
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField("nội dung", max_length=TITLE_LENGTH)
    held_on = models.DateField("ngày")
    starts_at = models.TimeField("bắt đầu lúc", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    about = models.TextField("giới thiệu", blank=True, max_length=4000)
    is_public = models.BooleanField("công khai", default=False)
    moved_because = models.CharField("lý do dời", max_length=300, blank=True, editable=False)
    title_key = models.CharField(max_length=TITLE_LENGTH, editable=False)
    place_key = models.CharField(max_length=200, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ghi",
        editable=False,
    )

    history = HistoricalRecords(excluded_fields=["title_key", "place_key"])
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động chung"
        verbose_name_plural = "hoạt động chung"
        ordering = ["held_on", "pk"]
        indexes = [models.Index(fields=["owner", "held_on"], name="event_owner_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("held_on")),
                name="event_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["other", "training", "launch", "consumers", "sales", "fair"]
                ),
                name="event_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {format_date(self.held_on)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_key = fold(self.title)[:TITLE_LENGTH]
        self.place_key = fold(self.place)[:200]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "title_key", "place_key"}
        super().save(*args, **kwargs)

    @property
    def scope_unit(self) -> Unit:
        return self.owner
