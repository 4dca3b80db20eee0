"""The phones that were let in: remembered in the session, and by a cookie that opens nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from units.models import Device, LinkEvent, Role, UnitLink
from units.permissions import active_memberships

SESSION_DEVICE = "device"  # the phone's row of the unit it entered last
SESSION_DEVICES = "devices"  # all of them: one person may be secretary of two units
LONGEST_REST = dt.timedelta(days=100)
GRAIN = dt.timedelta(days=1)  # how often the last use is written
COOKIE_AGE = dt.timedelta(days=400)  # no browser keeps one longer
_SALT = "units.links.phone"

Name = LinkEvent.Name


@transaction.atomic
def remember(link: UnitLink, user: User, *, name: str, known: Device | None = None) -> Device:
    """The row of a phone that was just let in; ``known`` is taken again where it still may."""
    now = timezone.now()
    if known is not None and known.link_id == link.pk and known.user_id == user.pk:
        again = Device.objects.in_use().filter(pk=known.pk)
        if again.update(last_seen_at=now, name=name):
            return again.get()
    device = Device.objects.create(
        link=link, unit_id=link.unit_id, user=user, name=name, first_seen_at=now, last_seen_at=now
    )
    LinkEvent.objects.create(
        unit_id=link.unit_id, link=link, device=device, name=Name.PHONE_IN, actor=user, at=now
    )
    return device


def begin(session: SessionBase, device: Device) -> None:
    """Bind ``session`` to ``device``, beside the phone's rows of the person's other units."""
    others = [pk for pk in session.get(SESSION_DEVICES, []) if pk != device.pk]
    session[SESSION_DEVICE] = device.pk
    session[SESSION_DEVICES] = [*others, device.pk]


def living(session: SessionBase, user: Any) -> list[Device] | None:
    """The rows of this phone that still open something; ``None`` for a session of a password.

    One query. A row dies when it or its link is revoked, when the person is no longer the
    unit's secretary, and after 100 days without use.
    """
    if SESSION_DEVICE not in session:
        return None
    pks = session.get(SESSION_DEVICES) or [session[SESSION_DEVICE]]
    units = {m.unit_id for m in active_memberships(user) if m.role == Role.SECRETARY}
    rows = Device.objects.in_use().filter(
        pk__in=pks,
        user=user.pk,
        unit__in=units,
        link__revoked_at__isnull=True,
        last_seen_at__gt=timezone.now() - LONGEST_REST,
    )
    return sorted(rows, key=lambda device: pks.index(device.pk))


def device_of(request: HttpRequest) -> Device | None:
    """The phone that this request comes from, where the session is one of a phone."""
    if not request.user.is_authenticated:
        return None
    devices = living(request.session, request.user) or [None]
    return devices[-1]


def touch(device: Device, now: dt.datetime) -> bool:
    """Write the last use, at most once a day; whether it was written."""
    if now - device.last_seen_at < GRAIN:
        return False
    Device.objects.filter(pk=device.pk).update(last_seen_at=now)
    return True


@transaction.atomic
def revoke_phone(device: Device, *, actor: Any) -> None:
    now = timezone.now()
    rows = Device.objects.in_use().filter(pk=device.pk)
    if rows.update(revoked_at=now, revoked_by=actor):
        _record(device.link, Name.PHONE_REVOKED, actor, device)


@transaction.atomic
def revoke_phones(link: UnitLink, *, actor: Any) -> int:
    """Forget every phone of the unit; the card and its PIN stay."""
    rows = Device.objects.in_use().filter(unit_id=link.unit_id)
    count = rows.update(revoked_at=timezone.now(), revoked_by=actor)
    if count:
        _record(link, Name.PHONES_REVOKED, actor)
    return count


def remember_in_cookie(response: HttpResponse, device: Device) -> None:
    """Which card this phone holds, so that a phone whose session ended asks the PIN alone."""
    response.set_signed_cookie(
        settings.KNOWN_PHONE_COOKIE,
        f"{device.link_id}-{device.pk}",
        salt=_SALT,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_phone(request: HttpRequest) -> Device | None:
    """The row that the phone's cookie names, dead or alive, with its link and unit."""
    text = request.get_signed_cookie(
        settings.KNOWN_PHONE_COOKIE, default="", salt=_SALT, max_age=COOKIE_AGE
    )
    link, _, device = text.partition("-")
    if not (link.isdigit() and device.isdigit()):
        return None
    rows = Device.objects.select_related("link__unit")
    return rows.filter(pk=int(device), link=int(link)).first()


def _record(link: UnitLink, name: str, actor: Any, device: Device | None = None) -> None:
    LinkEvent.objects.create(unit_id=link.unit_id, link=link, device=device, name=name, actor=actor)
