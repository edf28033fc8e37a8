"""The shapes that clients see: every field of the contract, ready for JSON, the same from extraction and from storage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pytest

from app import __version__
from app.domain.facts import Mention, Mentions
from app.domain.measure import Comparator, Per, Period
from app.domain.speaker import Speaker, SpeakerKind
from app.domain.text import Article, Span
from app.services import reading
from app.services.documents import extraction_document, indicator_document, speaker_document, statement_document
from app.storage.database import Database
from tests.services.making import KZ_RU, KZ_UZ, PETROVA, SERIKOV, Draft

EXTRACTOR = {"name": "bilateral", "version": __version__}


def test_a_statement() -> None:
    draft = Draft("Ввод.").says("Мы растём", co_speakers=(PETROVA,), pairs=(KZ_RU, KZ_UZ), confidence=0.9)
    (statement,) = draft.extraction.statements
    assert statement_document(statement) == {
        "id": statement.id,
        "kind": "direct",
        "text": "Мы растём",
        "segments": [{"start": 16, "end": 25}],
        "speaker": speaker_document(SERIKOV),
        "co_speakers": [speaker_document(PETROVA)],
        "cue": {"text": "Сказано", "lemma": "сказать", "start": 6, "end": 13},
        "stated_on": "2024-05-06",
        "countries": ["KZ", "RU"],
        "pairs": ["KZ-RU", "KZ-UZ"],
        "topics": ["trade"],
        "confidence": 0.9,
        "evidence": {"rule": "quote", "cue": "Сказано", "steps": ["имя в том же предложении"]},
        "extractor": EXTRACTOR,
        "review": "unreviewed",
        "repeats": None,
        "further_sources": [],
        "article": None,
        "group": None,
    }


def test_an_indicator() -> None:
    period = Period(date(2023, 1, 1), date(2023, 9, 30), "за девять месяцев 2023 года")
    fields: dict[str, Any] = {
        "value_max": Decimal("7.50E+9"), "comparator": Comparator.GT, "per": Per.YEAR, "period": period, "reporter": "KZ",
        "partner": "RU", "group": "gr_1", "speaker": SERIKOV,
    }  # fmt: skip
    (indicator,) = Draft("Ввод.").says().tells("5–7,5 млрд", "5E+9", within=0, **fields).extraction.indicators
    document = indicator_document(indicator)
    assert document == {
        "id": indicator.id,
        "metric": "trade_turnover",
        "measure": "level",
        "value": "5000000000",
        "value_max": "7500000000",
        "unit": "USD",
        "per": "year",
        "comparator": "gt",
        "status": "actual",
        "period": {"start": "2023-01-01", "end": "2023-09-30", "as_written": "за девять месяцев 2023 года"},
        "countries": ["KZ", "RU"],
        "pairs": ["KZ-RU"],
        "pair": "KZ-RU",
        "reporter": "KZ",
        "partner": "RU",
        "stated_on": "2024-05-06",
        "group": "gr_1",
        "additional_to": None,
        "equivalent_of": None,
        "span": {"start": indicator.span.start, "end": indicator.span.end},
        "as_written": "5–7,5 млрд",
        "statement_id": indicator.statement_id,
        "speaker": speaker_document(SERIKOV),
        "confidence": None,
        "evidence": {"rule": "amount", "cue": None, "steps": []},
        "extractor": EXTRACTOR,
        "review": "unreviewed",
        "repeats": None,
        "further_sources": [],
        "article": None,
    }
    assert indicator_document(replace(indicator, pairs=(KZ_RU, KZ_UZ)))["pair"] is None


@pytest.mark.parametrize(
    ("value", "written"),
    [("18.3E+9", "18300000000"), ("-5", "-5"), ("1e-9", "0.000000001"), ("2.50", "2.5"), ("1e24", "1" + "0" * 24), ("0.00", "0")],
)
def test_amounts_are_plain_decimals(value: str, written: str) -> None:
    (indicator,) = Draft().tells("число", value).extraction.indicators
    assert indicator_document(indicator)["value"] == written


def test_a_speaker_has_every_field_whatever_is_known() -> None:
    known, unknown = speaker_document(SERIKOV), speaker_document(Speaker("s", SpeakerKind.UNNAMED, "источник"))
    assert known["names"] == {"ru": "Аскар Сериков", "kk": "Асқар Серіков", "en": "Askar Serikov"}
    assert (known["role"], known["resolved_by"], known["role_as_written"]) == ("foreign_minister", "name", "глава МИД")
    assert known.keys() == unknown.keys()
    assert unknown["names"] == {"ru": None, "kk": None, "en": None}


def test_mentions_are_told_when_asked_for() -> None:
    span = Span(0, 4)
    mentions = Mentions(
        people=(Mention(span, "Серикова", id=SERIKOV.id, name=SERIKOV.name),),
        organizations=(Mention(span, "МИД"),),
        countries=(Mention(span, "России", code="RU"),),
        quantities=(Mention(span, "5 млн т", value=Decimal("5E+6"), unit="t", comparator=Comparator.APPROX),),
        dates=(Mention(span, "в 2023 году", start=date(2023, 1, 1), end=date(2023, 12, 31)),),
    )
    draft = Draft()
    extraction = replace(draft.extraction, mentions=mentions)
    at = {"start": 0, "end": 4}
    assert "mentions" not in extraction_document(draft.article, extraction)
    assert extraction_document(draft.article, extraction, mentions=True)["mentions"] == {
        "people": [{"span": at, "text": "Серикова", "id": "askar-serikov", "name": "Аскар Сериков"}],
        "organizations": [{"span": at, "text": "МИД", "id": None, "name": None}],
        "countries": [{"span": at, "text": "России", "code": "RU"}],
        "quantities": [
            {"span": at, "text": "5 млн т", "value": "5000000", "value_max": None, "unit": "t", "comparator": "approx"}
        ],
        "dates": [{"span": at, "text": "в 2023 году", "start": "2023-01-01", "end": "2023-12-31"}],
    }


def test_what_is_stored_is_what_was_extracted(database: Database) -> None:
    """Besides what storing adds: ids, times, counts, the text, and the article of each fact."""
    draft = Draft(title="Выдуманное", url="https://example.org/1").says(co_speakers=(PETROVA,), confidence=0.25)
    draft.says(speaker=PETROVA, stated_on=None, cue=None).tells(within=0, speaker=SERIKOV).tells(value="0.50")
    extracted = extraction_document(draft.article, draft.extraction)
    with database.session() as session:
        stored = reading.get_article(session, draft.stored(session).article["id"])
    assert orjson.loads(orjson.dumps(stored)) == stored, "ready for JSON"
    assert stored.keys() - extracted.keys() == {"id", "text", "created_at", "counts", "version", "sources_seen", "reprint_of"}
    ref = {name: stored[name] for name in ("id", "title", "url", "publisher", "published_at")}
    assert (ref["title"], ref["url"], ref["published_at"]) == ("Выдуманное", "https://example.org/1", "2024-05-06")
    for noun in ("statements", "indicators"):
        assert stored.pop(noun) == [fact | {"article": ref} for fact in extracted.pop(noun)]
    assert {name: stored[name] for name in extracted} == extracted


@pytest.mark.parametrize("name", ["title", "published_at", "publisher", "publisher_country", "language"])
def test_what_the_client_gives_counts_more_than_what_was_read(name: str) -> None:
    draft = Draft()
    fields: dict[str, Any] = {name: "read"}
    read = replace(draft.extraction, **fields)
    assert extraction_document(Article(draft.text), read)[name] == "read"
    document = extraction_document(Article(draft.text, **{name: "given"}), read)
    assert (document[name], document["given"]) == ("given", [name])
