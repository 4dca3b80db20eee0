"""What every test shares: files in a folder of its own, an empty cache."""

import time

import pytest
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from accounts.second_factor import PROVED_AT, SHOWN
from core import contact
from products import catalogue, public
from products.views.home import forget_parts
from reports import coverage

# A busy machine is no defect: figures of time are the bench's.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, dropped only when no thread of the tests' own server is left in it.

    PostgreSQL reaps a closed connection a moment later and refuses to drop a database in use.
    """
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _ in range(50):
            cursor.execute(f"SELECT count(pg_terminate_backend(pid)) {OTHERS}")
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.1)


def _is_signed_in_whole(*, request, user, **kwargs):
    """``client.force_login`` stands for a whole sign-in, its second step included.

    Its request is a bare one, without what a browser sends; ``accounts.tests.people`` has what
    signs in by password alone.
    """
    if "REQUEST_METHOD" not in request.META:
        request.session[SHOWN] = user.pk
        request.session[PROVED_AT] = int(time.time())


user_logged_in.connect(_is_signed_in_whole)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    contact.forget()
    catalogue.forget()
    public.forget_pages()
    forget_parts()
    coverage.forget()


def pytest_make_parametrize_id(val, argname):
    """Bytes by their argument: a zip carries the second of its making, and workers must agree."""
    return argname if isinstance(val, bytes) else None
