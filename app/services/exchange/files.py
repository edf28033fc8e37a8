"""Exchange rates from CSV: one rate a line (`date,base,quote,rate,source`), or a day a line as the ECB publishes them.

The ECB's table (`eurofxref-hist.csv`) opens with `Date,USD,JPY,…`: what a euro was worth in each, `N/A` where nothing was told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from app.domain.exchange import Rate
from app.errors import Fault, InvalidParameter

COLUMNS = ("date", "base", "quote", "rate", "source")
MOST_FAULTS = 20
"""So many wrong lines are told one by one; the rest is counted."""
ECB, EURO = "ECB", "EUR"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATE = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
_NOTHING = ("", "N/A")
_LONGEST_SOURCE = 200
Cells = list[str]


def read_rates(lines: Iterable[str], currencies: Collection[str], source: str | None = None) -> list[Rate]:
    """All rates of a file; `source` names whoever tells them where the lines do not.

    InvalidParameter with one fault a wrong line; then nothing is read.
    """
    rows = _rows(lines)
    _, head = next(rows, (1, []))
    return _Reading(head, currencies, source).through(rows)


class _Reading:
    """One file on its way: what its columns mean, which rates it told so far, and what was wrong."""

    def __init__(self, head: Cells, currencies: Collection[str], source: str | None) -> None:
        self._currencies, self._source = currencies, source
        self._head = [cell.lower() for cell in head]
        self._wide = len(head) > 1 and self._head[0] == "date" and "base" not in self._head
        self._told: dict[tuple[date, str, str], tuple[Rate, int]] = {}
        self._faults: list[Fault] = []
        self._more = 0
        self._refuse_unknown_columns(head)

    def through(self, rows: Iterable[tuple[int, Cells]]) -> list[Rate]:
        for number, cells in rows:
            try:
                for rate in self._rates(cells):
                    self._add(rate, number)
            except ValueError as error:
                self._fault(number, str(error))
        if self._faults:
            told = [f"line {fault['pointer'].removeprefix('/line/')}: {fault['detail']}" for fault in self._faults]
            more = [f"and {self._more} more lines"] if self._more else []
            raise InvalidParameter("\n".join([*told, *more]), errors=self._faults)
        return [rate for rate, _ in self._told.values()]

    def _refuse_unknown_columns(self, head: Cells) -> None:
        if self._wide:
            self._head = ["date", *(cell.upper() for cell in head[1:])]
            wrong, needed = {*self._head[1:]} - {*self._currencies}, "Date and currencies of ISO 4217"
        else:
            told = {*self._head} | ({"source"} if self._source else set())
            wrong, needed = told ^ {*COLUMNS}, ",".join(COLUMNS)
        if wrong or len({*self._head}) < len(self._head):
            named = ", ".join(sorted(wrong)) or "one named twice"
            raise InvalidParameter(f"the first line names the columns, {needed}; unknown or missing: {named}")

    def _rates(self, cells: Cells) -> Iterator[Rate]:
        if len(cells) != len(self._head):
            raise ValueError(f"{len(cells)} cells for {len(self._head)} columns")
        told = dict(zip(self._head, cells, strict=True))
        if not self._wide:
            source = told.get("source") or self._source or ""
            yield self._rate(_day(told["date"]), told["base"].upper(), told["quote"].upper(), told["rate"], source)
            return
        day = _day(cells[0])
        for quote, cell in zip(self._head[1:], cells[1:], strict=True):
            if cell.upper() not in _NOTHING:
                yield self._rate(day, EURO, quote, cell, self._source or ECB)

    def _rate(self, day: date, base: str, quote: str, rate: str, source: str) -> Rate:
        for code in (base, quote):
            if code not in self._currencies:
                raise ValueError(f"{code!r} is no currency of ISO 4217")
        if base == quote:
            raise ValueError(f"{base} in itself is always 1")
        if not _RATE.fullmatch(rate) or not Decimal(rate):
            raise ValueError(f"{rate!r} is not a positive decimal number such as 530.25")
        if not source or not source.isprintable() or len(source) > _LONGEST_SOURCE:
            raise ValueError("a rate needs a source: a name in one line")
        return Rate(day, base, quote, Decimal(rate), source)

    def _add(self, rate: Rate, number: int) -> None:
        """Said twice alike is said once; said twice otherwise, nobody knows which is meant."""
        key = rate.day, rate.base, rate.quote
        before, line = self._told.setdefault(key, (rate, number))
        if before != rate:
            raise ValueError(f"{rate.base} in {rate.quote} of {rate.day} stands in line {line} otherwise")

    def _fault(self, number: int, told: str) -> None:
        if len(self._faults) < MOST_FAULTS:
            self._faults.append({"pointer": f"/line/{number}", "detail": told})
        else:
            self._more += 1


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, Cells]]:
    """Lines with something on them, and their numbers; the comma that ends the ECB's is no cell."""
    reader = csv.reader(line.removeprefix("\ufeff") for line in lines)
    ends_open = None
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidParameter(f"line {reader.line_num}: {error}") from None
        if not any(cells):
            continue
        if ends_open is None:
            ends_open = cells[-1] == ""
        yield reader.line_num, cells[:-1] if ends_open and cells[-1] == "" else cells


def _day(cell: str) -> date:
    if _DAY.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    raise ValueError(f"{cell!r} is not a date such as 2025-12-31")
