"""What keeps machines out of the residents' forms without asking another host or knowing anyone.

A signed time stamp, a box that people leave empty, and counts in the shared cache. The counts
are kept under a salted hash of the network of the sender (never the whole address), the salt
changes every day, and nothing of it is stored with the message.
"""

from __future__ import annotations

import ipaddress
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

_SALT = "products.residents"
HOUR, DAY = 3600, 86400  # seconds
QUICKEST = 3  # seconds in which nobody reads the form and writes
MESSAGES = 10  # an hour from one network: a whole lane may share it
RATINGS = 30
WHOLE_V4, WHOLE_V6 = 24, 56  # bits of the address that make the network

TOO_QUICK = "Gửi nhanh quá nên cổng chưa nhận. Nội dung còn đây, mời bấm gửi lần nữa."
TOO_OLD = "Trang mở lâu quá nên cổng chưa nhận. Nội dung còn đây, mời bấm gửi lần nữa."


class StampError(Exception):
    """The form was not sent as people send it; ``is_kept`` says whether its stamp still counts."""

    def __init__(self, sentence: str, *, is_kept: bool) -> None:
        super().__init__(sentence)
        self.is_kept = is_kept


def fresh_stamp() -> str:
    """For a form that is shown now: 24 random bytes and the time, signed."""
    return _signer().sign(secrets.token_urlsafe(24))


def read_stamp(stamp: str) -> str:
    """The random part of ``stamp``. Raises :class:`StampError` when it is forged, old or too new."""
    try:
        seed = _signer().unsign(stamp, max_age=DAY)
    except signing.BadSignature as error:
        raise StampError(TOO_OLD, is_kept=False) from error
    try:
        _signer().unsign(stamp, max_age=QUICKEST)
    except signing.SignatureExpired:
        return seed
    raise StampError(TOO_QUICK, is_kept=True)


def is_within_rate(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more of ``what`` from the sender's network in this hour."""
    hour = int(timezone.now().timestamp()) // HOUR
    key = _key(request, what, str(hour))
    count = cache.get(key, 0) + 1
    cache.set(key, count, HOUR)  # ``incr`` would date it anew, with the cache's own time
    return count <= most


def is_said_before(request: HttpRequest, *texts: str) -> bool:
    """Did the same network send the very same today?"""
    return cache.get(_key(request, "said", *texts)) is not None


def note_said(request: HttpRequest, *texts: str) -> None:
    cache.set(_key(request, "said", *texts), True, DAY)


def network_of(address: str) -> str:
    """ "203.0.113.7" -> "203.0.113.0/24"; what is no address is one network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = WHOLE_V4 if parsed.version == 4 else WHOLE_V6
    return str(ipaddress.ip_network((parsed, bits), strict=False))


def _key(request: HttpRequest, *parts: str) -> str:
    network = network_of(get_adapter(request).get_client_ip(request) or "")
    day = timezone.localdate().isoformat()
    told = "\n".join((day, network, *parts))
    digest = salted_hmac(_SALT, told, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
    return f"residents:{digest[:40]}"


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{_SALT}.stamp")
