"""A ward before its reports: units, names in time, duties, people, the rule of the due day."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from campaign_portal.scale.habits import Habit, habit_of
from campaign_portal.scale.tables import create
from core.text import fold, sort_key
from reports import setup as reports_setup
from reports.models import DeadlineRule, Indicator
from units.models import (
    Membership,
    ReportingDuty,
    Role,
    Unit,
    UnitGroup,
    UnitName,
    UnitSuccession,
    WardProfile,
)

K = Unit.Kind
NOTE = "(dữ liệu mô phỏng)"
OPENED = dt.date(2020, 1, 1)
BODIES = (
    ("Văn phòng Đảng ủy", "VPĐU", K.COMMITTEE),
    ("Ban Xây dựng Đảng", "Ban XDĐ", K.COMMITTEE),
    ("Ủy ban nhân dân phường", "UBND phường", K.GOVERNMENT),
    ("Phòng Văn hóa - Xã hội", "Phòng VHXH", K.GOVERNMENT),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", "MTTQ phường", K.FRONT),
)
SINGLE = (
    ("Chi bộ Công an phường", K.FORCES_CELL),
    ("Chi bộ Quân sự phường", K.FORCES_CELL),
    ("Chi bộ Trạm Y tế phường", K.HEALTH_CELL),
    ("Chi bộ Cơ quan Đảng, Mặt trận", K.AGENCY_CELL),
    ("Chi bộ Cơ quan Ủy ban nhân dân", K.AGENCY_CELL),
    ("Chi bộ Trung tâm Phục vụ hành chính công", K.AGENCY_CELL),
)
SCHOOLS = ("Mầm non", "Tiểu học", "Trung học cơ sở")
STAFF = (
    ("vanphong", "Cán bộ văn phòng", Role.OFFICE),
    ("tuyengiao", "Cán bộ tuyên giáo", Role.PROPAGANDA),
    ("lanhdao", "Lãnh đạo phường", Role.LEADER),
    ("quantri", "Quản trị viên", Role.ADMINISTRATOR),
)


@dataclass
class Cell:
    """A unit that reports: ``key`` is its number in the ward, the same in every build."""

    key: int
    name: str
    kind: str
    habit: Habit
    starts: dt.date
    ends: dt.date | None = None
    unit: Any = None
    secretary: Any = None

    def owes(self, month: dt.date) -> bool:
        return self.starts <= month and (self.ends is None or self.ends > month)


@dataclass
class Frame:
    """A ward and what its reports hang on."""

    number: int
    seed: int
    months: list[dt.date]
    ward: Unit
    opened: dt.date
    cells: list[Cell]
    staff: dict[str, Any] = field(default_factory=dict)

    def rng(self, *parts: object) -> random.Random:
        """Chance that depends on what it is for, not on what was drawn before."""
        return _rng(self.seed, self.number, *parts)


def build_frame(
    number: int, *, units: int, months: list[dt.date], seed: int, password: str
) -> Frame:
    """Write the ward, its units, their people, indicators and deadline rules.

    ``password`` is the hash that all accounts get.
    """
    opened = min(OPENED, months[0])
    name = f"Phường mô phỏng {number:03}"
    ward = Unit.objects.add_root(
        {"kind": K.WARD, "name": name, "code": f"MP{number:03}", "opened_on": opened}
    )
    WardProfile.objects.create(
        ward=ward,
        committee_name=f"Đảng ủy {name[0].lower()}{name[1:]}",
        superior_name=f"Thành ủy {NOTE}",
        place_name=f"Mô phỏng {number:03}",
        office_phone=_phone(number, 0),
        office_phone_name=f"Văn phòng Đảng ủy {NOTE}",
        is_demonstration=True,
    )
    cells = _cells(units, months, lambda key: _rng(seed, number, "đơn vị", key))
    frame = Frame(number, seed, months, ward, opened, cells)
    _write_units(frame)
    _write_merges(frame)
    _write_people(frame, password)
    _write_rules(frame)
    return frame


def _rng(*parts: object) -> random.Random:
    return random.Random("/".join(map(str, parts)))  # noqa: S311  believable, not secret


def _phone(ward: int, unit: int) -> str:
    """A number that nobody has: subscribers' numbers do not begin with a zero."""
    return f"+84240{ward:03}{unit:04}"


def _cells(units: int, months: list[dt.date], rng_of: Any) -> list[Cell]:
    """``units`` that report now, of the usual kinds. In a long row of months a few more that
    were merged into others on the way, and as many that began later."""
    groups, schools = max(1, round(units * 0.6)), round(units * 0.2)
    named = [(f"Chi bộ Tổ dân phố số {n}", K.RESIDENTIAL_CELL) for n in range(1, groups + 1)]
    named += [
        (f"Chi bộ Trường {SCHOOLS[n % 3]} số {n // 3 + 1}", K.SCHOOL_CELL) for n in range(schools)
    ]
    named += SINGLE[: max(0, units - len(named))]
    named += [
        (f"Chi bộ Doanh nghiệp số {n}", K.ENTERPRISE_CELL) for n in range(1, units - len(named) + 1)
    ]
    moved = units // 25 if len(months) >= 12 else 0
    turn = months[len(months) // 3]
    cells = []
    for key, (name, kind) in enumerate(named[:units], start=1):
        starts = turn if key > units - moved else months[0]
        cells.append(Cell(key, name, kind, habit_of(kind, rng_of(key)), starts))
    for key in range(units + 1, units + moved + 1):
        name = f"Chi bộ Tổ dân phố số {groups + key - units}"
        habit = habit_of(K.RESIDENTIAL_CELL, rng_of(key))
        cells.append(Cell(key, name, K.RESIDENTIAL_CELL, habit, months[0], turn))
    return cells


def _write_units(frame: Frame) -> None:
    """Bodies, residential groups, cells: children of the ward, paths in that order."""
    groups = {
        cell.key: _unit(
            frame,
            cell.name.removeprefix("Chi bộ "),
            K.RESIDENTIAL_GROUP,
            position=600,
            closed_on=cell.ends,
        )
        for cell in frame.cells
        if cell.kind == K.RESIDENTIAL_CELL
    }
    bodies = [
        _unit(frame, name, kind, position=place * 10, short_name=short_name)
        for place, (name, short_name, kind) in enumerate(BODIES, start=1)
    ]
    _add_children(frame, [*bodies, *groups.values()])
    for cell in frame.cells:
        cell.unit = _unit(
            frame,
            cell.name,
            cell.kind,
            position=300 if cell.key in groups else 400,
            code=f"CB{cell.key:03}",
            closed_on=cell.ends,
            residential_group=groups.get(cell.key),
            opened_on=frame.opened if cell.starts == frame.months[0] else cell.starts,
        )
    _add_children(frame, [cell.unit for cell in frame.cells])
    ReportingDuty.objects.bulk_create(
        ReportingDuty(unit=cell.unit, starts_on=cell.starts, ends_on=cell.ends)
        for cell in frame.cells
    )


def _unit(frame: Frame, name: str, kind: str, **data: Any) -> Unit:
    unit = Unit(**{"name": name, "kind": kind, "opened_on": frame.opened, **data})
    # As Unit.save() does; many are written at once.
    unit.sort_key = sort_key(name)[:400]
    unit.search = fold(f"{name} {unit.short_name} {unit.code}")[:300]
    return unit


def _add_children(frame: Frame, children: list[Unit]) -> None:
    ward = frame.ward
    for place, unit in enumerate(children, start=ward.numchild + 1):
        unit.depth = 2
        unit.path = Unit._get_path(ward.path, 2, place)
    create(Unit, children, at=morning(frame.opened))
    ward.numchild += len(children)
    Unit.objects.filter(pk=ward.pk).update(numchild=ward.numchild)


def _write_merges(frame: Frame) -> None:
    """The groups whose units ended went into the first ones; a few others have had another name."""
    cells = [cell for cell in frame.cells if cell.kind == K.RESIDENTIAL_CELL]
    ended = [cell for cell in cells if cell.ends]
    UnitSuccession.objects.bulk_create(
        UnitSuccession(from_unit=old.unit, to_unit=cells[place].unit, on=old.ends)
        for place, old in enumerate(ended)
    )
    renamed_on = frame.months[len(frame.months) // 2]
    names = []
    for cell in cells[3::12] if len(frame.months) >= 12 else []:
        old = cell.name.replace("Tổ dân phố", "Khu dân cư")
        names += [(cell, old, frame.opened, renamed_on), (cell, cell.name, renamed_on, None)]
    UnitName.objects.bulk_create(
        UnitName(
            unit=cell.unit,
            kind=UnitName.Kind.OFFICIAL,
            name=name,
            valid_from=start,
            valid_to=end,
            search=fold(name)[:200],
        )
        for cell, name, start, end in names
        if not cell.ends
    )
    UnitGroup.objects.create(
        owner=frame.ward,
        name="Các chi bộ trực thuộc",
        aliases="Các chi bộ, đảng bộ cơ sở trực thuộc",
        kinds=list(Unit.CELL_KINDS),
    )


def _write_people(frame: Frame, password: str) -> None:
    """Accounts are named after their units; nobody is invented."""
    code = frame.ward.code.lower()
    since = morning(frame.opened)
    staff = {
        role: User(username=f"{code}-{name}", full_name=f"{title} {frame.ward.name} {NOTE}")
        for name, title, role in STAFF
    }
    for cell in frame.cells:
        cell.secretary = User(
            username=f"{code}-cb{cell.key:03}",
            full_name=f"Bí thư {cell.name} {NOTE}",
            phone=_phone(frame.number, cell.key),
        )
    users = [*staff.values(), *(cell.secretary for cell in frame.cells)]
    for user in users:
        user.password, user.date_joined = password, since
    User.objects.bulk_create(users)
    scopes = [(user, role, frame.ward, None) for role, user in staff.items()]
    scopes += [(cell.secretary, Role.SECRETARY, cell.unit, cell.ends) for cell in frame.cells]
    Membership.objects.bulk_create(
        Membership(user=user, role=role, unit=unit, starts_on=unit.opened_on, ends_on=end)
        for user, role, unit, end in scopes
    )
    frame.staff = staff


def _write_rules(frame: Frame) -> None:
    """A plain rule at first, later one with days of grace, and the default indicators."""
    turn = frame.months[len(frame.months) // 2]
    if len(frame.months) >= 12:
        DeadlineRule.objects.create(owner=frame.ward, starts_on=frame.months[0], ends_on=turn)
        DeadlineRule.objects.create(
            owner=frame.ward,
            starts_on=turn,
            grace_days=2,
            closes_after_days=60,
            shifts_to_working_day=True,
        )
    reports_setup.install_defaults(frame.ward)
    if frame.months[0] < reports_setup.SINCE:
        Indicator.objects.filter(owner=frame.ward).update(starts_on=frame.months[0])


def morning(day: dt.date) -> dt.datetime:
    """Eight o'clock of ``day``."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(8)))
