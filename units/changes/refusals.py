"""Why a step cannot be: each rule one sentence, with what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from core.text import fold, format_date, format_month, next_month
from units.changes.asked import Change, Kind, first_month
from units.models import Membership, Unit, UnitName

FARTHEST = dt.timedelta(days=366)


def refusals(change: Change, today: dt.date) -> list[str]:
    """Every reason at once; empty when nothing in the units themselves speaks against it."""
    if reasons := list(_choice(change)):
        return reasons  # the rest would only repeat it
    return [
        *_days(change, today),
        *_state(change),
        *_months(change, today),
        *_names(change, today),
        *_people(change),
    ]


def _choice(change: Change) -> Iterator[str]:
    chosen = [unit.pk for unit in change.touched]
    if len(set(chosen)) < len(chosen):
        yield "Không sáp nhập một đơn vị với chính nó, đồng chí chọn hai đơn vị khác nhau."
    elif change.kind == Kind.MERGE and len(chosen) < 2:
        yield "Sáp nhập cần ít nhất hai đơn vị, đồng chí chọn thêm."
    elif change.kind == Kind.SPLIT and len(change.parts) < 2:
        yield "Chia tách cần ít nhất hai đơn vị mới, đồng chí ghi mỗi dòng một tên."
    if any(unit.depth == 1 for unit in change.touched):
        yield "Phường không sáp nhập, chia tách hay đổi tên ở đây."
    kinds = {unit.kind in Unit.CELL_KINDS or unit.kind for unit in change.touched}
    if change.kind == Kind.MERGE and len(kinds) > 1:
        yield "Chi bộ chỉ sáp nhập với chi bộ, tổ dân phố với tổ dân phố; đồng chí chọn lại."


def _days(change: Change, today: dt.date) -> Iterator[str]:
    if change.on > today + FARTHEST:
        yield "Ngày này còn hơn một năm nữa, đồng chí xem lại năm."
    if change.kind == Kind.RENAME and change.on > today:
        yield "Tên mới chưa đến ngày dùng; đến ngày đó đồng chí mới ghi đổi tên."
    for unit in change.touched:
        begins = change.kind == Kind.RENAME or unit == change.into
        if change.on < unit.opened_on or (change.on == unit.opened_on and not begins):
            yield (
                f"{unit.name} hoạt động từ ngày {format_date(unit.opened_on)}, "
                "đồng chí chọn ngày sau ngày đó."
            )


def _state(change: Change) -> Iterator[str]:
    for unit in change.touched:
        if unit.closed_on is not None:
            yield (
                f"{unit.name} đã ghi thôi hoạt động từ ngày {format_date(unit.closed_on)}, "
                "đồng chí chọn đơn vị khác."
            )
    for unit in change.closing:
        below = Unit.objects.under(unit).exclude(pk=unit.pk).filter(closed_on__isnull=True)
        names = list(below.in_order().values_list("name", flat=True)[:3])
        if names:
            yield (
                f"{unit.name} còn đơn vị trực thuộc đang hoạt động ({', '.join(names)}), "
                "đồng chí ghi cho các đơn vị đó trước."
            )


def _months(change: Change, today: dt.date) -> Iterator[str]:
    """The denominators of finished months are not touched, and no month falls between two."""
    if change.kind == Kind.RENAME:
        return
    earliest = first_month(change.on, today)
    latest = next_month(earliest)
    if change.reports_from < earliest:
        yield (
            "Số liệu các tháng đã qua giữ nguyên, nên báo cáo theo đơn vị mới sớm nhất từ "
            f"{format_month(earliest)}."
        )
    elif change.reports_from > latest:
        yield (
            f"Đơn vị mới báo cáo chậm nhất từ {format_month(latest)}, đồng chí chọn tháng gần hơn."
        )


def _names(change: Change, today: dt.date) -> Iterator[str]:
    leaving = {unit.pk for unit in change.old}
    others = [
        unit
        for unit in Unit.objects.under(change.ward).exclude(pk__in=leaving)
        if unit.closed_on is None or unit.closed_on > change.on
    ]
    taken = {fold(unit.name): unit for unit in others}
    codes = {fold(unit.code): unit for unit in others if unit.code}
    for part in change.parts:
        if bearer := taken.get(fold(part.name)):
            yield f"Tên “{part.name}” đang là của {bearer.name}, đồng chí đặt tên khác."
        if part.code and (bearer := codes.get(fold(part.code))):
            yield f"Mã “{part.code}” đang là của {bearer.name}, đồng chí đặt mã khác."
    keys = [fold(part.name) for part in change.parts]
    if len(set(keys)) < len(keys):
        yield "Các đơn vị mới trùng tên nhau, đồng chí đặt tên khác nhau."
    if change.kind == Kind.RENAME:
        yield from _new_name(change)


def _new_name(change: Change) -> Iterator[str]:
    unit, part = change.old[0], change.parts[0]
    same = (part.name, part.short_name, part.code) == (unit.name, unit.short_name, unit.code)
    if same:
        yield "Tên mới giống hệt tên đang dùng, không có gì để ghi."
    current = current_name(unit)
    if current and change.on < current.valid_from:
        yield (
            f"Tên hiện nay của {unit.name} dùng từ ngày {format_date(current.valid_from)}, "
            "đồng chí chọn từ ngày đó trở đi."
        )


def current_name(unit: Unit) -> UnitName | None:
    """The row of the official name that is open, where names were kept at all."""
    return unit.names.filter(kind=UnitName.Kind.OFFICIAL, valid_to__isnull=True).first()


def _people(change: Change) -> Iterator[str]:
    later = Membership.objects.filter(unit__in=change.closing, starts_on__gte=change.on)
    for one in later.select_related("user", "unit"):
        yield (
            f"{one.user} được ghi nhiệm vụ ở {one.unit.name} từ ngày "
            f"{format_date(one.starts_on)}, không trước ngày đơn vị thôi hoạt động; "
            "đồng chí chọn ngày khác hoặc sửa nhiệm vụ đó trước."
        )
