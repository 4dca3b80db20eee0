"""What programmes and authorities said of goods: a claim is shown only while it holds."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from products.models.product import Product
from products.models.stamp import CatalogueModel, CatalogueQuerySet
from units.models import Unit
from units.permissions import scope_q

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Programme(models.TextChoices):
    """Kept apart on the pages: what one stands for, another does not."""

    OCOP = "ocop", "OCOP"
    VOTED = "binh-chon", "Hàng Việt Nam được người tiêu dùng yêu thích"
    QUALITY = "hvnclc", "Hàng Việt Nam chất lượng cao"
    NATIONAL = "thuong-hieu-quoc-gia", "Thương hiệu quốc gia Việt Nam"
    INDICATION = "chi-dan-dia-ly", "Chỉ dẫn địa lý"
    CERTIFICATE = "chung-nhan", "Giấy chứng nhận khác"


# What the level of a programme is called; programmes that are not here have none.
LEVELS = {
    Programme.OCOP: {3: "3 sao", 4: "4 sao", 5: "5 sao"},
    Programme.VOTED: {1: "TOP 1", 2: "TOP 2", 3: "TOP 3", 4: "TOP 4"},
}


class RecognitionQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_product", prefix="product__owner__"))

    def holding_on(self, day: dt.date | None = None) -> Self:
        """Claims that may be shown on ``day``, today if left out: checked, and not past their last day."""
        day = day or timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day), checked_on__isnull=False
        )

    def lapsing_by(self, day: dt.date) -> Self:
        """Claims whose last day is ``day`` or earlier."""
        return self.filter(valid_until__lte=day)


class Recognition(CatalogueModel):
    """One certificate, decision or vote for one kind of goods."""

    Programme = Programme

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="recognitions", verbose_name="hàng"
    )
    programme = models.CharField("chương trình", max_length=30, choices=Programme)
    title = models.CharField(
        "tên giấy chứng nhận",
        max_length=160,
        blank=True,
        help_text="Chỉ ghi khi chọn “Giấy chứng nhận khác”.",
    )
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    level = models.PositiveSmallIntegerField(
        "hạng", null=True, blank=True, help_text="OCOP: 3 đến 5 sao. Bình chọn: TOP 1 đến 4."
    )
    group = models.CharField("nhóm hàng của chương trình", max_length=120, blank=True)
    number = models.CharField("số giấy chứng nhận", max_length=80, blank=True)
    issuer = models.CharField("nơi cấp", max_length=200, blank=True)
    decision = models.CharField("số quyết định", max_length=120, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    valid_until = models.DateField(
        "có giá trị đến hết ngày",
        null=True,
        blank=True,
        help_text="Ngày cuối còn giá trị, như in trên giấy. Để trống khi không có hạn.",
    )
    link = models.CharField(
        "trang để đối chiếu",
        max_length=300,
        blank=True,
        validators=[URLValidator(["https", "http"])],
    )
    checked_on = models.DateField("ngày kiểm tra", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người kiểm tra",
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    history = HistoricalRecords()

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = "công nhận"
        verbose_name_plural = "công nhận"
        ordering = ["programme", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "programme", "year", "title", "number"],
                name="recognition_is_entered_once",
                violation_error_message="Công nhận này của mặt hàng đã có trong danh sách.",
            ),
            models.CheckConstraint(
                condition=Q(programme__in=Programme.values), name="recognition_programme_is_known"
            ),
            models.CheckConstraint(
                condition=Q(programme=Programme.OCOP, level__isnull=False, level__range=(3, 5))
                | (Q(programme=Programme.VOTED) & (Q(level__isnull=True) | Q(level__range=(1, 4))))
                | (~Q(programme__in=[Programme.OCOP, Programme.VOTED]) & Q(level__isnull=True)),
                name="recognition_level_fits_the_programme",
                violation_error_message=(
                    "Hạng chưa hợp: OCOP ghi 3, 4 hoặc 5 sao; bình chọn ghi TOP 1 đến 4;"
                    " chương trình khác để trống."
                ),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="recognition_year_is_a_year",
                violation_error_message="Năm công nhận chưa đúng.",
            ),
            models.CheckConstraint(
                condition=~Q(programme=Programme.CERTIFICATE) | ~Q(title=""),
                name="recognition_other_has_a_title",
                violation_error_message="Giấy chứng nhận khác cần ghi tên giấy.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "year"], name="recognition_by_year"),
            models.Index(fields=["valid_until"], name="recognition_by_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.year}"

    @property
    def scope_unit(self) -> Unit:
        return self.product.owner

    @property
    def name(self) -> str:
        return self.title or self.get_programme_display()

    @property
    def level_name(self) -> str:
        """ "4 sao", "TOP 1"; "" where the programme has no levels."""
        return LEVELS.get(Programme(self.programme), {}).get(self.level or 0, "")

    @property
    def label(self) -> str:
        """For a card: "OCOP 4 sao"."""
        return " ".join(part for part in (self.name, self.level_name) if part)

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_until is None or self.valid_until >= day
