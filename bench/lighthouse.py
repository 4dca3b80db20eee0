"""Lighthouse on home, list and product page: the median of five, as a phone on a slow line sees them.

Needs Node, Chromium and npm's ``lighthouse``, none of which the portal itself needs:

    npm install --prefix ~/lighthouse lighthouse
    LIGHTHOUSE=~/lighthouse/node_modules/.bin/lighthouse make bench ARGS=lighthouse

The pages are those of a running portal with the demonstration: ``LIGHTHOUSE_BASE``, by default that
of ``make run`` on port 8000. For figures that count, run it as in production (``docs/``): compressed
static files with their hashes in the name.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from statistics import median
from typing import Any

from bench.figures import Row

PAGES = {"home": "/", "list": "/hang-viet/", "product": "/hang-viet/gom-bat-trang/"}
GROUPS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5
LONGEST_LCP = 1.5  # seconds
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage"


def rows(runs: int = RUNS) -> list[Row]:
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not program:
        raise SystemExit(
            "No lighthouse: install npm's and name it in LIGHTHOUSE (see bench/lighthouse.py)."
        )
    base = os.environ.get("LIGHTHOUSE_BASE", "http://127.0.0.1:8000")
    found = []
    for name, path in PAGES.items():
        reports = [_report(program, f"{base}{path}") for _ in range(runs)]
        for group, least in GROUPS.items():
            scores = [report["categories"][group]["score"] * 100 for report in reports]
            found.append(Row(f"{name}: {group}", median(scores), "", at_least=least))
        paints = [
            report["audits"]["largest-contentful-paint"]["numericValue"] for report in reports
        ]
        found.append(Row(f"{name}: LCP, slow 4G", median(paints) / 1000, "s", LONGEST_LCP))
    return found


def _report(program: str, url: str) -> dict[str, Any]:
    words = [program, url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    words.append(f"--only-categories={','.join(GROUPS)}")
    chromium = shutil.which("chromium") or ""
    done = subprocess.run(
        words,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROME_PATH", chromium)},
    )
    if done.returncode:
        raise SystemExit(f"lighthouse {url}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)
