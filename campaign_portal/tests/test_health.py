"""Each thing that the portal leans on is broken here, and ready turns red; live does not."""

import collections
import datetime as dt

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone

from campaign_portal import health
from core.models import OutboxMessage

pytestmark = pytest.mark.django_db


def _ready(client):
    response = client.get("/healthz/ready")
    return response.status_code, response.json()["failing"]


@pytest.fixture(autouse=True)
def _forgets_migrations():
    health._MIGRATED.clear()
    yield
    health._MIGRATED.clear()


def _no_database(monkeypatch, settings, tmp_path):
    def refuse(*args, **kwargs):
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(health.Tries.objects, "create", refuse)


def _waiting_migration(monkeypatch, settings, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")


def _forgetful_cache(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)


def _no_place_for_files(monkeypatch, settings, tmp_path):
    (tmp_path / "a-file").write_text("")
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "a-file" / "tmp"


def _full_disk(monkeypatch, settings, tmp_path):
    usage = collections.namedtuple("usage", "total used free")(100, 96, 4)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: usage)


def _silent_cron(monkeypatch, settings, tmp_path):
    OutboxMessage.objects.create(
        recipient="a@example.org",
        subject="a",
        body="a",
        next_attempt_at=timezone.now() - dt.timedelta(hours=2),
    )


BROKEN = {
    "database": _no_database,
    "migrations": _waiting_migration,
    "cache": _forgetful_cache,
    "files": _no_place_for_files,
    "disk": _full_disk,
    "mail": _silent_cron,
}


def test_every_check_has_what_breaks_it():
    assert set(BROKEN) == set(health.CHECKS)


def test_ready_is_green(client):
    assert _ready(client) == (200, [])


@pytest.mark.parametrize("name", BROKEN)
def test_ready_turns_red_and_live_stays_green(client, monkeypatch, settings, tmp_path, name):
    BROKEN[name](monkeypatch, settings, tmp_path)

    assert _ready(client) == (503, [name])
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        ("bi-mat", "Bearer bi-mat", 200),
        ("bi-mat", "Bearer sai", 404),
        ("bi-mat", "", 404),
        ("", "Bearer ", 404),
        ("", "", 404),
    ],
)
def test_figures_are_for_who_has_the_token(client, settings, token, given, status):
    settings.METRICS_TOKEN = token

    response = client.get("/metrics", headers={"authorization": given})

    assert response.status_code == status
    assert (b"portal_disk_free" in response.content) is (status == 200)
