"""allauth as this portal uses it: accounts are given by the office, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

SIGNED_IN_AT = "signed_in_at"  # seconds since 1970, in the session


class ClosedAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Tên đăng nhập, số điện thoại hoặc mật khẩu chưa đúng.",
        "too_many_login_attempts": "Đã thử sai nhiều lần. Đồng chí chờ 5 phút rồi thử lại, "
        "hoặc gọi văn phòng.",
        "enter_current_password": "Mật khẩu đang dùng chưa đúng.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = int(timezone.now().timestamp())
