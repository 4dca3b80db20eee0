"""The office's form for goods."""

from __future__ import annotations

from typing import Any

from django import forms

from core.files import FileRefusedError, store_picture
from core.forms import CountField, PlainTextField, VietnameseDateField
from core.models import Picture
from products.barcodes import BarcodeFormatError, parse_barcode
from products.models import Product

MAX_PRICE = 2_000_000_000  # đồng


def text(label: str, length: int, **kwargs: Any) -> PlainTextField:
    return PlainTextField(label=label, max_length=length, **kwargs)


def long(label: str, rows: int, **kwargs: Any) -> PlainTextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainTextField(
        label=label, max_length=4000, multiline=True, required=False, widget=widget, **kwargs
    )


class ProductForm(forms.ModelForm):
    """One kind of goods. The picture is stored last, when all else is right."""

    name = text("tên hàng", 160)
    place = text(
        "xuất xứ", 250, required=False, help_text="Làng, xã hoặc phường, tỉnh hoặc thành phố."
    )
    summary = text("một câu giới thiệu", 250)
    season = text("mùa", 120, required=False)
    barcode = text(
        "mã vạch", 30, required=False, help_text="Dãy số dưới các vạch; để trống khi không có."
    )
    why_recommended = long(
        "vì sao được giới thiệu",
        5,
        help_text="Lời trung tính, kiểm chứng được; không viết “tốt nhất”, “số một”.",
    )
    how_to_recognise = long("cách nhận biết", 4)
    sources = long("nguồn", 2, help_text="Giấy chứng nhận, quyết định, trang đã xem.")
    upload = forms.FileField(
        label="ảnh mới",
        required=False,
        help_text="JPEG, PNG, WebP hoặc HEIC; nên vuông, cạnh từ 1.000 điểm ảnh.",
    )
    picture_alt = text(
        "ảnh có gì", 200, required=False, help_text="Đọc cho người không nhìn thấy ảnh."
    )
    price_low = CountField(label="giá từ", required=False, max_value=MAX_PRICE, help_text="Đồng.")
    price_high = CountField(label="giá đến", required=False, max_value=MAX_PRICE, help_text="Đồng.")
    price_unit = text("giá của", 60, required=False, help_text="Ví dụ: chai 500 ml, 1 kg.")
    price_on = VietnameseDateField(label="giá xem ngày", required=False)

    class Meta:
        model = Product
        fields = (
            "name",
            "category",
            "producer",
            "place",
            "summary",
            "season",
            "barcode",
            "why_recommended",
            "how_to_recognise",
            "sources",
            "picture_alt",
            "price_low",
            "price_high",
            "price_unit",
            "price_on",
            "is_sample",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_picture: Picture | None = None
        self.user: Any = None

    def clean_barcode(self) -> str:
        typed = self.cleaned_data["barcode"]
        try:
            return parse_barcode(typed) if typed else ""
        except BarcodeFormatError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_why_recommended(self) -> str:
        """The status is no field of this form, so the constraint on both is not asked by itself."""
        why = self.cleaned_data["why_recommended"]
        if self.instance.status == Product.Status.PUBLISHED and not why:
            raise forms.ValidationError(
                "Hàng đang đăng phải nói vì sao được giới thiệu; muốn để trống thì rút xuống trước."
            )
        return why

    def _post_clean(self) -> None:
        super()._post_clean()
        upload = self.cleaned_data.get("upload")
        if not upload or self.errors:
            return
        try:
            self.new_picture = store_picture(
                upload,
                name=upload.name,
                user=self.user,
                alt=self.cleaned_data.get("picture_alt", ""),
            )
        except FileRefusedError as error:
            self.add_error("upload", str(error))
