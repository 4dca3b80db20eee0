"""The office's forms for articles, texts for Zalo and posters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from core.files import FileRefusedError, store_picture
from core.forms import PlainTextField, VietnameseDateField
from core.models import Picture
from core.text import format_number
from outreach.content import rich
from outreach.content.models import (
    ALT_HELP,
    CONSENT_HELP,
    MOST_LETTERS,
    PICTURE_FAULT,
    Article,
    ArticlePicture,
    ArticleSource,
    Poster,
    ShortText,
)
from plans.models import ContentItem, LegalInstrument
from products.models import Product

MOST_BODY = 60_000
BODY_HELP = (
    "Dòng trống ngăn đoạn; “## ” là đề mục, “- ” là gạch đầu dòng, “> ” là trích dẫn, "
    "**đậm**, *nghiêng*, [chữ](địa chỉ). Chỗ đặt ảnh: một dòng riêng [ảnh 1]."
)


def line(label: str, length: int, **kwargs: Any) -> PlainTextField:
    return PlainTextField(label=label, max_length=length, **kwargs)


class RichTextWidget(forms.Textarea):
    """Plain text for everyone; ``data-html`` is the same for the editor, which JavaScript starts."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 18, **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        return rich.to_text(value) if value and rich.is_html(value) else value

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-html"] = rich.clean(value or "")
        return context


class RichTextField(forms.CharField):
    """HTML of the editor or plain text in, what :func:`rich.clean` makes of it out."""

    widget = RichTextWidget
    default_error_messages = {"required": "Chưa có nội dung, hãy viết vào ô này."}

    def to_python(self, value: Any) -> str:
        typed = str(value or "")
        if len(typed) > 4 * MOST_BODY:
            raise forms.ValidationError("Nội dung dán vào quá dài, hãy chia thành nhiều bài.")
        html = rich.clean(typed)
        if len(html) > MOST_BODY:
            raise forms.ValidationError(
                f"Nội dung dài hơn {format_number(MOST_BODY)} ký tự, hãy chia thành nhiều bài."
            )
        return html

    def has_changed(self, initial: Any, data: Any) -> bool:
        return rich.clean(str(data or "")) != (initial or "")


class PieceForm(forms.ModelForm):
    """What every form of a content asks. The text is closed once it was handed in."""

    title = line("tên", 200)
    expires_on = VietnameseDateField(
        label="hết hạn từ ngày",
        required=False,
        help_text="Từ ngày này cổng tự rút xuống; để trống khi không có hạn.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user: Any = None

    def narrow(self) -> None:
        """Only choices of the row's own ward; called when the ward is known."""
        piece = self.instance
        fields: Any = self.fields
        month = timezone.localdate().replace(day=1)
        items = ContentItem.objects.in_force(piece.owner, month)
        if piece.content_item_id:
            now = ContentItem.objects.filter(pk=piece.content_item_id)
            items = ContentItem.objects.filter(Q(pk__in=items.values("pk")) | Q(pk__in=now))
            items = items.select_related("plan").defer("plan__reading")
        if "content_item" in fields:
            fields["content_item"].queryset = items
            fields["content_item"].empty_label = "Chọn nội dung"
        if "bases" in fields:
            fields["bases"].queryset = LegalInstrument.objects.filter(owner=piece.owner)
        if "products" in fields:
            goods = Product.objects.filter(owner=piece.owner).published().order_by("name_sort")
            fields["products"].queryset = goods
        for (
            field
        ) in fields.values():  # the admin's own button beside a choice leads out of the form
            if hasattr(field.widget, "can_add_related"):
                field.widget.can_add_related = field.widget.can_change_related = False
        if "article" in fields:
            fields["article"].queryset = Article.objects.filter(owner=piece.owner)

    def clean(self) -> dict[str, Any]:
        if self.instance.pk and not self.instance.is_open:
            raise forms.ValidationError(
                f"Bản này đã là “{self.instance.get_status_display()}” nên không sửa được nữa. "
                "Đồng chí nhờ trả lại, hoặc rút xuống rồi mở lại để sửa."
            )
        return super().clean() or self.cleaned_data

    class Meta:
        fields = ("content_item", "title", "bases", "expires_on")
        widgets = {"bases": forms.CheckboxSelectMultiple}
        help_texts = {"bases": "Văn bản của sổ căn cứ mà nội dung này dựa vào."}


class PictureMixin(forms.ModelForm):
    """A picture comes with what it shows and with the consent of whom it shows."""

    picture_name = "picture"
    alt_name, consent_name = "picture_alt", "picture_consent"
    is_needed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_picture: Picture | None = None
        self.user: Any = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        has_picture = data.get("upload") or getattr(self.instance, f"{self.picture_name}_id")
        if self.is_needed and not has_picture and "upload" not in self.errors:
            self.add_error("upload", "Chưa chọn ảnh, hãy chọn một tệp ảnh.")
        if has_picture:
            for name in (self.alt_name, self.consent_name):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, PICTURE_FAULT)
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        upload = self.cleaned_data.get("upload")
        if not upload or self.errors:
            return
        try:
            self.new_picture = store_picture(
                upload,
                name=upload.name,
                user=self.user,
                alt=self.cleaned_data.get(self.alt_name, ""),
            )
        except FileRefusedError as error:
            self.add_error("upload", str(error))
            return
        setattr(self.instance, self.picture_name, self.new_picture)


def upload_field(label: str) -> forms.FileField:
    return forms.FileField(
        label=label, required=False, help_text="JPEG, PNG, WebP hoặc HEIC; rộng từ 1.200 điểm ảnh."
    )


class ArticleForm(PictureMixin, PieceForm):
    summary = PlainTextField(
        label="tóm tắt",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một, hai câu; hiện ở danh sách và khi gửi qua Zalo.",
    )
    body = RichTextField(label="nội dung", help_text=BODY_HELP)
    upload = upload_field("ảnh bìa mới")
    picture_alt = line("ảnh có gì", 200, required=False, help_text=ALT_HELP)
    picture_consent = line("sự đồng ý", 300, required=False, help_text=CONSENT_HELP)

    class Meta(PieceForm.Meta):
        model = Article
        fields = (
            *PieceForm.Meta.fields,
            "summary",
            "body",
            "picture_alt",
            "picture_consent",
            "products",
        )
        widgets = {**PieceForm.Meta.widgets, "products": forms.SelectMultiple(attrs={"size": 8})}


class ShortTextForm(PieceForm):
    text = PlainTextField(
        label="lời nhắn",
        max_length=MOST_LETTERS,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"Nhiều nhất {MOST_LETTERS} ký tự, kể cả địa chỉ.",
    )

    class Meta(PieceForm.Meta):
        model = ShortText
        fields = ("content_item", "title", "text", "bases", "expires_on")


class PosterForm(PictureMixin, PieceForm):
    text = PlainTextField(
        label="lời",
        max_length=700,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Mỗi dòng một ý, chữ to; nhiều nhất 700 ký tự.",
    )
    upload = upload_field("ảnh mới")
    picture_alt = line("ảnh có gì", 200, required=False, help_text=ALT_HELP)
    picture_consent = line("sự đồng ý", 300, required=False, help_text=CONSENT_HELP)

    class Meta(PieceForm.Meta):
        model = Poster
        fields = (
            "content_item",
            "title",
            "text",
            "article",
            "picture_alt",
            "picture_consent",
            "bases",
            "expires_on",
        )


class ArticlePictureForm(PictureMixin):
    alt_name, consent_name = "alt", "consent"
    is_needed = True

    upload = upload_field("tệp ảnh")
    alt = line("ảnh có gì", 200, help_text=ALT_HELP)
    consent = line("sự đồng ý", 300, help_text=CONSENT_HELP)
    caption = line("chú thích", 250, required=False)

    class Meta:
        model = ArticlePicture
        fields = ("number", "alt", "consent", "caption")


class ArticleSourceForm(forms.ModelForm):
    title = line("nguồn", 250)
    url = forms.URLField(label="địa chỉ", max_length=500, required=False, assume_scheme="https")
    dated_on = VietnameseDateField(label="ngày của nguồn", required=False)
    read_on = VietnameseDateField(
        label="xem ngày", required=False, help_text="Để trống là hôm nay."
    )

    class Meta:
        model = ArticleSource
        fields = ("title", "url", "dated_on", "read_on")

    def clean_read_on(self) -> dt.date:
        """No default in the box: an empty row would look typed in on the day after."""
        return self.cleaned_data["read_on"] or timezone.localdate()
