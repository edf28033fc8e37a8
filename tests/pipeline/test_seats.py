"""An office without a name is its holder's of that day, or nobody's.

Strategy: `specs/ru/seats.toml` holds office phrases with a day; each is put behind an invented statement.
"""

from __future__ import annotations

import pytest

from app.catalog import load_catalog
from app.domain.speaker import ResolvedBy
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import spec

SPEC = spec("ru/seats")


@pytest.mark.parametrize(("day", "phrase", "person"), SPEC["rows"], ids=lambda value: value)
def test_the_holder_of_the_day(day: str, phrase: str, person: str) -> None:
    text = f"Переговоры о поставках зерна идут, заявил {phrase}."
    (statement,) = extract(Article(text=text, language="ru", published_at=day), load_catalog()).statements
    speaker = statement.speaker
    if person == "-":
        assert load_catalog().people.get(speaker.id) is None
        assert any("no holder known" in step for step in statement.evidence.steps)
    else:
        assert (speaker.id, speaker.resolved_by) == (person, ResolvedBy.OFFICE)
        assert any(day in step for step in statement.evidence.steps)
