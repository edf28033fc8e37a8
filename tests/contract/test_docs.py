"""What the documents tell a reader to type or to open does exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_group

from app import cli
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = frozenset(get_group(cli.app).commands)
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
# `scripts/run`, `app/pipeline/speech.py`, `tests/specs/ru/`: a path in backticks or in a shell block.
PATHS = re.compile(r"(?<![\w/.$<-])((?:app|scripts|tests|requirements|openapi|docs|\.ci)/[\w./-]*\w/?)(?![\w*<{…])")
LINKS = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_path_named_exists(doc: Path) -> None:
    text = doc.read_text("utf-8")
    gone = [name for name in sorted(set(PATHS.findall(text))) if not (ROOT / name).exists()]
    gone += [name for name in LINKS.findall(text) if not (doc.parent / name).exists()]
    assert not gone


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_command_of_ours_is_one(doc: Path) -> None:
    told = set(re.findall(r"\bbilateral ([a-z][a-z-]+)", "\n".join(code_in(doc.read_text("utf-8")))))
    assert told <= COMMANDS


def code_in(text: str) -> list[str]:
    """What stands in backticks or fenced blocks: prose may use any words."""
    return re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL)


def test_every_setting_is_documented() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert not {name for name in Settings.model_fields if f"`BILATERAL_{name.upper()}`" not in text}


def test_the_version_is_in_the_changelog() -> None:
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "app" / "__init__.py").read_text("utf-8"))
    assert version
    assert f"## [{version[1]}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"] == "bilateral"
