"""What is read of an article in each of its languages: one passage in nearly every article, more where it quotes another.

Each language reads with its own pack. All passages share the tokens of one layout, in which the words of the other
languages are veiled, so that a mention has its place among those of the whole article, and people are lent from one
passage to another in the nominative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from app.catalog import Catalog
from app.catalog.sound import sound
from app.domain.place import by_first, by_span
from app.domain.record import record, replace
from app.domain.text import Span
from app.languages import registry
from app.languages.pack import Pack
from app.pipeline.figures.dates import DateMention, find_dates
from app.pipeline.page.furniture import mask
from app.pipeline.page.parts import Part, only
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.everybody import find_everybody
from app.pipeline.people.phrases import Form
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.places.countries import Places, find_places
from app.pipeline.speech.asked import asked_cases
from app.pipeline.speech.speech import find_speech
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout, segment, veiled

T = TypeVar("T")
_SUBJECT = frozenset((Form("nom", "sing", None),))


@record(frozen=True, slots=True)
class Passage:
    """`layout` shows the speech of one language, `figures` its figures: what is quoted in another counts there, not here.

    `actors` are those of the passage itself; `cast` and `roster` have those of the other passages with them.
    """

    pack: Pack
    layout: Layout
    figures: Layout
    places: Places
    actors: Actors
    cast: Actors
    utterances: tuple[Utterance, ...]
    roster: Roster
    dates: tuple[DateMention, ...]


def mask_all(text: str, pack: Pack, parts: Sequence[Part]) -> str:
    """The text without its furniture, in whichever of its languages that is written."""
    masked = mask(text, pack)
    for code in dict.fromkeys(part.code for part in parts):
        spans = [part.span for part in parts if part.code == code and not part.quoted]
        shown = mask(only(text, spans), registry.pack(code))
        for span in reversed(spans):
            masked = masked[: span.start] + span.of(shown) + masked[span.end :]
    return masked


def cut(masked: str, pack: Pack, parts: Sequence[Part]) -> Layout:
    """The text cut up, each paragraph as its language has it."""
    return segment(masked, pack, [(part.span, registry.pack(part.code)) for part in parts if not part.quoted])


def hear(
    layout: Layout, pack: Pack, parts: Sequence[Part], body_start: int, catalog: Catalog, on: date | None
) -> tuple[Passage, ...]:
    """The passages of an article, that in its own language first."""
    shown = [(pack, veiled(layout, _spans(parts, quoted=False)), veiled(layout, _spans(parts)))]
    for code in dict.fromkeys(part.code for part in parts):
        own = [part for part in parts if part.code == code]
        paragraphs, all_ = _around(layout.text, _spans(own, quoted=False)), _around(layout.text, _spans(own))
        shown.append((registry.pack(code), veiled(layout, paragraphs), veiled(layout, all_)))
    heard = tuple(_hear(own, speech, figures, body_start, catalog, on) for own, speech, figures in shown)
    return heard if len(heard) == 1 else tuple(_with_others(passage, heard, catalog, on) for passage in heard)


def all_places(passages: Sequence[Passage]) -> Places:
    """The countries and blocs of the whole article."""
    if len(passages) == 1:
        return passages[0].places
    countries = in_order((p.places.countries for p in passages), by_span)
    return Places(countries, in_order((p.places.blocs for p in passages), by_span))


def in_order(of_passages: Iterable[tuple[T, ...]], place: Callable[[T], Any]) -> tuple[T, ...]:
    """What the passages of an article hold, in the order of its text."""
    found = tuple(of_passages)
    return found[0] if len(found) == 1 else tuple(sorted(chain(*found), key=place))


def _hear(pack: Pack, layout: Layout, figures: Layout, body_start: int, catalog: Catalog, on: date | None) -> Passage:
    places = find_places(figures, pack)
    actors = find_everybody(layout, places, pack, catalog)
    utterances = find_speech(layout, actors, pack, body_start)
    roster = Roster(actors.all, pack, catalog, on, asked_cases(utterances))
    return Passage(pack, layout, figures, places, actors, actors, utterances, roster, find_dates(figures, pack, on))


def _spans(parts: Iterable[Part], *, quoted: bool = True) -> list[Span]:
    return [part.span for part in parts if quoted or not part.quoted]


def _around(text: str, spans: Sequence[Span]) -> list[Span]:
    """All but these stretches."""
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _with_others(passage: Passage, heard: Sequence[Passage], catalog: Catalog, on: date | None) -> Passage:
    """The passage with the people whom the other passages name or call by their office."""
    spelt = {sound(word): word for entry in passage.roster.entries for word in entry.words}
    lent = [_lent(actor, other, spelt, passage.pack) for other in heard if other is not passage for actor in other.actors.all]
    cast = sorted((*passage.actors.all, *(actor for actor in lent if actor is not None)), key=by_first)
    roster = Roster(cast, passage.pack, catalog, on, asked_cases(passage.utterances))
    return replace(passage, cast=Actors(tuple(cast)), roster=roster)


def _lent(actor: Actor, passage: Passage, spelt: dict[str, str], pack: Pack) -> Actor | None:
    """Somebody of another passage as this one can know them: in the nominative, spelt as this one spells the name."""
    entry = passage.roster.of(actor) if actor.name is not None else None
    if actor.name is not None and entry is not None:
        name = replace(actor.name, words=_spelling(entry, spelt, pack), forms=_SUBJECT, cases=frozenset(("nom",)))
        return replace(actor, name=name, forms=_SUBJECT, governed=not passage.roster.may_be_subject(actor, entry))
    subject = any(form.case in ("nom", None) and form.number != "plur" for form in actor.forms)
    return replace(actor, forms=_SUBJECT, governed=not subject) if actor.kind == "office" else None


def _spelling(entry: Entry, spelt: dict[str, str], pack: Pack) -> tuple[str, ...]:
    known = entry.person.names.get(pack.code) if entry.person is not None else None
    words = tuple(known.split()) if known else entry.words
    return tuple(spelt.get(sound(word), word) for word in words)
