"""How digits are written: marks of fractions and of thousands, and which digits belong to a name and are no number."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.pipeline.words.phrasebook import Found, Words

_JOINTS = "-‑–"
_FINEST = 16  # parts of one that are written as a fraction behind whole digits


@dataclass(frozen=True, slots=True)
class Digits:
    """The marks of a language: before a decimal fraction, and between thousands.

    `ordinal` are endings glued to digits that make no cardinal number ("30th"), `labels` the words whose number is a
    name ("Boeing 737"), `signs` the letters that may be glued before an amount ("RM5").
    """

    decimal: str
    grouping: str
    ordinal: frozenset[str]
    labels: frozenset[str]
    signs: frozenset[str]
    capitals: frozenset[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Digits:
        lists = (frozenset(table.get(name, ())) for name in ("ordinal", "labels", "signs", "capitals"))
        return cls(table.get("decimal", ".,"), table.get("grouping", ""), *lists)


def decimal_of(written: str, marks: Digits, scaled: bool = False) -> Decimal | None:
    """Digits with a decimal mark or marks between thousands; None for dates and the like ("27.11.2024").

    A mark that may be either groups before three digits ("1.200 человек") unless a magnitude follows ("1.234 млрд").
    """
    found = [c for c in written if c in ".,"]
    groups = written.replace(",", ".").split(".")
    if not found:
        return Decimal(written)
    grouped = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0"
    if len(found) == 1:
        thousands = grouped and found[0] in marks.grouping and not (scaled and found[0] in marks.decimal)
        return Decimal("".join(groups)) if thousands else Decimal(f"{groups[0]}.{groups[1]}")
    if len(set(found)) == 1:
        return Decimal("".join(groups)) if all(len(group) == 3 for group in groups[1:]) else None
    whole = all(len(group) == 3 for group in groups[1:-1]) and len(set(found[:-1])) == 1 and found[-1] in marks.decimal
    return Decimal(f"{''.join(groups[:-1])}.{groups[-1]}") if whole else None


def continues(words: Words, at: int, written: str, marks: Digits) -> bool:
    """Whether the token is a further group of thousands ("18 400"): three digits after one space."""
    token, before = words.tokens[at], words.tokens[at - 1]
    head = token.text.partition(marks.decimal[0])[0]
    spaced = token.start - before.end == 1 and not written.startswith("0")
    return (
        token.kind == "number"
        and spaced
        and len(head) == 3
        and head.isdecimal()
        and written.isdecimal()
        and (len(written) <= 3 if len(before.text) == len(written) else True)
    )


def fraction_behind(words: Words, at: int, end: int) -> Found[Decimal] | None:
    """The fraction behind whole digits: "5½", "5 1/2", "5-1/2"."""
    tokens = words.tokens
    at += at + 1 < end and hyphened(words, at)
    if at >= end:
        return None
    if len(tokens[at].text) == 1 and unicodedata.category(tokens[at].text) == "No":
        value = Decimal(str(unicodedata.numeric(tokens[at].text)))
        return Found(at, at + 1, round(value, 2)) if value < 1 else None
    parted = at + 2 < end and tokens[at + 1].text == "/" and words.glued(at + 1) and words.glued(at + 2)
    top, bottom = (tokens[at].text, tokens[at + 2].text) if parted else ("", "")
    if not (top.isdecimal() and bottom.isdecimal()) or len(bottom) > 2 or not 0 < int(top) < int(bottom) <= _FINEST:
        return None
    return Found(at, at + 3, round(Decimal(int(top)) / Decimal(int(bottom)), 4))


def hyphened(words: Words, at: int) -> bool:
    """Whether the token is a hyphen with a word or number glued on either side."""
    return words.tokens[at].text in _JOINTS and words.glued(at) and at + 1 < len(words.tokens) and words.glued(at + 1)


def names_something(words: Words, at: int, end: int, marks: Digits) -> bool:
    """A number that belongs to a name or a code: "РИТМ-200", "«Сила Сибири – 2»", "№ 5", "14:25"."""
    tokens = words.tokens
    before = tokens[at - 1] if at else None
    if before is not None and (before.text in "№#@" or _labelled(words, at, marks)):
        return True
    if before is not None and words.glued(at):
        hyphen = before.text in _JOINTS and at > 1 and words.glued(at - 1) and tokens[at - 2].kind == "word"
        apart = before.text == "/" and at > 1 and not words.glued(at - 1)  # slashes for brackets: "Турция /287 млн/"
        if hyphen or (before.kind == "word" and before.key not in marks.signs) or (before.text in "/:_" and not apart):
            return True
    return at + 1 < end and words.glued(at + 1) and _named_behind(words, at, end, marks)


def _labelled(words: Words, at: int, marks: Digits) -> bool:
    """ "Boeing 737", "No. 5": the word before digits makes them a name."""
    before = words.tokens[at - 1]
    if before.text == "." and at > 1 and words.glued(at - 1):
        return words.tokens[at - 2].key + "." in marks.labels
    return before.key in marks.labels and not words.glued(at)


def _named_behind(words: Words, at: int, end: int, marks: Digits) -> bool:
    """What is glued behind digits and makes them no number: "14:25", "Союз-5»", "5G", "30th"."""
    tokens, after = words.tokens, words.tokens[at + 1]
    before = tokens[at - 1] if at else None
    if after.text in ":/" and at + 2 < end and words.glued(at + 2) and tokens[at + 2].kind == "number":
        return True
    if after.text in '»”"' and before is not None and ((before.kind == "word" and before.capital) or before.text in "-–—"):
        return True
    if after.kind != "word":
        return False
    return after.key in marks.ordinal or (len(after.text) == 1 and after.text.isupper() and after.key not in marks.capitals)
