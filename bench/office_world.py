"""``python -m bench.office_world UNITS FEWER MONTHS FILE``: two generated wards, one large and one
small; of each office page of the large one its address, its statements and its weight."""

from __future__ import annotations

import gzip
import json
import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  after the settings
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.html import escape  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.tests.people import signed_in_whole  # noqa: E402
from campaign_portal import scale  # noqa: E402
from campaign_portal.scale.pages import office_pages  # noqa: E402
from reports.models import MonthlyReport  # noqa: E402
from units.models import Unit  # noqa: E402

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
        "reports": MonthlyReport.objects.filter(ward=large).count(),
        "pages": pages,
    }
    file.write_text(json.dumps(world))


def _officer(ward: Unit) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    signed_in_whole(client, User.objects.get(username=f"{ward.code.lower()}-vanphong"))
    return client


def _pages(client: Client, ward: Unit) -> list[dict[str, Any]]:
    """The second look at each page: what is kept for the session has been asked for by then."""
    pages = []
    for name, address in office_pages(ward, timezone.localdate()).items():
        client.get(address, secure=True)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{name}: {response.status_code}")
        statements = [query["sql"] for query in queries.captured_queries]
        pages.append(
            {
                "name": name,
                "address": address,
                "statements": statements,
                "gzip": len(gzip.compress(response.content, 6)),
                "pieces": _pieces(response.text),
            }
        )
    return pages


def _pieces(html: str) -> list[list[str]]:
    """``html`` in pairs: markup, and the piece of text behind it."""
    found = [[markup, unescape(text)] for markup, text in PIECE.findall(html)]
    written = "".join(markup + escape(text) for markup, text in found)
    if len(written) < 0.95 * len(html):
        raise SystemExit("A page was not taken to pieces as a whole.")
    return found


if __name__ == "__main__":
    make(*map(int, sys.argv[1:4]), Path(sys.argv[4]))
