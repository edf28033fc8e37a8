"""Offices in the text: the head noun, what stands before it, its complements, and the name of its holder."""

from __future__ import annotations

from collections.abc import Sequence

from app.catalog import Catalog
from app.domain.record import record, replace
from app.domain.speaker import Role
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor_tables import (
    complement_roles,
    counterparts,
    countrywide,
    former_words,
    office_lexicon,
    past_words,
    prepositions,
)
from app.pipeline.people.names import Name, NameFinder
from app.pipeline.people.phrases import Form, Frame, complement, forms_of, modifiers
from app.pipeline.people.seats import Seat, behind_head, find_seat, leaves_a_name_over
from app.pipeline.words.lexicon import Hit, lemmas
from app.pipeline.words.segment import Token

_DASHES = "-–—"
_NOMINAL = ("noun", "propn", "adj")


@record(frozen=True, slots=True)
class Office:
    """An office as written: "министр торговли и интеграции Казахстана"; `seat` is the one of the catalogue that it names.

    `elsewhere`: of something that no table knows, so not of a country ("премьер Баварии").
    """

    span: Span
    role: Role
    head: str
    countries: tuple[str, ...]
    anaphoric: bool
    former: bool = False
    seat: Seat | None = None
    elsewhere: bool = False


@record(frozen=True, slots=True)
class Held:
    """An office in tokens `first`..`last` with the name of its holder, if one stands behind it; `kind` is office or unnamed."""

    office: Office
    kind: str
    first: int
    last: int
    forms: frozenset[Form]
    name: Name | None


def office_at(frame: Frame, names: NameFinder, at: int, end: int) -> Held | None:
    """The office whose head noun stands at a token; "вице-премьер – министр торговли Иван Петров" is one office."""
    bare = _bare_office(frame, names, at, end)
    if bare is None:
        return None
    held = _with_name(bare, names, end, frame)
    tokens = frame.layout.tokens
    if held.name is None and held.last + 1 < end and tokens[held.last].text in _DASHES:
        second = _bare_office(frame, names, held.last + 1, end)
        named = second and _with_name(second, names, end, frame)
        if named and named.name is not None and any(f.agrees(g) for f in held.forms for g in named.forms):
            return _joined(held, named)
    return held


def _bare_office(frame: Frame, names: NameFinder, at: int, end: int) -> Held | None:
    tokens = frame.layout.tokens
    hit = office_lexicon(frame.pack).at(tokens, at, end)
    if hit is None or not _nominal(tokens[at], frame):
        return None
    heads = [n for n in range(at, hit.last) if _nominal(tokens[n], frame) and forms_of(tokens[n], frame.pack, nouns=True)]
    if not heads:
        return None
    forms = forms_of(tokens[heads[0]], frame.pack, nouns=True)
    first = modifiers(frame, at, forms)
    named = behind_head(frame, names.catalog, hit.last, end)
    last = complement(frame, named, end, prepositions(frame.pack, hit.value[0]), names.ahead)
    return Held(
        seated(frame, names.catalog, _office(frame, hit, first, last), (hit.last, last), (first, last)),
        hit.value[1],
        first,
        last,
        forms,
        None,
    )


def seated(frame: Frame, catalog: Catalog, office: Office, of: tuple[int, int], whole: tuple[int, int]) -> Office:
    """The office with its seat, which knows its role better than the head alone: "глава Госдепа" is a foreign minister.

    `whole` are the tokens of the office, `of` those that say what it is of.
    """
    seat = None if office.former else find_seat(frame, catalog, *whole)
    if seat is None:
        elsewhere = leaves_a_name_over(frame, catalog, *of)
        return office if elsewhere == office.elsewhere else replace(office, elsewhere=elsewhere)
    kept = seat.role is Role.AMBASSADOR or (seat.role is Role.OFFICIAL and office.role is Role.HEAD_OF_STATE)
    return replace(office, seat=seat, role=office.role if kept else seat.role)


def _office(frame: Frame, hit: Hit[tuple[str, str]], first: int, last: int) -> Office:
    tokens, at = frame.layout.tokens, hit.first
    span = Span(tokens[first].start, tokens[last - 1].end)
    countries = tuple(dict.fromkeys([m.code for m in frame.places.within(span)]))
    former = any(t.key.startswith(former_words(frame.pack)) for t in tokens[first : hit.last])
    role = _role(frame, _by_complement(frame, hit.value[0], at, last), countries, hit.last, last)
    former = former or (role is Role.HEAD_OF_STATE and _of_the_past(tokens[first : hit.last], frame.pack))
    anaphoric = last == at + 1 and first == at
    return Office(span, role, " ".join(t.key for t in tokens[at : hit.last]), countries, anaphoric, former)


def _of_the_past(tokens: Sequence[Token], pack: Pack) -> bool:
    """ "Первый Президент": the one of long ago, not whoever holds the office on the day."""
    words = past_words(pack)
    return bool(words) and any(words & lemmas(t.text, pack.morphology) for t in tokens if t.kind == "word")


def _is_owner(name: Name, cases: set[str | None], frame: Frame) -> bool:
    """Whether a name behind an office in the nominative is in the genitive: whose office it is."""
    if "gen" not in name.cases or None in name.cases:
        return False
    given = {r.case for r in frame.pack.morphology.name_readings(name.words[0]) if r.known}
    return not cases & name.cases or (cases == {"nom"} and "gen" in given and not given & {"nom", None})


def _before_holder(name: Name, cases: set[str | None], names: NameFinder, end: int) -> bool:
    """Whether a name that may be in the genitive has the holder's whole name behind it: "пресс-секретарь Токаева Берик Уали"."""
    if "gen" not in name.cases or None in name.cases or name.last >= end:
        return False
    behind = names.at(name.last, end)
    return behind is not None and len(behind.words) > 1 and bool(cases & behind.cases)


def _with_name(held: Held, names: NameFinder, end: int, frame: Frame) -> Held:
    """Adds the name behind an office, where its case agrees; a genitive first says whose office it is."""
    name = names.at(held.last, end, behind_office=True) if held.last < end else None
    cases = {form.case for form in held.forms if form.number != "plur"} or {form.case for form in held.forms}
    if name is not None and (_is_owner(name, cases, frame) or _before_holder(name, cases, names, end)):
        # "пресс-секретарь Владимира Путина": whose office it is, before the name of its holder.
        span = Span(held.office.span.start, name.span.end)
        held = replace(held, office=replace(held.office, span=span, anaphoric=False), last=name.last)
        name = names.at(held.last, end, behind_office=True) if held.last < end else None
    if name is None or not name.forms:
        return held if name is None else replace(held, name=name, last=name.last)
    # Women hold offices whose nouns are masculine, so only the case has to agree; often only one word of a name is
    # declined ("посла Борибай Жексембина").
    shared = frozenset(f for f in name.forms if f.case is None or f.case in cases)
    if not shared and not cases & name.cases:
        return held
    forms = shared or frozenset(g for g in held.forms if g.case in name.cases)
    return replace(held, name=name, last=name.last, forms=forms)


def _joined(one: Held, other: Held) -> Held:
    office = replace(
        one.office,
        span=Span(one.office.span.start, other.office.span.end),
        countries=tuple(dict.fromkeys((*one.office.countries, *other.office.countries))),
        anaphoric=False,
    )
    return replace(other, office=office, first=one.first)


def _by_complement(frame: Frame, role: str, first: int, last: int) -> str:
    """The role that the words behind "глава" or "министр" give: "глава казахстанского МИДа"."""
    if role not in ("organization_head", "minister"):
        return role
    for token in frame.layout.tokens[first + 1 : last]:
        for better, beginnings in complement_roles(frame.pack):
            if token.kind == "word" and token.key.startswith(beginnings):
                return better
    return role


def _role(frame: Frame, role: str, countries: tuple[str, ...], first: int, last: int) -> Role:
    """A president or leader of anything but a country heads an organisation: "президент Академии наук Казахстана"."""
    if role == "head_of_state" and last > first:
        behind = Span(frame.layout.tokens[first].start, frame.layout.tokens[last - 1].end)
        named = {n for m in frame.places.within(behind) for n in range(m.first, m.last)}
        others = [t for n, t in enumerate(frame.layout.tokens[first:last], first) if n not in named and _is_noun(t, frame)]
        if not countries or any(t.key not in countrywide(frame.pack) for t in others):
            return Role.ORGANIZATION_HEAD
    return Role(role)


def _is_noun(token: Token, frame: Frame) -> bool:
    return token.kind == "word" and frame.pack.morphology.readings(token.text)[0].pos in ("noun", "propn", "x")


def _nominal(token: Token, frame: Frame) -> bool:
    """Whether a word is a noun or adjective before anything else ("после" is a preposition, not an ambassador)."""
    readings = frame.pack.morphology.readings(token.text)
    return readings[0].pos in _NOMINAL or (token.key in counterparts(frame.pack) and any(r.pos == "noun" for r in readings))
