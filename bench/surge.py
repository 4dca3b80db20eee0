"""P13: the evening of the due day. All screens of the form at 10 and at 35 visits a second."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import Any

from bench.figures import Row
from bench.servers import ROOT
from bench.submit import NEW, Bench, Tally, bench, compare

SURGE = "surge"
CALM_RATE, SURGE_RATE = 10, 35  # visits a second
HANG_UP_EVERY = 23
FINE = (200, 302)
GOAL = 2.0


def rows(seconds: float = 30) -> list[Row]:
    """``seconds`` at the rate of the surge; at the lower one the visits are as many."""
    with bench() as run:
        run.servers[SURGE] = run.servers[NEW]
        run.tallies[SURGE] = Tally(SURGE)
        _visits(run, SURGE_RATE, 6)  # warm
        calm = _visits(run, CALM_RATE, seconds)
        full = _visits(run, SURGE_RATE, seconds)
        found = compare(run)
    told = calm["told"] + full["told"]
    wrong = Counter((screen, status) for screen, status, *_ in told if status not in FINE)
    print(f"  {len(told)} requests, {calm['hang_ups'] + full['hang_ups']} hang-ups, {found}")
    if wrong:
        print(f"  errors: {dict(wrong)}")
    for screen in dict.fromkeys(line[0] for line in told):
        p95 = [_p95(one["told"], screen) for one in (calm, full)]
        print(
            f"  {screen}: p95 {p95[0]:.0f} ms at {CALM_RATE}/s, {p95[1]:.0f} ms at {SURGE_RATE}/s"
        )
    at_calm, at_full = _p95(calm["told"]), _p95(full["told"])
    what = f"form at {SURGE_RATE} visits/s"
    return [
        Row(f"{what}: errors of {len(told)} requests", sum(wrong.values()), "", 0),
        Row(
            f"{what}: lost or doubled of {found['compared']}",
            found["lost"] + found["broken"],
            "",
            0,
        ),
        Row(
            f"{what}: p95 over that at {CALM_RATE}/s ({at_full:.0f} ms)",
            at_full / at_calm,
            "×",
            GOAL,
        ),
    ]


def _visits(run: Bench, rate: int, seconds: float) -> dict[str, Any]:
    tally = run.tallies[SURGE]
    order = {
        "port": run.servers[SURGE].port,
        "world": str(run.world(SURGE)),
        "rate": rate,
        "seconds": seconds,
        "first": tally.first,
        "hang_up_every": HANG_UP_EVERY,
    }
    file = run.folder / "surge.json"
    file.write_text(json.dumps(order))
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench/surge_clients.py"), str(file)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    sent = [line for line in told["told"] if line[0] == "send" and line[1] == 200]
    for *_, taken, words in sent:
        index, _, answer = words.partition(" ")
        tally.acknowledged.append([int(index), answer, taken])
    tally.first = max((line[0] for line in tally.acknowledged), default=-1) + 1
    return told


def _p95(told: list[Any], screen: str | None = None) -> float:
    times = sorted(line[2] for line in told if screen in (None, line[0]))
    return times[int(len(times) * 0.95)]
