"""Who signs in and what that person may do: one backend for both.

Session and person come in one message. Whose a session is stands in its signed text alone, so this
process remembers it from the last time and asks for both. What is remembered decides nothing: the
person is taken only where the session that came with it names just this one.
"""

from __future__ import annotations

from collections import OrderedDict
from contextvars import ContextVar
from typing import Any

from django.contrib import auth
from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.models import Session
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    FilteredRelation,
    QuerySet,
    Subquery,
)
from django.http import HttpRequest
from django.utils import timezone

from accounts.backends import SignInBackend
from accounts.models import User
from accounts.sessions import SessionStore
from core.statements import Given, Question, Row, columns, row_of, width
from units.models import Membership
from units.models.people import UNREAD, memberships_from
from units.models.tree import holds_on
from units.permissions import POLICY, may


class MembershipBackend(BaseBackend):
    """Rights come from memberships. Knows objects by their ``scope_unit``."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm not in POLICY:
            return False
        if obj is None:
            return may(user_obj, perm)
        unit = obj.scope_unit
        return unit is not None and may(user_obj, perm, unit)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(may(user_obj, action) for action in POLICY if action.startswith(f"{app_label}."))


class PortalBackend(MembershipBackend, SignInBackend):
    """Checks the password of :class:`~accounts.backends.SignInBackend`, knows the memberships."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session with the memberships that hold today: one query a request."""
        rows = _rows_beside_session(int(user_id))
        if rows is None:
            rows = _PERSON.ask(pk=int(user_id), today=_today())
        if not rows:
            return None
        own = width(User)
        user = row_of(User, rows[0][:own])
        user._active_memberships = memberships_from(user, [row[own:] for row in rows])  # type: ignore[attr-defined]
        return user if self.user_can_authenticate(user) else None


# -- Session and person in one message ----------------------------------------

MOST = 5000
_LAST: OrderedDict[str, int] = OrderedDict()  # whose each session was
_SESSION: ContextVar[Any] = ContextVar("session whose person is looked for", default=None)


def person_of(request: HttpRequest) -> Any:
    """What ``django.contrib.auth.get_user`` gives, with all its checks of the session."""
    session: Any = request.session
    before = _SESSION.set(session)
    try:
        user = auth.get_user(request)
    finally:
        _SESSION.reset(before)
    if user.pk is not None and session.session_key:
        _LAST[session.session_key] = user.pk
        if len(_LAST) > MOST:
            _LAST.popitem(last=False)
    return user


def ask_both(session: SessionStore) -> str | None:
    """The text of ``session``, asked for with the person it belonged to; for ``ask_beside``."""
    pk = _LAST.get(session.session_key or "")
    if pk is None:
        return None
    rows = _BOTH.ask(pk=pk, today=_today(), key=session.session_key, now=timezone.now())
    if not rows:
        return None
    session.person_beside = (pk, rows)
    return rows[0][-1]


def _rows_beside_session(pk: int) -> list[Row] | None:
    """What came with the session for the person ``pk``; once, and for no other."""
    session = _SESSION.get()
    asked, rows = vars(session).pop("person_beside", (None, None)) if session else (None, None)
    return rows if asked == pk else None


def _today() -> Any:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def _people() -> QuerySet:
    held = FilteredRelation(
        "memberships",
        condition=holds_on(_TODAY, "memberships__starts_on", "memberships__ends_on"),
    )
    people = User.objects.filter(pk=Given("pk")).annotate(held=held)
    return people.order_by(*(f"held__{name}" for name in Membership._meta.ordering))


def _with_session() -> QuerySet:
    sessions = Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    )
    return _people().annotate(session_text=Subquery(sessions.values("session_data")))


_TODAY = Given("today", DateField())
_COLUMNS = (
    *columns(User),
    *columns(Membership, "held__"),
    *columns(Membership.unit.field.related_model, "held__unit__", without=UNREAD),
)
_PERSON = Question(lambda: _people().values_list(*_COLUMNS))
_BOTH = Question(lambda: _with_session().values_list(*_COLUMNS, "session_text"))
