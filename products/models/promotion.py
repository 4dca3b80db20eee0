"""Fairs, markets and months of offers: what is on, with its first and last day."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core.text import format_date
from products.models.stamp import CatalogueModel, CatalogueQuerySet
from products.slugs import free_slug
from units.models import Unit
from units.permissions import scope_q


class PromotionQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_product", prefix="owner__"))

    def published(self) -> Self:
        return self.filter(is_published=True)

    def from_day(self, day: dt.date | None = None) -> Self:
        """Those that are on or still to come on ``day``, today if left out; the nearest first."""
        day = day or timezone.localdate()
        return self.filter(last_on__gte=day).order_by("first_on", "pk")


class Promotion(CatalogueModel):
    """Something to go to. ``last_on`` is the last day itself, as it is printed."""

    class Kind(models.TextChoices):
        FAIR = "hoi-cho", "hội chợ, phiên chợ"
        OFFER = "khuyen-mai", "khuyến mại"
        DAY = "ngay", "ngày hưởng ứng"
        VOTE = "binh-chon", "bình chọn"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    kind = models.CharField("loại", max_length=20, choices=Kind, default=Kind.FAIR)
    title = models.CharField("tên", max_length=160)
    slug = models.SlugField("tên trong địa chỉ", max_length=80, editable=False)
    first_on = models.DateField("ngày đầu")
    last_on = models.DateField("ngày cuối")
    hours = models.CharField("giờ", max_length=120, blank=True)
    place = models.CharField("nơi", max_length=250, blank=True)
    residential_group = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tổ dân phố",
    )
    organiser = models.CharField("đơn vị tổ chức", max_length=200, blank=True)
    text = models.TextField("nội dung", blank=True)
    link = models.CharField(
        "trang xem thêm", max_length=300, blank=True, validators=[URLValidator(["https", "http"])]
    )
    is_published = models.BooleanField("đăng lên trang công khai", default=False)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    history = HistoricalRecords(excluded_fields=["slug"])

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = "hội chợ, khuyến mại"
        verbose_name_plural = "hội chợ, khuyến mại"
        ordering = ["first_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="promotion_slug_is_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="promotion_has_a_title"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="promotion_ends_after_it_starts",
                violation_error_message="Ngày cuối không thể trước ngày đầu.",
            ),
        ]
        indexes = [models.Index(fields=["owner", "last_on"], name="promotion_what_is_on")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.title, Promotion.objects.filter(owner=self.owner_id))
        super().save(*args, **kwargs)

    @property
    def days(self) -> str:
        """ "8/12/2026 đến 10/12/2026", or the one day."""
        first, last = format_date(self.first_on), format_date(self.last_on)
        return first if first == last else f"{first} đến {last}"

    def get_absolute_url(self) -> str:
        return reverse("products:promotion", args=[self.slug])

    @property
    def scope_unit(self) -> Unit:
        return self.owner
