"""P6: the office's pages on a ward of 150 units and 60 months, each beside a lean page.

The lean page does the same work with the least of Django, as PERFORMANCE describes its lean pages:
a signed-in session behind Django's usual middleware, the page's very questions as ``.values_list()``
asks them (Django writes the statement, the rows come as plain values), its very text through
one flat template, the markup literal, a variable escaped for each piece of text. It has no
models, rights, forms, rules, navigation, includes. Statements that the portal sends ready come ready here
too. Decision 0023 tells of the floors before this one and what each of them says.
"""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.figures import Row
from bench.servers import Web, lean_office_env, portal_env, postgres, python, web

CONNECTIONS = 8
UNITS, FEWER, MONTHS = 150, 50, 60
ROUNDS = 3
MOST_QUERIES, RATIO, GRID_KB = 15, 4.0, 60
GRID = "Theo tháng"
# 150 sheets of paper with a QR code each, which no lean page draws: told, without a limit.
PRINTED = "In biểu trống"
# Change forms of Django's admin, of which PERFORMANCE asks at most 12 queries (P7): told likewise.
CHANGE_FORMS, FORM_QUERIES = ("Sửa đơn vị", "Sửa chỉ tiêu", "Sửa tài khoản"), 12


def rows(requests: int = 72) -> Iterator[Row]:
    """``requests`` of each page and of each lean page, in turns."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        database = stack.enter_context(postgres("portal"))
        portal = portal_env(database.url("portal"), folder)
        python("manage.py", "migrate", "-v0", env=portal)
        python("manage.py", "createcachetable", env=portal)
        file = folder / "office.json"
        words = [str(UNITS), str(FEWER), str(MONTHS), str(file)]
        python("-m", "bench.office_world", *words, env=portal)
        world = json.loads(file.read_text())
        lean = lean_office_env(database.url("portal"), folder) | {"BENCH_PAGES": str(file)}
        ours = stack.enter_context(web("campaign_portal.wsgi", portal, folder / "portal.log"))
        floor = stack.enter_context(web("bench.lean.wsgi", lean, folder / "lean.log"))
        print(f"  {world['reports']} reports of {UNITS} units; p95 of {requests} requests each")
        yield from _counts(world)
        for number, page in enumerate(world["pages"]):
            yield _beside(page, _times(ours, floor, number, page, world, requests))


def _counts(world: dict[str, Any]) -> Iterator[Row]:
    grid = next(page for page in world["pages"] if page["name"] == GRID)
    yield Row("month grid of 150 × 12: HTML, gzip", grid["gzip"] / 1024, "KB", GRID_KB)
    most = max(world["pages"], key=lambda page: len(page["statements"]))
    count = len(most["statements"])
    yield Row(f"queries of {len(world['pages'])} office pages, most", count, "", MOST_QUERIES)
    forms = [page for page in world["pages"] if page["name"] in CHANGE_FORMS]
    yield Row(
        "queries of the admin's change forms, most",
        max(len(page["statements"]) for page in forms),
        "",
        FORM_QUERIES,
    )
    told = [page["name"] for page in world["pages"] if page["more"]]
    yield Row(f"pages with more queries at {UNITS} than at {FEWER} units {told}", len(told), "", 0)


def _beside(page: dict[str, Any], times: dict[str, list[float]]) -> Row:
    p95 = {name: sorted(taken)[int(len(taken) * 0.95)] for name, taken in times.items()}
    what = f"{page['name']}, {len(page['statements'])} queries: p95 {p95['ours']:.0f} ms over lean"
    limit = None if page["name"] in (PRINTED, *CHANGE_FORMS) else RATIO
    return Row(f"{what} {p95['floor']:.0f} ms", p95["ours"] / p95["floor"], "×", limit)


def _times(
    ours: Web, floor: Web, number: int, page: dict[str, Any], world: dict[str, Any], requests: int
) -> dict[str, list[float]]:
    """Milliseconds of each request; a first round warms both and is not counted."""
    targets = {
        "ours": (
            ours.port,
            page["address"],
            {"Cookie": world["cookie"], "X-Forwarded-Proto": "https"},
        ),
        "floor": (floor.port, f"/office/{number}/", {"Cookie": world["lean_cookie"]}),
    }
    times: dict[str, list[float]] = {name: [] for name in targets}
    for turn in range(ROUNDS + 1):
        for name, target in targets.items():
            taken = _round(*target, requests // ROUNDS if turn else CONNECTIONS * 2)
            times[name] += taken if turn else []
    return times


def _round(port: int, address: str, headers: dict[str, str], requests: int) -> list[float]:
    each = max(1, requests // CONNECTIONS)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        jobs = [pool.submit(_client, port, address, headers, each) for _ in range(CONNECTIONS)]
        return [taken for job in jobs for taken in job.result()]


def _client(port: int, address: str, headers: dict[str, str], requests: int) -> list[float]:
    """One kept connection."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = []
    for _ in range(requests):
        begun = time.perf_counter()
        line.request("GET", address, headers=headers)
        answer = line.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status != http.client.OK:
            raise SystemExit(f"{address}: {answer.status}")
    line.close()
    return taken
