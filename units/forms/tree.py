"""Forms of the office for units and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.db import transaction

from accounts.models import User
from core.text import PhoneFormatError, parse_phone
from units.models import Unit, UnitGroup


class UnitForm(forms.ModelForm):
    """A unit; ``parent`` is chosen once, at the start, because units never move."""

    parent = forms.ModelChoiceField(
        label="trực thuộc",
        queryset=Unit.objects.none(),
        help_text="Chọn một lần khi lập đơn vị, sau không đổi: đơn vị chỉ mở và đóng theo ngày.",
    )

    class Meta:
        model = Unit
        fields = (
            "kind",
            "name",
            "short_name",
            "code",
            "position",
            "opened_on",
            "closed_on",
            "residential_group",
        )
        help_texts = {
            "short_name": "Dùng ở chỗ chật. Ví dụ: Chi bộ 12.",
            "code": "Ký hiệu ngắn của văn phòng, nếu có. Ví dụ: CB12.",
            "position": "Số nhỏ đứng trước; cùng số thì xếp theo tên.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["parent"]

    def save(self, commit: bool = True) -> Unit:
        if self.instance.pk:
            return super().save(commit)
        data = {name: self.cleaned_data[name] for name in UnitForm.Meta.fields}
        parent = Unit.objects.select_for_update().get(pk=self.cleaned_data["parent"].pk)
        with transaction.atomic():
            self.instance = Unit.objects.add_child(parent, data)
        self._save_m2m = lambda: None
        self.save_m2m = self._save_m2m
        return self.instance


class UnitGroupForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label="gồm mọi đơn vị loại",
        choices=Unit.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = UnitGroup
        fields = ("name", "aliases", "kinds", "members")


class PersonForm(forms.ModelForm):
    """An account. The password is set here once and changed by the person afterwards."""

    new_password = forms.CharField(
        label="mật khẩu mới",
        required=False,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 12 ký tự. Để trống nếu không đổi.",
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "phone", "email", "is_active")
        labels = {
            "username": "tên đăng nhập",
            "email": "thư điện tử",
            "is_active": "được đăng nhập",
        }
        help_texts = {
            "username": "Chữ không dấu, số và dấu gạch. Ví dụ: cb-tdp-12.",
            "is_active": "Bỏ chọn để khóa tài khoản; không xóa tài khoản.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["new_password"].required = True
            self.fields[
                "new_password"
            ].help_text = "Ít nhất 12 ký tự. Trao cho người dùng rồi nhờ đổi."

    def clean_phone(self) -> str | None:
        typed = self.cleaned_data["phone"]
        if not typed:
            return None
        try:
            return parse_phone(typed)
        except PhoneFormatError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        if password:
            password_validation.validate_password(password, self.instance)
        return password

    def save(self, commit: bool = True) -> User:
        if self.cleaned_data["new_password"]:
            self.instance.set_password(self.cleaned_data["new_password"])
        return super().save(commit)


class PinForm(forms.Form):
    """Six digits, typed as they come: the box takes spaces and dashes (``units.links``)."""

    pin = forms.CharField(
        label="Mã PIN",
        help_text="6 chữ số trên tờ mã PIN mà văn phòng đưa.",
        max_length=20,
        error_messages={
            "required": "Đồng chí nhập mã PIN gồm 6 chữ số.",
            "max_length": "Mã PIN gồm 6 chữ số, đồng chí xem lại tờ mã PIN rồi nhập đủ.",
        },
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "class": "pin",
                "spellcheck": "false",
            }
        ),
    )
    use_required_attribute = False
