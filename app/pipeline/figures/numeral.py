"""A number as read, with what it was made of."""

from __future__ import annotations

from decimal import Decimal

from app.domain.record import record

ONE = Decimal(1)


@record(frozen=True, slots=True)
class Numeral:
    """A number in the tokens `first`..`last`.

    `scale` is the magnitude word that it ends in (1 without one). `bare` is a magnitude alone whose form may be a
    plural ("тысячи фирм"): no number unless a hedge governs it ("больше тысячи фирм"). `more` is "с лишним",
    `adjective` a number that qualifies a noun instead of counting it ("двухмиллиардный кредит").
    """

    first: int
    last: int
    value: Decimal
    value_max: Decimal | None = None
    scale: Decimal = ONE
    bare: bool = False
    more: bool = False
    digits: bool = False
    adjective: bool = False
