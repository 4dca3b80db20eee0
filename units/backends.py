"""Answers ``user.has_perm`` from the permission table."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

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
