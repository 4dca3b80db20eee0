"""``make bench``: one table, each figure beside its limit, measured in the same run.

Times differ between machines; the ratio to the floor of the same run is what counts.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")
    django.setup()
    from bench import pages, reading  # noqa: PLC0415  need the settings

    rows = [*reading.rows(), *pages.rows()]
    width = max(len(row.what) for row in rows)
    print(f"{'what':<{width}}  {'measured':>14}  {'floor':>14}  {'ratio':>6}  {'goal':>16}  ok")
    for row in rows:
        print(row.line(width))
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
