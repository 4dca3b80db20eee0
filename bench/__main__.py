"""``make bench``: one table, each figure beside its limit, measured in the same run.

Times differ between machines; the ratio to the floor of the same run is what counts.
``make bench ARGS="submit 60"`` measures one part alone, here for 60 seconds. Ratios are compared with
``bench/baseline.json``; ``make bench ARGS="reading keep"`` writes those of that part into it.
"""

from __future__ import annotations

import importlib
import os
import sys

import django

from bench import baseline

USUAL = ("reading", "pages", "pictures", "official")
PARTS = (
    *USUAL,
    "city",
    "loudspeaker",
    "office",
    "submit",
    "kills",
    "chaos",
    "surge",
    "taps",
    "units",
    "publish",
    "public",
    "lighthouse",
    "machines",
)  # these take minutes


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")
    django.setup()
    is_kept = "keep" in words
    names = [word for word in words if not word.isdigit() and word != "keep"] or list(USUAL)
    lengths = [int(word) for word in words if word.isdigit()]
    if unknown := set(names) - set(PARTS):
        print(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(PARTS)}.")
        return 2
    rows = []
    for name in names:
        # One after the other: each part measures with the machine to itself.
        rows += importlib.import_module(f"bench.{name}").rows(*lengths)
    width = max(len(row.what) for row in rows)
    print(f"{'what':<{width}}  {'measured':>14}  {'floor':>14}  {'ratio':>6}  {'goal':>16}  ok")
    for row in rows:
        print(row.line(width))
    slower = [] if is_kept else list(baseline.worse(rows))
    for line in slower:
        print(f"A fifth worse than before: {line}")
    if is_kept:
        baseline.keep(rows)
    return 0 if all(row.holds for row in rows) and not slower else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
