"""The card of the ward that a page speaks for: by the person in the office, by the host outside."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from units.models import Role
from units.tests.factories import WardFactory, member
from units.wards import frame_profile, profile_for

pytestmark = pytest.mark.django_db
OFFICE = "/quan-tri/tim/"


@pytest.fixture
def wards():
    return [WardFactory(), WardFactory(card__host="hai.example.vn"), WardFactory()]


def asked(rf, path="/", user=None, **extra):
    request = rf.get(path, **extra)
    request.user = user or AnonymousUser()
    return request


@pytest.mark.parametrize(("host", "number"), [("hai.example.vn:8000", 1), ("testserver", 0)])
def test_outside_the_host_names_the_ward_else_it_is_the_first(rf, settings, wards, host, number):
    settings.ALLOWED_HOSTS = ["*"]

    assert profile_for(asked(rf, HTTP_HOST=host)).ward == wards[number]


def test_the_office_names_the_own_ward_and_other_pages_the_host_s(rf, settings, wards):
    settings.ALLOWED_HOSTS = ["*"]
    user = member(Role.OFFICE, wards[2])
    host = {"HTTP_HOST": "hai.example.vn"}

    assert frame_profile(asked(rf, OFFICE, user, **host)).ward == wards[2]
    assert frame_profile(asked(rf, "/", user, **host)).ward == wards[1]


def test_whose_ward_has_no_card_is_told_the_host_s(rf, settings, wards):
    wards[2].profile.delete()

    assert frame_profile(asked(rf, OFFICE, member(Role.OFFICE, wards[2]))).ward == wards[0]


@pytest.mark.parametrize("find", [profile_for, frame_profile])
def test_one_card_of_many_is_read_and_kept_for_the_page(rf, wards, find):
    user = member(Role.OFFICE, wards[2])
    request = asked(rf, OFFICE, user)
    find(asked(rf, OFFICE, user))

    with CaptureQueriesContext(connection) as queries:
        assert find(request) is find(request)

    (card,) = [one["sql"] for one in queries if "units_wardprofile" in one["sql"]]
    assert card.endswith("LIMIT 1")
