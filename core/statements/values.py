"""Values on their way to the database."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.db.models import Field, JSONField

_NONE = type(None)
# What fields leave as it is, if it is of exactly this type: the driver knows it.
_EVERYWHERE = frozenset({str, int, bool, _NONE})
_PLAIN = {
    "postgresql": _EVERYWHERE | {dt.date, dt.datetime, uuid.UUID},
    "sqlite": _EVERYWHERE,
}


def prepared(field: Field, value: Any, database: Any) -> Any:
    """``value`` as the driver takes it; ``get_db_prep_save`` for what is not plain already."""
    if isinstance(field, JSONField):
        if value.__class__ is dict:
            return json.dumps(value, cls=field.encoder)  # as the driver's adapter, at half the time
    elif value.__class__ in _PLAIN[database.vendor]:
        return value
    return field.get_db_prep_save(value, database)
