"""Everybody in the text who could be speaking: people, holders of offices, organisations, pronouns."""

from __future__ import annotations

from functools import cache

from app.catalog import Catalog
from app.domain.place import by_span
from app.domain.record import replace
from app.domain.text import Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.actor_tables import (
    body_lexicon,
    is_counterpart,
    listed_bodies,
    office_lexicon,
    postpositions,
    prepositions,
    pronoun_words,
    stands_for,
)
from app.pipeline.people.appositions import with_appositions
from app.pipeline.people.head_last import is_head_last, office_before_name, phrase_start
from app.pipeline.people.names import Name, NameFinder
from app.pipeline.people.offices import Held, office_at
from app.pipeline.people.phrases import (
    Form,
    Frame,
    Prepositions,
    complement,
    counted_of,
    forms_of,
    head_of,
    modifiers,
    quoted_name,
    tells_where,
)
from app.pipeline.places.countries import Places
from app.pipeline.words.beginnings import Beginnings
from app.pipeline.words.segment import Layout

_ALONE = Prepositions({}, {}, {})  # a name of the catalogue is whole: "Всемирный банк" wants nothing behind "по"
_ROMAN = frozenset("IVXLCM")


def find_actors(layout: Layout, places: Places, pack: Pack, catalog: Catalog) -> Actors:
    """Every mention, longest first at each place: an office with its holder is one mention."""
    names = NameFinder(layout, places, pack, catalog)
    frame = Frame(layout, places, pack)
    found: list[Actor] = []
    past = 0
    for at in _beginnings(pack, catalog).places(layout.tokens):
        sentence = layout.sentences[layout.sentence_number(at)]
        actor = _actor_at(frame, names, catalog, at, sentence.last) if at >= past else None
        if actor is not None:
            while found and found[-1].first >= actor.first:
                found.pop()  # it belongs to what this one heads: "Өзбекстан" to its president
            actor = _counted(actor, frame)
            found.append(replace(actor, governed=True) if _is_governed(frame, actor) else actor)
            past = actor.last
    joined = with_appositions(_recurring(found, names, layout), layout, pack)
    return Actors(tuple(_with_country_behind(actor, frame) for actor in joined))


def _with_country_behind(actor: Actor, frame: Frame) -> Actor:
    """ "Данияр Касенов (Казахстан)": the country that stands in brackets behind a name."""
    tokens, at = frame.layout.tokens, actor.last
    if actor.name is None or actor.countries or at + 2 >= len(tokens) or tokens[at].text != "(":
        return actor
    country = frame.country_at(at + 1)
    closed = country is not None and country.last < len(tokens) and tokens[country.last].text == ")"
    return replace(actor, countries=(country.code,)) if country is not None and closed else actor


def _counted(actor: Actor, frame: Frame) -> Actor:
    """The mention with what counts it: "два источника", "один из собеседников"."""
    counted = counted_of(frame, actor.first, actor.forms) if actor.kind in ("unnamed", "office") else None
    if counted is None:
        return actor
    first, forms = counted
    span = Span(frame.layout.tokens[first].start, actor.span.end)
    return replace(actor, span=span, first=first, kind="unnamed", forms=forms)


def _is_governed(frame: Frame, actor: Actor) -> bool:
    """Whether a preposition stands before a mention, or a postposition behind it."""
    tokens = frame.layout.tokens
    if is_head_last(frame.pack):
        behind = tokens[actor.last] if actor.last < len(tokens) else None
        # "Telegram-арнасында": a foreign name that only tells whose the next noun is.
        glued = behind is not None and not actor.forms and behind.text == "-" and behind.start == actor.span.end
        return glued or (behind is not None and behind.key in postpositions(frame.pack))
    at, readings = actor.first, frame.pack.morphology.readings
    if actor.kind == "person" and at > 1 and tokens[at - 1].kind == "word" and readings(tokens[at - 1].text)[0].pos == "adj":
        at -= 1  # "в соседний Касенов": a place that looks like a name
    before = tokens[at - 1] if at else None
    return before is not None and before.kind == "word" and readings(before.text)[0].pos == "adp"


@cache
def _beginnings(pack: Pack, catalog: Catalog) -> Beginnings:
    """Which words, as written, can begin a mention."""
    offices, bodies, pronouns = office_lexicon(pack), body_lexicon(pack, catalog), pronoun_words(pack)
    return Beginnings(lambda w: w[0].isupper() or offices.begins(w) or bodies.begins(w) or key(w) in pronouns)


def _actor_at(frame: Frame, names: NameFinder, catalog: Catalog, at: int, end: int) -> Actor | None:
    head_last = is_head_last(frame.pack)
    held = office_before_name(frame, names, at, end) if head_last else office_at(frame, names, at, end)
    if held is not None:
        return _held(held, frame.pack)
    name = names.at(at, end)
    if name is not None:
        return Actor(name.span, at, name.last, "person", name.forms, name=name)
    return _organization_at(frame, names, catalog, at, end) or _pronoun_at(frame, at)


def _held(held: Held, pack: Pack) -> Actor:
    """An office as a mention of its holder, or of itself where no name stands behind it."""
    countries = held.office.countries
    if held.name is None:
        return Actor(held.office.span, held.first, held.last, held.kind, held.forms, office=held.office, countries=countries)
    if is_counterpart(held.office.head, pack):  # "российский коллега Сергей Лавров": no office of his
        return Actor(held.name.span, held.first, held.last, "person", held.forms, name=held.name)
    span = Span(held.office.span.start, held.name.span.end)
    return Actor(span, held.first, held.last, "person", held.forms, name=held.name, office=held.office, countries=countries)


def _organization_at(frame: Frame, names: NameFinder, catalog: Catalog, at: int, end: int) -> Actor | None:
    tokens = frame.layout.tokens
    known = body_lexicon(frame.pack, catalog).at(tokens, at, end)
    if known is None and tokens[at].capital and tokens[at].text.isascii():
        return _foreign_at(frame, at, end)
    if known is not None and known.value == "side":
        return _side_at(frame, names, at)
    if known is None:
        return _country_at(frame, at)
    head_last = is_head_last(frame.pack)
    if head_last and tells_where(tokens[known.last - 1], frame.pack):
        return None
    forms = forms_of(tokens[known.last - 1 if head_last else head_of(frame, at, known.last)], frame.pack, nouns=True)
    if forms and not any(f.case == "nom" and f.number != "plur" for f in forms) and tokens[at].key in listed_bodies(frame.pack):
        forms |= {Form(case, "sing", "masc") for case in ("nom", "gen", "loc")}  # "Нацстатком" is no instrumental
    first = modifiers(frame, at, forms) if known.value == "head" and not head_last else at
    if head_last:
        first, last = phrase_start(frame, names, at) if known.value != "outlet" else at, known.last
    elif known.value == "outlet":
        last = quoted_name(tokens, known.last, end) or known.last if known.last < end else known.last
    else:
        leading = _ALONE if known.value == "body" else prepositions(frame.pack, "organization")
        last = complement(frame, known.last, end, leading, names.ahead)
        while last > known.last and _is_outlet(frame, catalog, last - 1):
            last -= 1  # "в Минторге ТАСС подтвердили": whom they told
    bare = known.value == "head" and first == at and all(stands_for(t, frame.pack) for t in tokens[at:last])
    if known.value == "head" and first == at and last == at + 1 and not tokens[at].capital and not bare:
        return None
    span = Span(tokens[first].start, tokens[last - 1].end)
    countries = tuple(dict.fromkeys(m.code for m in frame.places.within(span)))
    return Actor(
        span, first, last, "outlet" if known.value == "outlet" else "organization", forms, countries=countries, bare=bare
    )


def _is_outlet(frame: Frame, catalog: Catalog, at: int) -> bool:
    hit = body_lexicon(frame.pack, catalog).at(frame.layout.tokens, at, at + 1)
    return hit is not None and hit.value == "outlet"


def _foreign_at(frame: Frame, at: int, end: int) -> Actor | None:
    """Words in Latin letters inside a Cyrillic text: a firm or an institute; with a point inside, a site."""
    tokens, last = frame.layout.tokens, at + 1
    if set(tokens[at].text) <= _ROMAN:
        return None
    while last < end and tokens[last].capital and tokens[last].text.isascii() and last - at < 6:
        last += 1
    if last + 1 < end and tokens[last].text == "-" and tokens[last].end == tokens[last + 1].start:
        return None  # "Telegram-канал", "IT-компания"
    kind = "outlet" if any("." in t.text for t in tokens[at:last]) else "organization"
    return Actor(Span(tokens[at].start, tokens[last - 1].end), at, last, kind, frozenset())


def _side_at(frame: Frame, names: NameFinder, at: int) -> Actor | None:
    """ "российская сторона": the side of one country."""
    forms = forms_of(frame.layout.tokens[at], frame.pack, nouns=True)
    first = phrase_start(frame, names, at) if is_head_last(frame.pack) else modifiers(frame, at, forms)
    span = Span(frame.layout.tokens[first].start, frame.layout.tokens[at].end)
    countries = tuple(dict.fromkeys(m.code for m in frame.places.within(span)))
    return Actor(span, first, at + 1, "organization", forms, countries=countries) if len(countries) == 1 else None


def _country_at(frame: Frame, at: int) -> Actor | None:
    """A country or its capital speaking for its government."""
    mention = frame.country_at(at)
    if mention is None or mention.form not in ("name", "place"):
        return None
    forms = forms_of(frame.layout.tokens[at], frame.pack, nouns=True)
    return Actor(mention.span, at, mention.last, "country", forms, countries=(mention.code,))


def _pronoun_at(frame: Frame, at: int) -> Actor | None:
    token = frame.layout.tokens[at]
    which = pronoun_words(frame.pack).get(token.key)
    if which is None:
        return None
    if which == "latter" and not _before_verb(frame, at):
        return None  # "тот посол"
    form = Form("nom", "plur" if which == "they" else "sing", {"he": "masc", "she": "fem"}.get(which))
    return Actor(Span(token.start, token.end), at, at + 1, "pronoun", frozenset({form}), pronoun=which)


def _before_verb(frame: Frame, at: int) -> bool:
    tokens = frame.layout.tokens
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].kind == "word"
        and frame.pack.morphology.readings(tokens[at + 1].text)[0].verb == "fin"
    )


def _recurring(found: list[Actor], names: NameFinder, layout: Layout) -> list[Actor]:
    """Adds the lone surnames that only the rest of the article shows to be names."""
    taken = {n for actor in found for n in range(actor.first, actor.last) if actor.kind != "country"}
    more = [Actor(name.span, name.first, name.last, "person", name.forms, name=name)
            for name in names.recurring(found_names(found), taken)]  # fmt: skip
    return sorted([*found, *more], key=by_span)


def found_names(actors: list[Actor]) -> tuple[Name, ...]:
    return tuple(a.name for a in actors if a.name is not None)
