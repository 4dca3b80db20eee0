"""Counts of what residents look for in vain. Words alone: no address, no time of day, no person.

What could point at somebody is not counted: digits (telephone and card numbers), signs of mail
addresses, long texts. docs/decisions/0026 says why a page that is read may count at all.
"""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from core.text import fold
from products.models import SearchMiss
from units.models import Unit

LONGEST, MOST = 40, 2000  # letters of a query; different ones of a ward
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+){0,5}")
logger = logging.getLogger(__name__)


def note(ward: Unit, query: str) -> None:
    """One more who found nothing. The page is answered even when it cannot be counted."""
    key = fold(query)
    if len(key) > LONGEST or len(key) < 2 or not _PLAIN.fullmatch(key):
        return
    try:
        with transaction.atomic():
            _count(ward, key)
    except DatabaseError:
        logger.warning("A search that found nothing was not counted.")


def _count(ward: Unit, key: str) -> None:
    today, rows = timezone.localdate(), SearchMiss.objects.filter(owner=ward)
    if rows.filter(key=key).update(count=F("count") + 1, last_on=today):
        return
    if rows.count() < MOST:
        SearchMiss.objects.get_or_create(owner=ward, key=key, defaults={"last_on": today})
