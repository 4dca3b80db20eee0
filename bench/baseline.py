"""The ratios of an earlier run: what is a fifth worse has been made slower by somebody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.figures import Row

FILE = Path(__file__).with_name("baseline.json")
WORSE = 1.2


def keep(rows: Iterable[Row]) -> None:
    """Ratios of ``rows`` beside those of other parts that were kept before."""
    kept = _kept() | {row.what: round(row.ratio, 3) for row in rows if row.ratio is not None}
    FILE.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def worse(rows: Iterable[Row]) -> Iterator[str]:
    """A line for each ratio that is a fifth worse than the kept one."""
    kept = _kept()
    for row in rows:
        before = kept.get(row.what)
        if before is None or row.ratio is None:
            continue
        # A rate shall be high, a cost low.
        times = before / row.ratio if row.at_least is not None else row.ratio / before
        if times > WORSE:
            yield f"{row.what}: {row.ratio:.2f}, was {before:.2f}"


def _kept() -> dict[str, float]:
    return json.loads(FILE.read_text()) if FILE.exists() else {}
