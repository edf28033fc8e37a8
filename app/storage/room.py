"""Whether an error is that there is no room: a disk that is full, or a quota that is used up."""

from __future__ import annotations

import errno

_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE")
"""A used-up quota is told as a write that failed: SQLite knows the one reason ENOSPC only."""
_DISK_FULL = "53100"
_OF_THE_SYSTEM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def no_room(error: object) -> bool:
    """By what the driver of the database says, or the system of any other file; what reads goes on meanwhile."""
    if isinstance(error, OSError):
        return error.errno in _OF_THE_SYSTEM
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorname", None) in _NO_ROOM or getattr(cause, "sqlstate", None) == _DISK_FULL
