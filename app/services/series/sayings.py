"""A figure as somebody gave it: the amounts that its words leave room for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.measure import Comparator
from app.services.documents import Document

_ABOUT = Decimal("0.05")
"""How far "about" reaches, as a share of the amount."""
_BEYOND = Decimal("0.1")
"""How far "more than" and "less than" reach: who says "more than 30" does not mean 45."""
_DIGITS = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Saying:
    """One figure of one article, and the least and the greatest amount that it can mean."""

    document: Document
    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, document: Document) -> Saying:
        value = Decimal(document["value"])
        upper = Decimal(document["value_max"]) if document["value_max"] is not None else value
        half = _grain(document["as_written"], value) / 2
        below, above = _room(Comparator(document["comparator"]), abs(value), half)
        return cls(document, value, value - below, upper + above)

    @property
    def stated_on(self) -> date:
        """The earliest of days where it is not known."""
        stated: str | None = self.document["stated_on"]
        return date.fromisoformat(stated) if stated else date.min

    @property
    def voice(self) -> str | None:
        """Whose figure it is: the speaker's, else the outlet's."""
        speaker, article = self.document["speaker"], self.document["article"]
        voice: str | None = speaker["id"] if speaker else article["publisher"]
        return voice

    @property
    def order(self) -> tuple[date, str]:
        return self.stated_on, self.document["id"]

    def meets(self, other: Saying) -> bool:
        return self.low <= other.high and other.low <= self.high


def _room(comparator: Comparator, size: Decimal, half: Decimal) -> tuple[Decimal, Decimal]:
    """How far the amount may lie below and above the one that was named."""
    match comparator:
        case Comparator.EQ:
            return half, half
        case Comparator.APPROX:
            return max(half, size * _ABOUT), max(half, size * _ABOUT)
        case Comparator.GT | Comparator.GE:
            return Decimal(0), max(half, size * _BEYOND)
        case Comparator.LT | Comparator.LE:
            return max(half, size * _BEYOND), Decimal(0)


def _grain(as_written: str, value: Decimal) -> Decimal:
    """The unit of the last digit that was said: of "18,3 млрд" a tenth of a milliard, of "30 млрд" a milliard.

    Of an amount in words, or one that was rounded when it was read ("на треть"), two digits count as said.
    """
    said = "".join(_DIGITS.findall(as_written)).lstrip("0")
    if said and value:
        grain = abs(value) / int(said)
        if grain.normalize().as_tuple().digits == (1,):
            return grain
    return Decimal(1).scaleb(value.adjusted() - 1) if value else Decimal(1)
