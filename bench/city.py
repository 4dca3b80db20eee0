"""Coverage, comparison and search of one ward alone, and of the same ward in a city.

``make bench ARGS="city 126"`` makes a whole city first, which takes minutes; 20 wards are usual.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import django
from django.db import connection

from bench.figures import Row
from bench.servers import ROOT, portal_env, postgres, python

UNITS, MONTHS, WARDS = 100, 60, 20
ROUNDS = 25
RATIO = 1.3


def rows(wards: int = WARDS) -> Iterator[Row]:
    """The same first ward, as ``seed_scale`` makes it, in a database of its own and in a city."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        database = stack.enter_context(postgres("alone", "city"))
        urls = [database.url("alone"), database.url("city")]
        for url, count in zip(urls, (1, wards), strict=True):
            env = portal_env(url, folder)
            python("manage.py", "migrate", "-v0", env=env)
            python("manage.py", "createcachetable", env=env)
            words = ["--wards", str(count), "--units", str(UNITS), "--months", str(MONTHS)]
            python("manage.py", "seed_scale", *words, env=env)
            # As it would be by the next morning.
            python("-c", "from bench.city import tidy; tidy()", env=env)
        yield from compare([portal_env(url, folder) for url in urls], wards)


def tidy() -> None:
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def compare(envs: list[dict[str, str]], wards: int) -> Iterator[Row]:
    """Both in turns; the least of each page in the city over the least of the ward alone: what
    a busy machine adds is not the page's.
    """
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "bench.city_pages"],
                    cwd=ROOT,
                    env={**os.environ, **env},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for env in envs
        ]
        rounds = [[_asked(worker) for worker in workers] for _ in range(ROUNDS)]
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.close()
    for name in rounds[0][0]:
        alone, city = (min(one[place][name] for one in rounds) for place in (0, 1))
        what = f"{name}: a ward in {wards} over a ward alone, {city:.0f} ms over {alone:.0f} ms"
        yield Row(what, city / alone, "×", RATIO)


def _asked(worker: subprocess.Popen[str]) -> dict[str, float]:
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write("\n")
    worker.stdin.flush()
    return json.loads(worker.stdout.readline())
