"""Goods, their kinds and makers in the office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from core.finding import add_sources
from core.history.pages import add_histories
from core.lists import add_ready
from products import finding, history, rules, searching, together
from products.filters import CheckedFilter, WaitingFilter
from products.follow import office as paper_pages  # noqa: F401  they register themselves
from products.forms import CategoryForm, ProducerForm, ProductForm
from products.models import Category, Producer, Product
from products.office.lists import SalesMixin, SalesOfProduct
from products.office.pages import PAGES
from products.office.today import today_items
from products.residents import office as residents_pages  # noqa: F401
from units.office import WardOwnedAdmin

admin.site.add_pages(*PAGES)
admin.site.add_today(today_items)
add_histories(*history.KINDS)
add_sources(*finding.SOURCES)
add_ready("products.product", "Quá 12 tháng chưa kiểm tra lại", kiem_tra="qua-12-thang")


@admin.register(Product)
class ProductAdmin(SalesMixin, WardOwnedAdmin):
    """Look up and edit. Publishing and withdrawing are steps on a page of their own."""

    office_section = "products"
    office_order = 10
    form = ProductForm
    inlines = (SalesOfProduct,)
    view_on_site = False
    actions = ("change_together",)
    list_display = ("thumbnail", "name", "category", "place", "status_link", "featured")
    list_display_links = ("name",)
    list_filter = (
        "status",
        ("category", admin.RelatedOnlyFieldListFilter),
        "is_featured",
        "is_sample",
        CheckedFilter,
        WaitingFilter,
    )
    list_select_related = ("category", "picture", "owner")
    search_fields = ("search",)
    sheet_without = ("thumbnail",)
    search_help_text = "Gõ tên hàng, nơi làm hoặc cơ sở, không cần dấu."
    readonly_fields = ("status_link", "picture_now")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "status_link",
                    "name",
                    "category",
                    "producer",
                    "place",
                    "summary",
                    "barcode",
                )
            },
        ),
        ("Ảnh", {"fields": ("picture_now", "upload", "picture_alt")}),
        (
            "Vì sao và cách nhận biết",
            {
                "fields": (
                    "why_recommended",
                    "how_to_recognise",
                    "season",
                    "sources",
                    "is_sample",
                )
            },
        ),
        (
            "Giá tham khảo",
            {
                "fields": ("price_low", "price_high", "price_unit", "price_on"),
                "description": "Chỉ để tham khảo; để trống cả khi không có.",
            },
        ),
    )

    @admin.action(description="Sửa nhiều mặt hàng đã chọn", permissions=["change"])
    def change_together(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        keys = list(queryset.values_list("pk", flat=True)[: together.MOST + 1])
        if len(keys) > together.MOST:
            self.message_user(
                request, f"Mỗi lần sửa nhiều nhất {together.MOST} mặt hàng.", messages.ERROR
            )
            return redirect("admin:products_product_changelist")
        chosen = urlencode([("hang", key) for key in keys])
        return redirect(f"{reverse('admin:products_together')}?{chosen}")

    @admin.display(description="ảnh")
    def thumbnail(self, product: Product) -> str:
        if product.picture is None:
            return "–"
        return format_html(
            '<img class="thumbnail" src="{}" width="48" height="48" alt="" loading="lazy">',
            product.picture.small,
        )

    @admin.display(description="ảnh hiện nay")
    def picture_now(self, product: Product) -> str:
        if product.picture is None:
            return "Chưa có ảnh; trang công khai dùng hình vẽ của loại hàng."
        return format_html(
            '<img class="thumbnail" src="{}" width="160" height="160" alt="{}">',
            product.picture.small,
            product.picture_alt,
        )

    @admin.display(description="trạng thái", ordering="status")
    def status_link(self, product: Product) -> str:
        if product.pk is None:
            return "Đề xuất; lưu rồi trình duyệt ở trang “Duyệt và đăng”."
        return format_html(
            '<a class="nowrap" href="{}">{}</a>',
            reverse("admin:product_step", args=[product.pk]),
            product.get_status_display(),
        )

    @admin.display(description="trang đầu", ordering="-is_featured")
    def featured(self, product: Product) -> str:
        return "Có" if product.is_featured else ""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(searching.matching(search_term)), False

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)

        class OfficerForm(form):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.user = request.user

        return OfficerForm

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        if form.new_picture is not None:
            obj.picture = form.new_picture
        if change:
            obj.version += 1
            if not form.changed_data:
                obj._change_reason = rules.ONLY_SHOPS  # type: ignore[attr-defined]
        else:
            obj.author = request.user
        super().save_model(request, obj, form, change)


@admin.register(Category)
class CategoryAdmin(WardOwnedAdmin):
    office_section = "products"
    office_order = 30
    form = CategoryForm
    list_display = ("name", "position", "drawing")


@admin.register(Producer)
class ProducerAdmin(WardOwnedAdmin):
    office_section = "products"
    office_order = 20
    form = ProducerForm
    view_on_site = False
    list_display = ("name", "place", "phone")
    search_fields = ("name", "place")
