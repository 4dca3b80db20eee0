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
from units.models import Unit
from units.permissions import scope_q

__all__ = [
    "TITLE_LENGTH",
    "Article",
    "ArticlePicture",
    "ArticleSource",
    "ArticleStep",
    "Event",
    "EventQuerySet",
    "Poster",
    "PosterStep",
    "ShortText",
    "ShortTextStep",
]

TITLE_LENGTH = 200


class EventQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "outreach.view_event", prefix="owner__"))

    def permitted(self, user: Any, action: str) -> Self:
        return self.filter(scope_q(user, action, prefix="owner__"))


class Event(models.Model):
    """A happening of the ward. ``version`` counts its changes, a link or its undoing among them."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="events", verbose_name="phường"
    )
    title = models.CharField("nội dung", max_length=TITLE_LENGTH)
    held_on = models.DateField("ngày")
    place = models.CharField("địa điểm", max_length=200, blank=True)
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
