"""Faults of the machine, told apart from our own mistakes: a full disk, a database that is gone."""

import enum
import errno

from django.db import DatabaseError, InterfaceError, OperationalError

from core.storage import DamagedFileError


class Fault(enum.Enum):
    """What answers it: the status, and after how many seconds trying again makes sense."""

    FULL = (507, 300)
    BUSY = (503, 5)
    DOWN = (503, 30)

    @property
    def status(self) -> int:
        return self.value[0]

    @property
    def retry_after(self) -> int:
        return self.value[1]


# EFBIG is what a process meets whose files may not grow.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DOWN = {errno.EROFS, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE}
# https://www.sqlite.org/rescode.html: BUSY, LOCKED / NOMEM, READONLY, IOERR, CANTOPEN, PROTOCOL
_SQLITE_FULL, _SQLITE_BUSY, _SQLITE_DOWN = 13, (5, 6), (7, 8, 10, 14, 15)
# https://www.postgresql.org/docs/current/errcodes-appendix.html: locks and timeouts, or class 40
_POSTGRES_FULL, _POSTGRES_BUSY = "53100", ("40", "55P03", "57014")
_POSTGRES_DOWN = ("08", "53", "57P", "58", "25006", "XX")


def fault_of(error: BaseException | None) -> Fault | None:
    """The fault that ``error`` tells of; None when it is our own mistake."""
    if isinstance(error, DatabaseError | InterfaceError):
        return _fault_of_database(error)
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return Fault.FULL
        is_gone = error.errno in _DOWN or isinstance(error, DamagedFileError)
        return Fault.DOWN if is_gone else None
    return None


def _fault_of_database(error: DatabaseError | InterfaceError) -> Fault | None:
    cause = error.__cause__
    sqlite_code = getattr(cause, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return _fault_of_sqlite(sqlite_code & 0xFF)
    code = getattr(cause, "pgcode", None)
    if code is None:  # no answer at all: the connection itself is gone
        return Fault.DOWN if isinstance(error, OperationalError | InterfaceError) else None
    if code == _POSTGRES_FULL:
        return Fault.FULL
    if code.startswith(_POSTGRES_BUSY):
        return Fault.BUSY
    return Fault.DOWN if code.startswith(_POSTGRES_DOWN) else None


def _fault_of_sqlite(code: int) -> Fault | None:
    if code == _SQLITE_FULL:
        return Fault.FULL
    if code in _SQLITE_BUSY:
        return Fault.BUSY
    return Fault.DOWN if code in _SQLITE_DOWN else None
