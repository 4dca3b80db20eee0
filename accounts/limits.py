"""How often something may be tried: counted in the database, which all processes share.

The cache would not do: it forgets entries when it is full, and whoever can fill it could make it
forget the tries. No limit locks for good: each try is forgotten when its time is over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Tries


@dataclass(frozen=True)
class Limit:
    """At most ``count`` tries in any ``seconds``, told apart by ``name`` and a key."""

    name: str
    count: int
    seconds: int


QUARTER = 15 * 60  # seconds
ACCOUNT = Limit("account", 10, QUARTER)
# A device from which this person has signed in before has tries of its own: guesses from elsewhere
# keep nobody out of the own account.
KNOWN_DEVICE = Limit("known-device", 10, QUARTER)
CODE = Limit("code", 10, QUARTER)
# Many telephones of one operator come from one address.
ADDRESS = Limit("address", 100, QUARTER)


def take(limit: Limit, key: str) -> bool:
    """Count one try; ``False`` when there is none left.

    Counted under the row's lock before anything is compared, so twenty guesses at the same
    moment are ten.
    """
    now = int(timezone.now().timestamp())
    with transaction.atomic():
        row, _ = Tries.objects.select_for_update().get_or_create(key=_stored(limit, key))
        row.at = [one for one in row.at if now - limit.seconds < one <= now]
        if len(row.at) >= limit.count:
            return False
        row.at.append(now)
        row.ends_at = timezone.now() + dt.timedelta(seconds=limit.seconds)
        row.save()
    return True


def give_back(limit: Limit, key: str) -> None:
    """The newest try was right: it is not counted."""
    with transaction.atomic():
        row = Tries.objects.select_for_update().filter(key=_stored(limit, key)).first()
        if row is not None and row.at:
            row.at.pop()
            row.save(update_fields=["at"])


def _stored(limit: Limit, key: str) -> str:
    """Of one length, and no name or address in the clear."""
    return hashlib.sha256(f"{limit.name}:{limit.count}:{key}".encode()).hexdigest()
