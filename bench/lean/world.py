"""``python -m bench.lean.world UNITS MONTHS FILE``: people who are signed in, for the floor."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  after the settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import connection  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.lean.models import Unit  # noqa: E402


def make(count: int, months: int, file: Path) -> None:
    users = User.objects.bulk_create(
        User(username=f"bt{number}", password="!x") for number in range(count)
    )
    units = Unit.objects.bulk_create(Unit(name=f"Chi bộ {u.pk}", secretary=u) for u in users)
    until = timezone.now() + dt.timedelta(days=100)
    people, sessions = [], []
    for user, unit in zip(users, units, strict=True):
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        name = f"lean{user.pk:028}"
        sessions.append(
            Session(session_key=name, session_data=SessionStore().encode(data), expire_date=until)
        )
        secret = _get_new_csrf_string()
        people.append([unit.pk, name, secret, _mask_cipher_secret(secret)])
    Session.objects.bulk_create(sessions)
    every = [f"{2000 + number // 12}-{number % 12 + 1:02}" for number in range(months)]
    file.write_text(json.dumps({"people": people, "months": {"lean": every}}))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    make(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
