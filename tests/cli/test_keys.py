"""`bilateral keys` and what `bilateral serve` refuses, called as a shell would call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.services import keys
from app.storage.database import open_database
from tests.cli.test_commands import run


def create(data_dir: Path, *options: object) -> tuple[int, str, str]:
    return run("keys", "create", "--data-dir", data_dir, *options)


def test_a_key_is_shown_once_and_listed_without_it(tmp_path: Path) -> None:
    code, out, err = create(tmp_path, "--scope", "read,ingest", "--name", "wire", "--expires", "2999-01-31")
    assert code == 0, err
    token = out.strip()
    assert token.startswith(keys.PREFIX)
    assert "not shown again" in err
    code, listed, _ = run("keys", "list", "--data-dir", tmp_path)
    assert code == 0
    assert token not in listed
    for shown in ("wire", token[:8], "ingest, read", "2999-01-31", "never", "valid"):
        assert shown in listed


def test_a_key_is_revoked_and_forgotten(tmp_path: Path) -> None:
    create(tmp_path, "--scope", "read", "--name", "wire")
    assert run("keys", "revoke", "wire", "--data-dir", tmp_path)[:2] == (0, "wire is revoked\n")
    assert "revoked" in run("keys", "list", "--data-dir", tmp_path)[1]
    assert run("keys", "revoke", "wire", "--data-dir", tmp_path)[0] == 1
    assert create(tmp_path, "--scope", "read", "--name", "wire")[0] == 0  # the name is free again
    assert run("keys", "forget", "--data-dir", tmp_path)[1] == "1 keys forgotten\n"
    assert "valid" in run("keys", "list", "--data-dir", tmp_path)[1]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--scope", "write", "--name", "a"], "there is no scope write"),
        (["--scope", ",", "--name", "a"], "a key needs a scope"),
        (["--scope", "read", "--name", " "], "needs a name"),
        (["--scope", "read", "--name", "a\nb"], "needs a name"),
        (["--scope", "read", "--name", "a", "--expires", "soon"], "neither a date"),
        (["--scope", "read", "--name", "a", "--expires", "2020-01-01"], "expired already"),
        (["--scope", "read", "--name", "taken"], "revoke it first"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_key_that_cannot_be_is_not_made(tmp_path: Path, options: list[str], complaint: str) -> None:
    create(tmp_path, "--scope", "read", "--name", "taken")
    code, out, err = create(tmp_path, *options)
    assert code != 0
    assert out == ""
    assert complaint in err


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    served: list[dict[str, object]] = []
    monkeypatch.setattr(cli.uvicorn, "run", lambda app, **options: served.append(options))
    return served


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "203.0.113.9", "no.such.host.invalid"])
def test_without_a_key_serve_refuses_to_listen_to_a_network(
    tmp_path: Path, listening: list[dict[str, object]], host: str
) -> None:
    code, _, err = run("serve", "--host", host, "--data-dir", tmp_path)
    assert (code, listening) == (1, [])
    assert "bilateral keys create" in err
    assert run("serve", "--host", host, "--data-dir", tmp_path, "--allow-open")[0] == 0
    assert [options["host"] for options in listening] == [host]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_without_a_key_serve_listens_on_loopback(tmp_path: Path, listening: list[dict[str, object]], host: str) -> None:
    assert run("serve", "--host", host, "--data-dir", tmp_path)[0] == 0
    assert len(listening) == 1


def test_with_a_key_serve_listens_anywhere(tmp_path: Path, listening: list[dict[str, object]]) -> None:
    create(tmp_path, "--scope", "read", "--name", "wire")
    assert run("serve", "--host", "0.0.0.0", "--data-dir", tmp_path)[0] == 0
    assert len(listening) == 1


def test_each_expiry_that_is_understood(tmp_path: Path) -> None:
    for number, expires in enumerate(["90d", "2999-01-31", "2999-01-31T12:00:00+05:00"]):
        assert create(tmp_path, "--scope", "read", "--name", number, "--expires", expires)[0] == 0
    with open_database(f"sqlite:///{tmp_path / 'bilateral.db'}").session() as session:
        told = [key.expires_at for key in keys.listed(session)]
    assert [at.isoformat() for at in told[1:] if at] == ["2999-01-31T00:00:00+00:00", "2999-01-31T07:00:00+00:00"]
