"""Sign-in and password change, in the words of the office."""

from typing import Any

from allauth.account import forms as allauth_forms

from accounts.models import User
from core.text import PhoneFormatError, parse_phone


class SignInForm(allauth_forms.LoginForm):
    """By user name or by telephone number, in one field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "Tên đăng nhập hoặc số điện thoại"
        password.label = "Mật khẩu"
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = (
                f"Hãy điền {field.label[0].lower()}{field.label[1:]}."
            )
        login.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def user_credentials(self) -> dict[str, Any]:
        credentials = super().user_credentials()
        return credentials | {"username": _username(self.cleaned_data["login"])}


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("oldpassword", "Mật khẩu đang dùng"),
            ("password1", "Mật khẩu mới"),
            ("password2", "Mật khẩu mới, gõ lại lần nữa"),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = ""  # the page says the one rule that people must know
            self.fields[name].widget.attrs.pop("placeholder", None)


def _username(login: str) -> str:
    """The user name that belongs to ``login`` when it is somebody's telephone number."""
    try:
        phone = parse_phone(login)
    except PhoneFormatError:
        return login
    owner = User.objects.filter(phone=phone).values_list("username", flat=True).first()
    return owner or login
