"""How firmly a figure stands: its status, and the words that say so."""

from __future__ import annotations

from app.domain.measure import Status
from app.domain.record import record
from app.languages.pack import Reading
from app.pipeline.words.phrasebook import Words


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
    goes_on: bool = False  # from the figure before: "довести до 30 млрд к 2027 году, а к 2030 году – до 35 млрд"


FACT = Standing(Status.ACTUAL, None)
SILENT = Standing(Status.ACTUAL, None, open=True, bare=True)


def mood(words: Words, at: int) -> Reading:
    """The likeliest reading of a verb: "достигнут" before its number is a future, "застыла" a verb and no adjective."""
    readings = words.readings(at)
    if readings[0].tense is None:
        return next((r for r in readings if r.tense and r.verb == "fin"), readings[0])
    future = next((r for r in readings if r.tense == "fut" and r.verb == "fin"), None)
    return future if future is not None and readings[0].tense == "past" else readings[0]
