"""Every view says who may open it; a view that says nothing stops the start (``core.checks``).

The policy itself, role × action × reach, is :mod:`units.permissions`; here is only how a
view names its action.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed-in"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def public(view: View) -> Any:
    """Anyone may open ``view``; it must not read the session."""
    view.policy = PUBLIC  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in(view: View) -> Any:
    """Anyone with an account may open ``view``."""
    view.policy = SIGNED_IN  # type: ignore[attr-defined]
    return view


def reads_session(view: View) -> Any:
    """A public page that must know who is signed in, such as the door of a unit's phone."""
    view.reads_session = True  # type: ignore[attr-defined]
    return view


def keeps_typed(view: View) -> Any:
    """What is sent to ``view`` is long to type: it outlives the session (``accounts.held``)."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def offers_typed(*chosen: str) -> Callable[[View], Any]:
    """A form without an account: where the guard against forged forms refuses it, what was typed
    is shown to be sent once more. ``chosen`` are its fields that nobody types.
    """

    def decorate(view: View) -> Any:
        view.offers_typed = chosen  # type: ignore[attr-defined]
        return view

    return decorate


def wants_json(request: HttpRequest) -> bool:
    """Is it a script that asks, which cannot show a page?"""
    return "application/json" in request.META.get("HTTP_ACCEPT", "")


def policy(action: str, *, write: str | None = None) -> Callable[[View], Any]:
    """Open ``view`` only to those who may do ``action`` ("app.verb_model") on something.

    ``write`` is the action that anything but reading asks for, where it differs.
    On which rows is the business of the queryset that the view starts from.
    Answers 403 to a signed-in person whose roles never hold the action.
    """

    def decorate(view: View) -> Any:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = action if request.method in SAFE_METHODS else checked.write_policy  # type: ignore[attr-defined]
            if not request.user.has_perm(asked):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.policy = action  # type: ignore[attr-defined]
        checked.write_policy = write or action  # type: ignore[attr-defined]
        return checked

    return decorate


def person(request: HttpRequest) -> Any:
    """The signed-in person, not Django's lazy stand-in: each look through that is a call more."""
    user = request.user
    return getattr(user, "_wrapped", user) if user.is_authenticated else user
