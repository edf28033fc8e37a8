"""Words in dictionary form: those of a text that is stored, and those of a search, by the same rules.

A text is read by the pack of its language; a search may be in any, so it is read by every pack. Where there is no pack,
words are only folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice, repeat
from operator import itemgetter

from app.domain.search import MOST_PARTS, Part, Phrase, Sought, parse
from app.domain.text import Span
from app.errors import InvalidParameter
from app.languages.folding import key
from app.languages.registry import pack, readable
from app.pipeline.page.markup import read_visible

RULES = 1
"""Raised whenever the same text would give other words: then stores make their index anew."""
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_PLAIN = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0430-\u052f]+")
"""Letters that both engines take for letters, and in lower case; words with any other are spelt out."""
_GAP = "xgapx"
_MOST_WORDS = 15_000
"""PostgreSQL keeps no places past 16,383."""
_MOST_LEMMAS = 4
_SHORTEST_BEGINNING = 2


def fingerprint() -> str:
    """Of what makes the words: an index with another one is made anew."""
    return f"{RULES}:{','.join(sorted(readable()))}"


def lemmas_of(text: str, language: str | None) -> str:
    """The words of a text as they are indexed: its likeliest dictionary forms in their order, so that phrases are found.

    Behind them stand the other forms that a word may have ("стали" is of steel or of becoming), parted so that no
    phrase runs through them.
    """
    forms = list(map(_forms, _WORD.findall(text)[:_MOST_WORDS], repeat(language)))
    others = dict.fromkeys(other for several in forms if len(several) > 1 for other in several[1:])
    return " ".join(chain(map(itemgetter(0), forms), (part for other in others for part in (_GAP, other))))


def likeliest_words(lemmas: str) -> list[str]:
    """The words of a text as they were indexed, each in its likeliest dictionary form, spelt as they are."""
    return [_unspelt(word) for word in lemmas.partition(_GAP)[0].split()]


def words_of_article(title: str | None, text: str, language: str | None) -> str:
    """Of markup, what a reader sees."""
    return lemmas_of(f"{title or ''}\n{read_visible(text).text}", language)


def sought(q: str) -> Sought:
    """What a search asks for; InvalidParameter where it asks for nothing."""
    parts = list(islice(parse(q), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS:
        raise InvalidParameter(f"A search has at most {MOST_PARTS} words and phrases.", pointer="/query/q")
    wanted = [clause for part in parts if not part.unwanted and (clause := _clause(part))]
    if not wanted:
        raise InvalidParameter("A search needs a word that is to be found.", pointer="/query/q")
    return Sought(tuple(wanted), tuple(clause for part in parts if part.unwanted and (clause := _clause(part))))


def highlights(text: str, language: str | None, search: Sought) -> list[Span]:
    """Where in a text the words are that were searched for, in their order; what touches is one."""
    places = [Span(*word.span()) for word in _WORD.finditer(text)]
    forms = [_forms(place.of(text), language) for place in places]
    found: set[int] = set()
    for phrase in (phrase for clause in search.wanted for phrase in clause):
        found.update(_places_of(phrase, forms))
    return [places[n] for n in sorted(found)]


def _clause(part: Part) -> tuple[Phrase, ...]:
    """Any of these answers: the words as each language understands them, and as they are written."""
    words = _WORD.findall(part.words)
    if not words:
        return ()
    if part.open and len(words[-1]) < _SHORTEST_BEGINNING:
        raise InvalidParameter("The beginning of a word has at least two letters.", pointer="/query/q")
    phrases: dict[Phrase, None] = {}
    for language in (*sorted(readable()), None):
        forms = [_forms(word, language) for word in words]
        if len(words) == 1:
            phrases |= dict.fromkeys(Phrase((form,)) for form in forms[0])
        else:
            phrases[Phrase(tuple(first for first, *_ in forms))] = None
        if part.open:
            phrases[Phrase((*(first for first, *_ in forms[:-1]), _spelt(key(words[-1]))), open=True)] = None
    return tuple(phrases)


def _places_of(phrase: Phrase, forms: list[tuple[str, ...]]) -> Iterator[int]:
    *first, last = phrase.lemmas
    for start in range(len(forms) - len(first)):
        end = start + len(first)
        if all(forms[start + n][0] == lemma for n, lemma in enumerate(first)) and _ends(phrase, last, forms[end], bool(first)):
            yield from range(start, end + 1)


def _ends(phrase: Phrase, last: str, forms: tuple[str, ...], in_a_row: bool) -> bool:
    forms = forms[:1] if in_a_row else forms
    return any(form.startswith(last) for form in forms) if phrase.open else last in forms


@lru_cache(maxsize=300_000)
def _forms(word: str, language: str | None) -> tuple[str, ...]:
    """The likeliest dictionary form first, then the others that are known."""
    if language not in readable():
        return (_spelt(key(word)),)
    likeliest, *others = pack(language).morphology.readings(word)
    lemmas = [likeliest.lemma, *(reading.lemma for reading in others if reading.known)]
    return tuple(dict.fromkeys(_spelt(key(lemma)) for lemma in lemmas[: 3 * _MOST_LEMMAS]))[:_MOST_LEMMAS]


def _spelt(word: str) -> str:
    """One run of letters and digits, which either engine takes as one word and leaves as it is."""
    word = "".join(_WORD.findall(word))
    return word if _PLAIN.fullmatch(word) else "x" + word.encode().hex()


@lru_cache(maxsize=50_000)
def _unspelt(word: str) -> str:
    """What `_spelt` was given; a word that begins with an x of its own is no spelling of another."""
    try:
        return bytes.fromhex(word[1:]).decode() if word[0] == "x" else word
    except ValueError:
        return word
