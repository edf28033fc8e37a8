"""The commands of `bilateral`, called as a shell would call them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner

from app import cli
from app.api.wire import Wire
from app.services import ingestion

TEXT = "Оборот достиг 5 млрд долларов."


def run(*arguments: object) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was printed to stderr."""
    answer = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], env={"COLUMNS": "120", "NO_COLOR": "1"})
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two annotated articles, and an extraction that finds no statement in them and one pair too much."""
    monkeypatch.setattr(ingestion, "extract", lambda *_: {"statements": [], "indicators": [], "pairs": ["KZ-RU"]})
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, language in (("a", "ru"), ("b", "kk")):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        marked = {"language": language, "pairs": [], "statements": [{"segments": ["Оборот достиг"], "kind": "direct"}]}
        (folder / f"{name}.json").write_text(json.dumps(marked), encoding="utf-8")
    return folder


def test_evaluate_prints_the_figures_by_language(gold: Path) -> None:
    code, out, _ = run("evaluate", gold)
    assert code == 0
    assert "2 documents, 2 statements, 0 indicators" in out
    (line,) = (line for line in out.splitlines() if "statement_f1" in line)
    assert line.count("0.000") == 5  # all, both ends of the interval, kk, ru
    assert "missed" not in out


def test_evaluate_lists_the_disagreements(gold: Path) -> None:
    code, out, _ = run("evaluate", gold, "--errors", "--lang", "kk")
    assert code == 0
    assert "## b\n- missed statement (direct): Оборот достиг\n- pairs: gold [] got ['KZ-RU']" in out
    assert "## a" not in out


def test_evaluate_writes_the_figures_to_a_file(gold: Path, tmp_path: Path) -> None:
    assert run("evaluate", gold, gold, "--json", tmp_path / "figures.json")[0] == 0
    told = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert told["documents"] == 4
    assert told["figures"]["statement_r"] == told["languages"]["ru"]["statement_r"] == 0.0


def test_evaluate_refuses_a_folder_without_gold(tmp_path: Path) -> None:
    code, _, err = run("evaluate", tmp_path)
    assert code == 2
    assert "no annotated articles" in err
    assert run("evaluate", tmp_path / "nothing")[0] == 2


def test_evaluate_reads_with_the_extraction_that_serves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"language": "ru", "given": {"published_at": "2025-05-14"}}), encoding="utf-8")
    assert run("evaluate", tmp_path)[0] == 0


def test_the_openapi_document_is_written_and_compared(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    assert run("openapi", file, "--check")[0] == 1
    assert run("openapi", file)[0] == 0
    assert json.loads(file.read_text("utf-8"))["openapi"] == "3.1.0"
    assert run("openapi", file, "--check")[0] == 0
    file.write_text(file.read_text("utf-8") + "\n", encoding="utf-8")
    code, _, err = run("openapi", file, "--check")
    assert code == 1
    assert "scripts/export_openapi" in err


def test_serve_migrates_before_it_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[dict[str, object]] = []
    monkeypatch.setattr(cli.uvicorn, "run", lambda app, **options: served.append(options))
    code, _, _ = run("serve", "--port", 8123, "--data-dir", tmp_path / "data")
    assert (code, served[0]["host"], served[0]["port"], served[0]["proxy_headers"]) == (0, "127.0.0.1", 8123, False)
    assert issubclass(cast(type, served[0]["http"]), Wire)
    assert cli.open_database(f"sqlite:///{tmp_path / 'data' / 'bilateral.db'}").ready().ready
