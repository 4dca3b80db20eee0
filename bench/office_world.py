"""``python -m bench.office_world UNITS FEWER MONTHS FILE``: two generated wards, one large and one
small; of each office page of the large one its address, what it asks and its weight."""

from __future__ import annotations

import base64
import gzip
import io
import json
import pickle
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  after the settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.base import ModelBase  # noqa: E402
from django.db.models.sql.compiler import SQLCompiler  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.html import escape  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.tests.people import signed_in_whole  # noqa: E402
from bench.lean.office import model_named  # noqa: E402
from campaign_portal import scale  # noqa: E402
from campaign_portal.scale.pages import office_pages  # noqa: E402
from reports.models import MonthlyReport  # noqa: E402
from units.models import Unit  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"  # of the floor
PIECE = re.compile(r"((?:<[^>]*>|\s)+)([^<]*)")


def make(units: int, fewer: int, months: int, file: Path) -> None:
    # Statements in full: those that the server has prepared are known to one connection alone.
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    large = scale.build(units=units, months=months).wards[0]
    small = scale.build(units=fewer, months=months).wards[0]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as it would be by the next morning
    few = {page["name"]: page for page in _pages(_officer(small), small)}
    client = _officer(large)
    pages = _pages(client, large)
    for page in pages:
        other = few.get(page["name"], page)
        page["more"] = len(page["statements"]) > len(other["statements"])
    name = settings.SESSION_COOKIE_NAME
    world = {
        "cookie": f"{name}={client.cookies[name].value}",
        "lean_cookie": f"lean={_lean_session(large)}",
        "reports": MonthlyReport.objects.filter(ward=large).count(),
        "pages": pages,
    }
    file.write_text(json.dumps(world))


def _officer(ward: Unit) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    signed_in_whole(client, _user(ward))
    return client


def _user(ward: Unit) -> User:
    return User.objects.get(username=f"{ward.code.lower()}-vanphong")


def _lean_session(ward: Unit) -> str:
    """The same officer, signed in to the floor as Django does it."""
    user, session = _user(ward), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _pages(client: Client, ward: Unit) -> list[dict[str, Any]]:
    """The second look at each page: what is kept for the session has been asked for by then."""
    pages = []
    for name, address in office_pages(ward, timezone.localdate()).items():
        client.get(address, secure=True)
        with CaptureQueriesContext(connection) as queries, _written() as written:
            response = client.get(address, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{name}: {response.status_code}")
        statements = [query["sql"] for query in queries.captured_queries]
        first = queries.initial_queries
        # Kept only now: what is pickled may ask the database for more.
        kept = {at: _kept(query) for at, query in written.items()}
        asked = [(kept.get(first + at), sql) for at, sql in enumerate(statements)]
        pages.append(
            {
                "name": name,
                "address": address,
                "statements": statements,
                # Who is signed in, the floor asks in Django's own way.
                "asked": [one for one in asked if "django_session" not in one[1]],
                "gzip": len(gzip.compress(response.content, 6)),
                "pieces": _pieces(response.text),
            }
        )
    return pages


@contextmanager
def _written() -> Iterator[dict[int, Any]]:
    """The queries for which Django writes the statement, by its number in the connection's log."""
    found: dict[int, Any] = {}
    execute = SQLCompiler.execute_sql

    def noted(self: SQLCompiler, *given: Any, **named: Any) -> Any:
        query, at = self.query.clone(), len(connection.queries_log)
        result = execute(self, *given, **named)
        if len(connection.queries_log) > at:  # not where there can be no row
            found[at] = query
        return result

    SQLCompiler.execute_sql = noted
    try:
        yield found
    finally:
        SQLCompiler.execute_sql = execute


class _Keeper(pickle.Pickler):
    """Models by their names: those of the history stand in no module."""

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, ModelBase):
            return model_named, (one._meta.label,)
        return NotImplemented


def _kept(query: Any) -> str:
    file = io.BytesIO()
    _Keeper(file).dump(query)
    return base64.b64encode(file.getvalue()).decode()


def _pieces(html: str) -> list[list[str]]:
    """``html`` in pairs: markup, and the piece of text behind it."""
    found = [[markup, unescape(text)] for markup, text in PIECE.findall(html)]
    written = "".join(markup + escape(text) for markup, text in found)
    if len(written) < 0.95 * len(html):
        raise SystemExit("A page was not taken to pieces as a whole.")
    return found


if __name__ == "__main__":
    make(*map(int, sys.argv[1:4]), Path(sys.argv[4]))
