"""Which countries and blocs the text names, and in what way."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from app.domain.place import by_span
from app.domain.record import field, record
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.places.own import find_own
from app.pipeline.places.same import find_same
from app.pipeline.words.lexicon import Hit, Lexicon, lemmas
from app.pipeline.words.segment import Layout

_DASHES = "-–—"
_FORMS = ("name", "adjective", "people", "place")


@record(frozen=True, slots=True)
class CountryMention:
    """A country named in the tokens `first`..`last`: by name, adjective, people, a capital or residence
    ("place"), a city as a stop of a "route", as the narrator's "own", or as the "same" as the one named last."""

    span: Span
    code: str
    form: str
    first: int
    last: int


@record(frozen=True, slots=True)
class BlocMention:
    span: Span
    code: str
    first: int
    last: int


@record(frozen=True, slots=True)
class Places:
    """All that the text names, in its order."""

    countries: tuple[CountryMention, ...]
    blocs: tuple[BlocMention, ...]
    # Where the mentions begin, in characters and in tokens: every fact asks what is named beside it.
    _starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    _firsts: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple([m.span.start for m in self.countries]))
        object.__setattr__(self, "_firsts", tuple([m.first for m in self.countries]))

    def within(self, span: Span) -> tuple[CountryMention, ...]:
        """The countries named in a stretch; stops of a route are not."""
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return tuple([m for m in self.countries[low:high] if m.form != "route"])

    def countries_between(self, first: int, last: int) -> tuple[CountryMention, ...]:
        """The countries named in the tokens `first`..`last`."""
        return self.countries[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]


def find_places(layout: Layout, pack: Pack) -> Places:
    """Every country and bloc named, longest name first; "российско-казахстанский" names two."""
    lexicon, halves, spoilers = _lexicon(pack), _halves(pack), _spoilers(pack)
    countries: list[CountryMention] = []
    blocs: list[BlocMention] = []
    for hit in lexicon.find(layout.tokens):
        first, last = layout.tokens[hit.first], layout.tokens[hit.last - 1]
        span, (kind, code) = Span(first.start, last.end), hit.value
        if kind == "bloc":
            blocs.append(BlocMention(span, code, hit.first, hit.last))
        elif not (kind == "name" and spoilers.get(code, frozenset()) & _before(layout, hit.first, pack)) and not _names_thing(
            layout, hit, kind, pack
        ):
            form = "route" if kind == "place" and _on_route(layout, hit) else kind
            countries.append(CountryMention(span, code, form, hit.first, hit.last))
    taken = {m.first for m in countries}
    for at in [n for n, token in enumerate(layout.tokens) if "-" in token.key]:
        token = layout.tokens[at]
        if token.kind == "word" and at not in taken:
            offset = token.start
            for part in token.text.split("-"):
                found = _half(part, halves, pack) or _adjective(part, pack)
                if found:
                    countries.append(CountryMention(Span(offset, offset + len(part)), found, "adjective", at, at + 1))
                offset += len(part) + 1
    countries += [
        CountryMention(Span(layout.tokens[at].start, layout.tokens[at].end), code, "own", at, at + 1)
        for at, code in find_own(layout, pack)
    ]
    named = {m.last - 1: m.code for m in countries}
    countries += [
        CountryMention(Span(layout.tokens[first].start, layout.tokens[last - 1].end), code, "same", first, last)
        for first, last, code in find_same(layout, pack, named)
    ]
    countries.sort(key=by_span)
    return Places(tuple(countries), tuple(blocs))


def _on_route(layout: Layout, hit: Hit[tuple[str, str]]) -> bool:
    """ "Баку – Тбилиси – Карс": a city between dashes is a stop, no side of a relation."""
    tokens = layout.tokens
    before = hit.first >= 2 and tokens[hit.first - 1].text in _DASHES and tokens[hit.first - 2].capital
    behind = hit.last + 1 < len(tokens) and tokens[hit.last].text in _DASHES and tokens[hit.last + 1].capital
    return before or behind


def _names_thing(layout: Layout, hit: Hit[tuple[str, str]], kind: str, pack: Pack) -> bool:
    """ "российских рублей", "русский язык", "АҚШ доллары", "U.S. dollars": a currency or a language, no side of a relation."""
    things = _things(pack, "words" if kind == "adjective" else "names") if kind in ("adjective", "name") else frozenset()
    if not things or hit.last + 1 >= len(layout.tokens):
        return False
    following = layout.tokens[hit.last]
    if following.text == "." and following.start == layout.tokens[hit.last - 1].end:
        following = layout.tokens[hit.last + 1]
    if following.kind == "mark":
        return following.text in things and following.start == layout.tokens[hit.last - 1].end  # "US$"
    return following.kind == "word" and not things.isdisjoint(lemmas(following.text, pack.morphology))


def _before(layout: Layout, at: int, pack: Pack) -> frozenset[str]:
    """The dictionary forms of the word before a token, over the point of an abbreviation ("долл. США")."""
    at -= 2 if at > 1 and layout.tokens[at - 1].text == "." and layout.tokens[at - 2].kind == "word" else 1
    return lemmas(layout.tokens[at].text, pack.morphology) if at >= 0 and layout.tokens[at].kind == "word" else frozenset()


@cache
def _lexicon(pack: Pack) -> Lexicon[tuple[str, str]]:
    lexicon: Lexicon[tuple[str, str]] = Lexicon(pack.morphology)
    capitals = pack["countries"].get("spelling", {}).get("capitals", ("name", "place"))
    for code, forms in pack["countries"].get("countries", {}).items():
        for form in _FORMS:
            lexicon.extend(forms.get(form, ()), (form, code), capital=form in capitals)
    for code, names in pack["countries"].get("blocs", {}).items():
        lexicon.extend(names, ("bloc", code), capital=True)
    return lexicon


@cache
def _halves(pack: Pack) -> dict[str, str]:
    """First halves of double adjectives: "российско", "афгано"."""
    table = pack["countries"]
    halves = {word: code for code, words in table.get("combining", {}).items() for word in words}
    ending = table.get("double_adjective", {}).get("ending", "")
    joined = table.get("double_adjective", {}).get("joined", "")
    for code, forms in table.get("countries", {}).items():
        for adjective in forms.get("adjective", ()):
            if ending and adjective.endswith(ending):
                halves.setdefault(adjective.removesuffix(ending) + joined, code)
    return halves


def _half(part: str, halves: dict[str, str], pack: Pack) -> str | None:
    """The country of one part of a hyphened word, as it is written or in its dictionary form."""
    found = halves.get(part.casefold())
    return found or next((halves[lemma] for lemma in lemmas(part, pack.morphology) if lemma in halves), None)


def _adjective(part: str, pack: Pack) -> str | None:
    adjectives = _adjectives(pack)
    return next((adjectives[lemma] for lemma in lemmas(part, pack.morphology) if lemma in adjectives), None)


@cache
def _adjectives(pack: Pack) -> dict[str, str]:
    """Adjectives and names of one word, either of which may be half of a double one: "Kazakh-Uzbek", "Russia-China"."""
    countries = pack["countries"].get("countries", {})
    words = ((code, word) for code, forms in countries.items() for form in ("name", "adjective") for word in forms.get(form, ()))
    return {key(word): code for code, word in words if " " not in word}


@cache
def _spoilers(pack: Pack) -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in pack["countries"].get("not_after", {}).items()}


@cache
def _things(pack: Pack, line: str) -> frozenset[str]:
    return frozenset(pack["countries"].get("not_before", {}).get(line, ()))
