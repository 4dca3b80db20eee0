"""Where goods can be bought near home. Whether they are still there has a date."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from core.search_keys import FoundModel, SearchKeyField
from core.text import sort_key
from products.models.product import Product
from products.models.stamp import CatalogueModel, CatalogueQuerySet
from products.slugs import free_slug
from units.models import Unit
from units.permissions import scope_q


class OutletQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_product", prefix="owner__"))

    def open(self) -> Self:
        """Shops that have not closed for good."""
        return self.filter(closed_on__isnull=True)


class Outlet(CatalogueModel, FoundModel):
    """A shop, a stall or a market in the ward."""

    class Kind(models.TextChoices):
        SHOP = "cua-hang", "cửa hàng"
        MARKET = "cho", "chợ"
        SUPERMARKET = "sieu-thi", "siêu thị"
        COOPERATIVE = "hop-tac-xa", "quầy của hợp tác xã"
        POINT = "diem-ban", "điểm bán hàng Việt Nam"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    name = models.CharField("tên nơi bán", max_length=200)
    slug = models.SlugField("tên trong địa chỉ", max_length=80, editable=False)
    kind = models.CharField("loại", max_length=20, choices=Kind, default=Kind.SHOP)
    residential_group = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tổ dân phố",
    )
    address = models.CharField("địa chỉ", max_length=250)
    latitude = models.DecimalField(
        "vĩ độ",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        "kinh độ",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    hours = models.CharField(
        "giờ mở cửa", max_length=160, blank=True, help_text="Ví dụ: hằng ngày, 6:30 đến 20:00."
    )
    website = models.CharField(
        "trang web", max_length=200, blank=True, validators=[URLValidator(["https", "http"])]
    )
    note = models.CharField("ghi chú", max_length=250, blank=True)
    checked_on = models.DateField("ngày kiểm tra", null=True, blank=True)
    closed_on = models.DateField(
        "thôi bán từ ngày", null=True, blank=True, help_text="Để trống khi còn mở cửa."
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    name_sort = models.CharField(max_length=300, editable=False)
    search = SearchKeyField(sources=("name", "address"))
    history = HistoricalRecords(excluded_fields=["name_sort", "search", "slug"])

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi bán"
        verbose_name_plural = "nơi bán"
        ordering = ["name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="outlet_slug_is_unique"),
            models.UniqueConstraint(
                fields=["owner", "name", "address"],
                name="outlet_is_entered_once",
                violation_error_message="Nơi bán này đã có trong danh sách.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="outlet_point_is_whole",
                violation_error_message="Điểm trên bản đồ cần đủ vĩ độ và kinh độ, hoặc để trống cả hai.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.name, Outlet.objects.filter(owner=self.owner_id))
        self.name_sort = sort_key(self.name)[:300]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_sort", "slug"}
        with transaction.atomic():
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("products:outlet", args=[self.slug])

    @property
    def scope_unit(self) -> Unit:
        return self.owner


class SaleQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_product", prefix="outlet__owner__"))

    def on_sale(self) -> Self:
        """Where goods can be bought now, as far as is known."""
        return self.filter(is_sold=True, outlet__closed_on__isnull=True)


class Sale(CatalogueModel):
    """Goods in a shop. ``confirmed_on`` is the day on which somebody asked whether they still have it."""

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="sales", verbose_name="hàng"
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="sales", verbose_name="nơi bán"
    )
    is_sold = models.BooleanField("còn bán", default=True)
    confirmed_on = models.DateField("hỏi ngày", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người hỏi",
    )
    note = models.CharField(
        "ghi chú", max_length=160, blank=True, help_text="Ví dụ: chỉ có thứ Bảy."
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    history = HistoricalRecords()

    objects = SaleQuerySet.as_manager()

    class Meta:
        verbose_name = "hàng ở nơi bán"
        verbose_name_plural = "hàng ở nơi bán"
        ordering = ["outlet__name_sort", "product__name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "outlet"],
                name="sale_is_entered_once",
                violation_error_message="Nơi bán này đã ghi cho mặt hàng.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} ở {self.outlet}"

    @property
    def scope_unit(self) -> Unit:
        return self.outlet.owner
