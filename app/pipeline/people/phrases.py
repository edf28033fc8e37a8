"""Noun phrases: the cases a word may stand in, what agrees with it, and how far its complements reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from app.domain.record import field, record
from app.languages.pack import Morphology, Pack
from app.pipeline.people.in_honour import is_named_after, name_end
from app.pipeline.places.countries import CountryMention, Places
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Token

_OPENING = {"«": "»", "“": "”", "„": "“", '"': '"'}
_LONGEST_NAME = 8  # tokens inside the quotation marks of a firm's or programme's name


@record(frozen=True, slots=True)
class Form:
    """Case, number and gender; None agrees with anything."""

    case: str | None
    number: str | None
    gender: str | None

    def agrees(self, other: Form) -> bool:
        return (
            (self.case == other.case or self.case is None or other.case is None)
            and (self.number == other.number or self.number is None or other.number is None)
            and (self.gender == other.gender or self.gender is None or other.gender is None)
        )


@record(frozen=True)
class Frame:
    """What phrase reading looks at: the layout, the places and the pack."""

    layout: Layout
    places: Places
    pack: Pack
    _mentions: dict[int, CountryMention] = field(init=False, repr=False)
    _ends: dict[int, CountryMention] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_mentions", {m.first: m for m in self.places.countries})
        object.__setattr__(self, "_ends", {m.last: m for m in self.places.countries})

    def mention_at(self, at: int) -> CountryMention | None:
        """The country named from this token on, as an adjective too."""
        return self._mentions.get(at)

    def country_behind(self, at: int) -> CountryMention | None:
        """The country named right before this token, as an adjective too."""
        return self._ends.get(at)

    def country_at(self, at: int) -> CountryMention | None:
        """The country named (not as an adjective) from this token on."""
        mention = self._mentions.get(at)
        return mention if mention is not None and mention.form not in ("adjective", "own") else None


@lru_cache(maxsize=50_000)
def _forms(word: str, morphology: Morphology, nouns: bool, adjectives: bool) -> frozenset[Form]:
    return frozenset(
        Form(r.case, r.number, r.gender if r.number != "plur" else None)
        for r in morphology.readings(word)
        if r.case and ((nouns and r.pos in ("noun", "propn")) or (adjectives and (r.pos in ("adj", "det") or r.verb == "part")))
    )


def forms_of(token: Token, pack: Pack, *, nouns: bool = False, adjectives: bool = False) -> frozenset[Form]:
    """The forms that a token may be, as a noun, as an adjective (participles too), or as either."""
    return _forms(token.text, pack.morphology, nouns, adjectives)


def modifiers(frame: Frame, head: int, forms: frozenset[Form]) -> int:
    """The first token of the adjectives that stand before `head` and agree with it."""
    tokens, first = frame.layout.tokens, head
    while first > 0 and head - first < 4:
        token = tokens[first - 1]
        if token.kind != "word" or frame.country_at(first - 1) is not None:
            break
        if frame.pack.morphology.readings(token.text)[0].pos == "det":
            break  # "своего президента": a pronoun is no part of the office
        if not _never_before(frame.pack).isdisjoint(lemmas(token.text, frame.pack.morphology)):
            break
        before = forms_of(token, frame.pack, adjectives=True)
        if not any(f.agrees(g) for f in before for g in forms):
            break
        first -= 1
    return first


def counted_of(frame: Frame, at: int, forms: frozenset[Form]) -> tuple[int, frozenset[Form]] | None:
    """ "Два источника", "один из собеседников": where they begin, and in which forms they stand; None where nobody counts."""
    tokens = frame.layout.tokens
    if at and tokens[at - 1].kind == "word" and frame.pack.morphology.readings(tokens[at - 1].text)[0].pos == "num":
        cases = {r.case for r in frame.pack.morphology.readings(tokens[at - 1].text)}
        if any(f.case == "gen" for f in forms) and "nom" in cases:
            return at - 1, frozenset({Form("nom", "plur", None), Form("acc", "plur", None)})
    gender = _one_of(frame.pack).get(" ".join(t.key for t in tokens[at - 2 : at])) if at >= 2 else None
    if gender and any(f.case == "gen" and f.number == "plur" for f in forms):
        return at - 2, frozenset({Form("nom", "sing", gender)})
    return None


@cache
def _never_before(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("attributes", {}).get("never", ()))


@record(frozen=True, slots=True)
class Prepositions:
    """Prepositions with the case they govern: any may open a complement, `nested` only inside one, `country` before one."""

    opening: Mapping[str, str]
    nested: Mapping[str, str]
    country: Mapping[str, str]


def tells_where(token: Token, pack: Pack) -> bool:
    """ "Үкіметтегі брифинг": an adjective made of a body's place."""
    first = pack.morphology.readings(token.text)[0]
    return first.pos == "adj" and first.lemma != token.key


def head_of(frame: Frame, first: int, last: int) -> int:
    """The noun of a name that opens with adjectives: "банка" in "Всемирного банка"."""
    tokens = frame.layout.tokens
    for n in range(first, last):
        if tokens[n].kind != "word" or forms_of(tokens[n], frame.pack, nouns=True):
            return n if tokens[n].kind == "word" else first
    return first


def complement(frame: Frame, at: int, end: int, prepositions: Prepositions, name_ahead: Callable[[int], bool]) -> int:
    """The end of the genitive (and prepositional) complements that begin at `at`, before any name of a person."""
    tokens, last, case = frame.layout.tokens, at, "gen"
    while last < end:
        word = tokens[last].key
        inside = case != "gen" or (last > at and _leads_on(frame, last - 1))
        governed = prepositions.opening.get(word) or (prepositions.nested.get(word) if inside else None)
        if governed is None and last + 1 < end and frame.country_at(last + 1) is not None:
            governed = prepositions.country.get(word)
        if governed and last + 1 < end and _tells_when(frame, last + 1):
            break
        if governed and last + 1 < end and (name_ahead(last + 1) or not _opens_complement(frame, last + 1, governed)):
            break
        step = last + 1 if governed else _complement_word(frame, last, end, case, name_ahead)
        if step is None:
            break
        case, last = governed or case, step
    while (
        last > at
        and tokens[last - 1].kind == "word"
        and (tokens[last - 1].key in _joiners(frame.pack) or tokens[last - 1].key in prepositions.opening)
    ):
        last -= 1
    return last


def _leads_on(frame: Frame, at: int) -> bool:
    """Whether a noun wants somebody to do it with: "департамент сотрудничества со странами СНГ"."""
    token = frame.layout.tokens[at]
    return token.kind == "word" and not _joint(frame.pack).isdisjoint(lemmas(token.text, frame.pack.morphology))


@cache
def _joint(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("complements", {}).get("joint", ()))


def _tells_when(frame: Frame, at: int) -> bool:
    """Whether a preposition leads to what tells when or why: "правительство по итогам встречи"."""
    token = frame.layout.tokens[at]
    return token.kind == "word" and not _asides(frame.pack).isdisjoint(lemmas(token.text, frame.pack.morphology))


@cache
def _asides(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("complements", {}).get("asides", ()))


def _opens_complement(frame: Frame, at: int, case: str) -> bool:
    return frame.country_at(at) is not None or frame.layout.tokens[at].upper or _stands_in(frame, at, case)


def _complement_word(frame: Frame, at: int, end: int, case: str, name_ahead: Callable[[int], bool]) -> int | None:
    """The token behind one more piece of a complement, None where the complement is over."""
    token = frame.layout.tokens[at]
    if token.text == ",":
        return at + 2 if _listed(frame, at, end, case) else None
    if token.text == "(" and at + 3 < end and frame.layout.tokens[at + 1].upper and frame.layout.tokens[at + 2].text == ")":
        goes_on = name_ahead(at + 3) or frame.country_at(at + 3) is not None  # "глава Таможенной службы (ТС) Касенов"
        return at + 3 if goes_on else None
    if is_named_after(token, frame.pack):
        return name_end(frame.layout.tokens, at + 1, end, frame.pack)
    if token.kind == "mark":
        before = frame.layout.tokens[at - 1]
        if before.capital and before.text.isascii():
            return None  # "в пресс-службе Vivo «Коммерсанту» сообщили": whom they told
        return quoted_name(frame.layout.tokens, at, end)
    country = frame.country_at(at)
    if country is not None and country.form != "people":
        return country.last
    if token.upper or (token.capital and token.text.isascii()):
        return at + 1
    if token.key in _joiners(frame.pack):
        joins = at + 1 < end and _stands_in(frame, at + 1, case) and not frame.layout.tokens[at + 1].capital
        return at + 2 if joins else None
    if token.capital and _names_place(frame, at):
        return at + 1
    if token.capital and name_ahead(at):
        return None
    return at + 1 if _stands_in(frame, at, case) else None


def _names_place(frame: Frame, at: int) -> bool:
    """Whether a capitalised word is a city's behind the word for one: "мэр города Немуро". A given name is not."""
    morphology = frame.pack.morphology
    if any(r.name == "given" and r.known for r in morphology.readings(frame.layout.tokens[at].text)):
        return False
    nouns = lemmas(frame.layout.tokens[at - 1].text, morphology)
    if _described_nouns(frame.pack) & nouns and _capitals(frame, at) == 2:
        return False  # "аким области Болат Жанкин"
    return not _place_nouns(frame.pack).isdisjoint(nouns)


def _capitals(frame: Frame, at: int) -> int:
    """How many capitalised words follow on each other here, three at most."""
    run = 0
    for token in frame.layout.tokens[at : at + 3]:
        if not token.capital:
            break
        run += 1
    return run


def _listed(frame: Frame, comma: int, end: int, case: str) -> bool:
    """Whether a comma stands in a list that "и" ends: "министр инвестиций, промышленности и торговли"."""
    tokens = frame.layout.tokens
    for n in range(comma + 1, min(comma + 7, end - 1)):
        if tokens[n].key in _joiners(frame.pack):
            return n > comma + 1 and not tokens[n + 1].capital and _stands_in(frame, n + 1, case)
        if tokens[n].capital or (tokens[n].text != "," and not _stands_in(frame, n, case)):
            return False
    return False


def _stands_in(frame: Frame, at: int, case: str) -> bool:
    """Whether a word can be in the genitive or in the case that the preposition before it governs."""
    token = frame.layout.tokens[at]
    if token.kind != "word":
        return False
    forms = forms_of(token, frame.pack, nouns=True, adjectives=True)
    return any(f.case in ("gen", case, None) for f in forms) and not _finite(token, frame.pack)


def _finite(token: Token, pack: Pack) -> bool:
    first = pack.morphology.readings(token.text)[0]
    return first.verb in ("fin", "conv", "inf") or first.pos in ("adp", "cconj", "adv", "pron", "part")


def quoted_name(tokens: tuple[Token, ...], at: int, end: int) -> int | None:
    """The token behind a short name in quotation marks: «Роснефть»."""
    closing, end = _OPENING.get(tokens[at].text), min(end, len(tokens))
    if closing is None or at + 2 >= end or not tokens[at + 1].capital:
        return None
    nested = False
    for last in range(at + 2, min(end, at + 2 + _LONGEST_NAME)):
        nested = nested or (tokens[last].text in _OPENING and tokens[last].text != closing)
        if tokens[last].text == closing:
            return last + 1 + (nested and last + 1 < end and tokens[last + 1].text == closing)
    return None


@cache
def _place_nouns(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("places", {}).get("words", ()))


@cache
def _one_of(pack: Pack) -> dict[str, str]:
    table = pack["offices"].get("one_of", {})
    return {phrase: gender for gender, phrases in table.items() for phrase in phrases}


@cache
def _described_nouns(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("places", {}).get("described", ()))


@cache
def _joiners(pack: Pack) -> frozenset[str]:
    """Words that join parts of a complement: "торговли и интеграции"."""
    return frozenset(pack["offices"].get("joiners", {}).get("words", ()))
