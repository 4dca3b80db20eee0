"""``python -m bench.chaos_world LEDGER``: every photo that a phone was told was kept, looked for.

Prints how many were compared, how many are lost, what is half-written: rows without their file,
files that are not what the row says. Files without a row are no loss: clean_files takes them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.files.storage import default_storage  # noqa: E402  after the settings

from core import chain  # noqa: E402
from core.backups.making import known_files, stored_names  # noqa: E402
from reports.models import Photo  # noqa: E402

NO_FILE = "0" * 64  # the plan of bench.submit_world has none


def check(ledger: Path) -> dict[str, Any]:
    held = json.loads(ledger.read_text())
    kept = {
        str(key): sha256
        for key, sha256 in Photo.objects.values_list("key", "picture__original__sha256")
    }
    known = {name: one for name, one in known_files().items() if one != NO_FILE}
    lost = [key for key, sha256 in held if kept.get(key) != sha256]
    broken = [name for name, sha256 in known.items() if _digest(name) != sha256]
    orphans = [name for name in stored_names() if name not in known and "/" in name]
    chain.seal()
    return {
        "compared": len(held),
        "lost": len(lost),
        "broken": len(broken) + len(chain.check()),
        "files": len(known),
        "orphans": len(orphans),
        "examples": (lost + broken)[:5],
    }


def _digest(name: str) -> str:
    if not default_storage.exists(name):
        return "missing"
    with default_storage.open(name, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


if __name__ == "__main__":
    print(json.dumps(check(Path(sys.argv[1]))))
