"""Goods that the ward recommends. A page for reading: nothing is sold here."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core.models import Picture
from core.text import sort_key
from core.workflow import StepRecord, WorkflowModel
from products import searching
from products.models.catalogue import Category, Producer
from products.models.stamp import CatalogueModel, CatalogueQuerySet
from products.slugs import free_slug
from units.models import Unit
from units.permissions import scope_q

DERIVED = ("search", "search_exact", "search_name", "name_sort")


class Status(models.TextChoices):
    DRAFT = "draft", "Đề xuất"
    CHECKED = "checked", "Đã kiểm tra"
    PUBLISHED = "published", "Đang đăng"
    WITHDRAWN = "withdrawn", "Đã rút"
    LAPSED = "lapsed", "Hết hiệu lực"


class ProductQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_product", prefix="owner__"))

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def awaiting(self, user: Any) -> Self:
        """Checked goods that ``user`` neither proposed nor checked: those that wait for them."""
        return self.filter(
            Q(author__isnull=True) | ~Q(author=user),
            Q(checked_by__isnull=True) | ~Q(checked_by=user),
            status=Status.CHECKED,
        )

    def featured(self, day: dt.date | None = None) -> Self:
        """What the office put in front for ``day``, today if left out."""
        day = day or timezone.localdate()
        return self.filter(
            Q(featured_from__isnull=True) | Q(featured_from__lte=day),
            Q(featured_to__isnull=True) | Q(featured_to__gt=day),
            is_featured=True,
        )

    def for_list(self) -> Self:
        """All that a card shows, in one query."""
        return self.select_related("category", "producer", "picture")

    def refresh_search(self) -> None:
        """Write the search columns again after a maker or a kind got another name."""
        products = list(self.select_related("category", "producer"))
        for product in products:
            product.derive()
        self.model.objects.bulk_update(products, DERIVED, batch_size=200)


class Product(CatalogueModel, WorkflowModel):
    """One kind of goods. See :mod:`products.workflow` for its steps."""

    Status = Status

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    name = models.CharField("tên hàng", max_length=160)
    slug = models.SlugField("tên trong địa chỉ", max_length=80, editable=False)
    status = models.CharField(
        "trạng thái", max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người đề xuất",
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", verbose_name="loại hàng"
    )
    producer = models.ForeignKey(
        Producer,
        on_delete=models.PROTECT,
        related_name="products",
        verbose_name="cơ sở sản xuất",
        null=True,
        blank=True,
    )
    place = models.CharField(
        "xuất xứ",
        max_length=250,
        blank=True,
        help_text="Làng, xã hoặc phường, tỉnh hoặc thành phố.",
    )
    summary = models.CharField("một câu giới thiệu", max_length=250)
    season = models.CharField("mùa", max_length=120, blank=True)
    why_recommended = models.TextField(
        "vì sao được giới thiệu",
        blank=True,
        help_text="Lời trung tính, kiểm chứng được; không viết “tốt nhất”, “số một”.",
    )
    how_to_recognise = models.TextField("cách nhận biết", blank=True)
    sources = models.TextField(
        "nguồn", blank=True, help_text="Giấy chứng nhận, quyết định, trang đã xem."
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
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="ảnh",
    )
    picture_alt = models.CharField(
        "ảnh có gì", max_length=200, blank=True, help_text="Đọc cho người không nhìn thấy ảnh."
    )
    price_low = models.PositiveIntegerField("giá từ", null=True, blank=True, help_text="Đồng.")
    price_high = models.PositiveIntegerField("giá đến", null=True, blank=True, help_text="Đồng.")
    price_on = models.DateField("giá xem ngày", null=True, blank=True)
    price_unit = models.CharField(
        "giá của", max_length=60, blank=True, help_text="Ví dụ: chai 500 ml, 1 kg."
    )
    barcode = models.CharField(
        "mã vạch",
        max_length=14,
        blank=True,
        help_text="Dãy số dưới các vạch, chỉ chữ số.",
    )
    is_featured = models.BooleanField("đưa lên trang đầu", default=False)
    featured_from = models.DateField("từ ngày", null=True, blank=True)
    featured_to = models.DateField("đến trước ngày", null=True, blank=True)
    is_sample = models.BooleanField(
        "dữ liệu mẫu",
        default=False,
        help_text="Bỏ đánh dấu khi văn phòng đã đối chiếu mọi dòng với nguồn.",
    )

    search = models.TextField(editable=False)
    search_exact = models.TextField(editable=False)
    search_name = models.TextField(editable=False)
    name_sort = models.CharField(max_length=300, editable=False)
    history = HistoricalRecords(excluded_fields=list(DERIVED))

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = "hàng giới thiệu"
        verbose_name_plural = "hàng giới thiệu"
        ordering = ["name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="product_slug_is_unique"),
            models.UniqueConstraint(
                fields=["owner", "barcode"],
                condition=~Q(barcode=""),
                name="product_barcode_is_entered_once",
                violation_error_message="Đã có mặt hàng khác mang mã vạch này.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="product_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | ~Q(why_recommended=""),
                name="product_published_says_why",
                violation_error_message="Hàng đang đăng phải nói vì sao được giới thiệu.",
            ),
            models.CheckConstraint(
                condition=Q(price_low__isnull=True, price_high__isnull=True, price_on__isnull=True)
                # A comparison with NULL is no refusal, so what must be there is said.
                | Q(
                    price_low__isnull=False,
                    price_low__gt=0,
                    price_high__isnull=False,
                    price_high__gte=F("price_low"),
                    price_on__isnull=False,
                ),
                name="product_price_is_a_dated_range",
                violation_error_message=(
                    "Giá cần đủ ba ô: từ, đến (không nhỏ hơn từ) và ngày xem; hoặc để trống cả ba."
                ),
            ),
            models.CheckConstraint(
                condition=Q(featured_from__isnull=True)
                | Q(featured_to__isnull=True)
                | Q(featured_to__gt=F("featured_from")),
                name="product_featured_ends_after_it_starts",
                violation_error_message="Ngày thôi đưa lên trang đầu phải sau ngày bắt đầu.",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "name_sort"], name="product_public_list"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.name, Product.objects.filter(owner=self.owner_id))
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *DERIVED}
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the columns for searching and sorting."""
        maker = self.producer.name if self.producer else ""
        texts = (self.name, self.place, maker, self.category.name, self.summary)
        self.search = searching.folded_key(*texts)
        self.search_exact = searching.exact_key(*texts)
        self.search_name = searching.folded_key(self.name)
        self.name_sort = sort_key(self.name)[:300]

    def get_absolute_url(self) -> str:
        return reverse("products:detail", args=[self.slug])

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def short_place(self) -> str:
        """The first part of the place, for a card: "Làng Bát Tràng, xã Bát Tràng, …" -> "Làng Bát Tràng"."""
        return self.place.split(",")[0].strip()


class ProductStep(StepRecord):
    """Who checked, approved, featured or withdrew goods, and why."""

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="steps", verbose_name="hàng"
    )


class ProductPicture(CatalogueModel):
    """One more picture of goods, behind the first."""

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="pictures", verbose_name="hàng"
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name="ảnh"
    )
    alt = models.CharField(
        "ảnh có gì", max_length=200, blank=True, help_text="Đọc cho người không nhìn thấy ảnh."
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "ảnh khác"
        verbose_name_plural = "ảnh khác"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "picture"], name="productpicture_is_shown_once"
            )
        ]

    def __str__(self) -> str:
        return self.alt or str(self.picture)
