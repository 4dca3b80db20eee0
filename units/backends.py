"""Who signs in and what that person may do: one backend for both."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import DateField, FilteredRelation
from django.utils import timezone

from accounts.backends import SignInBackend
from accounts.models import User
from core.statements import Given, Question, columns, row_of, width
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
        rows = _PERSON.ask(
            pk=int(user_id), today=timezone.localdate(timezone=timezone.get_default_timezone())
        )
        if not rows:
            return None
        own = width(User)
        user = row_of(User, rows[0][:own])
        user._active_memberships = memberships_from(user, [row[own:] for row in rows])  # type: ignore[attr-defined]
        return user if self.user_can_authenticate(user) else None


_TODAY = Given("today", DateField())
_PERSON = Question(
    lambda: (
        User.objects.filter(pk=Given("pk"))
        .annotate(
            held=FilteredRelation(
                "memberships",
                condition=holds_on(_TODAY, "memberships__starts_on", "memberships__ends_on"),
            )
        )
        .order_by(*(f"held__{name}" for name in Membership._meta.ordering))
        .values_list(
            *columns(User),
            *columns(Membership, "held__"),
            *columns(Membership.unit.field.related_model, "held__unit__", without=UNREAD),
        )
    )
)
