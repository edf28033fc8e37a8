"""An invented article with its facts, put together by hand: what the doors are tried on, however extraction reads.

The people do not exist.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from app.domain.country import Pair
from app.domain.facts import Cue, Evidence, Extraction, Indicator, Notice, Statement, StatementKind
from app.domain.measure import Comparator, Measure, Period
from app.domain.speaker import ResolvedBy, Role, Speaker, SpeakerKind
from app.domain.text import Article, Span, digest, fact_id

KZ_UZ = Pair("KZ", "UZ")
MINISTER = Speaker(
    id="serik-zhanatov",
    kind=SpeakerKind.PERSON,
    name="Серик Жанатов",
    names={"ru": "Серик Жанатов", "en": "Serik Zhanatov"},
    role=Role.MINISTER,
    country="KZ",
    as_written="Жанатов",
    role_as_written="министр торговли Казахстана",
    resolved_by=ResolvedBy.NAME,
)


def article(day: int = 0) -> Article:
    """The same news of another day: each is an article of its own."""
    said = date(2025, 5, 1) + timedelta(days=day)
    text = (
        f"«Торговля растёт», – заявил {said:%d.%m} министр торговли Казахстана Жанатов. "
        f"Оборот с Узбекистаном: {day + 1} млрд долларов."
    )
    return Article(text, title=f"Торговля растёт, день {day}", published_at=said.isoformat(), publisher="Пример новостей")


def extraction(submitted: Article) -> Extraction:
    text = submitted.text
    said_on = date.fromisoformat(submitted.published_at or "")
    key = digest(text)
    return Extraction(
        digest=key,
        language="ru",
        pairs=(KZ_UZ,),
        statements=(_statement(text, key, said_on),),
        indicators=(_indicator(text, key, said_on),),
        warnings=(Notice("invented", "Put together by hand."),),
    )


def _statement(text: str, key: str, said_on: date) -> Statement:
    span, cue = _span(text, "Торговля растёт"), _span(text, "заявил")
    return Statement(
        id=fact_id("st", key, "direct"),
        kind=StatementKind.DIRECT,
        segments=(span,),
        text=span.of(text),
        speaker=MINISTER,
        evidence=Evidence("by hand", cue="заявил", steps=("name",)),
        cue=Cue(cue, "заявил", "заявить"),
        stated_on=said_on,
        countries=("KZ", "UZ"),
        pairs=(KZ_UZ,),
        topics=("trade",),
    )


def _indicator(text: str, key: str, said_on: date) -> Indicator:
    written = text[text.index(": ") + 2 : -1]
    return Indicator(
        id=fact_id("in", key, "turnover"),
        metric="trade_turnover",
        measure=Measure.LEVEL,
        value=Decimal(written.split()[0]) * 10**9,
        unit="USD",
        span=_span(text, written),
        as_written=written,
        evidence=Evidence("by hand"),
        comparator=Comparator.APPROX,
        period=Period(date(2024, 1, 1), date(2024, 12, 31), "за 2024 год"),
        countries=("KZ", "UZ"),
        pairs=(KZ_UZ,),
        stated_on=said_on,
        statement_id=fact_id("st", key, "direct"),
        speaker=MINISTER,
    )


def _span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))
