"""The forms of the second step of signing in, in the words of the office."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms

from accounts import limits
from accounts.sealing import UnsealError
from accounts.second_factor import take_code

CODE = "Mã xác nhận"
LONGEST = 20_000  # signs of what a device brings
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)
WRITTEN = {  # kept from phones that would write a code with a capital or correct it
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
}


def _dress(field: forms.Field, label: str, help_text: str = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = f"Hãy điền {label[0].lower()}{label[1:]}."


class _CodeMixin(mfa_forms.BaseAuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(
            self.fields["code"],
            CODE,
            "6 chữ số trên ứng dụng, đổi sau mỗi 30 giây; hoặc một mã dự phòng 8 chữ số.",
        )
        self.fields["code"].widget.attrs |= WRITTEN
        self.fields["code"].max_length = 40

    def clean_code(self) -> str:
        """As allauth's, but a code is taken once however many servers are asked at the moment."""
        if not limits.take(limits.CODE, str(self.user.pk)):
            raise get_account_adapter().validation_error("too_many_login_attempts")
        code = self.cleaned_data["code"]
        rows = Authenticator.objects.filter(user=self.user)
        first = None
        for row in rows.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
            first = first or row
            if _takes(row, code):
                row.refresh_from_db()
                row.user = self.user
                self.authenticator = row
                limits.give_back(limits.CODE, str(self.user.pk))
                return code
        if first:
            self._emit_authentication_failed(first)
        raise get_adapter().validation_error("incorrect_code")


def _takes(row: Authenticator, code: str) -> bool:
    try:
        if row.type == Authenticator.Type.TOTP:
            return take_code(row, code)
        return row.wrap().validate_code(code)
    except UnsealError as error:
        raise get_adapter().validation_error("cannot_unseal") from error


class CodeForm(_CodeMixin, mfa_forms.AuthenticateForm):
    pass


class CodeAgainForm(_CodeMixin, mfa_forms.ReauthenticateForm):
    pass


class PasswordAgainForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["password"], "Mật khẩu")


class AppForm(totp_forms.ActivateTOTPForm):
    """Six digits prove that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["code"], "6 chữ số mà ứng dụng đang hiện")
        self.fields["code"].widget.attrs |= WRITTEN


class CredentialField(forms.JSONField):
    """An object of a few thousand signs, hidden on the page."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None  # it is of no use a second time, and reading it again may fail again

    def prepare_value(self, value: Any) -> str:
        return ""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise get_adapter().validation_error("incorrect_code")
        try:
            found = super().to_python(value)
        except RecursionError as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if found is not None and not isinstance(found, dict):
            raise get_adapter().validation_error("incorrect_code")
        return found


class _KeyMixin(forms.Form):
    """What the browser brings may be anything: fido2 meets some of it with errors of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Any:
        try:
            parent: Any = super()
            given = getattr(parent, "clean_credential", None)
            return given() if given else self.cleaned_data["credential"]
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def clean(self) -> dict[str, Any] | None:
        try:
            return super().clean()
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class KeyForm(_KeyMixin, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class KeyAloneForm(_KeyMixin, webauthn_forms.LoginWebAuthnForm):
    pass


class KeyAgainForm(_KeyMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddKeyForm(_KeyMixin, webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["name"], "Tên để nhận ra thiết bị", "Ví dụ: Điện thoại của tôi.")
        self.fields["name"].widget.attrs["maxlength"] = self.fields["name"].max_length = 60
        if "passwordless" in self.fields:
            _dress(self.fields["passwordless"], "Lần sau vào bằng thiết bị này, không gõ mật khẩu")


class RenameKeyForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["name"], "Tên để nhận ra thiết bị")
