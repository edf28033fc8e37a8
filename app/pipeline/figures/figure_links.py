"""What ties figures together: one phrase, "ещё", and the same sum in another currency."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from app.domain.facts import Indicator
from app.domain.record import replace
from app.domain.text import fact_id
from app.languages.pack import Pack
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.surroundings import Measured
from app.pipeline.words.phrasebook import Words
from app.pipeline.words.segment import Sentence

# Figures that describe one undertaking; a metric met again begins the next.
_FAMILIES = (
    frozenset(("joint_projects", "project_investment", "jobs", "investment")),
    frozenset(("agreements", "contract_value")),
    frozenset(("infrastructure", "capacity", "jobs")),
)
_NEAR = 3  # words from "ещё" to its number
_ASIDE = 4  # words from the bracket or "или" to the second currency


def group_of(metric: str, sentence: Sentence, measured: Sequence[Measured], found: Sequence[Indicator]) -> int | None:
    """The place in `found` of the figure whose group this one joins: the same sentence, the same undertaking."""
    for back in range(len(measured) - 1, -1, -1):
        earlier = measured[back]
        if earlier.quantity.first < sentence.first or earlier.metric == metric or not _related(earlier.metric, metric):
            return None
        if not any(m.metric == metric for m in measured[_group_start(back, measured, found, sentence) :]):
            return back
    return None


def _group_start(back: int, measured: Sequence[Measured], found: Sequence[Indicator], sentence: Sentence) -> int:
    """Where the group of a figure begins."""
    group = found[back].group
    first = back
    while group and first and found[first - 1].group == group and measured[first - 1].quantity.first >= sentence.first:
        first -= 1
    return first


def _related(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _FAMILIES)


def group_id(digest: str, first: Indicator) -> str:
    """The id of the group that a figure opens."""
    return fact_id("gr", digest, first.id)


def additional_to(
    quantity: Quantity, metric: str, words: Words, sentence: Sentence, found: Sequence[Indicator], pack: Pack
) -> str | None:
    """The earlier figure that "ещё 49 проектов" adds to."""
    start = max(sentence.first, quantity.first - _NEAR)
    additional = _links(pack)["additional"]
    if not any(not additional.isdisjoint(forms) for forms in words.forms[start : quantity.number]):
        return None
    alike = (f.id for f in reversed(found) if f.metric == metric and f.unit == quantity.unit)
    return next(alike, None)


def equivalent_of(quantity: Quantity, words: Words, measured: Sequence[Measured]) -> int | None:
    """The place of the figure that this one restates: "1,5 трлн рублей ($15,6 млрд)"."""
    if not measured or quantity.kind != "money":
        return None
    previous = measured[-1].quantity
    gap = range(previous.last, quantity.first)
    if previous.kind != "money" or previous.unit == quantity.unit or len(gap) > _ASIDE:
        return None
    marks = _links(words.pack)["equivalent"]
    return len(measured) - 1 if any(words.forms[n] & marks for n in gap) else None


@cache
def _links(pack: Pack) -> dict[str, frozenset[str]]:
    table = pack["indicators"]
    return {
        "additional": frozenset(table.get("additional", {}).get("words", ())),
        "equivalent": frozenset(table.get("equivalent", {}).get("marks", ())),
    }


def restated(fact: Indicator, original: Indicator) -> Indicator:
    """The same sum in another currency says the same of the same."""
    return replace(
        fact,
        metric=original.metric,
        measure=original.measure,
        status=original.status,
        period=original.period,
        countries=original.countries,
        pairs=original.pairs,
        reporter=original.reporter,
        partner=original.partner,
        group=original.group,
        per=original.per,
        equivalent_of=original.id,
    )
