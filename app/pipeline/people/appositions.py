"""What stands beside a name or an office, behind a comma, and is the same person."""

from __future__ import annotations

from app.domain.record import replace
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.actor_tables import is_counterpart
from app.pipeline.words.segment import Layout

_APPOSITION = 6  # tokens behind an office in apposition, up to its mark
_CLOSING = ",.–—-:;)!?…"
_PEOPLE = ("person", "office")


def with_appositions(found: list[Actor], layout: Layout, pack: Pack) -> list[Actor]:
    """Joins "Данияр Касенов, посол Казахстана в Турции," into one mention, and "глава делегации, замминистра Данияр Касенов,"."""
    joined: list[Actor] = []
    for number, actor in enumerate(found):
        listed = number + 1 < len(found) and found[number + 1].first == actor.last + 1 and found[number + 1].kind in _PEOPLE
        while joined and not listed and _leads(joined[-1], actor, layout, pack):
            actor = _led(joined.pop(), actor)
        if joined and _is_office(actor, pack) and _trails(joined[-1], actor, layout, pack):
            before = joined.pop()
            span = Span(before.span.start, actor.span.end)
            actor = replace(before, span=span, last=actor.last, office=actor.office, countries=actor.countries)
        joined.append(actor)
    return joined


def _led(first: Actor, actor: Actor) -> Actor:
    span, countries = Span(first.span.start, actor.span.end), actor.countries or first.countries
    return replace(actor, span=span, first=first.first, countries=countries, governed=first.governed)


def _trails(before: Actor, actor: Actor, layout: Layout, pack: Pack) -> bool:
    """A name, a comma, an office that agrees."""
    if before.name is None or before.office is not None:
        return False
    adjacent = actor.first == before.last + 1 and layout.tokens[before.last].text == ","
    agree = any(f.case == g.case or f.case is None for f in before.forms for g in actor.forms)
    return adjacent and agree and _closed(actor.last, layout, pack)


def _leads(before: Actor, actor: Actor, layout: Layout, pack: Pack) -> bool:
    """Whether an office before a comma is another one of whoever is named, with an office, behind it, up to a mark.

    "По словам руководителя центра, кандидата наук Данияра Касенова, …"
    """
    if before.kind != "office" or before.name is not None or actor.office is None or actor.name is None:
        return False
    adjacent = actor.first == before.last + 1 and layout.tokens[before.last].text == ","
    closed = (
        actor.last < len(layout.tokens) and layout.tokens[actor.last].text in _CLOSING and not _is_told_of(actor, layout, pack)
    )
    ahead = actor.office.span.start < actor.name.span.start
    return adjacent and closed and ahead and any(f.agrees(g) for f in before.forms for g in actor.forms if g.number != "plur")


def _is_told_of(actor: Actor, layout: Layout, pack: Pack) -> bool:
    """Whether a participle follows behind the comma: "Как заявил министр, посол Касенов, прибывший вчера, подписал …"."""
    behind = layout.tokens[actor.last + 1] if actor.last + 1 < len(layout.tokens) else None
    return behind is not None and behind.kind == "word" and pack.morphology.readings(behind.text)[0].verb == "part"


def _is_office(actor: Actor, pack: Pack) -> bool:
    return actor.kind == "office" and actor.office is not None and not is_counterpart(actor.office.head, pack)


def _closed(at: int, layout: Layout, pack: Pack) -> bool:
    """Whether an apposition is over here, or goes on without a verb to its mark: "глава завода на востоке страны,"."""
    for token in layout.tokens[at : at + _APPOSITION]:
        if token.kind == "mark":
            return True
        if token.kind == "word" and pack.morphology.readings(token.text)[0].verb in ("fin", "conv"):
            return False
    return False
