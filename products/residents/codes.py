"""The code with which a sender sees what became of a message: shown once, stored as its hash."""

from __future__ import annotations

import base64
import hashlib
import re

from django.utils.crypto import salted_hmac

# Crockford's letters and digits: none that is taken for another on paper or by telephone.
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SHOWN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_SHOWN = str.maketrans(_PLAIN, _SHOWN)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_BETWEEN = re.compile(r"[^0-9A-Z]")
BYTES, LENGTH, GROUP = 25, 40, 4  # 200 bits
LENGTHS = (LENGTH, 24)  # the shorter ones were told before


def code_of(seed: str) -> str:
    """The code of the form with this seed: sent twice, it has one."""
    digest = salted_hmac("products.residents.code", seed, algorithm="sha256").digest()[:BYTES]
    return base64.b32encode(digest).decode().translate(_TO_SHOWN)


def normal(typed: str) -> str:
    """``typed`` as codes are made, whatever stands between its groups; "" when it is none."""
    code = _BETWEEN.sub("", typed[:200].upper()).translate(_MISREAD)
    return code if len(code) in LENGTHS else ""


def grouped(code: str) -> str:
    """For eyes: "7K2M-0QRS-…"."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def hash_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
