"""Do the addresses in articles still answer?

Addresses are written by people, so the portal asks only hosts that the installation names
(``LINK_CHECK_HOSTS``), only at public addresses of the network, once, without following a
redirect. All others stay "chưa kiểm tra". Addresses of the portal itself are looked up, not asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from outreach.content.models import Article, ArticleSource

TIMEOUT = 5  # seconds
State = ArticleSource.State
Answer = tuple[str, str]  # state, fault


class NotAllowedError(Exception):
    """The portal does not go there."""


def is_allowed(host: str) -> bool:
    """``.gov.vn`` in the setting allows every host below it, ``moit.gov.vn`` just that one."""
    host = host.lower().rstrip(".")
    return any(
        host == one or (one.startswith(".") and (host.endswith(one) or host == one[1:]))
        for one in settings.LINK_CHECK_HOSTS
    )


def check(url: str, ask: Callable[[str], int] | None = None) -> Answer:
    """How ``url`` answers now, and in words what is wrong."""
    if url.startswith("/"):
        return _own(url)
    try:
        status = (ask or head)(url)
    except NotAllowedError:
        return State.UNKNOWN, ""
    except (OSError, http.client.HTTPException, ValueError):
        return State.BROKEN, "không kết nối được"
    if 300 <= status < 400:
        return State.MOVED, "trang báo đã chuyển địa chỉ"
    if status in (404, 410):
        return State.BROKEN, "trang không còn"
    if status >= 500:
        return State.BROKEN, f"máy chủ báo lỗi {status}"
    return State.GOOD, ""


def _own(path: str) -> Answer:
    try:
        resolve(urlsplit(path).path)
    except Resolver404:
        return State.BROKEN, "cổng không có trang này"
    return State.GOOD, ""


def head(url: str) -> int:
    """The status of a HEAD request, GET where a server knows no HEAD.

    The name is looked up once and the connection goes to just that address, so that a name cannot
    answer differently the second time.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or parts.port not in (None, 80, 443):
        raise NotAllowedError
    if not is_allowed(host):
        raise NotAllowedError
    port = parts.port or (443 if parts.scheme == "https" else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    status = _ask(host, port, parts.scheme == "https", "HEAD", path)
    if status in (403, 405, 501):
        status = _ask(host, port, parts.scheme == "https", "GET", path)
    return status


def _ask(host: str, port: int, is_safe: bool, method: str, path: str) -> int:
    plain = socket.create_connection((_public_address(host, port), port), TIMEOUT)
    made: socket.socket = plain
    try:
        if is_safe:
            made = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = made
        connection.request(method, urljoin("/", path), headers={"User-Agent": "campaign-portal"})
        return connection.getresponse().status
    finally:
        made.close()


def _public_address(host: str, port: int) -> str:
    """The first address of ``host``, if all of them lie in the public network."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(ipaddress.ip_address(one).is_global for one in addresses):
        raise NotAllowedError
    return addresses[0]


def check_all(ask: Callable[[str], int] | None = None) -> dict[str, int]:
    """Ask for every source of the published articles; how many are in which state."""
    counts: dict[str, int] = dict.fromkeys(State.values, 0)
    rows: Any = ArticleSource.objects.exclude(url="").filter(
        article__status=Article.Status.PUBLISHED
    )
    for source in rows.order_by("checked_at", "pk"):
        state, fault = check(source.url, ask)
        counts[state] += 1
        if state == State.UNKNOWN and source.state == State.UNKNOWN:
            continue
        source.state, source.fault, source.checked_at = state, fault, timezone.now()
        source.save(update_fields=["state", "fault", "checked_at"])
    return counts
