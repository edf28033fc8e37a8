"""Both clients through the whole story against a live server: facts by pair, speaker, date and page; mistakes, no key, haste."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.sdk.conftest import ROOT, Guarded, in_python, in_typescript

HERE = Path(__file__).parent
ARTICLES = [ROOT / "scripts" / "demo" / f"{name}.json" for name in ("01-kz-ru-council", "13-kk-kz-tr", "14-en-gb-kz")]


def test_the_story_in_python(python_client: Path, guarded: Guarded) -> None:
    in_python(python_client, HERE / "story.py", *guarded, *map(str, ARTICLES))


@pytest.mark.long
def test_the_story_in_typescript(typescript_client: Path, guarded: Guarded, tmp_path: Path) -> None:
    articles = [json.dumps(json.loads(path.read_text("utf-8"))) for path in ARTICLES]
    in_typescript(typescript_client, tmp_path, (HERE / "story.ts").read_text("utf-8"), *guarded, *articles)


@pytest.mark.long
def test_the_python_client_is_typed(python_client: Path, tmp_path: Path) -> None:
    """Strictly, with the story as its user; the generated models are taken as they are."""
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\nstrict = true\n[mypy-bilateral_client.*]\nignore_errors = true\n")
    command = [ROOT / ".venv" / "bin" / "mypy", "--config-file", config, "--cache-dir", tmp_path, HERE / "story.py"]
    answer = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env={"MYPYPATH": str(python_client)}
    )
    assert answer.returncode == 0, answer.stdout


def test_methods_of_the_python_client_read_like_the_api(python_client: Path) -> None:
    facade = (python_client / "bilateral_client" / "__init__.py").read_text("utf-8")
    for operation in _operations():
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation)
        assert f"    def {name}(\n" in facade, name
    assert "from_: datetime.date | Unset" in facade
    assert "url_query:" not in facade


def _operations() -> list[str]:
    document = json.loads((ROOT / "openapi" / "openapi.json").read_text("utf-8"))
    return [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
