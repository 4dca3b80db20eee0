from types import ModuleType, SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from core.access import policy, public, signed_in
from core.checks import every_view_has_a_policy


def _page(request):
    return HttpResponse("ok")


def _person(*actions):
    return SimpleNamespace(has_perm=lambda action: action in actions)


def _ask(view, method, user):
    request = RequestFactory().generic(method, "/")
    request.user = user
    return view(request)


def test_view_opens_to_those_who_hold_its_action():
    view = policy("units.view_unit")(_page)

    assert _ask(view, "GET", _person("units.view_unit")).status_code == 200
    with pytest.raises(PermissionDenied):
        _ask(view, "GET", _person("units.change_unit"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_asks_for_its_own_action(method):
    view = policy("units.view_unit", write="units.change_unit")(_page)

    assert _ask(view, method, _person("units.change_unit")).status_code == 200
    with pytest.raises(PermissionDenied):
        _ask(view, method, _person("units.view_unit"))


def test_decorators_declare_the_policy():
    declared = [
        (view.policy, getattr(view, "login_required", True))
        for view in (policy("a.view_b")(_page), signed_in(lambda r: None), public(lambda r: None))
    ]

    assert declared == [("a.view_b", True), ("signed-in", True), ("public", False)]


def test_view_without_a_policy_stops_the_start(settings):
    urls = ModuleType("urls")
    urls.urlpatterns = [path("mo/", public(lambda r: None)), path("quen/", _page)]
    settings.ROOT_URLCONF = urls

    assert [error.msg for error in every_view_has_a_policy(None)] == [
        "The view of “quen/” declares no policy."
    ]
