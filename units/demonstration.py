"""Phường Phương Liệt as demonstration: its bodies, 25 residential groups, 43 cells, accounts.

The ward and Plan 85 are real; which cells it has today and who leads them is not
known here, so every account says that it is a demonstration.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password

from accounts.models import User
from units.links.tokens import fresh_nonce, token_of
from units.models import (
    Membership,
    ReportingDuty,
    Role,
    Unit,
    UnitGroup,
    UnitLink,
    UnitName,
    WardProfile,
)

K = Unit.Kind
OPENED = dt.date(2020, 1, 1)
PIN = "246813"  # of every card of the demonstration
PASSWORD = "hang-viet-thu-nghiem"  # noqa: S105  printed by `make run`, for the demonstration alone
NEW_WARD = dt.date(2025, 7, 1)  # two-level local government; ward bodies renamed

# name, short name, kind, aliases as (name, from, to)
BODIES: tuple[tuple[str, str, str, tuple[tuple[str, dt.date, dt.date | None], ...]], ...] = (
    (
        "Văn phòng Đảng ủy",
        "VPĐU",
        K.COMMITTEE,
        (("Thường trực Đảng ủy", OPENED, None), ("Văn phòng", OPENED, None)),
    ),
    (
        "Ban Xây dựng Đảng",
        "Ban XDĐ",
        K.COMMITTEE,
        (
            ("Tuyên giáo Đảng ủy", OPENED, NEW_WARD),
            ("Ban Tuyên giáo Đảng ủy", OPENED, NEW_WARD),
            ("Tuyên giáo", OPENED, NEW_WARD),
            ("Khối vận", OPENED, NEW_WARD),
        ),
    ),
    ("Cơ quan Ủy ban Kiểm tra Đảng ủy", "UBKT", K.COMMITTEE, (("Ủy ban Kiểm tra", OPENED, None),)),
    (
        "Ủy ban nhân dân phường",
        "UBND phường",
        K.GOVERNMENT,
        (
            ("Lãnh đạo UBND phường", OPENED, None),
            ("Đảng ủy Ủy ban nhân dân phường", NEW_WARD, None),
        ),
    ),
    (
        "Phòng Văn hóa - Xã hội",
        "Phòng VHXH",
        K.GOVERNMENT,
        (
            ("Bộ phận Văn hoá và Thông tin", OPENED, NEW_WARD),
            ("Đài truyền thanh phường", OPENED, NEW_WARD),
        ),
    ),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng KTHT&ĐT", K.GOVERNMENT, ()),
    (
        "Ủy ban Mặt trận Tổ quốc Việt Nam phường",
        "MTTQ phường",
        K.FRONT,
        (
            (
                "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường",
                OPENED,
                None,
            ),
            ("MTTQ và các tổ chức CT-XH phường", OPENED, None),
        ),
    ),
)
# 18 cells beside the 25 of the residential groups
OTHER_CELLS: tuple[tuple[str, str], ...] = (
    ("Chi bộ Công an phường", K.FORCES_CELL),
    ("Chi bộ Quân sự phường", K.FORCES_CELL),
    ("Chi bộ Trạm Y tế phường", K.HEALTH_CELL),
    ("Chi bộ Cơ quan Đảng, Mặt trận", K.AGENCY_CELL),
    ("Chi bộ Cơ quan Ủy ban nhân dân", K.AGENCY_CELL),
    ("Chi bộ Trung tâm Phục vụ hành chính công", K.AGENCY_CELL),
    *((f"Chi bộ Trường Mầm non số {n}", K.SCHOOL_CELL) for n in (1, 2, 3)),
    *((f"Chi bộ Trường Tiểu học số {n}", K.SCHOOL_CELL) for n in (1, 2)),
    *((f"Chi bộ Trường Trung học cơ sở số {n}", K.SCHOOL_CELL) for n in (1, 2)),
    *((f"Chi bộ Doanh nghiệp số {n}", K.ENTERPRISE_CELL) for n in (1, 2, 3, 4, 5)),
)


@dataclass(frozen=True)
class Account:
    username: str
    full_name: str
    role: Role
    explanation: str


OFFICE = (
    Account(
        "vanphong", "Cán bộ văn phòng (trình diễn)", Role.OFFICE, "văn phòng: mọi việc hằng ngày"
    ),
    Account(
        "tuyengiao",
        "Cán bộ tuyên giáo (trình diễn)",
        Role.PROPAGANDA,
        "tuyên giáo: xem và tiếp nhận báo cáo",
    ),
    Account("bientap", "Biên tập viên (trình diễn)", Role.EDITOR, "biên tập: sản phẩm"),
    Account("lanhdao", "Lãnh đạo phường (trình diễn)", Role.LEADER, "lãnh đạo: xem tất cả"),
    Account(
        "quantri", "Quản trị viên (trình diễn)", Role.ADMINISTRATOR, "quản trị: đơn vị và tài khoản"
    ),
)


def load() -> Unit:
    """Write the ward, its units and its accounts; return the ward. For an empty database."""
    ward = Unit.objects.add_root(
        {"kind": K.WARD, "name": "Phường Phương Liệt", "code": "00352", "opened_on": OPENED}
    )
    WardProfile.objects.create(
        ward=ward,
        committee_name="Đảng ủy phường Phương Liệt",
        superior_name="Thành ủy Hà Nội",
        place_name="Phương Liệt",
        office_phone_name="Văn phòng Đảng ủy (số trình diễn)",
        office_phone="+842400000000",
        is_demonstration=True,
    )
    _add_bodies(ward)
    cells = _add_cells(ward)
    _add_groups(ward)
    _add_accounts(ward, cells)
    _add_links(cells)
    return ward


def _add_child(parent: Unit, **data: object) -> Unit:
    return Unit.objects.add_child(Unit.objects.get(pk=parent.pk), {"opened_on": OPENED, **data})


def _add_bodies(ward: Unit) -> None:
    for position, (name, short_name, kind, aliases) in enumerate(BODIES, 1):
        unit = _add_child(ward, name=name, short_name=short_name, kind=kind, position=position * 10)
        for alias, valid_from, valid_to in aliases:
            UnitName.objects.create(unit=unit, name=alias, valid_from=valid_from, valid_to=valid_to)


def _add_cells(ward: Unit) -> list[Unit]:
    """25 residential groups with a cell each, then the other cells, each with its duty."""
    cells = []
    for number in range(1, 26):
        group = _add_child(
            ward,
            name=f"Tổ dân phố số {number}",
            short_name=f"TDP {number}",
            kind=K.RESIDENTIAL_GROUP,
            position=600,
        )
        cells.append(
            _add_child(
                ward,
                name=f"Chi bộ Tổ dân phố số {number}",
                short_name=f"CB TDP {number}",
                code=f"CB{number:02}",
                kind=K.RESIDENTIAL_CELL,
                position=300,
                residential_group=group,
            )
        )
    for number, (name, kind) in enumerate(OTHER_CELLS, 26):
        cells.append(_add_child(ward, name=name, code=f"CB{number}", kind=kind, position=400))
    ReportingDuty.objects.bulk_create(ReportingDuty(unit=cell, starts_on=OPENED) for cell in cells)
    return cells


def _add_groups(ward: Unit) -> None:
    UnitGroup.objects.create(
        owner=ward,
        name="Các chi bộ trực thuộc",
        aliases="Các chi bộ, đảng bộ cơ sở trực thuộc\nCác Chi bộ trực thuộc\nCác chi bộ",
        kinds=list(Unit.CELL_KINDS),
    )
    UnitGroup.objects.create(owner=ward, name="Các tổ dân phố", kinds=[K.RESIDENTIAL_GROUP])
    UnitGroup.objects.create(
        owner=ward,
        name="Các trường học trên địa bàn",
        aliases="Các trường học",
        kinds=[K.SCHOOL_CELL],
    )


def _add_accounts(ward: Unit, cells: list[Unit]) -> None:
    """One hash for all: 48 accounts would take a quarter of a minute otherwise."""
    password = make_password(PASSWORD)
    people = [(a.username, a.full_name, a.role, ward) for a in OFFICE] + [
        (cell.code.lower(), f"Bí thư {cell.name} (trình diễn)", Role.SECRETARY, cell)
        for cell in cells
    ]
    for username, full_name, role, unit in people:
        user = User.objects.create(username=username, full_name=full_name, password=password)
        Membership.objects.create(user=user, unit=unit, role=role, starts_on=OPENED)


def _add_links(cells: list[Unit]) -> None:
    """A card for each cell; one hash for all, as with the passwords."""
    hashed = make_password(PIN)
    rows = []
    for cell in cells:
        nonce, token_hash = fresh_nonce()
        rows.append(UnitLink(unit=cell, nonce=nonce, token_hash=token_hash, pin=hashed))
    UnitLink.objects.bulk_create(rows)


def way_in(code: str = "CB12") -> tuple[str, str] | None:
    """Name and token of a unit whose card still has the PIN of the demonstration."""
    link = UnitLink.objects.in_use().filter(unit__code=code).select_related("unit").first()
    token = token_of(link) if link else None
    if link is None or token is None or not check_password(PIN, link.pin):
        return None
    return link.unit.name, token
