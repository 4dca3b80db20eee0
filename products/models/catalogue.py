"""What goods are sorted by: their kind and their maker."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from core.search_keys import FoundModel, SearchKeyField
from core.text import sort_key
from products.models.stamp import CatalogueModel, CatalogueQuerySet
from products.slugs import free_slug
from units.models import Unit
from units.permissions import scope_q


class CategoryQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_category", prefix="owner__"))

    def with_published_count(self) -> Self:
        """Each with ``product_count``, its goods on the public pages; those without any left out."""
        published = Q(products__status="published")
        return (
            self.annotate(product_count=Count("products", filter=published))
            .filter(product_count__gt=0)
            .order_by("position", "name")
        )


class Category(CatalogueModel):
    """A kind of goods, a filter of the public list."""

    class Drawing(models.TextChoices):
        """The stand-in for goods without a picture: ``static/img/products/<value>.svg``."""

        POTTERY = "gom-su", "lọ gốm"
        CLOTH = "vai-may-mac", "súc vải"
        CRAFT = "thu-cong-my-nghe", "làn mây"
        FOOD = "thuc-pham", "bát cơm"
        SWEETS = "banh-keo", "đĩa bánh"
        FRUIT = "trai-cay", "quả"
        DRINKS = "do-uong", "chén nước"
        HERBS = "duoc-lieu", "cối giã"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    name = models.CharField("tên loại hàng", max_length=80)
    slug = models.SlugField("tên trong địa chỉ", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=50)
    drawing = models.CharField(
        "hình thay khi chưa có ảnh", max_length=30, choices=Drawing, default=Drawing.FOOD
    )
    history = HistoricalRecords(excluded_fields=["slug"])

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "loại hàng"
        verbose_name_plural = "loại hàng"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="category_slug_is_unique"),
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="category_name_is_unique",
                violation_error_message="Phường đã có loại hàng này.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="category_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.name, Category.objects.filter(owner=self.owner_id))
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.products.all().refresh_search()

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def drawing_path(self) -> str:
        return f"img/products/{self.drawing}.svg"


class ProducerQuerySet(CatalogueQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_producer", prefix="owner__"))


class Producer(CatalogueModel, FoundModel):
    """Who makes goods: a workshop, a cooperative, a firm."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    name = models.CharField("tên cơ sở", max_length=200)
    slug = models.SlugField("tên trong địa chỉ", max_length=80, editable=False)
    place = models.CharField("địa chỉ", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    website = models.CharField(
        "trang web", max_length=200, blank=True, validators=[URLValidator(["https", "http"])]
    )
    about = models.TextField(
        "giới thiệu", blank=True, help_text="Làm gì, từ bao giờ; lời trung tính."
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    name_sort = models.CharField(max_length=300, editable=False)
    search = SearchKeyField(sources=("name", "place"))
    history = HistoricalRecords(excluded_fields=["name_sort", "search", "slug"])

    objects = ProducerQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ sở sản xuất"
        verbose_name_plural = "cơ sở sản xuất"
        ordering = ["name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="producer_slug_is_unique"),
            models.UniqueConstraint(
                fields=["owner", "name", "place"],
                name="producer_is_entered_once",
                violation_error_message="Cơ sở này đã có trong danh sách.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="producer_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.name, Producer.objects.filter(owner=self.owner_id))
        self.name_sort = sort_key(self.name)[:300]
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.products.all().refresh_search()

    def get_absolute_url(self) -> str:
        return reverse("products:maker", args=[self.slug])

    @property
    def scope_unit(self) -> Unit:
        return self.owner
