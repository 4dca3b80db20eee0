"""From the unit's card to its pages: the link, the PIN, which secretary, a remembered phone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import held
from accounts.models import User
from core.access import public, reads_session
from units import links, rules
from units.forms import PinForm
from units.links import PinError, RestError
from units.middleware import SESSION_LINK
from units.models import UnitLink
from units.phones import name_of
from units.wards import profile_of

SESSION_PASSED = "pin_passed"  # stamp of the link and moment of a right PIN, for the choice
TIME_TO_CHOOSE = 10 * 60  # seconds


@public
@reads_session
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once; who follows is not told where from."""
    link = links.find(token)
    response: HttpResponse
    if link is None or link.revoked_at:
        response = render(request, "units/no_link.html", status=HTTPStatus.NOT_FOUND)
    else:
        request.session[SESSION_LINK] = link.pk
        response = redirect("units:ask_pin")
        response.status_code = HTTPStatus.SEE_OTHER
    response["Referrer-Policy"] = "no-referrer"
    return response


@public
@reads_session
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_pin(request: HttpRequest) -> HttpResponse:
    link = _asked_link(request)
    if link is None or link.revoked_at:
        return render(request, "units/no_link.html", {"is_asked": link is None})
    if _is_at_home(request, link):
        return _go_on(request)
    people = links.people_of(link.unit)
    if request.user.is_authenticated and request.user not in people:
        return _page(request, link, "switch.html", {})
    if closed := links.closed_sentence(link.unit):
        return _page(request, link, "closed.html", {"sentence": closed})
    form = PinForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _pin_page(request, link, form)
    try:
        links.enter(link, form.cleaned_data["pin"])
    except PinError as error:
        form.add_error("pin", str(error))
        return _pin_page(request, link, form, is_resting=isinstance(error, RestError))
    return _let_in(request, link, people)


@public
@reads_session
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which of the unit's secretaries holds this phone; asked after the right PIN alone."""
    link = _asked_link(request)
    if link is None or not _has_passed(request, link):
        return redirect("units:ask_pin")
    people = links.people_of(link.unit)
    chosen = next((one for one in people if str(one.pk) == request.POST.get("person")), None)
    if request.method == "POST" and chosen is not None:
        return _sign_in(request, link, chosen)
    errors = ["Đồng chí chọn một tên."] if request.method == "POST" else []
    context = {"people": people, "errors": errors}
    return _page(request, link, "choose.html", context, _status(errors))


@public
@reads_session
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Sign out whoever is signed in, and go on to the PIN of the card that was opened."""
    asked = request.session.get(SESSION_LINK)
    logout(request)
    if asked is not None:
        request.session[SESSION_LINK] = asked
    return redirect("units:ask_pin")


def _asked_link(request: HttpRequest) -> UnitLink | None:
    """The link that was just opened; else the one that this phone holds."""
    asked = request.session.get(SESSION_LINK)
    if asked is not None:
        return UnitLink.objects.select_related("unit").filter(pk=asked).first()
    known = links.known_phone(request)
    return known.link if known else None


def _is_at_home(request: HttpRequest, link: UnitLink) -> bool:
    """Does this session open the unit's pages already, by its phone or by a password?"""
    if not request.user.is_authenticated:
        return False
    devices = links.living(request.session, request.user)
    if devices is None:
        return rules.is_secretary_of(request.user, link.unit)
    return any(device.link_id == link.pk for device in devices)


def _let_in(request: HttpRequest, link: UnitLink, people: list[User]) -> HttpResponse:
    """After the right PIN: the one secretary, or the question which."""
    if request.user.is_authenticated:
        return _sign_in(request, link, next(one for one in people if one == request.user))
    if not people:
        return _page(request, link, "nobody.html", {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(people) == 1:
        return _sign_in(request, link, people[0])
    request.session[SESSION_PASSED] = [links.stamp(link), int(timezone.now().timestamp())]
    return redirect("units:choose")


def _has_passed(request: HttpRequest, link: UnitLink) -> bool:
    """Another PIN meanwhile, or another card, and the old one has passed nothing."""
    stamp, at = request.session.get(SESSION_PASSED) or ("", 0)
    is_fresh = timezone.now().timestamp() - at < TIME_TO_CHOOSE
    return stamp == links.stamp(link) and is_fresh and link.revoked_at is None


def _sign_in(request: HttpRequest, link: UnitLink, person: User) -> HttpResponse:
    name = name_of(request.headers.get("User-Agent", ""))
    device = links.remember(link, person, name=name, known=links.known_phone(request))
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    for key in (SESSION_PASSED, SESSION_LINK):
        request.session.pop(key, None)
    request.session.set_expiry(None)  # a text that waited had made it shorter
    links.begin(request.session, device)
    response = _go_on(request)
    links.remember_in_cookie(response, device)
    return response


def _go_on(request: HttpRequest) -> HttpResponse:
    """To the text that waits from before the sign-in, else to the unit's page."""
    return redirect(settings.HELD_URL if held.held_in(request.session) else "reports:home")


def _pin_page(
    request: HttpRequest, link: UnitLink, form: PinForm, is_resting: bool = False
) -> HttpResponse:
    status = HTTPStatus.TOO_MANY_REQUESTS if is_resting else _status(form.errors)
    context = {"form": form, "held": held.held_in(request.session)}
    return _page(request, link, "pin.html", context, status)


def _page(
    request: HttpRequest,
    link: UnitLink,
    template: str,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    common = {"unit": link.unit, "ward_profile": profile_of(link.unit)}
    return render(request, f"units/{template}", common | context, status=status)


def _status(errors: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
