"""Recognitions and shops grow old: what is checked by whom, what lapses soon, where to ask again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError, save_seen
from products.models import Product, Recognition, Sale

WARNED = dt.timedelta(days=30)  # before the last day of a recognition
ASKED_AGAIN = dt.timedelta(days=90)  # since somebody asked a shop
LOOKED_BACK = dt.timedelta(days=365)
OVER = (Product.Status.WITHDRAWN, Product.Status.LAPSED)


def alive(user: Any) -> QuerySet[Recognition]:
    """The recognitions of goods that are not off the public pages, with who wrote them last."""
    states = Recognition.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return (
        Recognition.objects.visible_to(user)
        .exclude(product__status__in=OVER)
        .select_related("product__owner", "checked_by")
        .annotate(editor=Subquery(states.values("history_user")[:1]))
    )


def unchecked(user: Any) -> QuerySet[Recognition]:
    return alive(user).filter(checked_on__isnull=True).order_by("product__name_sort", "pk")


def lapsing(user: Any, day: dt.date | None = None) -> QuerySet[Recognition]:
    """Those that are shown now and no more after thirty days."""
    day = day or timezone.localdate()
    held: Any = alive(user)
    return held.holding_on(day).lapsing_by(day + WARNED).order_by("valid_until", "pk")


def lapsed(user: Any, day: dt.date | None = None) -> QuerySet[Recognition]:
    """Those that were hidden within a year, the newest first."""
    day = day or timezone.localdate()
    since = day - LOOKED_BACK
    return (
        alive(user)
        .filter(valid_until__lt=day, valid_until__gte=since)
        .order_by("-valid_until", "pk")
    )


def check(row: Recognition, *, actor: Any, seen_version: int) -> Recognition:
    """Say that ``row`` is as its paper says, so that it is shown. Never by who wrote it last.

    Raises ``PermissionDenied`` and what :func:`core.workflow.save_seen` raises.
    """
    with transaction.atomic():
        fresh = Recognition.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
        if fresh is None or not actor.has_perm("products.change_recognition", fresh):
            raise PermissionDenied
        if fresh.version != seen_version:
            raise StaleError(fresh)
        if written_by(fresh) == actor.pk:
            raise TransitionRefusedError(
                "Đồng chí vừa ghi công nhận này, nên người khác đối chiếu với giấy."
            )
        if fresh.valid_until and fresh.valid_until < timezone.localdate():
            raise TransitionRefusedError("Giấy này đã hết hạn nên không hiện được nữa.")
        return save_seen(
            fresh,
            seen_version=seen_version,
            checked_on=timezone.localdate(),
            checked_by=actor,
        )


def written_by(row: Recognition) -> int | None:
    newest = row.history.order_by("-history_date", "-history_id").values_list("history_user")
    found = newest.first()
    return found[0] if found else None


# -- Shops --------------------------------------------------------------------


def to_ask(user: Any, day: dt.date | None = None) -> QuerySet[Sale]:
    """Goods in shops about which nobody asked for ninety days, or ever; shop by shop."""
    day = day or timezone.localdate()
    old = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=day - ASKED_AGAIN)
    sales: Any = Sale.objects.visible_to(user).on_sale()
    return (
        sales.filter(old, product__status=Product.Status.PUBLISHED)
        .select_related("outlet", "product", "confirmed_by")
        .order_by("outlet__name_sort", "outlet", "product__name_sort", "pk")
    )


@transaction.atomic
def answer(row: Sale, *, is_sold: bool, actor: Any, seen_version: int) -> Sale:
    """The shop has the goods still, or no more. Raises :class:`core.workflow.StaleError`."""
    fresh = Sale.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if fresh is None:
        raise TransitionRefusedError("Dòng này vừa có người bỏ đi, không còn nữa.")
    if fresh.version != seen_version:
        raise StaleError(fresh)
    put_sale(fresh, is_sold=is_sold, actor=actor)
    return fresh


def put_sale(row: Sale, *, is_sold: bool, actor: Any) -> None:
    """Write what a shop said today; the caller holds the lock."""
    row.is_sold, row.confirmed_on, row.confirmed_by = is_sold, timezone.localdate(), actor
    row.version += 1 if row.pk else 0
    row._history_user = actor
    row.save()
