"""Offices and bodies in languages whose heads stand last: what belongs to a head stands before it, its holder behind it."""

from __future__ import annotations

from functools import cache

from app.domain.record import replace
from app.domain.speaker import Role
from app.domain.text import Span
from app.languages.pack import Pack, Reading
from app.pipeline.people.actor_tables import complement_roles, countrywide, former_words, office_lexicon
from app.pipeline.people.names import Name, NameFinder
from app.pipeline.people.offices import Held, Office, seated
from app.pipeline.people.phrases import Frame, forms_of
from app.pipeline.words.lexicon import Hit, lemmas
from app.pipeline.words.segment import Token

_DASHES = "-–—"
_LONGEST = 10  # tokens before a head
_CLOSING = {"»": "«", "”": "“", '"': '"'}
_LONGEST_NAME = 6
_AHEAD = 8  # tokens between a dash and the second office of somebody


@cache
def is_head_last(pack: Pack) -> bool:
    """Whether the language puts the head of a noun phrase last."""
    return pack["offices"].get("head") == "last"


def office_before_name(frame: Frame, names: NameFinder, at: int, end: int) -> Held | None:
    """The office whose head begins at a token, with what stands before it and the holder behind it."""
    held = _held(frame, names, at, end)
    if held is None or held.name is not None or held.last + 1 >= end:
        return held
    if frame.layout.tokens[held.last].text in _DASHES:
        return _second(frame, names, held, end) or held
    return held


def _second(frame: Frame, names: NameFinder, held: Held, end: int) -> Held | None:
    """The other office of a pair that a dash joins: "Премьер-Министрдің орынбасары – Сауда министрі Серік Жұманғарин"."""
    for at in range(held.last + 1, min(held.last + 1 + _AHEAD, end)):
        other = _held(frame, names, at, end)
        if other is not None:
            if other.first != held.last + 1 or other.name is None:
                return None
            span = Span(held.office.span.start, other.office.span.end)
            countries = tuple(dict.fromkeys((*held.office.countries, *other.office.countries)))
            office = replace(held.office, span=span, countries=countries, anaphoric=False)
            return replace(other, office=office, first=held.first)
    return None


def _held(frame: Frame, names: NameFinder, at: int, end: int) -> Held | None:
    hit = office_lexicon(frame.pack).at(frame.layout.tokens, at, end)
    if hit is None:
        return None
    forms = forms_of(frame.layout.tokens[hit.last - 1], frame.pack, nouns=True)
    if not forms:
        return None
    first = phrase_start(frame, names, at)
    office = seated(frame, names.catalog, _office(frame, hit, first), (first, hit.first), (first, hit.last))
    held = Held(office, hit.value[1], first, hit.last, forms, None)
    return _with_name(frame, held, names, end)


def _office(frame: Frame, hit: Hit[tuple[str, str]], first: int) -> Office:
    tokens = frame.layout.tokens
    span = Span(tokens[first].start, tokens[hit.last - 1].end)
    countries = tuple(dict.fromkeys(m.code for m in frame.places.within(span)))
    before = tokens[first : hit.first]
    former = any(t.key.startswith(stem) for t in tokens[first : hit.last] for stem in former_words(frame.pack))
    role = _role(frame, hit, first, countries)
    return Office(span, role, " ".join(t.key for t in tokens[hit.first : hit.last]), countries, not before, former)


def _role(frame: Frame, hit: Hit[tuple[str, str]], first: int, countries: tuple[str, ...]) -> Role:
    """A head of anything but a country heads an organisation; what stands before "басшы" or "министр" tells of what."""
    role, tokens = hit.value[0], frame.layout.tokens
    if role in ("organization_head", "minister"):
        for token in tokens[first : hit.last - 1]:
            better = next((r for r, stems in complement_roles(frame.pack) if token.key.startswith(stems)), None)
            if token.kind == "word" and better is not None:
                return Role(better)
    if role == "head_of_state" and first < hit.first:
        named = {n for m in frame.places.countries_between(first, hit.first) for n in range(m.first, m.last)}
        others = [tokens[n] for n in range(first, hit.first) if n not in named and _is_thing(tokens[n], frame)]
        if any(not countrywide(frame.pack) & lemmas(t.text, frame.pack.morphology) for t in others):
            return Role.ORGANIZATION_HEAD
    return Role(role)


def _is_thing(token: Token, frame: Frame) -> bool:
    """A noun that is no name of a person: "компания", not "Мирзиёевтің"."""
    if token.kind != "word":
        return False
    first = frame.pack.morphology.readings(token.text)[0]
    return first.pos == "noun" and (first.known or token.upper)


def _with_name(frame: Frame, held: Held, names: NameFinder, end: int) -> Held:
    """Adds the name behind an office in the nominative; the name then takes the case of both."""
    if held.last >= end or not any(f.case == "nom" for f in held.forms):
        return held
    name = names.at(held.last, end, behind_office=True)
    if name is None or not _is_holder(frame, name, names):
        return held
    return replace(held, name=name, last=name.last, forms=name.forms)


def _is_holder(frame: Frame, name: Name, names: NameFinder) -> bool:
    """A lone capitalised word that nothing shows to be a name may be any place: "министр Қарағандыда"."""
    strengths = {names.strength(n) for n in range(name.first, name.last)}
    if len(name.words) == 1 and name.words[0].isupper():
        return False
    return bool(strengths & {"known", "given", "surname", "initial"}) or len(name.words) > 1 or names.recurs(name.first)


# ------------------------------------------------------------ what stands before a head


def phrase_start(frame: Frame, names: NameFinder, head: int) -> int:
    """The first token of all that belongs to a head: "Қазақстанның сыртқы істер министрі", "«Астық одағының» өкілі"."""
    at, floor = head, max(0, head - _LONGEST)
    sentence = frame.layout.sentence_at(frame.layout.tokens[head].start)
    floor = max(floor, sentence.first if sentence else 0)
    while at > floor:
        first = _step(frame, names, at, floor, head)
        if first is None:
            break
        at = first
    while at < head and (frame.layout.tokens[at].key in _joiners(frame.pack) or frame.layout.tokens[at].text == ","):
        at += 1
    return at


def _step(frame: Frame, names: NameFinder, at: int, floor: int, head: int) -> int | None:
    """The first token of one more piece before `at`, None where the phrase begins at `at`."""
    tokens = frame.layout.tokens
    token = tokens[at - 1]
    if token.kind == "mark":
        return _quoted(tokens, at - 1, floor)
    if token.kind != "word":
        return None
    if at < head and frame.country_at(at) is not None and _is_possessed(token, frame):
        return None  # "Мемлекет басшысы | Түркия Президентінің": a country begins a phrase of its own
    if _speaks_before(frame, at) or _holds_before(frame, at, head):
        return None
    country = frame.country_behind(at)
    if country is not None and country.first >= floor:
        return country.first if _belongs(tokens[at - 1], frame) else None
    if token.key in _joiners(frame.pack):
        joins = at - 1 > floor and tokens[at - 2].kind == "word" and _is_plain(tokens[at - 2], frame)
        return at - 1 if joins and names.strength(at - 2) is None else None
    if token.capital and names.strength(at - 1) in ("known", "given", "surname"):
        return _whose(frame, names, at, floor)
    return at - 1 if _belongs(token, frame) else None


def _whose(frame: Frame, names: NameFinder, at: int, floor: int) -> int | None:
    """The name in the genitive of somebody whose secretary this is: "Мирзиёевтің баспасөз хатшысы"."""
    tokens, morphology = frame.layout.tokens, frame.pack.morphology
    if morphology.name_readings(tokens[at - 1].text)[0].case != "gen":
        return None
    first = at - 1
    while first > floor and tokens[first - 1].capital and names.strength(first - 1) in ("known", "given", "surname"):
        first -= 1
    return first


def _quoted(tokens: tuple[Token, ...], closing: int, floor: int) -> int | None:
    """The opening mark of a short name in quotation marks that ends at `closing`."""
    opening = _CLOSING.get(tokens[closing].text)
    if opening is None:
        return None
    for n in range(closing - 2, max(floor, closing - _LONGEST_NAME) - 1, -1):
        if tokens[n].text == opening:
            return n
    return None


def _belongs(token: Token, frame: Frame) -> bool:
    """Whether a word may stand before a head: an adjective, a noun in the genitive or without a case."""
    first = frame.pack.morphology.readings(token.text)[0]
    return _is_attribute(first) or (first.pos in ("noun", "propn") and first.case in ("nom", "gen", None))


def _speaks_before(frame: Frame, at: int) -> bool:
    """ "көшбасшы | Еуразиялық одақты": somebody's office before a name that opens with an adjective of its own."""
    tokens, readings = frame.layout.tokens, frame.pack.morphology.readings
    own = tokens[at].capital and readings(tokens[at].text)[0].pos == "adj" and not tokens[at - 1].capital
    return (
        own and office_lexicon(frame.pack).at(tokens, at - 1, at) is not None and not readings(tokens[at - 1].text)[0].possessive
    )


def _holds_before(frame: Frame, at: int, head: int) -> bool:
    """ "Сауда министрі | Орталық қызметте": an office before a body, which has no minister for a part."""
    tokens, offices = frame.layout.tokens, office_lexicon(frame.pack)
    held = _is_possessed(tokens[at - 1], frame) and offices.at(tokens, at - 1, at) is not None
    return held and offices.at(tokens, head, min(head + 4, len(tokens))) is None


def _is_possessed(token: Token, frame: Frame) -> bool:
    """A noun that something before it owns, without an ending of case: басшысы, министрі."""
    first = frame.pack.morphology.readings(token.text)[0]
    return first.pos == "noun" and first.case == "nom" and first.possessive == "3"


def _is_plain(token: Token, frame: Frame) -> bool:
    first = frame.pack.morphology.readings(token.text)[0]
    return first.pos == "adj" or (first.pos in ("noun", "propn") and first.case == "nom" and first.known)


def _is_attribute(reading: Reading) -> bool:
    return reading.pos == "adj" and reading.case is None


@cache
def _joiners(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("joiners", {}).get("words", ()))
