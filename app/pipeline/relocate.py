"""Facts read in the visible text, pointed at the submitted one."""

from __future__ import annotations

from dataclasses import replace

from app.domain.facts import Indicator, Mention, Mentions, Statement
from app.pipeline.page.view import View


def relocate_statement(statement: Statement, view: View) -> Statement:
    """`text` stays what a reader sees; the segments and the cue point into the submitted string."""
    if view.origin is None:
        return statement
    cue = statement.cue and replace(statement.cue, span=view.span(statement.cue.span))
    return replace(statement, segments=tuple(view.span(s) for s in statement.segments), cue=cue)


def relocate_indicator(indicator: Indicator, view: View) -> Indicator:
    return indicator if view.origin is None else replace(indicator, span=view.span(indicator.span))


def relocate_mentions(mentions: Mentions, view: View) -> Mentions:
    def moved(items: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(replace(item, span=view.span(item.span)) for item in items)

    if view.origin is None:
        return mentions
    return Mentions(
        moved(mentions.people),
        moved(mentions.organizations),
        moved(mentions.countries),
        moved(mentions.quantities),
        moved(mentions.dates),
    )
