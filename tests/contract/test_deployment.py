"""The image and the compose file, as far as they can be judged without a container engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from app.settings import Settings

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent


def checked(*command: str) -> None:
    answer = subprocess.run([TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def services() -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    return told


def test_the_dockerfile_is_linted() -> None:
    checked("hadolint", "--failure-threshold", "style", "docker/Dockerfile")


def test_the_compose_file_keeps_to_its_schema() -> None:
    checked("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_what_the_dockerfile_copies_is_there_and_not_ignored() -> None:
    lines = (ROOT / "docker" / "Dockerfile").read_text("utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]]
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert copied
    assert all((ROOT / name).exists() and name in let_in for name in copied), copied


def test_by_default_there_is_one_server_on_sqlite() -> None:
    always = [name for name, told in services().items() if not told.get("profiles")]
    assert always == ["server"]
    assert services()["server"]["environment"] == {"BILATERAL_DATABASE_URL": "${BILATERAL_DATABASE_URL:-}"}


def test_an_empty_setting_is_none(monkeypatch: Any) -> None:
    monkeypatch.setenv("BILATERAL_DATABASE_URL", "")
    assert Settings().database_url.startswith("sqlite:///")


def test_the_profile_has_a_server_a_database_and_two_workers() -> None:
    named = {name for name, told in services().items() if told.get("profiles") == ["postgresql"]}
    assert named == {"worker", "database"}
    assert services()["worker"]["deploy"]["replicas"] == 2


def test_ours_run_without_rights_on_a_read_only_root() -> None:
    for name in ("server", "worker"):
        told = services()[name]
        assert told["read_only"] is True
        assert told["cap_drop"] == ["ALL"]
    assert "\nUSER 10001:10001\n" in (ROOT / "docker" / "Dockerfile").read_text("utf-8")
