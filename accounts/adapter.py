"""allauth as this portal uses it: accounts are given by the office, nobody signs up."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts import known_devices, limits
from accounts.second_factor import proved_at

SIGNED_IN_AT = "signed_in_at"  # seconds since 1970, in the session


class ClosedAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Tên đăng nhập, số điện thoại hoặc mật khẩu chưa đúng.",
        "too_many_login_attempts": "Đã thử sai nhiều lần. Đồng chí chờ 15 phút rồi thử lại, "
        "hoặc gọi văn phòng.",
        "enter_current_password": "Mật khẩu đang dùng chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "rate_limited": "Đã thử nhiều lần. Đồng chí chờ 15 phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within some minutes of a sign-in: the password was typed just now."""
        age = time.time() - proved_at(context.request.session)
        return age >= account_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A factor where there is one: who has the password alone must not get at the factors."""
        methods = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda one: one["id"] == "reauthenticate")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at: by address and by account."""
        name = str(credentials.get("username", "")).lower()
        device = known_devices.device_of(request, name)
        counted = (limits.KNOWN_DEVICE, f"{name} {device}") if device else (limits.ACCOUNT, name)
        address = (limits.ADDRESS, self.get_client_ip(request))
        self._counted = (counted, address)
        if not limits.take(*address) or not limits.take(*counted):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls it after the right password, which is no guess."""
        for counted in self._counted:
            limits.give_back(*counted)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().post_login(request, user, **kwargs)
        known_devices.remember(request, response, user)
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = int(timezone.now().timestamp())
