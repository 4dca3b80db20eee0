"""What the ward has now, read once for all rows of a table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from accounts.models import User
from core.finding import SHORT_FORMS
from core.text import fold, format_phone
from units.imports.people import Person, names_in
from units.models import Membership, Role, Unit, UnitName
from units.permissions import scope_q
from units.rules import kept_from

NEAR = 0.88
_DIGITS = re.compile(r"\d+")
_PIECE = re.compile(r"\d+|[^\W\d_]+")


class Standing:
    """The open units of a ward with their secretaries, and whose each telephone number is."""

    def __init__(self, ward: Unit, actor: Any, today: dt.date) -> None:
        units = Unit.objects.under(ward).filter(depth__gt=1).not_over(today).in_order()
        self._units = list(units)
        by_pk = {unit.pk: unit for unit in self._units}
        self._names: dict[str, Unit] = {}
        aliases = UnitName.objects.filter(unit__in=by_pk, valid_to__isnull=True)
        for name, pk in aliases.values_list("name", "unit"):
            self._names[fold(name)] = by_pk[pk]
        for unit in self._units:
            if unit.short_name:
                self._names[fold(unit.short_name)] = unit
        self._names |= {fold(unit.name): unit for unit in self._units}
        self._spelled = [(_written_out(name), unit) for name, unit in self._names.items()]
        self._written_out = _only_ones(self._spelled)
        self._codes = {fold(unit.code): unit for unit in self._units if unit.code}
        self._secretaries: dict[int, dict[str, User]] = {}
        held = Membership.objects.active().filter(unit__in=by_pk, role=Role.SECRETARY)
        for one in held.select_related("user").order_by("pk"):
            of_unit = self._secretaries.setdefault(one.unit_id, {})  # type: ignore[arg-type]
            of_unit[_as_read(one.user.full_name)] = one.user
        self._by_phone = {user.phone: user for user in User.objects.filter(phone__isnull=False)}
        mine = Membership.objects.filter(scope_q(actor, "accounts.view_user", prefix="unit__"))
        self._reachable = set(mine.values_list("user", flat=True))
        people = {user.pk for of_unit in self._secretaries.values() for user in of_unit.values()}
        self._kept = kept_from(actor, people, today)
        self._told: dict[str, int] = {}
        self._told_codes: dict[str, str] = {}
        self._told_phones: dict[str, str] = {}

    def told_before(self, name: str, number: int) -> int | None:
        """The row of this table that already spoke of the unit called ``name``."""
        unit = self.unit_of(name)
        key = f"#{unit.pk}" if unit else _written_out(name)
        first = self._told.setdefault(key, number)
        return first if first != number else None

    def unit_of(self, name: str) -> Unit | None:
        """By the name, or by the one that it is short for: "CB TDP 02" is Chi bộ Tổ dân phố số 2."""
        return self._names.get(fold(name)) or self._written_out.get(_written_out(name))

    def bearer_of(self, code: str) -> Unit | None:
        return self._codes.get(fold(code)) if code else None

    def near(self, name: str) -> Unit | None:
        """A unit whose name differs by a slip of the pen; another number is another unit."""
        key = _written_out(name)
        numbers = _DIGITS.findall(key)
        matcher = SequenceMatcher(None, "", key)  # what it keeps of the second text is used again
        for candidate, unit in self._spelled:
            if numbers != _DIGITS.findall(candidate):
                continue
            matcher.set_seq1(candidate)
            # The two cheap bounds spare nearly every full comparison.
            ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if all(ratio() >= NEAR for ratio in ratios):
                return unit
        return None

    def has_code(self, code: str, unit: Unit | None) -> bool:
        """Is ``code`` another unit's, here or earlier in the table?"""
        key = fold(code)
        bearer = self._codes.get(key)
        if bearer is not None and bearer != unit:
            return True
        owner = str(unit.pk) if unit else f"new-{len(self._told)}"
        return self._told_codes.setdefault(key, owner) != owner

    def secretaries(self, unit: Unit | None) -> dict[str, User]:
        """The secretaries of today by their folded names, as a table gives them."""
        return self._secretaries.get(unit.pk, {}) if unit else {}

    def account(self, person: Person) -> User | None:
        return self._by_phone.get(person.phone) if person.phone else None

    def refusal(self, person: Person, user: User | None = None) -> str:
        """Why the number of ``person`` cannot be taken; "" when it can."""
        if not person.phone:
            return ""
        if user is not None and user.pk in self._kept:
            return kept_sentence(user)
        number = format_phone(person.phone)
        earlier = self._told_phones.setdefault(person.phone, fold(person.name))
        if earlier != fold(person.name):
            return f"số {number} đã ghi cho người khác ở dòng trên."
        bearer = self._by_phone.get(person.phone)
        if bearer is None or bearer == user:
            return ""
        if bearer.pk not in self._reachable:
            return f"số {number} đã có ở một tài khoản ngoài phường."
        if user is not None or fold(bearer.full_name) != fold(person.name):
            return f"số {number} đang là của {bearer}."
        return "" if bearer.is_active else f"tài khoản của {bearer} đang khóa."


def _written_out(name: str) -> str:
    """The folded name with the office's short forms in full, without "số" and leading noughts."""
    pieces = [piece.lstrip("0") or piece for piece in _PIECE.findall(fold(name))]
    kept = [
        SHORT_FORMS.get(piece, piece)
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True)
        if piece != "so" or not following.isdigit()
    ]
    return " ".join(kept)


def _only_ones(pairs: Iterable[tuple[str, Unit]]) -> dict[str, Unit]:
    """Without the keys that two units share: nobody guesses which of them is meant."""
    found: dict[str, set[Unit]] = {}
    for key, unit in pairs:
        found.setdefault(key, set()).add(unit)
    return {key: next(iter(units)) for key, units in found.items() if len(units) == 1}


def kept_sentence(user: User) -> str:
    return (
        f"{user} còn nhiệm vụ khác ngoài bí thư, số điện thoại là tên đăng nhập của tài khoản đó; "
        "nhờ quản trị sửa ở mục Tài khoản."
    )


def _as_read(full_name: str) -> str:
    """The folded name as a cell gives it: a title or brackets in an account are not read there."""
    names = names_in(full_name)
    return fold(names[0] if len(names) == 1 else full_name)
