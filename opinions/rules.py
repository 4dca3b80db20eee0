"""Who may write, read and switch on. Roles and reach are in :mod:`units.permissions`."""

from __future__ import annotations

from typing import Any

from units.models import Unit

ADD = "opinions.add_opinionnote"
VIEW = "opinions.view_opinionnote"
DECIDE = "opinions.change_opinionsetting"


def may_write(user: Any, unit: Unit) -> bool:
    """The secretary of the unit itself."""
    return user.has_perm(ADD, unit)


def may_read(user: Any, ward: Unit) -> bool:
    """The propaganda role of the ward, and nobody above or below it."""
    return user.has_perm(VIEW, ward)


def may_decide(user: Any, ward: Unit) -> bool:
    """Whoever answers for the ward's system or for the ward."""
    return user.has_perm(DECIDE, ward)
