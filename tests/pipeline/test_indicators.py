"""What figures measure: metric, measure, sign, status, period and pair come out of the words around them, or nothing does.

Strategy: `indicators.toml` of every language under `specs`: made-up sentences with the fields of their figures, negatives too;
what ties figures to statements and to each other is asked of made-up passages here; hostile text must stay linear.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.country import Pair
from app.domain.facts import Evidence, Indicator, Statement, StatementKind
from app.domain.measure import plain
from app.domain.speaker import Speaker, SpeakerKind
from app.domain.text import Span
from app.languages.registry import pack
from app.pipeline.figures.indicators import Context, find_indicators
from app.pipeline.figures.periods import find_periods
from app.pipeline.figures.quantities import find_quantities
from app.pipeline.places.countries import find_places
from app.pipeline.words.segment import segment
from tests.growth import assert_linear
from tests.spec_cases import every, every_line

TODAY = "2025-09-10"


def read(
    text: str,
    pairs: tuple[str, ...] = (),
    today: str | None = TODAY,
    statements: tuple[Statement, ...] = (),
    language: str = "ru",
) -> tuple[Indicator, ...]:
    spoken = pack(language)
    layout, day = segment(text, spoken), date.fromisoformat(today) if today else None
    context = Context(day, tuple(Pair.parse(pair) for pair in pairs))
    quantities, periods = find_quantities(layout, spoken), find_periods(layout, spoken, day)
    countries = find_places(layout, spoken).countries
    return find_indicators(layout, quantities, periods, countries, statements, context, spoken, "digest")


def fields(fact: Indicator, opened: str | None) -> dict[str, Any]:
    period = fact.period
    return {
        "text": fact.as_written,
        "metric": fact.metric,
        "measure": str(fact.measure),
        "value": plain(fact.value),
        "value_max": None if fact.value_max is None else plain(fact.value_max),
        "unit": fact.unit,
        "comparator": str(fact.comparator),
        "status": str(fact.status),
        "per": str(fact.per),
        "pair": str(fact.pair or ""),
        "start": (period and period.start and period.start.isoformat()) or "",
        "end": (period and period.end and period.end.isoformat()) or "",
        "reporter": fact.reporter,
        "partner": fact.partner,
        "same_group": fact.group is not None and fact.group == opened,
        "equivalent": fact.equivalent_of is not None,
    }


@pytest.mark.parametrize(("language", "case"), every("indicators"))
def test_figures_of_a_sentence(language: str, case: dict[str, Any]) -> None:
    found = read(case["text"], tuple(case["pairs"]), case.get("today", TODAY), language=language)
    assert [fact.as_written for fact in found] == [asked["text"] for asked in case["expect"]]
    for fact, asked in zip(found, case["expect"], strict=True):
        shown = fields(fact, found[0].group)
        assert {name: shown[name] for name in asked} == asked


@pytest.mark.parametrize(("language", "case"), every("indicators", "status"))
def test_the_first_figure_of_a_sentence_has_its_status(language: str, case: dict[str, Any]) -> None:
    found = read(case["text"], ("DE-KZ",), language=language)
    assert str(found[0].status) == case["expect"]


@pytest.mark.parametrize(("language", "case"), every("indicators", "metric"))
def test_the_first_figure_of_a_sentence_has_its_metric(language: str, case: dict[str, Any]) -> None:
    assert [fact.metric for fact in read(case["text"], ("DE-KZ",), language=language)][:1] == [case["expect"]]


@pytest.mark.parametrize(("language", "sentence"), every_line("indicators", "nothing", "sentences"))
def test_what_measures_no_relation_is_no_figure(language: str, sentence: str) -> None:
    assert [fact.as_written for fact in read(sentence, ("DE-KZ",), language=language)] == []


def statement(text: str, said: str, kind: StatementKind = StatementKind.DIRECT) -> Statement:
    start = text.index(said)
    speaker = Speaker("person-x", SpeakerKind.PERSON, "Айжан Примерова", country="KZ")
    span = Span(start, start + len(said))
    return Statement(
        "st_1", kind, (span,), said, speaker, Evidence("test"), pairs=(Pair("KZ", "UZ"),), stated_on=date(2025, 9, 9)
    )


def test_a_figure_inside_a_statement_is_its_speakers() -> None:
    text = "«Мы вложили 40 млн долларов инвестиций», – сказала Примерова. Узбекистан закупил 300 тракторов."
    quoted, narrated = read(text, ("KZ-UZ",), statements=(statement(text, "Мы вложили 40 млн долларов инвестиций"),))
    assert (quoted.statement_id, quoted.speaker and quoted.speaker.name) == ("st_1", "Айжан Примерова")
    assert quoted.stated_on == date(2025, 9, 9)
    assert (narrated.statement_id, narrated.speaker, narrated.stated_on) == (None, None, date.fromisoformat(TODAY))


def test_a_quotation_speaks_only_of_itself() -> None:
    text = "В 2024 году всё изменилось, и «мы вложили 40 млн долларов инвестиций», – сказал посол Турции."
    (fact,) = read(text, ("KZ-UZ",), statements=(statement(text, "мы вложили 40 млн долларов инвестиций"),))
    assert fact.period is None
    assert str(fact.pair) == "KZ-UZ"


def test_figures_of_one_undertaking_are_a_group_and_a_second_count_begins_the_next() -> None:
    text = "Реализовано 10 проектов на 2 млрд долларов, создано 500 рабочих мест. В планах ещё 7 проектов на 1 млрд долларов."
    first, cost, jobs, second, second_cost = read(text, ("KZ-UZ",))
    assert first.group == cost.group == jobs.group is not None
    assert second.group == second_cost.group is not None
    assert first.group != second.group
    assert second.additional_to == first.id
    assert [fact.additional_to for fact in (first, cost, jobs, second_cost)] == [None] * 4


def test_the_same_sum_in_another_currency_says_the_same() -> None:
    roubles, dollars = read("В 2023 году товарооборот составил 1,5 трлн рублей (15,6 млрд долларов).", ("RU-UZ",))
    assert dollars.equivalent_of == roubles.id
    assert (dollars.metric, dollars.period, dollars.pairs) == (roubles.metric, roubles.period, roubles.pairs)


def test_a_report_lends_its_period_to_the_figures_after_it() -> None:
    text = "По итогам 2024 года товарооборот составил 5 млрд долларов. Экспорт достиг 3 млрд долларов. Подписано 19 документов."
    assert [fact.period and fact.period.end for fact in read(text, ("KZ-UZ",))] == [date(2024, 12, 31), date(2024, 12, 31), None]


def test_a_section_lends_its_country() -> None:
    text = "Казахстан торгует больше.\n\nКитай\n\nОборот достиг 40 млрд евро.\n\nТурция\n\nЭкспорт упал до 15 млрд долларов."
    assert [str(fact.pair) for fact in read(text, ("CN-KZ", "KZ-TR"))] == ["CN-KZ", "KZ-TR"]


def test_a_headline_repeated_by_the_body_counts_once() -> None:
    title = "Товарооборот вырос на 12%"
    text = f"{title}\n\nТоварооборот Казахстана и Узбекистана вырос на 12%, сообщил посол."
    spoken = pack("ru")
    layout = segment(text, spoken)
    context = Context(None, (Pair("KZ", "UZ"),), None, Span(0, len(title)))
    countries = find_places(layout, spoken).countries
    (fact,) = find_indicators(layout, find_quantities(layout, spoken), (), countries, (), context, spoken, "digest")
    assert fact.span.start > len(title)


def test_without_a_relation_there_is_no_figure() -> None:
    assert read("Построено 12 школ, создано 500 рабочих мест, завод выпускает 40 тысяч тонн сахара в год.") == ()


def test_evidence_names_the_rule_and_the_word() -> None:
    (fact,) = read("Товарооборот планируется довести до 5 млрд долларов.", ("KZ-UZ",))
    assert (fact.evidence.rule, fact.evidence.cue) == ("cue", "Товарооборот")
    assert fact.evidence.steps == ("pair: pair of the text so far", "status: довести", "period: none is said of it")


PIECES = [
    "Товарооборот вырос на 5%, до 10 млрд долларов, ",
    "с 5 до 10 рейсов в неделю, ",
    "Казахстан и Россия ",
    "в 2024 году ",
    "проектов ",
    "экспорт ",
    "10 млрд ",
    "«",
    "создано 500 рабочих мест. ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_figure_points_at_its_words_and_has_an_id_of_its_own(text: str) -> None:
    found = read(text, ("KZ-RU",))
    assert all(fact.span.of(text) == fact.as_written for fact in found)
    assert len({fact.id for fact in found}) == len(found)


@pytest.mark.parametrize("piece", [*PIECES[:4], "экспорт вырос на 5%, "])
def test_figure_upon_figure_stays_linear(piece: str) -> None:
    assert_linear(lambda text: read(text, ("KZ-RU",)), lambda size: piece * size, 100)
