"""Reading from a replica (``REPLICA_URL``): what anyone sees, and figures over many rows.

A block that runs under :func:`read` asks the replica; all else, and every write, goes to the
primary. See ``docs/decisions/0034-what-reads-from-a-replica.md``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.models import Model
from django.db.utils import DEFAULT_DB_ALIAS, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.access import SAFE_METHODS

ALIAS = "replica"
REST = 10  # seconds in which a replica that failed is not asked again
FARTHEST_BEHIND = 30  # seconds
NEVER = "FFFFFFFF/FFFFFFFF"  # a place in the log that no replica reaches
REMEMBERED = 15 * 60  # seconds in which a replica that has not caught up with a write is avoided
LOST = (OperationalError, InterfaceError)

T = TypeVar("T")

_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


class _Rest:
    until = 0.0  # by the monotonic clock of this process


class Router:
    """Reads where :func:`read` says; writes, and rows that are read to be written, at the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return _reading.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


def is_set_up() -> bool:
    return ALIAS in settings.DATABASES


def alias() -> str:
    """The database that a read asks now: for SQL written by hand."""
    return _reading.get()


def read(job: Callable[[], T], *, at_least: str = "") -> T:
    """What ``job`` returns, read from the replica where it is fit, else from the primary.

    ``at_least``: a place in the primary's log ("0/16B3748") that the replica must have reached.
    ``job`` may run a second time: it only reads. Where the primary is lost, a replica that
    lags is better than no page.
    """
    if not is_set_up():
        return job()
    if is_fit(at_least):
        try:
            return _on_replica(job)
        except LOST:
            _rest()
    try:
        return job()
    except LOST:
        if at_least:
            raise
        return _on_replica(job)


def log_place() -> str:
    """How far the primary's log is, such as "0/16B3748"."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        return cursor.fetchone()[0]


def reads_replica(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` of figures for a signed-in person: never older than what that person wrote."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_set_up() or request.method not in SAFE_METHODS:
            return view(request, *args, **kwargs)
        at_least = cache.get(_key(request.user.pk)) or "0/0"
        return read(lambda: view(request, *args, **kwargs), at_least=at_least)

    return answer


class WrittenMiddleware:
    """Notes how far the primary's log was when a person's request that may have written ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_set_up() and request.method not in SAFE_METHODS:
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated:
                cache.set(_key(user.pk), _written_to(), REMEMBERED)
        return response


def _written_to() -> str:
    """The primary's place; where it is lost just now, the answer that is ready still goes out."""
    try:
        return log_place()
    except LOST:
        return NEVER


def _key(pk: object) -> str:
    return f"written-{pk}"


def is_fit(at_least: str) -> bool:
    """Is the replica there, connected with its primary and near enough?"""
    if time.monotonic() < _Rest.until:
        return False
    try:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(
                "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn,"
                " EXISTS (SELECT 1 FROM pg_stat_wal_receiver),"
                " pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()"
                " OR now() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())"
                " < make_interval(secs => %s)",
                [at_least or "0/0", FARTHEST_BEHIND],
            )
            has_reached, is_fed, is_near = cursor.fetchone()
    except LOST:
        _rest()
        return False
    return bool(has_reached and is_fed and is_near)


def _on_replica(job: Callable[[], T]) -> T:
    token = _reading.set(ALIAS)
    try:
        return job()
    finally:
        _reading.reset(token)


def _rest() -> None:
    _Rest.until = time.monotonic() + REST
    connections[ALIAS].close()
