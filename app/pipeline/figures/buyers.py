"""Whose trade a verb tells of: "итальянцы купили" is somebody else's export."""

from __future__ import annotations

from app.domain.record import replace
from app.pipeline.figures.cue_words import Reading, Vocabulary
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Words

_SWAPPED = {"imports": "exports", "exports": "imports"}


def mirrored(
    reading: Reading, mentions: tuple[CountryMention, ...], home: str | None, words: Words, known: Vocabulary
) -> Reading:
    """ "Итальянцы купили" in an article on Kazakhstan's trade is Kazakhstan's export."""
    swapped = _SWAPPED.get(reading.metric)
    if swapped is None or home is None or words.forms[reading.at].isdisjoint(known.mirrored):
        return reading
    subjects = [m for m in mentions if m.form in ("name", "people") and 0 <= reading.at - m.last <= 2]
    return replace(reading, metric=swapped) if subjects and subjects[-1].code != home else reading
