"""The words, numbers and marks of a text, and where a language parts them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, TypeAlias

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
# The same without names for its parts: all matches at once cost a fifth of asking each for its place and kind. Only white
# space stands between two of them, so that each begins where its text is next found.
_WRITTEN = re.compile(re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern))
_Known: TypeAlias = tuple[str, str, bool, bool]  # what a token has besides its place and text
_made = tuple.__new__  # what `Token(…)` does, without a call in between for every word of a text
_KEPT = 100_000  # words remembered for each language


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
    """The words, numbers and marks of a stretch, as its language parts them."""
    tokens: list[Token] = []
    filled = text.find(FILLER, start, end) >= 0
    whole, last = parting.whole, start
    for written in _WRITTEN.findall(text, start, end):
        first = text.index(written, last)
        last = first + len(written)
        known = whole.get(written)
        if known is not None:
            tokens.append(_made(Token, (first, last, written, *known)))
            continue
        found = _TOKEN.match(written)
        kind = (found and found.lastgroup) or "mark"
        if filled:
            written = written.replace(FILLER, "") or written
        token = Token.of(first, last, written, key(written) if kind == "word" else written, kind)
        hyphened = kind == "word" and parting.numbers and "-" in written
        parts = _parted(token, parting.clitics) if kind == "word" and parting.clitics else (token,)
        if hyphened and _measures(token, tokens, parting):
            tokens.extend(_cut(token))
        else:
            tokens.extend(parts)
            if not hyphened and len(parts) == 1 and len(written) == last - first:
                _remember(token, whole)
    return tokens


def _remember(token: Token, whole: dict[str, _Known]) -> None:
    """Most words are met again, and whatever stands beside them they stay one token with the same key."""
    if len(whole) > _KEPT:
        whole.clear()
    whole[token.text] = (token.key, token.kind, token.capital, token.upper)


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
    whole: dict[str, _Known] = field(default_factory=dict, compare=False)  # words and marks that nothing parts


@cache
def parting_of(pack: Pack) -> Parting:
    table = pack["segment"].get("tokens", {})
    numerals = pack["numerals"]
    numbers = (*numerals.get("words", {}), *numerals.get("magnitudes", {}), *table.get("part_at_hyphens", ()))
    parted = numbers if table.get("numbers_part_at_hyphens") else ()
    return Parting(tuple(table.get("clitics", ())), frozenset(parted))
