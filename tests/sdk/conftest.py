"""A live server for the clients, and the clients themselves, made as a user makes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.key import Scope
from app.services import keys
from app.settings import Settings
from app.storage.database import open_database
from tests.api.serving import served

ROOT = Path(__file__).resolve().parents[2]
NOT_AT_HAND = 3
"""The status with which scripts/sdk says that this machine lacks what it needs: no Node.js, or no registry to fetch from."""


def made(*command: str) -> str:
    answer = subprocess.run([ROOT / command[0], *command[1:]], capture_output=True, text=True, check=False)
    if answer.returncode == NOT_AT_HAND:
        pytest.skip(answer.stderr.strip().splitlines()[0])
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout.strip()


@pytest.fixture(scope="session")
def python_client() -> Path:
    return Path(made("scripts/sdk", "python"))


@pytest.fixture(scope="session")
def typescript_client() -> Path:
    return Path(made("scripts/sdk", "typescript"))


class Guarded(NamedTuple):
    """A server that asks for keys: one opens everything, the other may come sixty times a minute."""

    address: str
    key: str
    hurried: str


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with nothing in it, without keys: it answers its own machine."""
    with fresh_server(tmp_path_factory.mktemp("served")) as (port, _):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    made_here = {"working": ([Scope.ADMIN], 0), "hurried": ([Scope.READ], 60)}
    with fresh_server(tmp_path, made_here) as (port, tokens):
        yield Guarded(f"http://127.0.0.1:{port}", *tokens)


@contextmanager
def fresh_server(folder: Path, wanted: Mapping[str, tuple[list[Scope], int]] | None = None) -> Iterator[tuple[int, list[str]]]:
    """A server of its own, and the tokens of the keys that it knows."""
    for name in [name for name in os.environ if name.startswith("BILATERAL_")]:
        del os.environ[name]
    settings = Settings(data_dir=folder, cursor_secret="of these tests")
    with closing(open_database(settings.database_url)) as database:
        database.migrate()
        with database.session() as session:
            tokens = [keys.create(session, name, scopes, per_minute=n)[0] for name, (scopes, n) in (wanted or {}).items()]
    with served(settings) as port:
        yield port, tokens


def in_typescript(client: Path, folder: Path, source: str, *arguments: str) -> str:
    """What a program says that was compiled, strictly, beside the built client, and run."""
    packages = folder / "node_modules"
    packages.mkdir()
    (packages / "bilateral-client").symlink_to(client)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "program.ts").write_text(source, "utf-8")
    compiler = ROOT / "sdk" / "node_modules" / ".bin" / "tsc"
    options = ["--strict", "--skipLibCheck", "--module", "NodeNext", "--target", "ES2022", "--lib", "ES2022,DOM,DOM.Iterable"]
    compiled = subprocess.run([compiler, *options, "program.ts"], cwd=folder, capture_output=True, text=True, check=False)
    assert compiled.returncode == 0, compiled.stdout
    ran = subprocess.run(["node", "program.js", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def in_python(client: Path, source: Path, *arguments: str) -> str:
    """The same in Python; the client is found where it was made."""
    environment = {"PYTHONPATH": str(client), "PATH": os.environ["PATH"]}
    command = [sys.executable, source, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
