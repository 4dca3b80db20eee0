"""An article of the portal at /tin-tuc/, with its pictures and sources."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from core.models import Picture
from core.workflow import StepRecord
from outreach.content import rich
from outreach.content.models.piece import Piece, PieceQuerySet
from products.models import Product
from products.slugs import free_slug

CONSENT_HELP = (
    "Ai trong ảnh đã đồng ý, ngày nào, ai hỏi; hoặc ghi: ảnh không có người nhận ra được. "
    "Trẻ em từ 7 tuổi phải cả em và cha mẹ đồng ý."
)
ALT_HELP = "Đọc cho người không nhìn thấy ảnh."
PICTURE_FAULT = "Ảnh cần có dòng “ảnh có gì” và ghi chú về sự đồng ý của người trong ảnh."
PLACE = re.compile(r"<p>\[ảnh (\d{1,3})\]</p>")


class RichField(models.TextField):
    """HTML; the history tells it as plain text."""

    def in_words(self, html: str) -> str:
        return rich.to_text(html)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Article(Piece):
    """``body`` is HTML that :func:`outreach.content.rich.clean` has made, and nothing else."""

    noun = "bài viết"
    is_automatic = True

    slug = models.SlugField("tên trong địa chỉ", max_length=80, editable=False)
    summary = models.CharField("tóm tắt", max_length=300)
    body = RichField("nội dung")
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ảnh bìa",
    )
    picture_alt = models.CharField("ảnh có gì", max_length=200, blank=True, help_text=ALT_HELP)
    picture_consent = models.CharField(
        "sự đồng ý", max_length=300, blank=True, help_text=CONSENT_HELP
    )
    products = models.ManyToManyField(
        Product, blank=True, related_name="+", verbose_name="hàng liên quan"
    )

    history = HistoricalRecords(m2m_fields=["bases", "products"], excluded_fields=["search"])
    objects = PieceQuerySet.as_manager()

    class Meta(Piece.Meta):
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        constraints = [
            *Piece.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "slug"], name="article_slug_is_unique"),
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(picture_alt="") & ~Q(picture_consent=""),
                name="article_picture_has_alt_and_consent",
                violation_error_message=PICTURE_FAULT,
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.title, Article.objects.filter(owner=self.owner_id))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])

    def fault(self) -> str:
        if not self.body:
            return "Bài chưa có nội dung."
        asked = {int(number) for number in PLACE.findall(self.body)}
        if asked:
            there = set(self.pictures.values_list("number", flat=True))
            if missing := sorted(asked - there):
                return f"Bài nhắc tới [ảnh {missing[0]}] nhưng chưa có ảnh mang số ấy."
        return ""


class ArticleStep(StepRecord):
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="steps", verbose_name="bài viết"
    )


class ArticlePicture(models.Model):
    """A picture inside the text; a paragraph "[ảnh 2]" of the body is its place."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="pictures", verbose_name="bài viết"
    )
    number = models.PositiveSmallIntegerField("số")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name="ảnh", editable=False
    )
    alt = models.CharField("ảnh có gì", max_length=200, help_text=ALT_HELP)
    consent = models.CharField("sự đồng ý", max_length=300, help_text=CONSENT_HELP)
    caption = models.CharField("chú thích", max_length=250, blank=True)

    class Meta:
        verbose_name = "ảnh trong bài"
        verbose_name_plural = "ảnh trong bài"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="articlepicture_number_is_unique",
                violation_error_message="Bài đã có ảnh mang số này.",
            ),
            models.CheckConstraint(
                condition=~Q(alt="") & ~Q(consent=""),
                name="articlepicture_has_alt_and_consent",
                violation_error_message=PICTURE_FAULT,
            ),
        ]

    def __str__(self) -> str:
        return f"[ảnh {self.number}]"


class ArticleSource(models.Model):
    """Where a statement comes from, when it was read, and whether its address still answers."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", "chưa kiểm tra"
        GOOD = "good", "mở được"
        MOVED = "moved", "đã chuyển địa chỉ"
        BROKEN = "broken", "không mở được"

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="sources", verbose_name="bài viết"
    )
    title = models.CharField("nguồn", max_length=250)
    url = models.URLField("địa chỉ", max_length=500, blank=True)
    dated_on = models.DateField("ngày của nguồn", null=True, blank=True)
    read_on = models.DateField("xem ngày")
    state = models.CharField(
        "liên kết", max_length=10, choices=State, default=State.UNKNOWN, editable=False
    )
    fault = models.CharField("lỗi", max_length=200, blank=True, editable=False)
    checked_at = models.DateTimeField("kiểm tra lúc", null=True, editable=False)

    class Meta:
        verbose_name = "nguồn"
        verbose_name_plural = "nguồn"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["unknown", "good", "moved", "broken"]),
                name="articlesource_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.title
