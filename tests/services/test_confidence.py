"""How sure facts are: what is kept back, how calibration is judged, how it is learned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.facts import Evidence, Extraction, Indicator, Statement, StatementKind
from app.domain.measure import Measure
from app.domain.speaker import Speaker, SpeakerKind
from app.domain.text import Span
from app.services.evaluation import Verdict, calibration_error, reliability
from app.services.keeping_back import sure_enough
from scripts import calibrate

SPEAKER = Speaker("somebody", SpeakerKind.PERSON, "Некто")


def statement(ident: str, confidence: float | None) -> Statement:
    return Statement(ident, StatementKind.DIRECT, (Span(0, 4),), "text", SPEAKER, Evidence("rule"), confidence=confidence)


def indicator(ident: str, confidence: float | None, said: str | None = None, of: str | None = None) -> Indicator:
    return Indicator(
        ident, "exports", Measure.LEVEL, Decimal(5), "USD", Span(0, 4), "text", Evidence("rule"), confidence=confidence,
        statement_id=said, speaker=SPEAKER if said else None, equivalent_of=of,
    )  # fmt: skip


MADE = Extraction(
    "digest",
    "ru",
    statements=(statement("s1", 0.4), statement("s2", 0.9), statement("s3", None)),
    indicators=(indicator("i1", 0.9, said="s1"), indicator("i2", 0.3, said="s2"), indicator("i3", 0.8, said="s2", of="i2")),
)


def test_facts_under_the_threshold_are_kept_back_and_told() -> None:
    shown = sure_enough(MADE, 0.5)
    assert [s.id for s in shown.statements] == ["s2", "s3"]
    assert [i.id for i in shown.indicators] == ["i1", "i3"]
    assert [(w.code, w.detail.split()[0]) for w in shown.warnings] == [("kept_back", "2")]


def test_nothing_refers_to_a_fact_that_is_kept_back() -> None:
    first, third = sure_enough(MADE, 0.5).indicators
    assert (first.statement_id, first.speaker) == (None, None)
    assert (third.statement_id, third.equivalent_of) == ("s2", None)


def test_a_threshold_that_all_facts_reach_changes_nothing() -> None:
    assert sure_enough(MADE, 0.3) == MADE


def verdicts(*judged: tuple[float | None, bool]) -> list[Verdict]:
    return [Verdict("statement", n, confidence, right) for n, (confidence, right) in enumerate(judged)]


def test_reliability_lays_what_is_said_beside_what_is_right() -> None:
    bands = reliability(verdicts((0.96, True), (0.98, True), (0.96, False), (0.6, True), (0.6, False), (None, False)))
    assert [(band.low, band.facts, round(band.confidence, 3), round(band.right, 3)) for band in bands] == [
        (0.5, 2, 0.6, 0.5),
        (0.95, 3, 0.967, 0.667),
    ]
    assert calibration_error(bands) == pytest.approx((2 * 0.1 + 3 * 0.3) / 5)


def test_a_certain_fact_falls_into_the_last_band() -> None:
    assert [band.high for band in reliability(verdicts((1.0, True)))] == [1.0]


def test_there_is_no_error_of_nothing() -> None:
    assert calibration_error(reliability(verdicts((None, True)))) is None


def test_calibration_learns_what_speaks_for_a_fact_and_what_against() -> None:
    told = [("good", n % 10 != 0) for n in range(60)] + [("bad", n % 10 < 3) for n in range(60)]
    facts = [
        calibrate.Judged(f"article {n % 12}", replace(Verdict("statement", n, None, right)), frozenset((ground, "always")))
        for n, (ground, right) in enumerate(told)
    ]
    weights = calibrate.learn(facts)
    assert "always" not in weights
    assert calibrate.chance(weights, {"good"}) == pytest.approx(0.9, abs=0.05)
    assert calibrate.chance(weights, {"bad"}) == pytest.approx(0.3, abs=0.05)
    held = calibrate.cross_validated(facts)
    assert len(held) == len(facts)
    assert calibration_error(reliability(held)) < 0.1
