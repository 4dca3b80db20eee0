"""Addresses of pages: made once from the name, never changed afterwards."""

import re

from django.db.models import QuerySet

from core.text import fold

MAX_LENGTH = 80
_NOT_ALLOWED = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """ "Gốm Bát Tràng" -> "gom-bat-trang"; a name without letters or digits gives "muc"."""
    return _NOT_ALLOWED.sub("-", fold(name)).strip("-")[:MAX_LENGTH].rstrip("-") or "muc"


def free_slug(name: str, taken: QuerySet) -> str:
    """The slug of ``name`` that no row of ``taken`` has: with -2, -3 … behind where needed."""
    base = slug_of(name)
    used = set(taken.filter(slug__startswith=base[: MAX_LENGTH - 5]).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in used:
        number += 1
        slug = f"{base[: MAX_LENGTH - 5]}-{number}"
    return slug
