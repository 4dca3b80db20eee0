"""What a preview showed, in a short text: the write that follows carries it as its version."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def fingerprint(*parts: Any) -> str:
    """A short text that changes with ``parts``: what a preview showed, and what it was based on."""
    told = json.dumps(parts, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:20]
