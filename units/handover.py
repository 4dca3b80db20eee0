"""Another secretary: the old one's time ends, the old phones die, the new one gets a card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core.fingerprints import fingerprint
from core.text import fold, format_date, format_phone
from core.workflow import StaleError
from units import links
from units.changes.carrying_out import ChangeRefusedError
from units.models import Device, Membership, Role, Unit, UnitChange, UnitLink
from units.permissions import scope_q

MAX_USERNAME = 60
TRIES = 5  # of free user names, where others of that name come at the same moment


@dataclass(frozen=True, slots=True)
class HandOver:
    """``phone`` in E.164; ``on`` is the first day of the new secretary."""

    unit: Unit
    full_name: str
    phone: str
    on: dt.date
    decision: str = ""


@dataclass(frozen=True, slots=True)
class HandOverPreview:
    asked: HandOver
    refusals: list[str]
    sentences: list[str]
    seen: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The PIN is not stored: only this answer has it."""

    person: User
    link: UnitLink
    pin: str
    record: UnitChange


def preview(asked: HandOver, *, actor: Any, today: dt.date) -> HandOverPreview:
    """What the hand-over would do and what speaks against it. Reads alone."""
    found = User.objects.filter(phone=asked.phone).first()
    refused = [*_refusals(asked, found, actor, today)]
    if refused:
        return HandOverPreview(asked, refused, [], "")
    told = list(_sentences(asked, found))
    link = UnitLink.objects.in_use().filter(unit=asked.unit).first()
    seen = fingerprint(
        told, asked.full_name, asked.phone, asked.on, asked.decision, links.stamp(link)
    )
    return HandOverPreview(asked, [], told, seen)


@transaction.atomic
def carry_out(
    asked: HandOver, *, actor: Any, seen: str, today: dt.date | None = None
) -> HandedOver:
    """Do what the preview with the version ``seen`` had said, in one transaction.

    Raises :class:`~units.changes.ChangeRefusedError`, and
    :class:`core.workflow.StaleError` with the fresh preview.
    """
    today = today or timezone.localdate()
    # An import into the ward writes secretaries too, under this lock.
    Unit.objects.select_for_update(no_key=True).get(path=asked.unit.ward_path)
    shown = preview(asked, actor=actor, today=today)
    if shown.refusals:
        raise ChangeRefusedError(shown.refusals)
    if shown.seen != seen:
        raise StaleError(shown)
    found = User.objects.filter(phone=asked.phone).first()
    # Everyone in the office reads the book; the number is for those who see accounts.
    told = list(_sentences(asked, found, with_phone=False))
    for one in _held(asked):
        one.ends_on = asked.on
        one.save(update_fields=["ends_on"])
    person = found or new_person(asked.full_name, asked.phone)
    Membership.objects.create(user=person, unit=asked.unit, role=Role.SECRETARY, starts_on=asked.on)
    link, pin = links.hand_over(asked.unit, actor)
    record = UnitChange.objects.create(
        ward=asked.unit.ward,
        kind=UnitChange.Kind.HAND_OVER,
        on=asked.on,
        decision=asked.decision,
        sentences=told,
        by=actor,
    )
    record.units.add(asked.unit)
    return HandedOver(person, link, pin, record)


def new_person(full_name: str, phone: str | None) -> User:
    """An account without a password: its person comes in by the unit's card.

    Raises :class:`~units.changes.ChangeRefusedError` where ``phone`` was taken at this moment.
    """
    for _ in range(TRIES):
        name = free_username(full_name)
        try:
            with transaction.atomic():
                return User.objects.create(
                    username=name, full_name=full_name, phone=phone, password=make_password(None)
                )
        except IntegrityError as error:
            if phone and User.objects.filter(phone=phone).exists():
                raise phone_taken(phone) from error
    raise ChangeRefusedError(["Nhiều người cùng tên đang được ghi một lúc, đồng chí ghi lại."])


def phone_taken(phone: str) -> ChangeRefusedError:
    """Other hands gave ``phone`` to somebody after it had been looked for."""
    return ChangeRefusedError(
        [
            f"Số {format_phone(phone)} vừa được ghi cho một tài khoản khác. Chưa ghi gì, đồng chí "
            "xem lại số rồi ghi lại."
        ]
    )


def free_username(full_name: str) -> str:
    """nguyen-van-a, or with the next number where that is taken."""
    base = "-".join(fold(full_name).split())[:MAX_USERNAME]
    base = "".join(sign for sign in base if (sign.isalnum() and sign.isascii()) or sign == "-")
    base = base.strip("-") or "bi-thu"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def _refusals(asked: HandOver, found: User | None, actor: Any, today: dt.date) -> Iterator[str]:
    unit = asked.unit
    if sentence := links.closed_sentence(unit, today):
        yield sentence
    elif unit.opened_on > today:
        yield f"{unit.name} hoạt động từ ngày {format_date(unit.opened_on)}, đến ngày đó mới bàn giao."
    elif asked.on > today:
        yield (
            "Ngày nhận việc chưa đến. Ghi bàn giao thì máy cũ thôi dùng được ngay, nên đồng chí "
            "ghi đúng ngày đó."
        )
    elif asked.on < unit.opened_on:
        yield (
            f"{unit.name} hoạt động từ ngày {format_date(unit.opened_on)}, đồng chí chọn từ ngày "
            "đó trở đi."
        )
    for one in _current(unit):
        if found is not None and one.user_id == found.pk:
            yield f"Đồng chí {found} đang là bí thư của {unit.name}, không có gì để bàn giao."
        elif one.starts_on >= asked.on:
            yield (
                f"Đồng chí {one.user} nhận việc từ ngày {format_date(one.starts_on)}, đồng chí "
                "chọn ngày sau ngày đó."
            )
    if found is not None:
        yield from _account(asked, found, actor)


def _account(asked: HandOver, found: User, actor: Any) -> Iterator[str]:
    """The number is somebody's already: this person's, or a slip of the pen."""
    phone = format_phone(asked.phone)
    mine = scope_q(actor, "accounts.view_user", prefix="unit__")
    if not Membership.objects.filter(mine, user=found).exists():
        yield f"Số {phone} đã có ở một tài khoản ngoài phạm vi của đồng chí; nhờ quản trị ghi."
    elif fold(found.full_name) != fold(asked.full_name):
        yield (
            f"Số {phone} đang là của đồng chí {found}. Nếu đúng là người đó, đồng chí ghi đúng họ "
            "tên; nếu không, xem lại số."
        )
    elif not found.is_active:
        yield f"Tài khoản của đồng chí {found} đang khóa; nhờ quản trị mở ở mục Tài khoản."


def _sentences(asked: HandOver, found: User | None, *, with_phone: bool = True) -> Iterator[str]:
    name, on = asked.full_name, format_date(asked.on)
    held = [str(one.user) for one in _held(asked)]
    for person in held:
        yield f"Đồng chí {person} thôi làm bí thư {asked.unit.name} từ {on}."
    account = "dùng tài khoản đang có" if found else "có tài khoản mới"
    number = f", {format_phone(asked.phone)}," if with_phone else ""
    yield f"Đồng chí {name}{number} nhận việc từ {on}; {account}."
    phones = Device.objects.in_use().filter(unit=asked.unit).count()
    if UnitLink.objects.in_use().filter(unit=asked.unit).exists():
        both = f"Thẻ cũ và {phones} điện thoại đang dùng" if phones else "Thẻ cũ"
        yield f"{both} thôi vào được ngay; có thẻ và mã PIN mới."
    else:
        yield "Đơn vị được cấp thẻ và mã PIN."
    yield "Báo cáo các tháng và bản nháp vẫn ở đơn vị, người mới làm tiếp."


def _current(unit: Unit) -> list[Membership]:
    """Those who are or will be secretary of ``unit``."""
    rows = Membership.objects.filter(unit=unit, role=Role.SECRETARY).select_related("user")
    today = timezone.localdate()
    return [one for one in rows if one.ends_on is None or one.ends_on > today]


def _held(asked: HandOver) -> list[Membership]:
    """The memberships that the hand-over ends."""
    return [one for one in _current(asked.unit) if one.starts_on < asked.on]
