"""What a step will do, in sentences that an officer can hold against the resolution."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from core.text import format_date, format_month
from units.changes.asked import Change, Kind
from units.changes.refusals import current_name
from units.models import Device, Membership, Role, Unit, UnitGroup, UnitLink


def sentences(change: Change) -> list[str]:
    return list(_WORDS[change.kind](change))


def warnings(change: Change) -> list[str]:
    """What stays to be done afterwards, or may surprise."""
    found = []
    if change.kind in (Kind.SPLIT, Kind.CLOSE):
        for cell in _cells_of_groups(change):
            found.append(
                f"{cell.name} đang phụ trách {cell.residential_group}; đồng chí chọn lại tổ dân phố "
                "ở trang của chi bộ."
            )
    return found


def joined(names: list[str]) -> str:
    """A, B và C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def _open(change: Change) -> Iterator[str]:
    part = change.parts[0]
    kind = Unit.Kind(part.kind).label
    yield f"Từ {format_date(change.on)}, {part.name} ({kind}) bắt đầu hoạt động."
    yield _duty_of(change)
    yield f"{part.name} chưa có bí thư và thẻ; từ ngày đó đồng chí ghi ở bước Bàn giao bí thư."


def _rename(change: Change) -> Iterator[str]:
    unit, part = change.old[0], change.parts[0]
    on = format_date(change.on)
    current = current_name(unit)
    starts_with_it = change.on == (current.valid_from if current else unit.opened_on)
    if part.name != unit.name and starts_with_it:
        yield f"Tên “{unit.name}” được sửa thành “{part.name}” từ ngày bắt đầu dùng, {on}."
    elif part.name != unit.name:
        yield f"Từ {on}, {unit.name} mang tên {part.name}; trước ngày đó vẫn là tên cũ."
    if part.short_name != unit.short_name:
        yield f"Tên gọn: {part.short_name or 'bỏ trống'}."
    if part.code != unit.code:
        yield f"Mã: {part.code or 'bỏ trống'}."
    yield "Báo cáo, người, thẻ và điện thoại của đơn vị không đổi."


def _merge(change: Change) -> Iterator[str]:
    old, heir = joined([unit.name for unit in change.old]), change.heirs[0]
    on = format_date(change.on)
    if change.into:
        yield f"Từ {on}, {old} thôi hoạt động và nhập vào {heir}."
    else:
        yield f"Từ {on}, {old} thôi hoạt động; {heir} được lập trên cơ sở các đơn vị này."
    yield _duty_of(change)
    yield from _after(change)


def _split(change: Change) -> Iterator[str]:
    on = format_date(change.on)
    yield (
        f"Từ {on}, {change.old[0].name} thôi hoạt động và được chia tách thành "
        f"{joined(change.heirs)}."
    )
    yield _duty_of(change)
    yield from _after(change)


def _close(change: Change) -> Iterator[str]:
    name = change.old[0].name
    yield f"Từ {format_date(change.on)}, {name} thôi hoạt động."
    yield _duty_of(change)
    yield from _after(change)


def _duty_of(change: Change) -> str:
    """Who reports from when; the months before stay as they are."""
    since = format_month(change.reports_from)
    old = [unit.name for unit in change.closing if unit.duties.exists()]
    before = f"; {joined(old)} báo cáo đến hết tháng trước đó" if old else ""
    if change.kind == Kind.CLOSE:
        name = change.old[0].name
        return (
            f"{name} không phải báo cáo từ {since} trở đi. Số liệu các tháng trước giữ nguyên."
            if old
            else f"{name} không có nhiệm vụ báo cáo."
        )
    if change.into:
        going = change.into.name
        return f"{going} báo cáo cho cả phần nhập vào từ {since}{before}. Số liệu các tháng trước giữ nguyên."
    owing = [part.name for part in change.parts if part.owes]
    if not owing:
        return f"{joined(change.heirs)} không có nhiệm vụ báo cáo{before}."
    return f"{joined(owing)} nhận nhiệm vụ báo cáo từ {since}{before}. Số liệu các tháng trước giữ nguyên."


def _after(change: Change) -> Iterator[str]:
    """What goes with the units that end: people, cards, phones, groups."""
    on = format_date(change.on)
    held = Membership.objects.filter(unit__in=change.closing).active(change.on)
    for one in held.select_related("user", "unit"):
        role = "bí thư, người báo cáo" if one.role == Role.SECRETARY else one.get_role_display()
        yield f"{one.user} thôi nhiệm vụ {role} ở {one.unit.name} từ {on}."
    cards = UnitLink.objects.in_use().filter(unit__in=change.closing).count()
    phones = Device.objects.in_use().filter(unit__in=change.closing).count()
    ways = [f"{count} {word}" for count, word in ((cards, "thẻ"), (phones, "điện thoại")) if count]
    if ways:
        yield f"Từ {on}, {' và '.join(ways)} của đơn vị cũ không vào được nữa."
    if change.heirs and change.kind == Kind.MERGE:
        cells = [cell.name for cell in _cells_of_groups(change)]
        if cells:
            yield f"{joined(cells)} chuyển sang phụ trách {change.heirs[0]}."
    names = list(groups_of(change).values_list("name", flat=True))
    if names and change.heirs:
        yield f"{joined(change.heirs)} được thêm vào nhóm: {', '.join(names)}."
    if change.parts:
        yield (
            f"{joined(change.heirs)} chưa có bí thư và thẻ; từ ngày đó đồng chí ghi ở bước Bàn giao "
            "bí thư."
        )


def _cells_of_groups(change: Change) -> list[Unit]:
    """The cells that answer for a residential group that ends."""
    leaving = [unit.pk for unit in change.closing]
    cells = Unit.objects.filter(residential_group__in=leaving, closed_on__isnull=True)
    return list(cells.exclude(pk__in=leaving).select_related("residential_group").in_order())


def groups_of(change: Change) -> QuerySet[UnitGroup]:
    """The groups that name one of the old units and not yet the one that goes on."""
    groups = UnitGroup.objects.filter(members__in=change.closing).distinct().order_by("name")
    return groups.exclude(members=change.into) if change.into else groups


_WORDS = {
    Kind.OPEN: _open,
    Kind.RENAME: _rename,
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.CLOSE: _close,
}
