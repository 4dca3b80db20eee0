"""A dry run is written in one transaction, and taken back whole or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core.files import Kind, check_file, store_upload
from core.imports import read_table, take_back, write
from core.text import fold
from units.handover import new_person, phone_taken
from units.imports.columns import find_header
from units.imports.standing import kept_sentence
from units.models import (
    Membership,
    ReportingDuty,
    Role,
    Unit,
    UnitGroup,
    UnitImport,
    UnitName,
)
from units.rules import kept_from


@dataclass(slots=True)
class _Made:
    """What this run has opened and entered so far: units by row, people by telephone."""

    units: dict[int, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)


def keep(ward: Unit, upload: File, *, user: Any) -> UnitImport:
    """Check and keep ``upload``, and see that it is a table of units before that.

    Raises :class:`core.files.FileRefusedError` and
    :class:`~core.imports.TableError`; then nothing is kept.
    """
    checked = check_file(upload, name=upload.name or "", kinds=[Kind.TABLE], user=user)
    find_header(read_table(upload))  # type: ignore[arg-type]
    waiting = UnitImport.objects.filter(
        ward=ward, source_sha256=checked.sha256, applied_at__isnull=True, created_by=user
    ).first()
    if waiting is not None:
        return waiting
    upload.seek(0)
    stored = store_upload(upload, kinds=[Kind.TABLE], user=user)
    return UnitImport.objects.create(
        ward=ward, source=stored, source_sha256=stored.sha256, created_by=user
    )


def apply(one: UnitImport, fresh: Any, *, seen: str, actor: Any) -> UnitImport:
    """Write what the dry run with the version ``seen`` had shown.

    ``fresh`` makes the plan again. Raises what :func:`core.imports.write` raises, and
    :class:`core.workflow.TransitionRefusedError` where a number was given to somebody else at
    this moment; then nothing is written.
    """
    made = _Made()
    today = timezone.localdate()

    def write_entry(record: UnitImport, entry: dict[str, Any]) -> dict[str, Any]:
        return _WRITERS[entry["op"]](record, entry, made, today)

    return write(one, fresh, write_entry, seen=seen, actor=actor)


def _write_unit(
    one: UnitImport, entry: dict[str, Any], made: _Made, today: dt.date
) -> dict[str, Any]:
    ward = Unit.objects.get(pk=one.ward_id)
    unit = Unit(
        kind=entry["kind"],
        name=entry["name"],
        code=entry["code"],
        short_name=entry["short_name"],
        opened_on=dt.date.fromisoformat(entry["opened_on"]),
    )
    unit._change_reason = f"nhập từ Excel, lần {one.pk}"
    unit = Unit.objects.add_child(ward, instance=unit)
    made.units[entry["row"]] = unit
    UnitName.objects.create(
        unit=unit, kind=UnitName.Kind.OFFICIAL, name=unit.name, valid_from=unit.opened_on
    )
    duty = None
    if entry["duty"]:
        day = dt.date.fromisoformat(entry["duty"])
        duty = ReportingDuty.objects.create(unit=unit, starts_on=day).pk
    return {"made": unit.pk, "made_duty": duty}


def _write_set(
    one: UnitImport, entry: dict[str, Any], made: _Made, today: dt.date
) -> dict[str, Any]:
    _set(entry["pk"], entry["field"], entry["after"], f"nhập từ Excel, lần {one.pk}")
    return {}


def _write_person(
    one: UnitImport, entry: dict[str, Any], made: _Made, today: dt.date
) -> dict[str, Any]:
    unit = Unit.objects.get(pk=entry["unit"]) if entry["unit"] else made.units[entry["row"]]
    user = User.objects.filter(pk=entry["user"]).first()
    if user is None and entry["phone"]:  # the same person in an earlier row of the table
        user = made.people.get(entry["phone"])
    is_new = user is None
    user = user or new_person(entry["name"], entry["phone"])
    if entry["phone"]:
        made.people[entry["phone"]] = user
    held = Membership.objects.create(
        user=user, unit=unit, role=Role.SECRETARY, starts_on=max(today, unit.opened_on)
    )
    return {"made": held.pk, "person": user.pk, "made_person": is_new}


def _write_phone(
    one: UnitImport, entry: dict[str, Any], made: _Made, today: dt.date
) -> dict[str, Any]:
    try:
        with transaction.atomic():
            User.objects.filter(pk=entry["pk"]).update(phone=entry["after"])
    except IntegrityError as error:
        raise phone_taken(entry["after"]) from error
    return {}


_WRITERS = {
    "unit": _write_unit,
    "set": _write_set,
    "person": _write_person,
    "phone": _write_phone,
}


# -- Taking it back -----------------------------------------------------------


def undo(one: UnitImport, *, actor: Any) -> list[str]:
    """Take back all that ``one`` wrote; the sentences of the rows that refuse, if any do.

    A unit or an account that this import made goes only while nothing else knows of it; what was
    changed stays where somebody changed it again.
    """
    return take_back(
        one, lambda record, entry: _UNDOERS[entry["op"]](record, entry, actor), actor=actor
    )


def _undo_unit(one: UnitImport, entry: dict[str, Any], actor: Any) -> str:
    unit = Unit.objects.filter(pk=entry["made"]).first()
    if unit is None:
        return ""
    name = unit.name
    is_as_made = (unit.name, unit.kind, unit.code, unit.short_name, unit.closed_on) == (
        entry["name"],
        entry["kind"],
        entry["code"],
        entry["short_name"],
        None,
    )
    if not is_as_made:
        return f"{name} đã sửa sau khi nhập, không bỏ được."
    if not unit.is_leaf():
        return f"{name} đã có đơn vị bên dưới, không bỏ được."
    if UnitGroup.objects.filter(members=unit).exists():
        return f"{name} đã ở trong một nhóm đơn vị, không bỏ được."
    if unit.changes.exists():
        return f"{name} đã có thay đổi ghi trong sổ, không bỏ được."
    duties = ReportingDuty.objects.filter(unit=unit)
    if entry["made_duty"]:
        as_made = {
            "pk": entry["made_duty"],
            "ends_on": None,
            "starts_on": dt.date.fromisoformat(entry["duty"]),
        }
        duties.filter(**as_made).delete()
    Unit.objects.filter(pk=unit.pk).delete()
    return ""


def _undo_set(one: UnitImport, entry: dict[str, Any], actor: Any) -> str:
    unit = Unit.objects.get(pk=entry["pk"])
    label = "mã" if entry["field"] == "code" else "tên gọn"
    if getattr(unit, entry["field"]) != entry["after"]:
        return f"{label} của {unit.name} đã sửa lại sau đó, không bỏ được."
    _set(unit.pk, entry["field"], entry["before"], f"bỏ lần nhập {one.pk} từ Excel")
    return ""


def _undo_person(one: UnitImport, entry: dict[str, Any], actor: Any) -> str:
    held = Membership.objects.filter(pk=entry["made"]).select_related("user", "unit").first()
    if held is None or held.ends_on is not None:
        return f"nhiệm vụ của {entry['name']} đã sửa sau khi nhập, không bỏ được."
    user, unit = held.user, held.unit
    if user.devices.filter(unit=unit).exists():
        return f"{user} đã vào cổng bằng điện thoại cho {unit}, không bỏ được."
    if user.last_login is not None and user.last_login >= one.applied_at:
        return f"{user} đã vào cổng sau khi nhập, không bỏ được."
    held.delete()
    if entry["made_person"] and not user.memberships.exists():
        is_as_made = fold(user.full_name) == fold(entry["name"]) and user.phone == entry["phone"]
        if not is_as_made:
            return f"tài khoản của {user} đã sửa sau khi nhập, không bỏ được."
        user.delete()
    return ""


def _undo_phone(one: UnitImport, entry: dict[str, Any], actor: Any) -> str:
    user = User.objects.get(pk=entry["pk"])
    if user.phone != entry["after"]:
        return f"số điện thoại của {user} đã sửa lại sau đó, không bỏ được."
    if entry["before"] and User.objects.filter(phone=entry["before"]).exists():
        return f"số cũ của {user} nay là của người khác, không bỏ được."
    if kept_from(actor, [user.pk], timezone.localdate()):
        return kept_sentence(user)
    User.objects.filter(pk=user.pk).update(phone=entry["before"])
    return ""


_UNDOERS = {
    "unit": _undo_unit,
    "set": _undo_set,
    "person": _undo_person,
    "phone": _undo_phone,
}


def _set(pk: int, attribute: str, value: str, reason: str) -> None:
    unit = Unit.objects.get(pk=pk)
    setattr(unit, attribute, value)
    unit._change_reason = reason
    unit.save(update_fields=[attribute, "search"])
