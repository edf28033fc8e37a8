"""Lines of the log: readable on a terminal or JSON, each with the id of its request, and never the text of an article."""

from __future__ import annotations

import logging
import logging.config
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

from app.errors import Problem
from app.storage.database import DatabaseError

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Of the request that is being answered; threads that work for it have it too."""

# Of these we know what they say: our own words, a file's name, a table's. Any other error may quote what it stumbled over.
_PLAIN_SPEAKERS = (Problem, OSError, DatabaseError)
# Libraries that read articles, and say of which they made nothing.
_READERS = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")


def configure(form: str, full_errors: bool = False) -> None:
    """Everything that is logged in this process, to stderr."""
    formatter = {"text": TextLines, "json": JsonLines}[form]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": formatter, "full_errors": full_errors}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"level": "INFO", "handlers": ["stderr"]},
            # Each request has a line of ours; that of the server shows what was asked for, query and all.
            "loggers": {
                "uvicorn.access": {"level": "CRITICAL", "propagate": False},
                "alembic": {"level": "WARNING"},
                "dbos": {"level": "WARNING"},
                **{name: {"level": "CRITICAL"} for name in _READERS},
            },
        }
    )


class Lines(logging.Formatter):
    """What both forms say of an error: where it happened, and its words only if they cannot be those of an article."""

    def __init__(self, full_errors: bool = False) -> None:
        super().__init__()
        self._full = full_errors

    def told(self, record: logging.LogRecord) -> dict[str, Any]:
        known = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request_id = REQUEST_ID.get()
        known |= {"request_id": request_id} if request_id else {}
        known |= getattr(record, "told", {})
        return known | ({"error": self._error(record.exc_info[1])} if record.exc_info and record.exc_info[1] else {})

    def _error(self, error: BaseException) -> str:
        """The whole chain, innermost cause first, as Python writes it."""
        lines: list[str] = []
        seen: set[int] = set()
        one: BaseException | None = error
        while one is not None and id(one) not in seen:
            seen.add(id(one))
            frames = "".join(traceback.format_tb(one.__traceback__))
            lines.insert(0, f"{frames}{type(one).__module__}.{type(one).__qualname__}: {self._words(one)}")
            one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        return "\n\n".join(lines)

    def _words(self, error: BaseException) -> str:
        if self._full:
            return str(error)
        if isinstance(error, _PLAIN_SPEAKERS):
            return str(error).partition("\n")[0]  # a database quotes the row in the lines after
        return f"(its words, {len(str(error))} characters, are shown with BILATERAL_LOG_FULL_ERRORS)"


class JsonLines(Lines):
    def format(self, record: logging.LogRecord) -> str:
        return orjson.dumps(self.told(record), default=str).decode()


class TextLines(Lines):
    def format(self, record: logging.LogRecord) -> str:
        told = self.told(record)
        request_id = f"  [{told['request_id']}]" if "request_id" in told else ""
        error = f"\n{told['error']}" if "error" in told else ""
        return f"{told['time'][:19]}Z {told['level'].upper():7} {told['message']}{request_id}{error}"
