"""The last look before facts leave or are written: every fact points at the characters that carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.facts import Extraction, Indicator, Statement
from app.domain.text import Article, Span
from app.errors import InternalError
from app.pipeline.page.markup import View, read_visible


def verify(article: Article, extraction: Extraction) -> None:
    """InternalError where `text[start:end]` is not what a fact says, or a fact refers to one that is not there."""
    for wrong in inconsistencies(read_visible(article.text), extraction):
        raise InternalError(f"the article was not read consistently: {wrong}")


def inconsistencies(view: View, extraction: Extraction) -> Iterator[str]:
    """Everything that is inconsistent, one sentence each; words are compared as a reader of the markup sees them."""
    for statement in extraction.statements:
        yield from _statement_errors(view, statement)
    for indicator in extraction.indicators:
        yield from _indicator_errors(view, indicator)
    yield from _reference_errors(extraction)


def _statement_errors(view: View, statement: Statement) -> Iterator[str]:
    if not statement.segments:
        yield f"{statement.id} has no segment"
    if _joined(view, statement.segments) != statement.text:
        yield f"the segments of {statement.id} do not hold its text"
    if statement.cue is not None and _at(view, statement.cue.span) != statement.cue.text:
        yield f"the cue of {statement.id} is not where it says"


def _indicator_errors(view: View, indicator: Indicator) -> Iterator[str]:
    if _at(view, indicator.span) != indicator.as_written:
        yield f"the span of {indicator.id} does not hold its words"
    if not indicator.value.is_finite() or (indicator.value_max is not None and not indicator.value_max.is_finite()):
        yield f"the value of {indicator.id} is not a number"


def _reference_errors(extraction: Extraction) -> Iterator[str]:
    statements = Counter(s.id for s in extraction.statements)
    indicators = Counter(i.id for i in extraction.indicators)
    for ids in (statements, indicators):
        yield from (f"{id_} is there twice" for id_, times in ids.items() if times > 1)
    for indicator in extraction.indicators:
        if indicator.statement_id is not None and indicator.statement_id not in statements:
            yield f"{indicator.id} refers to a statement that is not there"
        for other in (indicator.additional_to, indicator.equivalent_of):
            if other is not None and other not in indicators:
                yield f"{indicator.id} refers to an indicator that is not there"


def _joined(view: View, spans: tuple[Span, ...]) -> str | None:
    parts = [_at(view, span) for span in spans]
    return " ".join(part for part in parts if part is not None) if all(part is not None for part in parts) else None


def _at(view: View, span: Span) -> str | None:
    """The words of a span of the submitted string, None where it is empty or leaves it."""
    if len(span) == 0 or span.end > view.submitted:
        return None
    return view.read(span)
