"""The outer shell: the age format (age-encryption.org/v1), which the ``age`` program opens too.

X25519 and ChaCha20-Poly1305 in pieces of 64 KiB: a changed, cut or lengthened file does not open.
The key is kept apart from the server's other secrets, one copy on paper.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings

from core.backups.errors import DAMAGED, NO_KEY, WRONG_KEY, BackupRefusedError

FILE_MODE = 0o600


def new_key() -> str:
    return str(pyrage.x25519.Identity.generate())


def own_key() -> Any:
    """The key of the settings. Raises :class:`BackupRefusedError`."""
    if not settings.BACKUP_KEY:
        raise BackupRefusedError(NO_KEY)
    try:
        return pyrage.x25519.Identity.from_str(settings.BACKUP_KEY.strip())
    except pyrage.IdentityError as error:
        raise BackupRefusedError(
            "BACKUP_KEY chép thiếu hoặc sai: khóa bắt đầu bằng AGE-SECRET-KEY-1, hãy chép lại."
        ) from error


@contextmanager
def sealed(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes come to lie encrypted, and synced, in ``path``."""
    key = own_key()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as target:
        reading, writing = os.pipe()
        with (
            os.fdopen(reading, "rb") as plain,
            _beside(lambda: pyrage.encrypt_io(plain, target, [key.to_public()]), plain) as failure,
            os.fdopen(writing, "wb") as stream,
        ):
            yield stream
        if failure:
            raise failure[0]
        target.flush()
        os.fsync(target.fileno())


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes that were sealed in ``path``, as a stream.

    What was read is good only when the block ends without :class:`BackupRefusedError`: that the
    file was cut is known at its end.
    """
    key = own_key()
    try:
        source = path.open("rb")
    except OSError as error:
        raise BackupRefusedError(
            f"Không mở được tệp {path.name}: hãy xem lại đường dẫn."
        ) from error
    reading, writing = os.pipe()
    with source, os.fdopen(reading, "rb") as plain:
        target = os.fdopen(writing, "wb")
        unread: BaseException | None = None
        with _beside(lambda: pyrage.decrypt_io(source, target, [key]), target) as failure:
            try:
                yield plain
                _read_to_end(plain)
            except Exception as error:  # what is cut breaks its reader in many ways
                unread = error
            finally:
                plain.close()
        _raise(failure, unread)


def _raise(failure: list[Exception], unread: BaseException | None) -> None:
    broken = [error for error in failure if not isinstance(error, BrokenPipeError)]
    if isinstance(unread, BackupRefusedError) and not broken:
        raise unread
    if any(isinstance(error, pyrage.DecryptError) and "key" in str(error) for error in broken):
        raise BackupRefusedError(WRONG_KEY) from broken[0]
    if broken and any(isinstance(e, OSError | pyrage.DecryptError) for e in broken):
        raise BackupRefusedError(DAMAGED) from broken[0]
    if unread is not None:
        raise unread


def _read_to_end(stream: IO[bytes]) -> None:
    while stream.read(1024 * 1024):
        pass


@contextmanager
def _beside(work: Callable[[], None], end: IO[bytes]) -> Iterator[list[Exception]]:
    """Do ``work`` in a thread that closes ``end`` after it; gives the list that its error joins."""
    failure: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # it is raised where the block ends
            failure.append(error)
        finally:
            with suppress(OSError):
                end.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield failure
    finally:
        thread.join()
