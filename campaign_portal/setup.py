"""The first data of a portal: the demonstration, or an empty one with its first person."""

from __future__ import annotations

import datetime as dt
import getpass
import re

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from outreach.content import demonstration as outreach_demonstration
from plans import demonstration as plans_demonstration
from products import demonstration as products_demonstration
from products import setup as products_setup
from reports import demonstration as reports_demonstration
from reports import setup as reports_setup
from units import demonstration as units_demonstration
from units import setup as units_setup


@transaction.atomic
def load_demonstration(*, today: dt.date) -> None:
    """Plan 85, one that waits and the marked demonstration data, all or nothing, into an empty database."""
    ward = units_demonstration.load()
    officer = User.objects.get(username="tuyengiao")
    reports_setup.install_defaults(ward)
    products_setup.install_defaults(ward)
    plan = plans_demonstration.load(ward, user=officer)
    plans_demonstration.load_progress(plan, today=today)
    reports_demonstration.load(ward, today=today)
    approver = User.objects.get(username="vanphong")
    products_demonstration.load(ward, user=officer, approver=approver)
    outreach_demonstration.load(ward, author=officer, approver=approver)
    plans_demonstration.load_waiting(ward, user=officer, today=today)


def demonstration_way_in(base: str) -> list[str]:
    """The address and the PIN of one unit's card, as a telephone opens it."""
    found = units_demonstration.way_in()
    if found is None:
        return []
    unit, token = found
    return [
        f"Vào như điện thoại của bí thư {unit}, mã PIN {units_demonstration.PIN}:",
        f"  {base}{reverse('units:open_link', args=[token])}",
    ]


def demonstration_accounts() -> list[str]:
    """The lines that tell how to sign in to the demonstration."""
    lines = [
        f"Tài khoản trình diễn, mật khẩu chung: {units_demonstration.PASSWORD}",
        "  cb01 … cb43           bí thư của 43 chi bộ, vào trang của bí thư",
    ]
    lines += [f"  {a.username:<22}{a.explanation}" for a in units_demonstration.OFFICE]
    return [
        *lines,
        "  Bản trình diễn không bắt buộc bước xác nhận thứ hai; cổng thật thì bắt buộc.",
    ]


@transaction.atomic
def found_portal(
    *, ward: str, username: str, full_name: str, password: str, today: dt.date
) -> None:
    """An empty portal: one ward with the default indicators and deadline, one administrator.

    Raises ``ValueError`` with a Vietnamese sentence when a value cannot be used.
    """
    ward = check_ward(ward)
    username = check_username(username)
    check_password(password, username)
    place_name = re.sub(r"^(phường|xã|thị trấn)\s+", "", ward, flags=re.IGNORECASE)
    new_ward, _ = units_setup.found_ward(
        name=ward,
        place_name=place_name,
        username=username,
        full_name=full_name,
        password=password,
        today=today,
    )
    reports_setup.install_defaults(new_ward)
    products_setup.install_defaults(new_ward)


def check_ward(text: str) -> str:
    """The name of a ward without stray spaces; ``ValueError`` when there is none."""
    if not (ward := " ".join(text.split())):
        raise ValueError("Hãy cho biết tên phường, ví dụ: Phường Phương Liệt.")
    return ward


def check_username(text: str) -> str:
    """A name to sign in with; ``ValueError`` when it has other signs than it may."""
    if not re.fullmatch(r"[a-z0-9._-]{3,60}", username := text.strip()):
        raise ValueError(
            "Tên đăng nhập từ 3 ký tự, chỉ gồm chữ thường không dấu, số, dấu chấm và gạch. "
            "Ví dụ: quantri."
        )
    return username


def check_full_name(text: str) -> str:
    if not (name := " ".join(text.split())):
        raise ValueError("Hãy cho biết họ và tên, ví dụ: Nguyễn Thị Hoa.")
    return name


def check_password(password: str, username: str) -> str:
    """The password as typed; ``ValueError`` with what is wrong with it."""
    try:
        password_validation.validate_password(password, User(username=username))
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return password


def ask_ward() -> str:
    return check_ward(input("Tên phường (ví dụ: Phường Phương Liệt): "))


def ask_username() -> str:
    return check_username(input("Tên đăng nhập của quản trị viên (ví dụ: quantri): "))


def ask_full_name() -> str:
    return check_full_name(input("Họ và tên của quản trị viên: "))


def ask_password(username: str) -> str:
    """Typed twice and not shown; raises ``ValueError`` when it is weak or the two differ."""
    first = check_password(
        getpass.getpass("Mật khẩu (ít nhất 12 ký tự, không hiện ra): "), username
    )
    if getpass.getpass("Gõ lại mật khẩu: ") != first:
        raise ValueError("Hai lần gõ mật khẩu không giống nhau, mời gõ lại.")
    return first
