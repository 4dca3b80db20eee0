"""Link the rows that were written since, and sign where the chain stands."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from core.chain import links
from core.chained import Chained
from core.models import Seal

logger = logging.getLogger(__name__)

FOLDER = "seals"
BATCH = 500
LOCK = 0x5EA1  # one number for all who seal
HEADS_KEPT = 20


def seal() -> int:
    """Seal what is not sealed yet; how many rows. Two at once do one after the other."""
    counts = [_seal(model) for model in links.chained_models()]
    if any(counts):
        _keep_head()
    return sum(counts)


@transaction.atomic
def _seal(model: type[Chained]) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    label, fields = model._meta.label, links.field_names(model)
    last = Seal.objects.filter(label=label).order_by("-sequence").first()
    sequence, before = (last.sequence, last.hash) if last else (0, links.START)
    # By key, not by time: whoever committed late simply comes later.
    waiting = model._default_manager.filter(hash=None).order_by("pk").values(*fields)
    sealed: list[Chained] = []
    key = model._meta.pk.attname
    for row in waiting.iterator(chunk_size=BATCH):
        sequence += 1
        before = links.link(before, label, sequence, row, fields)
        known = {key: row[key]}
        sealed.append(model(**known, sequence=sequence, hash=before))
    if sealed:
        model._default_manager.bulk_update(sealed, ["sequence", "hash"], batch_size=BATCH)
        _sign(label, fields, sequence, before, last)
    return len(sealed)


def _sign(label: str, fields: list[str], sequence: int, hash_: str, last: Seal | None) -> None:
    made = Seal(
        label=label,
        fields=fields,
        sequence=sequence,
        hash=hash_,
        previous=last.signature if last else "",
    )
    made.signature = links.signature(made.words)
    made.save(force_insert=True)


def heads() -> dict[str, list[Any]]:
    """Where each chain stands: number and hash of its last row."""
    found = {}
    for made in Seal.objects.order_by("sequence"):
        found[made.label] = [made.sequence, made.hash]
    return found


def _keep_head() -> None:
    """Outside the database too: who cuts off its end, seals and all, cuts it off here as well."""
    now = heads()
    words = json.dumps(now, sort_keys=True)
    told = json.dumps({"heads": now, "signature": links.signature(words)})
    name = f"{FOLDER}/{sum(sequence for sequence, _ in now.values()):012}.json"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(told.encode()))
    logger.info("Steps sealed", extra={"heads": words})
    for old in kept_heads()[:-HEADS_KEPT]:
        default_storage.delete(f"{FOLDER}/{old}")


def kept_heads() -> list[str]:
    try:
        return sorted(name for name in default_storage.listdir(FOLDER)[1] if name.endswith(".json"))
    except FileNotFoundError:
        return []
