"""The words, numbers and marks of a text, and where a language parts them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from app.domain.record import field, record
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.page.spelling import FILLER

# Runs of one script each, so that scraper glue ("передаетTengrinews.kzсо") comes apart; numbers keep their inner
# points and commas. Combining marks belong to their letter: a decomposed й is one letter of a word.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[\u0400-\u052f\u0300-\u036f]+(?:[-‑’'][\u0400-\u052f\u0300-\u036f]+)*"
    r"|[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f]+(?:[-‑’'.&][A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f]+)*"
    r"|[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)"
)
_made = tuple.__new__  # what `Token(…)` does, without a call in between for every word of a text
_KEPT, _LONGEST = 50_000, 40  # words, with the marks glued to them, that are remembered for each language, and how long


class Token(NamedTuple):
    """A word, a number or a mark; `key` is its dictionary form (lower case, ё as е).

    `upper` is a word all in capitals and of more than one letter: an abbreviation, or a shouted headline.
    """

    start: int
    end: int
    text: str
    key: str
    kind: str
    capital: bool
    upper: bool

    @classmethod
    def of(cls, start: int, end: int, text: str, key: str, kind: str) -> Token:
        capital = kind == "word" and text[:1].isupper()
        return cls(start, end, text, key, kind, capital, capital and len(text) > 1 and text.isupper())


def cut_tokens(text: str, start: int, end: int, parting: Parting) -> list[Token]:
    """The words, numbers and marks of a stretch, as its language parts them.

    No token holds a blank, and none depends on what stands beyond one: what stands between two blanks is cut once and remembered.
    """
    tokens: list[Token] = []
    add, whole, last = tokens.append, parting.whole, start
    for written in text[start:end].split():
        first = text.index(written, last)  # only blanks stand in between
        last = first + len(written)
        for a, b, shown, key_, kind, capital, upper in whole.get(written) or _remembered(written, parting):
            add(_made(Token, (first + a, first + b, shown, key_, kind, capital, upper)))
    return tokens


def _remembered(written: str, parting: Parting) -> tuple[Token, ...]:
    parts = tuple(_parts(written, parting))
    if len(written) <= _LONGEST:
        if len(parting.whole) > _KEPT:
            parting.whole.clear()
        parting.whole[written] = parts
    return parts


def _parts(written: str, parting: Parting) -> list[Token]:
    """The tokens of what stands between two blanks."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(written):
        kind, shown = found.lastgroup or "mark", found.group().replace(FILLER, "") or found.group()
        token = Token.of(found.start(), found.end(), shown, key(shown) if kind == "word" else shown, kind)
        if kind != "word":
            tokens.append(token)
        elif parting.numbers and "-" in shown and _measures(token, tokens, parting):
            tokens.extend(_cut(token))
        else:
            tokens.extend(_parted(token, parting.clitics) if parting.clitics else (token,))
    return tokens


def _measures(token: Token, before: list[Token], parting: Parting) -> bool:
    """ "twenty-two", "3.6-billion-dollar": a word that spells a number, or goes on one, comes apart at its hyphens."""
    if token.key.partition("-")[0] in parting.numbers:
        return True
    glued = len(before) > 1 and before[-1].text == "-" and before[-1].end == token.start == before[-2].end + 1
    return glued and before[-2].kind == "number"


def _cut(token: Token) -> list[Token]:
    """The parts of a hyphened word and the hyphens between them."""
    parts, at = [], token.start
    for part in re.split(r"(-)", token.text):
        parts.append(Token.of(at, at + len(part), part, key(part), "mark" if part == "-" else "word"))
        at += len(part)
    return parts


def _parted(token: Token, clitics: tuple[str, ...]) -> tuple[Token, ...]:
    """A word and the ending that the language counts as another one: "Kazakhstan's"."""
    if not token.key.endswith(clitics):
        return (token,)
    size = next((len(c) for c in clitics if token.key.endswith(c) and len(token.key) > len(c)), 0)
    if not size:
        return (token,)
    cut = len(token.text) - size
    word, ending = token.text[:cut], token.text[cut:]
    middle = token.start + cut
    return Token.of(token.start, middle, word, key(word), "word"), Token.of(middle, token.end, ending, key(ending), "word")


@record(frozen=True, slots=True)
class Parting:
    """What cuts a written word in two: endings that are words, and number words before a hyphen."""

    clitics: tuple[str, ...]
    numbers: frozenset[str]
    whole: dict[str, tuple[Token, ...]] = field(default_factory=dict, compare=False)  # what stood between two blanks


@cache
def parting_of(pack: Pack) -> Parting:
    table = pack["segment"].get("tokens", {})
    numerals = pack["numerals"]
    numbers = (*numerals.get("words", {}), *numerals.get("magnitudes", {}), *table.get("part_at_hyphens", ()))
    parted = numbers if table.get("numbers_part_at_hyphens") else ()
    return Parting(tuple(table.get("clitics", ())), frozenset(parted))
