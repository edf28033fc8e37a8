"""Articles and their facts made by hand: what extraction would hand over, without extraction.

All names and words here are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from app.domain.country import Pair
from app.domain.facts import Cue, Evidence, Extraction, Indicator, Notice, Statement, StatementKind
from app.domain.measure import Measure
from app.domain.speaker import ResolvedBy, Role, Speaker, SpeakerKind
from app.domain.text import Article, Span, digest, fact_id
from app.services.ingestion import Ingested, store

KZ_RU, KZ_UZ, CN_KZ = Pair("KZ", "RU"), Pair("KZ", "UZ"), Pair("CN", "KZ")
DAY = date(2024, 5, 6)

SERIKOV = Speaker(
    "askar-serikov", SpeakerKind.PERSON, "Аскар Сериков",
    {"ru": "Аскар Сериков", "kk": "Асқар Серіков", "en": "Askar Serikov"},
    role=Role.FOREIGN_MINISTER, country="KZ", as_written="Серикова", role_as_written="глава МИД",
    resolved_by=ResolvedBy.NAME, wikidata="Q999000001",
)  # fmt: skip
PETROVA = Speaker(
    "yelena-petrova", SpeakerKind.PERSON, "Елена Петрова", {"ru": "Елена Петрова", "en": "Yelena Petrova"},
    role=Role.AMBASSADOR, country="RU", as_written="она", resolved_by=ResolvedBy.PRONOUN,
)  # fmt: skip
BUREAU = Speaker("statistics-bureau", SpeakerKind.ORGANIZATION, "Бюро статистики", {"ru": "Бюро статистики"}, country="KZ")
SOURCE = Speaker("unnamed-1", SpeakerKind.UNNAMED, "источник в правительстве", as_written="источник в правительстве")


class Draft:
    """An article under construction: each call adds a sentence, and the fact that it carries."""

    def __init__(self, lead: str = "Выдуманная новость.", *, pairs: tuple[Pair, ...] = (KZ_RU,), **metadata: Any) -> None:
        self.text = lead + "\n"
        self.pairs = pairs
        self.metadata: dict[str, Any] = {"published_at": DAY.isoformat(), "language": "ru"} | metadata
        self.statements: list[dict[str, Any]] = []
        self.indicators: list[dict[str, Any]] = []
        self.warnings: tuple[Notice, ...] = ()

    def says(self, words: str = "Мы ценим сотрудничество", speaker: Speaker = SERIKOV, **fields: Any) -> Draft:
        """A quotation; `fields` replace those of the statement."""
        cue = self._write("Сказано: ", of="Сказано")
        span = self._write(f"«{words}».\n", of=words)
        given = {
            "kind": StatementKind.DIRECT, "segments": (span,), "text": words, "speaker": speaker, "stated_on": DAY,
            "evidence": Evidence("quote", "Сказано", ("имя в том же предложении",)), "cue": Cue(cue, "Сказано", "сказать"),
            "countries": ("KZ", "RU"), "pairs": (KZ_RU,), "topics": ("trade",),
        }  # fmt: skip
        self.statements.append(given | fields)
        return self

    def tells(
        self, written: str = "5 млрд долларов", value: str = "5000000000", within: int | None = None, **fields: Any
    ) -> Draft:
        """A figure; `within` is the number of the statement that it belongs to."""
        span = self._write(f"Объём: {written}.\n", of=written)
        given = {
            "metric": "trade_turnover", "measure": Measure.LEVEL, "value": Decimal(value), "unit": "USD", "span": span,
            "as_written": written, "evidence": Evidence("amount"), "stated_on": DAY, "countries": ("KZ", "RU"),
            "pairs": (KZ_RU,), "statement_id": within,
        }  # fmt: skip
        self.indicators.append(given | fields)
        return self

    @property
    def article(self) -> Article:
        return Article(self.text, **self.metadata)

    @property
    def extraction(self) -> Extraction:
        identity = digest(self.text)
        said = tuple(Statement(**({"id": fact_id("st", identity, n)} | f)) for n, f in enumerate(self.statements))
        told = [Indicator(**({"id": fact_id("in", identity, n)} | f)) for n, f in enumerate(self.indicators)]
        told = [replace(i, statement_id=said[i.statement_id].id) if isinstance(i.statement_id, int) else i for i in told]
        return Extraction(
            identity, self.metadata["language"] or "ru", pairs=self.pairs, statements=said, indicators=tuple(told),
            warnings=self.warnings, blocs=("EAEU",), sources=("Выдуманное агентство",),
        )  # fmt: skip

    def stored(self, session: Session) -> Ingested:
        return store(session, self.article, self.extraction)

    def _write(self, sentence: str, of: str) -> Span:
        start = len(self.text) + sentence.index(of)
        self.text += sentence
        return Span(start, start + len(of))
