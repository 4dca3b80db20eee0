"""Who may do what with a form of a content; the same for all of them."""

from __future__ import annotations

from typing import Any

from outreach.content.models import Piece

FORCE = "force"


def action(verb: str, piece: Piece) -> str:
    """The action as ``units.permissions`` names it: "outreach.approve_article"."""
    return f"outreach.{verb}_{piece._meta.model_name}"


def may_write(user: Any, piece: Piece) -> bool:
    return user.has_perm(action("change", piece), piece)


def may_return(user: Any, piece: Piece) -> bool:
    return may_write(user, piece) or user.has_perm(action("approve", piece), piece)


def may_approve(user: Any, piece: Piece) -> bool:
    """Never who drafted it, nor who changed a word of it."""
    return user.has_perm(action("approve", piece), piece) and user.pk not in hands(piece)


def may_force(user: Any, piece: Piece) -> bool:
    """Whoever approves may publish without waiting, also the own work; another checks it later."""
    return user.has_perm(action("approve", piece), piece)


def may_check(user: Any, piece: Piece) -> bool:
    """What was forced is checked by a person who neither wrote nor forced it."""
    forced = piece.steps.filter(name=FORCE).order_by("-pk").values_list("actor", flat=True)  # type: ignore[attr-defined]
    return may_approve(user, piece) and user.pk not in set(forced[:1])


def hands(piece: Piece) -> set[int]:
    """Whose work the text is. Steps write no state of the history, so each state is a change of
    the text; 0 stands for a change without a person.
    """
    states = piece.history.values_list("history_user", flat=True).distinct()  # type: ignore[attr-defined]
    return {piece.author_id or 0, *(pk or 0 for pk in states)}
