"""What the stages recognised on the way, for highlighting and for checking a stage alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.catalog import Catalog
from app.domain.facts import Mention, Mentions
from app.domain.place import by_last, by_span
from app.languages.pack import Pack
from app.pipeline.figures.dates import DateMention
from app.pipeline.figures.periods import PeriodMention
from app.pipeline.figures.quantity import Quantity
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.actor_tables import document_words
from app.pipeline.people.holders import Context
from app.pipeline.people.roster import Roster
from app.pipeline.people.speakers import body_speaker, person_speaker
from app.pipeline.places.countries import Places
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout

_LIGHT = ("adv", "det", "adp", "pron", "sconj", "cconj", "part")


def collect_mentions(
    layout: Layout,
    places: Places,
    actors: Actors,
    roster: Roster,
    quantities: tuple[Quantity, ...],
    periods: tuple[PeriodMention, ...],
    dates: tuple[DateMention, ...],
    pack: Pack,
    catalog: Catalog,
    context: Context,
) -> Mentions:
    """Every person, organisation, country, quantity and date, each kind in the order of the text."""
    text = layout.text
    people = []
    for actor in actors.all:
        entry = roster.of(actor) if actor.name is not None else None
        if entry is not None and actor.name is not None:
            speaker = person_speaker(entry, pack, context.on, context.outlet_country)
            people.append(Mention(actor.name.span, actor.name.span.of(text), id=speaker.id, name=speaker.name))
    organizations = []
    for actor in actors.all:
        if actor.kind in ("organization", "outlet") and _is_named(actor, layout, quantities, pack):
            country = actor.countries[0] if actor.countries else context.outlet_country
            body = body_speaker(actor, layout, pack, catalog, country, None)
            organizations.append(Mention(actor.span, actor.span.of(text), id=body.id, name=body.name))
    days = [Mention(d.span, d.span.of(text), start=d.day, end=d.day) for d in dates]
    spans = {d.span for d in dates}
    days += [Mention(p.span, p.as_written, start=p.start, end=p.end) for p in periods if p.span not in spans]
    return Mentions(
        people=tuple(people),
        organizations=tuple(organizations),
        countries=tuple(Mention(m.span, m.span.of(text), code=m.code) for m in places.countries),
        quantities=tuple(_quantity(q) for q in quantities),
        dates=tuple(sorted(days, key=by_span)),
    )


def _is_named(actor: Actor, layout: Layout, quantities: tuple[Quantity, ...], pack: Pack) -> bool:
    """Whether a mention is a body's: no number, no document ("data") and no word that merely opens a sentence ("Nearly")."""
    tokens = layout.tokens[actor.first : actor.last]
    low = bisect_left(quantities, actor.first, key=by_last)
    if low < len(quantities) and quantities[low].first < actor.last and any(t.kind == "number" for t in tokens):
        return False
    head = tokens[-1]
    document = not head.capital and not lemmas(head.text, pack.morphology).isdisjoint(document_words(pack))
    words = [t for t in tokens if t.kind == "word"]
    light = all(any(r.pos in _LIGHT for r in pack.morphology.readings(t.text)[:2]) for t in words) and not head.upper
    return not document and not light


def together(parts: Sequence[Mentions]) -> Mentions:
    """What was recognised in each language of an article, each kind in the order of the text."""
    if len(parts) == 1:
        return parts[0]

    def ordered(kind: str) -> tuple[Mention, ...]:
        return tuple(sorted((m for part in parts for m in getattr(part, kind)), key=by_span))

    return Mentions(*map(ordered, ("people", "organizations", "countries", "quantities", "dates")))


def _quantity(q: Quantity) -> Mention:
    below = q.sign < 0 and q.value_max is None  # "-1.5%"
    value = -q.value if below else q.value
    return Mention(q.span, q.as_written, value=value, value_max=q.value_max, unit=q.unit, comparator=q.comparator)
