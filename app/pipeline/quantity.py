"""An amount as a value: what every later stage knows of a number in the text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.domain.measure import Comparator, Per
from app.domain.text import Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: the tokens `first`..`last` run from the hedge to the unit or counted noun.

    `kind` is money, percent, points, factor, physical, count, or bare (no unit of its own: "выйти на 10 млрд").
    `counted` is the dictionary form of the counted noun, `sign` -1 or 1 for a written sign, `preposition` the word
    that leads in the number ("на 5 %" is a change, "в 2 раза" a factor), `carried` tells that the unit is a neighbour's;
    `departs` that a change starts from it ("с 53 до 70");
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
    preposition: str | None = None
    sign: int = 0
    magnitude: Decimal = Decimal(1)
    size: Decimal = Decimal(1)
    carried: bool = False
    departs: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a magnitude word is part of the number."""
        return self.magnitude > 1
