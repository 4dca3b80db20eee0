"""allauth's second factor as this portal uses it: sealed secrets, Vietnamese sentences."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from accounts.sealing import seal, unseal


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Mã chưa đúng, hoặc đã dùng rồi. Mời đồng chí chờ mã mới hiện ra rồi nhập.",
        "cannot_unseal": "Cổng không đọc được khóa đã lưu. Mời đồng chí gọi văn phòng đặt lại.",
        "cannot_delete_authenticator": "Chưa bỏ được bước xác nhận này.",
        "cannot_generate_recovery_codes": "Hãy bật bước xác nhận thứ hai trước khi lấy mã dự phòng.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Nothing: the page draws the code itself, without markup made by hand."""
        return ""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Thiết bị {count + 1}"
