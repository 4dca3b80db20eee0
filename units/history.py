"""What the history pages say about units, their people and their ward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from core.history import Entry, Kind, Part
from units.models import Membership, ReportingDuty, Unit, UnitGroup, UnitName, WardProfile
from units.permissions import scope_q

VIEW_MEMBERSHIP = "units.view_membership"
BY_STEPS = {"name", "short_name", "code", "opened_on", "closed_on"}  # of all but the ward
TREE = frozenset({"path", "depth", "numchild"})
LOGGED = 100  # entries of an account


def people_visible_to(user: Any) -> QuerySet[User]:
    """The accounts of the wards in which ``user`` may see accounts."""
    mine = Membership.objects.filter(scope_q(user, "accounts.view_user", prefix="unit__"))
    return User.objects.filter(pk__in=mine.values("user"))


def page_of(row: Any) -> str:
    """The office's form of ``row``."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def _refuse_unit(unit: Unit, wanted: Mapping[str, Any]) -> Mapping[str, str]:
    """Names in time and mergers say more than one column can, so they change on their own."""
    refused = {}
    if unit.depth > 1:
        told = "Ô này đổi bằng bước riêng ở trang của đơn vị, để bản cũ giữ đúng ngày."
        refused |= dict.fromkeys(wanted.keys() & BY_STEPS, told)
    if "name" in wanted and unit.names.filter(kind=UnitName.Kind.OFFICIAL).exists():
        refused["name"] = "Tên của đơn vị này đổi ở phần “Tên theo thời gian”."
    if wanted.keys() & {"opened_on", "closed_on"} and (
        unit.successors.exists() or unit.predecessors.exists()
    ):
        told = "Đơn vị đã sáp nhập hoặc chia tách, nên ngày này giữ như bây giờ."
        refused |= dict.fromkeys(wanted.keys() & {"opened_on", "closed_on"}, told)
    return refused


def _scope_of_duties(user: Any) -> Q:
    """What a person does elsewhere is not this officer's to see."""
    return scope_q(user, VIEW_MEMBERSHIP, prefix="unit__")


def _account_log(person: User) -> Iterable[Entry]:
    """Accounts keep no states, as those would keep old telephones: the office's log is told."""
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    )
    return [
        Entry(
            one.action_time,
            str(one.user),
            "Thêm tài khoản" if one.action_flag == ADDITION else "Sửa tài khoản",
            reason="" if one.action_flag == ADDITION else one.get_change_message(),
        )
        for one in log.select_related("user").order_by("-action_time")[:LOGGED]
    ]


MEMBERSHIPS = {
    "model": Membership,
    "noun": "nhiệm vụ",
    "action": VIEW_MEMBERSHIP,
    "scope": _scope_of_duties,
}
OWNER_STAYS = {"owner": "Phường của mục này không đổi."}
KINDS = (
    Kind(
        slug="don-vi",
        model=Unit,
        section="units",
        url=page_of,
        hidden=TREE,
        refuse=_refuse_unit,
        parts=(
            Part(model=UnitName, key="unit", named_by="name", noun="tên"),
            Part(model=ReportingDuty, key="unit", named_by="starts_on", noun="chế độ báo cáo"),
            Part(key="unit", named_by="user", **MEMBERSHIPS),
        ),
    ),
    Kind(
        slug="nhom-don-vi",
        model=UnitGroup,
        section="units",
        url=page_of,
        fixed=OWNER_STAYS,
    ),
    Kind(
        slug="che-do-bao-cao",
        model=ReportingDuty,
        section="units",
        url=page_of,
        fixed={"unit": "Chế độ báo cáo không chuyển sang đơn vị khác."},
    ),
    Kind(
        slug="phuong",
        model=WardProfile,
        section="system",
        url=page_of,
        hidden=frozenset({"is_demonstration"}),
        fixed={"ward": "Thông tin này thuộc về phường."},
    ),
    Kind(
        slug="tai-khoan",
        model=User,
        section="units",
        url=page_of,
        visible=people_visible_to,
        parts=(Part(key="user", named_by="unit", **MEMBERSHIPS),),
        steps=_account_log,
    ),
)
