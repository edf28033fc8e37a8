"""An office without a name is its holder's of that day, or nobody's.

Strategy: `specs/<language>/seats.toml` holds office phrases with a day; each is put behind an invented statement.
"""

from __future__ import annotations

import pytest

from app.catalog import load_catalog
from app.domain.speaker import ResolvedBy
from app.domain.text import Article
from app.pipeline import extract
from tests.spec_cases import spec

SENTENCES = {
    "ru": "Переговоры о поставках зерна идут, заявил {}.",
    "kk": "«Иранмен сауда екінші жыл қатарынан өсіп келеді», – деді {}.",
    "en": '"Trade with Iran has been growing for two years," said {}.',
}
ROWS = [(language, *row) for language in SENTENCES for row in spec(f"{language}/seats")["rows"]]


@pytest.mark.parametrize(("language", "day", "phrase", "person"), ROWS, ids=lambda value: value)
def test_the_holder_of_the_day(language: str, day: str, phrase: str, person: str) -> None:
    text = SENTENCES[language].format(phrase)
    (statement,) = extract(Article(text=text, language=language, published_at=day), load_catalog()).statements
    speaker = statement.speaker
    if person == "-":
        assert load_catalog().people.get(speaker.id) is None
        assert any("no holder known" in step for step in statement.evidence.steps)
    else:
        assert (speaker.id, speaker.resolved_by) == (person, ResolvedBy.OFFICE)
        assert any(day in step for step in statement.evidence.steps)
