"""What stands around a figure while its measure is being read."""

from __future__ import annotations

from app.domain.record import record
from app.pipeline.figures.cue_words import Cue, Ground, Vocabulary
from app.pipeline.figures.quantity import Quantity
from app.pipeline.words.segment import Sentence


@record(frozen=True, slots=True)
class Measured:
    """A figure of which the metric is known, as later figures look back on it."""

    quantity: Quantity
    metric: str


@record(frozen=True, slots=True)
class Surroundings:
    """What stands around a figure: its sentence, the words of measure in it, the figures before it there and earlier.

    `listed` tells that it stands beside one of several countries.
    """

    ground: Ground
    sentence: Sentence
    cues: tuple[Cue, ...]
    back: tuple[Cue, ...]
    before: tuple[Measured, ...]
    earlier: tuple[Measured, ...]
    known: Vocabulary
    listed: bool = False

    def measured_last(self) -> Measured | None:
        """The figure right before this one, in the sentence or earlier."""
        return next(iter((self.before or self.earlier)[-1:]), None)
