"""Which forms of a noun a number governs, as the pack states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.languages.pack import Reading
from app.pipeline.words.phrasebook import Words


@dataclass(frozen=True, slots=True)
class Governed:
    """A case and a number that a noun has to have; None where the language does not ask for one."""

    case: str | None = None
    number: str | None = None

    @classmethod
    def of(cls, table: Mapping[str, str]) -> Governed:
        return cls(table.get("case"), table.get("number"))

    def fits(self, reading: Reading) -> bool:
        return self.case in (None, reading.case) and self.number in (None, reading.number)

    def at(self, words: Words, at: int) -> bool:
        """Whether some reading of the word fits."""
        return any(self.fits(reading) for reading in words.readings(at))
