"""An amount as a value: what every later stage knows of a number in the text."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from app.domain.measure import Comparator, Per
from app.domain.record import record
from app.domain.text import Span

# Units of time, by their UCUM codes.
OF_TIME = frozenset(("a", "mo", "wk", "d", "h", "min", "s"))


class Lead(StrEnum):
    """What the preposition before a number does: "до" 30, "на" 5 %, "в" 2 раза, "с" 28, "к" 64, "за" тысячу, "по" 5."""

    UNTIL = "until"
    BY = "by"
    INTO = "into"
    FROM = "from"
    TOWARD = "toward"
    FOR = "for"
    OTHER = "other"


@record(frozen=True, slots=True)
class Quantity:
    """An amount: the tokens `first`..`last` run from the hedge to the unit or counted noun.

    `kind` is money, percent, points, factor, physical, count, or bare (no unit of its own: "выйти на 10 млрд").
    `counted` is the dictionary form of the counted noun, `sign` -1 or 1 for a written sign, `lead` what the
    preposition before the number does ("на 5 %" is a change, "в 2 раза" a factor), `carried` tells that the unit is
    a neighbour's, `departs` that a change starts from it ("с 53 до 70");
    `magnitude` and `size` are the factors that the magnitude word and the unit contributed to the value.
    """

    span: Span
    as_written: str
    first: int
    last: int
    number: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    kind: str
    comparator: Comparator = Comparator.EQ
    counted: str | None = None
    per: Per | None = None
    lead: Lead | None = None
    sign: int = 0
    magnitude: Decimal = Decimal(1)
    size: Decimal = Decimal(1)
    carried: bool = False
    departs: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a magnitude word is part of the number."""
        return self.magnitude > 1
