"""Rules of the whole house."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from units.models import Role
from units.tests.factories import WardFactory, member

PUBLIC_PAGES = (
    "/",
    "/hang-viet/",
    "/noi-ban/",
    "/noi-lam/",
    "/cong-nhan/",
    "/hoi-cho/",
    "/ma-vach/",
    "/quyen-cua-toi/",
    "/khong-co-trang-nay/",
)


def _manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("key", ["", "short"])
def test_start_fails_without_a_good_key(key):
    result = _manage("check", SECRET_KEY=key)

    assert result.returncode == 1
    assert "SECRET_KEY is missing" in result.stderr


@pytest.mark.parametrize("address", PUBLIC_PAGES)
@pytest.mark.django_db
def test_public_pages_set_no_cookie_and_read_no_session(client, address):
    WardFactory()

    response = client.get(address)

    assert dict(response.cookies) == {}
    assert response.headers.get("Vary", "") in ("", "Accept-Encoding")  # never the cookie


@pytest.mark.parametrize("address", [*PUBLIC_PAGES, "/dang-nhap/"])
@pytest.mark.django_db
def test_every_page_carries_the_strict_policy(client, address):
    headers = client.get(address).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert {
        name: headers[name]
        for name in (
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Frame-Options",
        )
    } == {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }


@pytest.mark.django_db
def test_private_pages_are_stored_nowhere(client):
    client.force_login(member(Role.OFFICE, WardFactory()))

    response = client.get(reverse("admin:index"))

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


@pytest.mark.parametrize("address", ["/hang-viet/?q=%00", "/hang-viet/?q=%ff", "/%00/"])
def test_control_bytes_in_the_address_are_refused(client, address):
    response = client.get(address)

    assert response.status_code == 400


def test_database_driver_is_the_one_that_was_chosen():
    """psycopg 3 would win silently if some package brought it in."""
    if connection.vendor == "postgresql":
        assert connection.Database.__name__ == "psycopg2"
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_every_template_is_short():
    long = {
        str(path.relative_to(settings.BASE_DIR)): lines
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        if (lines := len(path.read_text().splitlines())) > 120
    }

    assert long == {}
