"""The rules of the house that no type checker sees: each test is one rule, and names the file that breaks it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"

# Every admired codebase that had no limit grew a monster, always where the business rule lives.
MOST_LINES = 300
# Migrations are a log: never read as a whole, never touched again.
LOGS = APP / "storage" / "migrations" / "versions"
# Names that say nothing about what a module knows, and so collect everything.
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
# Anchored to this machine or to a package registry: neither may reach a committed file. Written in halves so that
# this file does not accuse itself.
LOCAL = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/", "/" + "opt/pypi", "pypi" + ".org", "python" + "hosted.org"]


def tracked(*suffixes: str) -> Iterator[Path]:
    """The files that git carries or would carry: ignored ones are nobody's business."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(filter(None, listed.stdout.split("\0"))):
        path = ROOT / name
        if path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def modules() -> list[Path]:
    return [path for path in tracked(".py") if path.is_relative_to(APP)]


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_no_module_outgrows_the_ratchet() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in tracked(".py") if not path.is_relative_to(LOGS)}
    long = {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > MOST_LINES}
    assert not long, f"split these where a rule ends (at most {MOST_LINES} lines): {long}"


def test_every_module_says_what_it_knows() -> None:
    silent = [path for path in modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert not named(silent), "a module opens with one sentence saying what it knows"


def test_no_module_has_a_vague_name() -> None:
    assert not named([path for path in tracked(".py") if path.stem in VAGUE or path.parent.name in VAGUE])


def test_the_domain_stands_on_the_standard_library() -> None:
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (APP / "domain").glob("*.py")
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("app.domain")
    }
    assert not foreign


def test_storage_alone_speaks_sql() -> None:
    """The others may name a session or a row in a signature; whoever selects, belongs in storage."""
    spoken = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules()
        if not path.is_relative_to(APP / "storage")
        for name in names_from(path, {"sqlalchemy", "sqlmodel", "alembic", "sqlite3"})
        if name not in {"sqlmodel.Session", "sqlalchemy.RowMapping"}
    ]
    assert not spoken


def names_from(path: Path, packages: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in packages:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] in packages)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def test_no_file_names_this_machine_or_a_registry() -> None:
    found = [f"{path.relative_to(ROOT)}: {word}" for path in tracked() for word in LOCAL if word.encode() in path.read_bytes()]
    assert not found


def test_every_lock_line_is_pinned_and_hashed() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = re.sub(r"\\\n\s*", " ", lock.read_text("utf-8"))
        loose = [
            line for line in text.splitlines() if line and not line.lstrip().startswith("#") and "--hash=sha256:" not in line
        ]
        assert not loose, f"{lock.name}: {loose[:3]}"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own: the contracts are about what can be imported, not about what these tests did import."""
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the application, to be spoilt."""
    shutil.copytree(APP, tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rooms_keep_their_order(house: Path) -> None:
    answer = lint_imports(house)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "text", "complaint"),
    [
        pytest.param("app/utils.py", '"""No place."""\n', "app.utils", id="a module without a place"),
        pytest.param("app/domain/spoilt.py", "import app.catalog\n", "app.domain.spoilt -> app.catalog", id="an import upwards"),
        pytest.param(
            "app/pipeline/spoilt.py", "import sqlmodel\n", "app.pipeline.spoilt -> sqlmodel", id="a database in extraction"
        ),
        pytest.param("app/catalog/spoilt.py", "import app.settings\n", "app.catalog.spoilt", id="settings read deep inside"),
        pytest.param(
            "app/storage/spoilt.py", "import pymorphy3\n", "app.storage.spoilt -> pymorphy3", id="grammar in the database"
        ),
    ],
)
def test_a_breach_is_noticed(house: Path, module: str, text: str, complaint: str) -> None:
    (house / module).write_text(text, "utf-8")
    answer = lint_imports(house)
    assert answer.returncode != 0
    assert complaint in answer.stdout
