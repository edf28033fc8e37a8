"""One word of a name: how it is written, whether the catalogue knows it, and what is left of it in all its cases."""

from __future__ import annotations

from functools import lru_cache

from app.catalog import Catalog
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.phrases import Form
from app.pipeline.words.segment import Token

SHOUTED = 4  # letters of a surname in capitals; what is shorter is an abbreviation


def written(token: Token) -> str:
    """A word of a name with one capital: СМАЙЛОВ is Смайлов."""
    return token.text.capitalize() if token.upper and len(token.text) >= SHOUTED and token.text.isalpha() else token.text


def prefixed(token: Token, particles: frozenset[str]) -> bool:
    """ "аль-Мазруи": a surname behind a particle that is written small."""
    particle, hyphen, name = token.text.partition("-")
    return bool(hyphen) and name[:1].isupper() and particle in particles


@lru_cache(maxsize=20_000)
def in_catalog(word: str, pack: Pack, catalog: Catalog) -> bool:
    """Whether the word, in whatever case it may stand, is the name of somebody known."""
    if catalog.people.named(word):
        return True
    for reading in pack.morphology.name_readings(word):
        if reading.case not in (None, "nom"):
            nominative = pack.morphology.name_in_nominative((word,), reading.case, reading.gender == "fem")
            if catalog.people.named(nominative[0]):
                return True
    return False


def meet(one: frozenset[Form], other: frozenset[Form]) -> frozenset[Form]:
    """The forms that both words of a name can have; where nothing fits both, either may decide."""
    both = frozenset(Form(f.case or g.case, "sing", f.gender or g.gender) for f in one for g in other if f.agrees(g))
    return both or one | other


@lru_cache(maxsize=20_000)
def stem(word: str, pack: Pack) -> str:
    """What is left of a name in all its cases: the longest case ending taken off."""
    folded = key(word)
    if pack["names"].get("declined") == "last":
        return pack.morphology.name_readings(word)[0].lemma
    for ending in pack["names"].get("case_endings", ()):
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            return folded[: -len(ending)]
    return folded
