"""The figures by which rules are judged, computed by hand on small invented articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.text import Article
from app.services.evaluation import Report, compare_article, find_gold
from app.services.evaluation.comparing import same_speaker

TEXT = "«Торговля растёт», – сказал Жанатов. Оборот достиг 5 млрд долларов. По словам Гасанлы, газа хватит всем."


def at(part: str, occurrence: int = 1) -> dict[str, int]:
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(part, start + 1)
    return {"start": start, "end": start + len(part)}


GOLD: dict[str, Any] = {
    "language": "ru",
    "given": {"published_at": "2025-05-14", "publisher_country": "KZ"},
    "pairs": ["UZ-KZ", "KZ-RU"],
    "statements": [
        {"segments": ["Торговля растёт"], "kind": "direct", "speaker": ["Серик Жанатов", "Жанатов"], "pairs": ["KZ-UZ"]},
        {"segments": [{"text": "газа хватит всем"}], "kind": "indirect", "speaker": ["Гасанлы"], "pairs": []},
    ],
    "indicators": [
        {
            "text": "5 млрд долларов", "value": "5000000000", "unit": "USD", "metric": "trade_turnover", "measure": "level",
            "comparator": "eq", "status": "actual", "pair": "UZ-KZ", "period": None, "speaker": ["Жанатов"],
        }
    ],
}  # fmt: skip


def said(part: str, name: str | None, **changed: Any) -> dict[str, Any]:
    speaker = {"name": name, "names": {"ru": name, "en": None}} if name else None
    return {"segments": [at(part)], "text": part, "kind": "direct", "speaker": speaker, "pairs": [], **changed}


def told(part: str = "5 млрд долларов", **changed: Any) -> dict[str, Any]:
    base = {"value": "5000000000", "value_max": None, "unit": "USD", "metric": "trade_turnover", "measure": "level"}
    rest = {"comparator": "eq", "status": "actual", "pair": "KZ-UZ", "period": None, "speaker": {"name": "Серик Жанатов"}}
    return {"span": at(part), "as_written": part, **base, **rest, **changed}


RIGHT: dict[str, Any] = {
    "pairs": ["KZ-UZ", "KZ-RU"],
    "statements": [
        said("«Торговля растёт»,", "Серик Жанатов", pairs=["KZ-UZ"]),
        said("газа хватит всем", "Рауф Гасанлы", kind="indirect"),
    ],
    "indicators": [told()],
}


def write(folder: Path, name: str = "one", gold: dict[str, Any] = GOLD) -> None:
    (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")


def evaluate(folder: Path, answer: dict[str, Any], gold: dict[str, Any] = GOLD) -> tuple[dict[str, float | None], list[str]]:
    write(folder, gold=gold)
    report = Report()
    (article,) = find_gold([folder])
    compared = compare_article(article, lambda _: answer)
    report.add(compared.language, compared.counts)
    return report.figures(), compared.disagreements


def test_a_right_answer_has_every_figure_at_one_and_no_disagreement(tmp_path: Path) -> None:
    figures, disagreements = evaluate(tmp_path, RIGHT)
    assert set(figures.values()) == {1.0}
    assert disagreements == []


def test_an_empty_answer_misses_everything(tmp_path: Path) -> None:
    figures, disagreements = evaluate(tmp_path, {})
    assert (figures["statement_p"], figures["statement_r"], figures["statement_f1"]) == (None, 0.0, 0.0)
    assert figures["speaker_acc"] is None
    assert len(disagreements) == 4


def test_the_article_is_read_with_what_was_given(tmp_path: Path) -> None:
    write(tmp_path)
    (article,) = find_gold([tmp_path])
    assert article.article == Article(TEXT, published_at="2025-05-14", publisher_country="KZ")


def test_a_statement_half_of_which_agrees_is_found_but_not_strictly(tmp_path: Path) -> None:
    answer = RIGHT | {"statements": [said("Торговля", "Серик Жанатов", pairs=["KZ-UZ"])]}
    figures, disagreements = evaluate(tmp_path, answer)
    # Of two marked one is found, by 8 of its 15 characters; nothing is too much.
    assert (figures["statement_p"], figures["statement_r"]) == (1.0, 0.5)
    assert figures["statement_f1"] == pytest.approx(2 / 3)
    assert figures["statement_strict_f1"] == 0.0
    assert any(line.startswith("bounds: overlap 0.53") for line in disagreements)


def test_a_statement_less_than_half_of_which_agrees_is_missed_and_false(tmp_path: Path) -> None:
    figures, disagreements = evaluate(tmp_path, RIGHT | {"statements": [said("растёт", "Серик Жанатов")]})
    assert figures["statement_f1"] == 0.0
    assert sorted(line.split(":")[0] for line in disagreements) == [
        "false statement", "missed statement (direct)", "missed statement (indirect)",
    ]  # fmt: skip


def test_a_wrong_speaker_kind_and_pair_are_told_apart(tmp_path: Path) -> None:
    statements = [said("Торговля растёт", "Гасанлы", kind="mixed", pairs=[]), RIGHT["statements"][1]]
    figures, disagreements = evaluate(tmp_path, RIGHT | {"statements": statements})
    assert figures["statement_f1"] == 1.0
    assert figures["attributed_f1"] == figures["speaker_acc"] == figures["kind_acc"] == figures["statement_pairs_acc"] == 0.5
    assert len(disagreements) == 3


def test_an_indicator_is_right_as_a_whole_or_in_part(tmp_path: Path) -> None:
    period = {"start": "2024-01-01", "end": "2024-12-31"}
    figures, _ = evaluate(tmp_path, RIGHT | {"indicators": [told(status="target", period=period)]})
    assert (figures["value_f1"], figures["indicator_f1"]) == (1.0, 0.0)
    assert (figures["metric_acc"], figures["status_acc"], figures["period_acc"]) == (1.0, 0.0, 0.0)


def test_a_wrong_period_alone_leaves_an_indicator_right(tmp_path: Path) -> None:
    figures, disagreements = evaluate(tmp_path, RIGHT | {"indicators": [told(period={"start": None, "end": "2030-12-31"})]})
    assert figures["indicator_f1"] == 1.0
    assert disagreements == ["indicator '5 млрд долларов': period None≠(None, '2030-12-31')"]


def test_a_wrong_value_is_a_missed_and_a_false_one(tmp_path: Path) -> None:
    figures, disagreements = evaluate(tmp_path, RIGHT | {"indicators": [told(value="5000000")]})
    assert (figures["value_p"], figures["value_r"]) == (0.0, 0.0)
    assert len(disagreements) == 2


@pytest.mark.parametrize("changed", [{"value": "5E+9"}, {"value_max": "5000000000.0"}, {"unit": "usd"}, {"value": 5_000_000_000}])
def test_the_same_amount_may_be_written_otherwise(tmp_path: Path, changed: dict[str, Any]) -> None:
    figures, _ = evaluate(tmp_path, RIGHT | {"indicators": [told(**changed)]})
    assert figures["value_f1"] == 1.0


def test_who_said_a_figure_counts_only_where_it_is_marked(tmp_path: Path) -> None:
    assert evaluate(tmp_path, RIGHT | {"indicators": [told(speaker=None)]})[0]["said_by_acc"] == 0.0
    unmarked = GOLD | {"indicators": [GOLD["indicators"][0] | {"speaker": []}]}
    assert evaluate(tmp_path, RIGHT | {"indicators": [told(speaker=None)]}, unmarked)[0]["said_by_acc"] is None


def test_any_metric_does_where_other_is_marked(tmp_path: Path) -> None:
    unclear = GOLD | {"indicators": [GOLD["indicators"][0] | {"metric": "other"}]}
    figures, _ = evaluate(tmp_path, RIGHT | {"indicators": [told(metric="gdp")]}, unclear)
    assert (figures["indicator_f1"], figures["metric_acc"]) == (1.0, None)


def test_what_lies_in_an_ignored_stretch_is_not_false(tmp_path: Path) -> None:
    extra = said("Оборот достиг", None)
    assert evaluate(tmp_path, RIGHT | {"statements": [*RIGHT["statements"], extra]})[0]["statement_p"] == pytest.approx(2 / 3)
    ignoring = GOLD | {"ignore": ["Оборот достиг 5 млрд долларов."]}
    assert evaluate(tmp_path, RIGHT | {"statements": [*RIGHT["statements"], extra]}, ignoring)[0]["statement_p"] == 1.0


def test_pairs_are_compared_in_either_order(tmp_path: Path) -> None:
    figures, disagreements = evaluate(tmp_path, RIGHT | {"pairs": ["UZ-KZ", "KG-KZ"]})
    assert (figures["pairs_p"], figures["pairs_r"]) == (0.5, 0.5)
    assert disagreements == ["pairs: gold ['KZ-RU', 'KZ-UZ'] got ['KG-KZ', 'KZ-UZ']"]


@pytest.mark.parametrize(
    ("gold", "got", "same"),
    [
        (["Жанатов"], ["Серик Жанатов"], True),
        (["Серик Жанатов"], ["Жанатов"], False),
        (["Королёв"], ["КОРОЛЕВ"], True),
        (["министр"], ["министр торговли и новых рынков Казахстана"], False),
        (["министр"], ["министр торговли и новых рынков"], True),
        ([], ["Жанатов"], False),
        ([""], ["Жанатов"], False),
    ],
)
def test_a_speaker_is_the_same_by_one_accepted_form(gold: list[str], got: list[str], same: bool) -> None:
    assert same_speaker(gold, got) is same


def test_a_part_that_is_not_in_the_text_is_told(tmp_path: Path) -> None:
    write(tmp_path, gold=GOLD | {"ignore": ["нет такого"]})
    (article,) = find_gold([tmp_path])
    with pytest.raises(ValueError, match="not in the text"):
        compare_article(article, lambda _: {})


def test_a_marked_part_may_be_the_second_of_its_kind_or_a_pair_of_offsets(tmp_path: Path) -> None:
    second = {"text": "ов", "occurrence": 2}
    gold = GOLD | {"statements": [{"segments": [second], "kind": "direct"}, {"segments": [at("газа")], "kind": "direct"}]}
    answer = RIGHT | {"statements": [{"segments": [at("ов", 2)]}, {"segments": [at("газа")]}]}
    assert evaluate(tmp_path, answer, gold)[0]["statement_strict_f1"] == 1.0


def test_figures_are_summed_over_articles_and_kept_by_language(tmp_path: Path) -> None:
    write(tmp_path, "one")
    write(tmp_path, "two", GOLD | {"language": "kk"})
    answers = {"ru": RIGHT, "kk": {}}
    report = Report()
    for article in find_gold([tmp_path]):
        compared = compare_article(article, lambda _, language=article.language: answers[language])
        report.add(compared.language, compared.counts)
    assert (report.languages, report.statements, report.indicators) == (["kk", "ru"], 4, 2)
    assert report.figures("ru")["statement_f1"] == 1.0
    assert report.figures("kk")["statement_f1"] == 0.0
    assert report.figures()["statement_f1"] == pytest.approx(2 / 3)
    assert report.intervals()["statement_f1"] == (0.0, 1.0)
    assert [article.name for article in find_gold([tmp_path], "kk")] == ["two"]
