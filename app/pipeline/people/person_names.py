"""Names of people in a language that writes every name with a capital letter and changes none by case."""

from __future__ import annotations

from collections.abc import Set

from app.catalog import Catalog
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.names import Name
from app.pipeline.people.phrases import Form
from app.pipeline.places.countries import Places
from app.pipeline.words.segment import Layout

_ROMAN = frozenset("IVXLC")
_PARTS = 3  # words of a name behind the words of an office
_LONGEST = 7  # tokens of one name


class PersonNames:
    """Reads names in one layout."""

    def __init__(self, layout: Layout, places: Places, pack: Pack, catalog: Catalog) -> None:
        self._tokens, self._pack, self._catalog = layout.tokens, pack, catalog
        self._opens = {s.first for s in layout.sentences}
        self._placed = {n for m in places.countries for n in range(m.first, m.last)}
        self._placed |= {n for m in places.blocs for n in range(m.first, m.last)}
        table = pack["names"]
        self._particles = frozenset(table.get("particles", ()))
        self._titles = frozenset((*table.get("titles", ()), *table.get("feminine_titles", ())))
        self._feminine = frozenset(table.get("feminine_titles", ()))
        self._suffixes = frozenset(table.get("suffixes", ()))
        self._endings = tuple(table.get("surname_endings", ()))
        self._hers = tuple(table.get("feminine_endings", ()))
        self._never = frozenset(pack["offices"].get("places", {}).get("words", ()))
        self._also = frozenset(pack["offices"].get("places", {}).get("also_surnames", ()))

    def ending(self, body: int, last: int, offices: Set[int]) -> Name | None:
        """The name with which a phrase ends, whatever office or trade (their tokens are `offices`) stands before it."""
        first = last
        while first > body and last - first < _LONGEST and self._able(first - 1, last) and first - 1 not in offices:
            first -= 1
        while first < last and self._tokens[first].kind == "mark":
            first += 1
        while first < last and self._tokens[first].key in self._particles and not self._tokens[first].capital:
            first += 1
        if first == last:
            return None
        titled = first > body and (first - 1 in offices or (first - 2 in offices and self._tokens[first - 1].text == "."))
        return self.made(first, last) if self._sure(first, last, titled) else None

    def behind_words(self, body: int, last: int) -> int:
        """Where in a run of capitals the words end and a name begins: "Trade | Arman Sagatov"; `last` where none does."""
        tokens = self._tokens
        for first in range(body + 1, last):
            plain = tokens[first - 1].kind == "word" and self._ordinary(tokens[first - 1].text)
            rest = [t for t in tokens[first:last] if t.kind == "word"]
            named = all(t.capital and not self._ordinary(t.text) and not t.upper for t in rest)
            if plain and named and 2 <= len(rest) <= _PARTS and first not in self._placed:
                return first
        return last

    def starting(self, at: int, end: int) -> Name | None:
        """The name that begins at a token."""
        last = at
        while last < min(end, at + _LONGEST) and (self._able(last, end) or self._is_point(last)):
            last += 1
        return self.made(at, last) if last > at and self._sure(at, last, True) else None

    def made(self, first: int, last: int) -> Name:
        span_first = first
        words = [t for t in self._tokens[first:last] if t.kind == "word"]
        titles = [t for t in words if t.key in self._titles]
        said = tuple(t.text for t in words if t.key not in self._titles)
        bare = tuple(word for word in said if key(word) not in self._suffixes) or tuple(t.text for t in words)
        if len(bare) == 1 and len(said) == 2 and set(said[1]) <= _ROMAN:
            bare = said  # "Charles III"
        given = bare[: len(bare) > 1]  # a name alone is rather a surname: "Clinton"
        genders = {r.gender for word in given for r in self._pack.morphology.name_readings(word) if r.gender}
        if not genders and self._hers and key(bare[-1]).endswith(self._hers):
            genders = {"fem"}
        if titles:
            genders = {"fem"} if titles[0].key in self._feminine else genders or ({"masc"} if len(titles[0].text) == 2 else set())
            span_first = next(
                n for n in range(first, last) if self._tokens[n].kind == "word" and self._tokens[n].key not in self._titles
            )
        forms = frozenset({Form(None, "sing", next(iter(genders)) if len(genders) == 1 else None)})
        span = Span(self._tokens[span_first].start, self._tokens[last - 1].end)
        return Name(span, first, last, bare, forms, bool(self._catalog.people.named(" ".join(bare))), frozenset({None}))

    # ------------------------------------------------------------ words

    def _able(self, at: int, last: int) -> bool:
        """Whether a token may be part of a name: a capital that names nothing else, an initial, a particle, a title."""
        token = self._tokens[at]
        if self._is_point(at):
            return at + 1 < last
        if token.kind != "word":
            return False
        if not token.capital:
            behind = self._tokens[at + 1] if at + 1 < last else None  # "von der Leyen"
            return token.key in self._particles and behind is not None and (behind.capital or behind.key in self._particles)
        if token.key in self._titles or token.key in self._suffixes or (len(token.text) == 1 and token.key != "i"):
            return True
        before = self._tokens[at - 1] if at else None
        given = before is not None and before.capital and self.is_given(before.text)  # "Jerry Bern" is no place
        if (token.key in self._never and not (given and token.key in self._also)) or (token.upper and len(token.text) > 2):
            return False
        return at not in self._placed or self.is_given(token.text) or given

    def _is_point(self, at: int) -> bool:
        """The full stop of an initial or a title."""
        if at <= 0 or self._tokens[at].text != ".":
            return False
        before = self._tokens[at - 1]
        short = len(before.text) == 1 or before.key in self._titles or before.key in self._suffixes
        return before.kind == "word" and short and before.end == self._tokens[at].start

    def is_given(self, word: str) -> bool:
        return any(r.name == "given" for r in self._pack.morphology.name_readings(word))

    def _sure(self, first: int, last: int, titled: bool) -> bool:
        words = [t for t in self._tokens[first:last] if t.kind == "word"]
        if any(t.key in self._titles for t in words):
            return len(words) > 1
        full = " ".join(t.text for t in words)
        opens = first in self._opens
        if self._catalog.people.named(full):
            return not (opens and len(words) == 1 and self._ordinary(words[0].text))
        if len(words) == 1:
            return titled and not self._ordinary(words[0].text)
        if self.is_given(words[0].text) and (not opens or len(words) > 1):
            return not all(self._ordinary(t.text) for t in words) or not opens
        if titled:
            return True
        if self._catalog.organizations.find(full) or self._catalog.outlets.find(full):
            return False
        unknown = [t for t in words if not self._ordinary(t.text)]
        return 2 <= len(words) <= 4 and len(unknown) == len(words)

    def _ordinary(self, word: str) -> bool:
        """Whether the word is a common one of the language."""
        first = self._pack.morphology.readings(word)[0]
        return first.known and first.name is None and not key(word).endswith(self._endings or ("\0",))
