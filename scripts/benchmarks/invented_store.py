"""An invented archive of any size, skewed as news is: few pairs, speakers and words make most of it, and late years the most.

Its words are those of the demonstration articles, put together at random; the people do not exist.
"""

from __future__ import annotations

import json
import random
import re
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

from app.domain.country import Pair
from app.domain.facts import Cue, Evidence, Extraction, Indicator, Statement, StatementKind
from app.domain.measure import Measure, Period, Status
from app.domain.speaker import ResolvedBy, Role, Speaker, SpeakerKind
from app.domain.text import Article, Span, digest, fact_id

Thing = TypeVar("Thing")
FACTS_AN_ARTICLE = 4
PAIRS, SPEAKERS, YEARS = 200, 5_000, 15
RARE_WORD = "Верблюдами"
RARE_SHARE = 0.01
_LAST_DAY = date(2026, 6, 30)
_COUNTRIES = (
    "AM", "AZ", "BY", "CN", "DE", "FR", "GB", "GE", "IN", "IR", "IT", "JP", "KG", "KR", "KZ", "MN", "PL", "RU", "TJ", "TM", "TR",
    "UA", "US", "UZ",
)  # fmt: skip
_METRICS = (
    "trade_turnover", "exports", "imports", "investment", "joint_projects", "jobs", "cargo", "tourists", "flights", "students",
)  # fmt: skip
_TOPICS = ("trade", "investment", "energy", "transport", "agriculture", "education", "culture", "security", "water")
_DEMO = Path(__file__).resolve().parents[1] / "demo"


class Skewed(Generic[Thing]):
    """Draws from a list as Zipf's law has it: the n-th comes a n-th as often as the first."""

    def __init__(self, things: list[Thing], dice: random.Random) -> None:
        self._things, self._dice = things, dice
        self._sums = list(accumulate(1 / n for n in range(1, len(things) + 1)))

    def draw(self) -> Thing:
        return self._things[bisect(self._sums, self._dice.random() * self._sums[-1])]


class Archive:
    """The same numbers always make the same archive."""

    def __init__(self, seed: int = 1) -> None:
        dice = self.dice = random.Random(seed)  # noqa: S311 - it has to come out alike, and nobody is to be kept from guessing it
        pairs = [Pair(a, b) for a in _COUNTRIES for b in _COUNTRIES if a < b]
        dice.shuffle(pairs)
        pairs.remove(Pair("KZ", "RU"))
        self.pairs = Skewed([Pair("KZ", "RU"), *pairs][:PAIRS], dice)
        self.speakers = Skewed([_speaker(n) for n in range(SPEAKERS)], dice)
        texts = [json.loads(path.read_text("utf-8"))["text"] for path in sorted(_DEMO.glob("*.json"))]
        words = sorted(set(re.findall(r"[а-яё]{3,}", " ".join(texts))))
        dice.shuffle(words)
        self.words = Skewed(words, dice)

    def articles(self, facts: int) -> Iterator[tuple[Article, Extraction]]:
        """So many statements, and as many indicators."""
        for number in range(facts // FACTS_AN_ARTICLE):
            yield self._article(number)

    def _article(self, number: int) -> tuple[Article, Extraction]:
        dice = self.dice
        # A triangular draw: of every year's facts a fifteenth more than of the year before.
        day = _LAST_DAY - timedelta(int(YEARS * 365 * (1 - dice.random() ** 0.5)))
        pair: Pair = self.pairs.draw()
        text, spans, said = f"Выдуманная новость {number}.\n", [], []
        for _ in range(FACTS_AN_ARTICLE):
            words = " ".join(self.words.draw() for _ in range(dice.randint(8, 24)))
            words = f"{words} {RARE_WORD}" if dice.random() < RARE_SHARE else words
            start = len(text) + 10
            text += f"Сказано: «{words}».\n"
            said.append(Span(start, start + len(words)))
        for _ in range(FACTS_AN_ARTICLE):
            written = f"{dice.randint(1, 9999)} млн долларов"
            start = len(text) + 7
            text += f"Объём: {written}.\n"
            spans.append(Span(start, start + len(written)))
        article = Article(text, published_at=day.isoformat(), publisher=f"Выдуманный вестник {number % 300}", language="ru")
        key = digest(text)
        statements = tuple(self._statement(text, key, span, day, pair) for span in said)
        indicators = tuple(self._indicator(text, key, span, day, pair, statements) for span in spans)
        return article, Extraction(
            key, "ru", published_at=day.isoformat(), publisher=article.publisher, pairs=(pair,), statements=statements,
            indicators=indicators,
        )  # fmt: skip

    def _statement(self, text: str, key: str, span: Span, day: date, pair: Pair) -> Statement:
        cue = Span(span.start - 10, span.start - 3)
        return Statement(
            fact_id("st", key, span.start), StatementKind.DIRECT, (span,), span.of(text), self.speakers.draw(),
            Evidence("invented", "Сказано"), Cue(cue, "Сказано", "сказать"), stated_on=day, countries=(pair.first, pair.second),
            pairs=(pair,), topics=(self.dice.choice(_TOPICS),),
        )  # fmt: skip

    def _indicator(self, text: str, key: str, span: Span, day: date, pair: Pair, statements: tuple[Statement, ...]) -> Indicator:
        statement = self.dice.choice(statements)
        year = day.year - self.dice.randint(0, 1)
        return Indicator(
            fact_id("in", key, span.start), self.dice.choice(_METRICS), Measure.LEVEL, Decimal(span.of(text).split()[0]) * 10**6,
            "USD", span, span.of(text), Evidence("invented"), status=self.dice.choice(list(Status)),
            period=Period(date(year, 1, 1), date(year, 12, 31), f"за {year} год"), countries=(pair.first, pair.second),
            pairs=(pair,), stated_on=day, statement_id=statement.id, speaker=statement.speaker,
        )  # fmt: skip


def _speaker(number: int) -> Speaker:
    country = _COUNTRIES[number % len(_COUNTRIES)]
    return Speaker(
        f"invented-speaker-{number}", SpeakerKind.PERSON, f"Выдуманный Оратор {number}",
        {"ru": f"Выдуманный Оратор {number}", "en": f"Invented Speaker {number}"}, Role.MINISTER, country, "Оратор", "министр",
        ResolvedBy.NAME,
    )  # fmt: skip
