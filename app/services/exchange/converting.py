"""Figures with what they are worth in another currency, by a dated rate; the figure itself always stays as it was said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.measure import Status, plain
from app.services.documents import Document
from app.services.exchange.keeping import rate_document
from app.services.exchange.ways import Legs, first_open, oldest, ways
from app.storage import exchange

MOST_DAYS = timedelta(days=10)
"""How old a rate may be: over the new year, central banks tell none for so long."""
_DECIMALS, _DIGITS, _RATE_DIGITS = 2, 6, 10


class NotConverted(StrEnum):
    """Why there is no converted amount."""

    NOT_MONEY = "not_money"
    """It is counted in something else than a currency."""
    NO_DATE = "no_date"
    """Nobody knows of which day the rate would have to be."""
    NO_RATE = "no_rate"
    """No rate is known of that day or the ten before it, neither between the two currencies nor through a third."""


def convert(session: Session, figures: Iterable[Document], to: str | None) -> None:
    """Gives each figure `converted` and `not_converted`, one of them null. Two questions for all of them; without `to`, none."""
    if to is None:
        return
    figures, money = list(figures), load_catalog().currencies
    wanted = {
        (figure["unit"], day)
        for figure in figures
        if figure["unit"] in money and figure["unit"] != to and (day := day_of(figure))
    }
    found = _found(session, wanted, to)
    for figure in figures:
        figure.update(_told(figure, to, found, figure["unit"] in money))


def day_of(figure: Document) -> date | None:
    """Of which day the rate is: of what was, the last day of its period, as far as it had passed when it was told;

    of what is to be (or of no period), the day on which it was told: what somebody wanted was worth that much then.
    """
    period, stated = figure["period"], _date(figure["stated_on"])
    end = _date(period["end"]) if period and figure["status"] == Status.ACTUAL else None
    return min(end, stated) if end and stated else end or stated


def rounded(amount: Fraction, decimals: int = _DECIMALS, digits: int = _DIGITS) -> Decimal:
    """Half up, to so many decimals, or to so many digits where these are more."""
    size, places = abs(amount), decimals
    if size:
        places = max(decimals, digits - _magnitude(size))
    units = int(size * 10**places + Fraction(1, 2))
    return Decimal((int(amount < 0), tuple(map(int, str(units))), -places))


def _found(session: Session, wanted: set[tuple[str, date]], to: str) -> dict[tuple[str, date], Legs]:
    if not wanted:
        return {}
    known = exchange.pairs(session)
    open_to = {unit: ways(known, unit, to) for unit in {unit for unit, _ in wanted}}
    asked = {(step.told, day) for unit, day in wanted for way in open_to[unit] for step in way}
    rates = exchange.latest(session, asked, MOST_DAYS)
    found = {(unit, day): first_open(open_to[unit], rates, day) for unit, day in wanted}
    return {key: legs for key, legs in found.items() if legs}


def _told(figure: Document, to: str, found: dict[tuple[str, date], Legs], money: bool) -> Document:
    day = day_of(figure)
    if figure["unit"] == to:
        return {"converted": _document(figure, to, None, ()), "not_converted": None}
    if not money:
        return _without(NotConverted.NOT_MONEY)
    if day is None:
        return _without(NotConverted.NO_DATE)
    legs = found.get((figure["unit"], day))
    return {"converted": _document(figure, to, day, legs), "not_converted": None} if legs else _without(NotConverted.NO_RATE)


def _without(reason: NotConverted) -> Document:
    return {"converted": None, "not_converted": reason.value}


def _document(figure: Document, to: str, day: date | None, legs: Legs) -> Document:
    """Computed exactly from the rates as they were told, and rounded once at the end. What is in that currency stays as it is."""
    factor = Fraction(1)
    for leg in legs:
        factor *= leg.factor
    exact = len(legs) == 1 and not legs[0].inverse

    def amount(name: str) -> str | None:
        if not legs or figure[name] is None:
            return str(figure[name]) if figure[name] is not None else None
        return plain(rounded(Fraction(figure[name]) * factor))

    return {
        "value": amount("value"),
        "value_max": amount("value_max"),
        "unit": to,
        "as_of": day.isoformat() if day else None,
        "rate": plain(legs[0].rate.rate if exact else rounded(factor, 0, _RATE_DIGITS)),
        "rate_date": oldest(legs).isoformat() if legs else None,
        "source": ", ".join(dict.fromkeys(leg.rate.source for leg in legs)) or None,
        "legs": [rate_document(leg.rate) | {"inverse": leg.inverse} for leg in legs],
    }


def _magnitude(size: Fraction) -> int:
    """How many digits stand before the point: of 530 three, of 0.5 none, of 0.05 one less."""
    if size >= 1:
        return len(str(int(size)))
    upside_down = 1 / size
    digits = len(str(int(upside_down)))
    return 2 - digits if upside_down == 10 ** (digits - 1) else 1 - digits


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
