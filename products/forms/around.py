"""The office's forms for what stands around goods: kinds, makers, shops, recognitions, fairs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from core.forms import CountField, VietnameseDateField
from core.text import PhoneFormatError, parse_phone
from products.forms.goods import long, text
from products.models import Category, Outlet, Producer, Promotion, Recognition


class _PhoneMixin:
    cleaned_data: dict[str, Any]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return parse_phone(typed)
        except PhoneFormatError as error:
            raise forms.ValidationError(str(error)) from error


class YearField(CountField):
    """A year: a count that is never written with a dot."""

    def show(self, value: int) -> str:
        return str(value)


def _site(label: str, length: int = 200, **kwargs: Any) -> forms.URLField:
    return forms.URLField(
        label=label, max_length=length, required=False, assume_scheme="https", **kwargs
    )


class CategoryForm(forms.ModelForm):
    name = text("tên loại hàng", 80)

    class Meta:
        model = Category
        fields = ("name", "position", "drawing")


class ProducerForm(_PhoneMixin, forms.ModelForm):
    name = text("tên cơ sở", 200)
    place = text("địa chỉ", 250, required=False)
    phone = text("điện thoại", 30, required=False)
    website = _site("trang web")
    about = long("giới thiệu", 4, help_text="Làm gì, từ bao giờ; lời trung tính.")

    class Meta:
        model = Producer
        fields = ("name", "place", "phone", "website", "about", "is_sample")


class OutletForm(_PhoneMixin, forms.ModelForm):
    name = text("tên nơi bán", 200)
    address = text("địa chỉ", 250)
    phone = text("điện thoại", 30, required=False)
    hours = text("giờ mở cửa", 160, required=False, help_text="Ví dụ: hằng ngày, 6:30 đến 20:00.")
    website = _site("trang web")
    note = text("ghi chú", 250, required=False)
    checked_on = VietnameseDateField(label="ngày kiểm tra", required=False)
    closed_on = VietnameseDateField(
        label="thôi bán từ ngày", required=False, help_text="Để trống khi còn mở cửa."
    )

    class Meta:
        model = Outlet
        fields = (
            "name",
            "kind",
            "residential_group",
            "address",
            "phone",
            "hours",
            "website",
            "note",
            "latitude",
            "longitude",
            "checked_on",
            "closed_on",
            "is_sample",
        )
        widgets = {
            "latitude": forms.TextInput(attrs={"inputmode": "decimal"}),
            "longitude": forms.TextInput(attrs={"inputmode": "decimal"}),
        }


class RecognitionForm(forms.ModelForm):
    """What stands on the paper. It is checked by somebody else, on the page of recognitions."""

    title = text(
        "tên giấy chứng nhận",
        160,
        required=False,
        help_text="Chỉ ghi khi chọn “Giấy chứng nhận khác”.",
    )
    year = YearField(label="năm", max_value=2100)
    level = CountField(
        label="hạng",
        required=False,
        max_value=5,
        help_text="OCOP: 3 đến 5 sao. Bình chọn: TOP 1 đến 4.",
    )
    group = text("nhóm hàng của chương trình", 120, required=False)
    number = text("số giấy chứng nhận", 80, required=False)
    issuer = text("nơi cấp", 200, required=False)
    decision = text("số quyết định", 120, required=False)
    decided_on = VietnameseDateField(label="ngày quyết định", required=False)
    valid_until = VietnameseDateField(
        label="có giá trị đến hết ngày",
        required=False,
        help_text="Ngày cuối còn giá trị, như in trên giấy. Để trống khi không có hạn.",
    )
    link = _site("trang để đối chiếu", 300)

    class Meta:
        model = Recognition
        fields = (
            "product",
            "programme",
            "title",
            "year",
            "level",
            "group",
            "number",
            "issuer",
            "decision",
            "decided_on",
            "valid_until",
            "link",
        )

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày quyết định chưa tới, hãy xem lại.")
        return day


class PromotionForm(forms.ModelForm):
    title = text("tên", 160)
    first_on = VietnameseDateField(label="ngày đầu")
    last_on = VietnameseDateField(label="ngày cuối")
    hours = text("giờ", 120, required=False)
    place = text("nơi", 250, required=False)
    organiser = text("đơn vị tổ chức", 200, required=False)
    text = long("nội dung", 5)
    link = _site("trang xem thêm", 300)

    class Meta:
        model = Promotion
        fields = (
            "kind",
            "title",
            "first_on",
            "last_on",
            "hours",
            "place",
            "residential_group",
            "organiser",
            "text",
            "link",
            "is_published",
            "is_sample",
        )
