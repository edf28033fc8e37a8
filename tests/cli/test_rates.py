"""`bilateral rates`, called as a shell would call it. All rates are invented."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from tests.cli.test_commands import run

LINES = "date,base,quote,rate,source\n2025-03-31,USD,KZT,500.25,Invented Bank\n2025-03-31,RUB,KZT,5.9,Invented Bank\n"
WIDE = "Date,USD,JPY,\n2025-03-31,1.10,160,\n2025-03-28,1.09,N/A,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rates.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_imported_twice_and_listed(tmp_path: Path, file: Path) -> None:
    code, out, _ = run("rates", "import", file, "--dry-run", "--data-dir", tmp_path)
    assert (code, out.strip()) == (0, "2 rates can be imported: 2 new, 0 changed, 0 as they were")
    assert run("rates", "import", file, "--data-dir", tmp_path)[1].strip() == "2 rates imported: 2 new, 0 changed, 0 as they were"
    assert run("rates", "import", file, "--data-dir", tmp_path)[1].strip() == "2 rates imported: 0 new, 0 changed, 2 as they were"
    code, out, _ = run("rates", "list", "--data-dir", tmp_path)
    assert (code, "Invented Bank" in out, out.count("KZT")) == (0, True, 2)
    code, out, _ = run("rates", "list", "usd", "kzt", "--from", "2025-03-01", "--data-dir", tmp_path)
    assert (code, "500.25" in out, "RUB" in out) == (0, True, False)


def test_the_ecbs_table_comes_zipped_or_through_a_pipe(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "eurofxref-hist.zip", "w") as archive:
        archive.writestr("eurofxref-hist.csv", WIDE)
    assert "3 rates imported: 3 new" in run("rates", "import", tmp_path / "eurofxref-hist.zip", "--data-dir", tmp_path)[1]
    answer = CliRunner().invoke(cli.app, ["rates", "import", "-", "--data-dir", str(tmp_path)], input=WIDE)
    assert "3 as they were" in answer.stdout


def test_a_wrong_line_and_nothing_is_imported(tmp_path: Path, file: Path) -> None:
    file.write_text(LINES + "2025-04-01,USD,KZT,0,Invented Bank\n", encoding="utf-8")
    code, _, err = run("rates", "import", file, "--data-dir", tmp_path)
    assert (code, err.strip()) == (1, "line 4: '0' is not a positive decimal number such as 530.25")
    assert "500.25" not in run("rates", "list", "USD", "KZT", "--data-dir", tmp_path)[1]


def test_deleted_after_a_question(tmp_path: Path, file: Path) -> None:
    run("rates", "import", file, "--data-dir", tmp_path)
    assert run("rates", "delete", "--data-dir", tmp_path)[0] == 2
    assert run("rates", "delete", "--all", "--data-dir", tmp_path)[0] == 1, "nobody said yes"
    assert run("rates", "delete", "USD", "KZT", "--yes", "--data-dir", tmp_path)[1].strip() == "1 rates deleted"
    assert run("rates", "delete", "--all", "--yes", "--data-dir", tmp_path)[1].strip() == "1 rates deleted"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["list", "DOLLAR"], 2), (["delete", "--all", "--from", "2025-01-01"], 2), (["import", "no-such.csv"], 2)],
)
def test_what_is_asked_wrongly(tmp_path: Path, arguments: list[str], code: int) -> None:
    assert run("rates", *arguments, "--data-dir", tmp_path)[0] == code
