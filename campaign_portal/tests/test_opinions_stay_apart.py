"""The text of a note is in one table and on one page, and nowhere else (SECURITY SEC-S3)."""

import logging
import uuid

import pytest
from django.apps import apps
from django.urls import reverse

from campaign_portal.tests.world import address, build_people, build_place
from core.checks import routes
from opinions.models import OpinionNote
from units.models import Role
from units.tests.factories import UserFactory

CANARY = "chimhoangyentrongmo"
TEXT = f"Giá rau {CANARY} tăng, gọi 0912 345 678."
PLACE = "/y-kien/{unit}/2026-03/"


@pytest.fixture
def place(client, caplog, db):
    """A world in which the secretary was asked about personal data and sent the note all the same."""
    caplog.set_level(logging.DEBUG)
    place = build_place()
    client.force_login(place.rows["accounts.user"])
    typed = {"topic": "price", "text": TEXT, "key": str(uuid.uuid4())}
    for step in ("", "edit", "affirm"):
        client.post(PLACE.format(unit=place.cell.pk), typed | {"step": step})
    assert OpinionNote.objects.get().text == TEXT
    return place


def _pages(client, place):
    """Every address of the place, read and written to without any data."""
    for route, _pattern in routes():
        path = address(route, place)
        if path and not path.startswith(("/dang-xuat/", "/dang-nhap/")):
            for method in (client.get, client.post):
                yield path, b"".join(method(path))


@pytest.mark.parametrize("role", [*Role.values, "stranger", "superuser", None])
def test_no_page_of_any_role_shows_it(client, place, role, caplog):
    client.logout()
    people = build_people(place) | {"superuser": UserFactory(is_superuser=True, is_staff=True)}
    if role:
        client.force_login(people[role])

    shown = [path for path, content in _pages(client, place) if CANARY.encode() in content]

    assert shown == []
    assert CANARY not in caplog.text


def test_propaganda_alone_reads_it_where_reading_is_recorded(client, place):
    readers = []
    people = build_people(place) | {"superuser": UserFactory(is_superuser=True, is_staff=True)}
    for name, user in people.items():
        client.force_login(user)
        response = client.post(reverse("admin:opinion_notes"), {"month": "2026-03"})
        if CANARY in response.content.decode():
            readers.append(name)

    assert readers == [Role.PROPAGANDA]


def test_no_other_row_of_the_database_holds_it(client, place):
    """Sessions, messages, the outbox, histories, kept posts: every table but its own."""
    holders = [
        model._meta.label
        for model in apps.get_models()
        if model is not OpinionNote
        and any(CANARY in str(row) for row in model._base_manager.values_list())
    ]
    sessions = apps.get_model("sessions.Session").objects.all()

    assert holders == []
    assert [one.pk for one in sessions if CANARY in str(one.get_decoded())] == []
