"""Lists and forms of the three forms. Their way out is a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from js_asset import Script

from core.admin import OfficeInline
from core.text import fold
from outreach.content import kinds, rich
from outreach.content.models import (
    OPEN,
    Article,
    ArticlePicture,
    ArticleSource,
    Piece,
    Poster,
    ShortText,
)
from outreach.content.office.filters import WaitingFilter
from outreach.content.office.forms import (
    ArticleForm,
    ArticlePictureForm,
    ArticleSourceForm,
    PosterForm,
    ShortTextForm,
)
from outreach.content.showing import body_of
from plans.models import ContentItem
from units.office import WardOwnedAdmin


class PieceAdmin(WardOwnedAdmin):
    """Write and look up. Handing in, approving and publishing are steps on a page of their own."""

    office_section = "outreach"
    view_on_site = False
    list_display = ("title", "content_item", "status_link", "due_at", "published_at")
    list_filter = ("status", WaitingFilter)
    list_select_related = ("content_item", "owner")
    search_fields = ("search",)
    readonly_fields = ("status_link",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Looked at once it is handed in. What is sent all the same is told why, nothing is lost."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.status in OPEN or request.method == "POST")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one begins with the content: its name and the instruments that its plan cites."""
        initial = super().get_changeform_initial_data(request)
        key = str(initial.get("content_item", ""))
        items = ContentItem.objects.visible_to(request.user).select_related("plan")
        item = items.filter(pk=key).first() if key.isascii() and key.isdigit() else None
        if item is None:
            return initial
        bases = item.plan.legal_bases.filter(is_left_out=False, instrument__isnull=False)
        held = [
            basis.instrument_id
            for basis in bases.select_related("instrument")
            if basis.instrument.holds
        ]
        return initial | {"title": item.short_title, "bases": held, **self.begun_with(item)}

    def begun_with(self, item: ContentItem) -> dict[str, Any]:
        return {}

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)

        class OfficerForm(form):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.user = request.user
                self.narrow()

        return OfficerForm

    def save_model(self, request: HttpRequest, obj: Piece, form: Any, change: bool) -> None:
        if change:
            obj.version += 1
        else:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Piece) -> HttpResponse:
        return self._to_steps(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Piece) -> HttpResponse:
        return self._to_steps(obj)

    def _to_steps(self, obj: Piece) -> HttpResponse:
        return redirect(f"admin:{kinds.kind_of(obj).step_name}", obj.pk)

    @admin.display(description="trạng thái", ordering="status")
    def status_link(self, piece: Piece) -> str:
        if piece.pk is None:
            return "Bản nháp; lưu rồi trình duyệt ở trang sau."
        return format_html(
            '<a class="nowrap" href="{}">{}</a>',
            reverse(f"admin:{kinds.kind_of(piece).step_name}", args=[piece.pk]),
            piece.get_status_display(),
        )

    @admin.display(description="ảnh hiện nay")
    def picture_now(self, piece: Any) -> str:
        if piece.picture is None:
            return "Chưa có ảnh."
        return format_html(
            '<img class="thumbnail" src="{}" width="160" height="90" alt="{}">',
            piece.picture.small,
            piece.picture_alt,
        )


class _PartInline(OfficeInline):
    """Parts of an article: by the right on the article, and only while its text is open."""

    extra = 1  # one empty row, so that nobody needs JavaScript to add

    def _may(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        action = "outreach.view_article" if verb == "view" else "outreach.change_article"
        may = request.user.has_perm(action, obj)
        return may and (verb == "view" or obj is None or obj.is_open or request.method == "POST")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset


class PicturesOfArticle(_PartInline):
    model = ArticlePicture
    form = ArticlePictureForm
    fields = ("number", "upload", "alt", "consent", "caption")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks is asked for no file."""
        return [
            name for name in self.fields if name != "upload" or self._may(request, "change", obj)
        ]


class SourcesOfArticle(_PartInline):
    model = ArticleSource
    form = ArticleSourceForm
    fields = ("title", "url", "dated_on", "read_on", "state")
    readonly_fields = ("state",)


@admin.register(Article)
class ArticleAdmin(PieceAdmin):
    office_order = 20
    form = ArticleForm
    inlines = (PicturesOfArticle, SourcesOfArticle)
    readonly_fields = ("status_link", "picture_now", "text_now")
    fieldsets: Any = (
        (None, {"fields": ("status_link", "content_item", "title", "summary", "body")}),
        ("Ảnh bìa", {"fields": ("picture_now", "upload", "picture_alt", "picture_consent")}),
        ("Căn cứ và hạn", {"fields": ("bases", "expires_on")}),
        ("Hàng liên quan", {"fields": ("products",)}),
    )

    class Media:
        css = {
            "all": (
                "django_prose_editor/material-icons.css",
                "django_prose_editor/editor.css",
                "css/parts/rich.css",
                "css/parts/news.css",
            )
        }
        js = (Script("js/rich.js", type="module"),)

    def begun_with(self, item: ContentItem) -> dict[str, Any]:
        return {"summary": item.text[:300]}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks sees the text as it is read, and is asked for no file."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        shown = {"body": "text_now", "upload": None}
        return [
            (title, {"fields": [one for key in parts["fields"] if (one := shown.get(key, key))]})
            for title, parts in self.fieldsets
        ]

    @admin.display(description="nội dung")
    def text_now(self, article: Article) -> str:
        return format_html('<div class="news__body">{}</div>', body_of(article))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The editor's HTML becomes the plain text that stands for it: one form of the box."""
        if request.method == "POST" and rich.is_html(request.POST.get("body", "")):
            data = request.POST.copy()
            data["body"] = rich.to_text(rich.clean(data["body"]))
            request.POST = data  # type: ignore[assignment]
        return super().changeform_view(request, *args, **kwargs)


@admin.register(ShortText)
class ShortTextAdmin(PieceAdmin):
    office_label = "Tin Zalo"
    office_order = 22
    form = ShortTextForm
    fields = ("status_link", *ShortTextForm.Meta.fields)

    def begun_with(self, item: ContentItem) -> dict[str, Any]:
        return {"text": item.text[:500]}


@admin.register(Poster)
class PosterAdmin(PieceAdmin):
    office_order = 23
    form = PosterForm
    readonly_fields = ("status_link", "picture_now")
    fields = (
        "status_link",
        "content_item",
        "title",
        "text",
        "article",
        "picture_now",
        "upload",
        "picture_alt",
        "picture_consent",
        "bases",
        "expires_on",
    )

    def begun_with(self, item: ContentItem) -> dict[str, Any]:
        return {"text": item.text[:700]}
