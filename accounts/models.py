"""Who signs in. What a person may do is a matter of memberships, which belong to units."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import load_backend
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from core.search_keys import FoundModel, SearchKeyField


class User(FoundModel, AbstractUser):
    """A person with an account. Rights come from :class:`units.models.Membership` alone."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField(
        "số điện thoại",
        max_length=16,
        null=True,
        blank=True,
        unique=True,
        help_text="Dùng để đăng nhập và để văn phòng gọi. Ví dụ: 0912 345 678.",
        error_messages={"unique": "Số điện thoại này đã có ở một tài khoản khác."},
    )
    sign_outs = models.PositiveIntegerField(
        "số lần kết thúc mọi phiên",
        default=0,
        editable=False,
        help_text="Tăng lên thì mọi phiên đăng nhập đang mở của người này hết hiệu lực.",
    )
    search = SearchKeyField(sources=("full_name", "username"), max_length=300)

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["full_name", "username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone__isnull=True) | models.Q(phone__regex=r"^\+[0-9]{8,15}$"),
                name="user_phone_is_e164",
                violation_error_message="Số điện thoại chưa đúng.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def mark(self) -> str:
        """Says on a shared phone which rows are whose, and nothing about the person."""
        return salted_hmac("accounts.mark", str(self.pk)).hexdigest()[:16]

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, and another one each time that all sessions of the person are ended."""
        stamp = f"{self.password}:{self.sign_outs}" if self.sign_outs else self.password
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, stamp, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What the backends answer. Django's own method lets every superuser through first."""
        return self.is_active and any(one.has_perm(self, perm, obj) for one in _backends())

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and any(one.has_module_perms(self, app_label) for one in _backends())


class Tries(models.Model):
    """When something was tried of late (:mod:`accounts.limits`); ``key`` is a hash."""

    key = models.CharField("khóa", max_length=64, unique=True)
    at = models.JSONField("các lần thử, tính bằng giây từ năm 1970", default=list)
    ends_at = models.DateTimeField("hết hiệu lực", null=True, db_index=True)

    class Meta:
        verbose_name = "số lần thử"
        verbose_name_plural = "số lần thử"

    def __str__(self) -> str:
        return self.key


def _backends() -> tuple[Any, ...]:
    """Django makes them anew each time, 5 µs for every right that is asked."""
    return _made(tuple(settings.AUTHENTICATION_BACKENDS))


@cache
def _made(names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(load_backend(one) for one in names)
