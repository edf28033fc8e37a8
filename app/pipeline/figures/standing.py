"""How firmly a figure stands: its status, and the words that say so."""

from __future__ import annotations

from app.domain.measure import Status
from app.domain.record import record


@record(frozen=True, slots=True)
class Standing:
    """A status and the words that say so; no words where nothing says otherwise than that it is a fact.

    `happens` tells that the words are a future of what comes about by itself ("вырастет"), which nobody plans. A fact is
    `open` where no verb of the past says so, and `bare` where there is none but one that measures ("составляет"). A target is
    `set` by a word of setting goals ("задача", "довести"), whatever it is set for.
    """

    status: Status
    cue: str | None
    happens: bool = False
    open: bool = False
    bare: bool = False
    set: bool = False


FACT = Standing(Status.ACTUAL, None)
SILENT = Standing(Status.ACTUAL, None, open=True, bare=True)
