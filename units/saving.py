"""Keeping filters of office lists: by a name, for oneself or for a role of the ward."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from core.lists import OfficeList, Pairs
from core.workflow import StaleError, TransitionRefusedError
from units.models import SavedFilter
from units.permissions import active_memberships

MOST = 50  # filters of one person


@transaction.atomic
def keep(user: Any, of_list: OfficeList, name: str, params: Pairs, *, role: str) -> SavedFilter:
    """A new filter, the last of the list. Raises :class:`TransitionRefusedError` with a sentence
    for a filter that says nothing, one too many, and a name that is taken.
    """
    if not params:
        raise TransitionRefusedError("Danh sách đang không lọc gì, nên chưa có gì để lưu.")
    own = SavedFilter.objects.of(user)
    if own.count() >= MOST:
        raise TransitionRefusedError(f"Đã có {MOST} bộ lọc; đồng chí bỏ bớt rồi lưu lại.")
    last = own.filter(list_key=of_list.key).aggregate(last=Max("position"))["last"] or 0
    made = SavedFilter(
        user=user,
        ward=_ward_of(user),
        list_key=of_list.key,
        name=name,
        params=[list(pair) for pair in params],
        role=role,
        position=last + 1,
    )
    _check(made)
    made.save()
    return made


@transaction.atomic
def change(kept: SavedFilter, *, seen_version: int, name: str, role: str) -> None:
    """Raises :class:`StaleError` when it was changed since, in another window."""
    fresh = _locked(kept, seen_version)
    fresh.name, fresh.role = name, role
    fresh.version += 1
    _check(fresh)
    fresh.save(update_fields=["name", "role", "version"])


@transaction.atomic
def move_up(kept: SavedFilter, *, seen_version: int) -> None:
    """Before the one that stands before it in the list."""
    fresh = _locked(kept, seen_version)
    own = SavedFilter.objects.of(kept.user_id).filter(list_key=fresh.list_key)
    before = own.filter(position__lt=fresh.position).order_by("-position", "-pk").first()
    if before is None:
        return
    fresh.position, before.position = before.position, fresh.position
    own.filter(pk=before.pk).update(position=before.position, version=F("version") + 1)
    own.filter(pk=fresh.pk).update(position=fresh.position, version=F("version") + 1)


@transaction.atomic
def drop(kept: SavedFilter, *, seen_version: int) -> None:
    _locked(kept, seen_version).delete()


def _locked(kept: SavedFilter, seen_version: int) -> SavedFilter:
    fresh = SavedFilter.objects.select_for_update().filter(pk=kept.pk).first()
    if fresh is None:
        raise TransitionRefusedError("Bộ lọc này vừa được bỏ, không còn nữa.")
    if fresh.version != seen_version:
        raise StaleError(fresh)
    return fresh


def _check(row: SavedFilter) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise TransitionRefusedError(" ".join(error.messages)) from error


def _ward_of(user: Any) -> Any:
    """The ward in which the filter can be shared: that of the first duty in one."""
    return next((held.unit.ward for held in active_memberships(user) if held.unit), None)
