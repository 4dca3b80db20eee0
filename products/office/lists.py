"""Lists and forms of what stands around goods: shops, recognitions, fairs, and what is missed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.admin import OfficeInline, OfficeModelAdmin
from products.forms import OutletForm, PromotionForm, RecognitionForm
from products.models import Outlet, Promotion, Recognition, Sale
from units.models import Unit
from units.office import WardOwnedAdmin
from units.permissions import scope_q


class VersionedAdmin(OfficeModelAdmin):
    """Every save through the form counts the row's version."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)


class SalesMixin(OfficeModelAdmin):
    """Who says that goods are sold in a shop, or no more, has asked there on that day."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Sale:
            super().save_formset(request, form, formset, change)
            return
        for row in formset.save(commit=False):
            row.confirmed_on, row.confirmed_by = timezone.localdate(), request.user
            row.version += 1 if row.pk else 0
            row.save()


class _SaleInline(OfficeInline):
    model = Sale
    readonly_fields = ("confirmed_on",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The choices are read once, not anew for every row."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name != self.fk_name:
            field.queryset = changeable(field.queryset, request.user, "products.change_product")  # type: ignore[union-attr]
            field.choices = list(field.choices)  # type: ignore[attr-defined]
        return field


class SalesOfOutlet(_SaleInline):
    fk_name = "outlet"
    fields = ("product", "is_sold", "confirmed_on", "note")


class SalesOfProduct(_SaleInline):
    fk_name = "product"
    fields = ("outlet", "is_sold", "confirmed_on", "note")


@admin.register(Outlet)
class OutletAdmin(SalesMixin, VersionedAdmin, WardOwnedAdmin):
    office_section = "products"
    office_order = 21
    form = OutletForm
    inlines = (SalesOfOutlet,)
    view_on_site = False
    list_display = ("name", "kind", "address", "residential_group", "checked_on", "closed_on")
    list_filter = ("kind",)
    list_select_related = ("residential_group", "owner")
    search_fields = ("search",)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        rows = super().get_field_queryset(db, db_field, request)
        return groups_of(rows) if db_field.name == "residential_group" else rows


@admin.register(Recognition)
class RecognitionAdmin(VersionedAdmin):
    """What stands on a paper. A change of it takes the check away: somebody else checks again."""

    office_section = "products"
    office_order = 22
    form = RecognitionForm
    list_display = ("product", "label", "in_year", "number", "valid_until", "check_link")
    list_filter = ("programme",)
    list_select_related = ("product__owner", "checked_by")
    search_fields = ("product__search", "number")
    readonly_fields = ("check_link",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("product__owner", "checked_by")

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        rows = super().get_field_queryset(db, db_field, request)
        if db_field.name != "product" or rows is None:
            return rows
        return changeable(rows, request.user, "products.change_product")

    @admin.display(description="công nhận")
    def label(self, row: Recognition) -> str:
        return row.label

    @admin.display(description="năm", ordering="year")
    def in_year(self, row: Recognition) -> str:
        return str(row.year)

    @admin.display(description="đối chiếu", ordering="checked_on")
    def check_link(self, row: Recognition) -> str:
        if row.pk is None:
            return "Lưu rồi người khác đối chiếu; khi đó mới hiện trên trang công khai."
        words = f"{row.checked_on:%d/%m/%Y}" if row.checked_on else "chưa, không hiện"
        url = reverse("admin:product_evidence")
        return format_html('<a href="{}#cn-{}">{}</a>', url, row.pk, words)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.checked_on = obj.checked_by = None
        super().save_model(request, obj, form, change)


@admin.register(Promotion)
class PromotionAdmin(VersionedAdmin, WardOwnedAdmin):
    office_section = "products"
    office_order = 25
    form = PromotionForm
    view_on_site = False
    list_display = ("title", "kind", "first_on", "last_on", "place", "is_published")
    list_filter = ("kind", "is_published")
    list_select_related = ("owner",)
    search_fields = ("title", "place")

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        rows = super().get_field_queryset(db, db_field, request)
        return groups_of(rows) if db_field.name == "residential_group" else rows


def changeable(rows: Any, user: Any, action: str) -> Any:
    """The rows of wards in which ``user`` may do more than read."""
    return rows.filter(scope_q(user, action, prefix="owner__"))


def groups_of(units: Any) -> Any:
    """The residential groups among ``units``."""
    if units is None:
        units = Unit.objects.all()
    return units.filter(kind=Unit.Kind.RESIDENTIAL_GROUP)
