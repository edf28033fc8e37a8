"""The quick start is run as it stands: each block against a live server, and it prints what the page shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sdk.conftest import ROOT, in_python, in_typescript

PAGE = ROOT / "docs" / "quickstart.md"
SERVER = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(sh|python|ts)\n(.*?)^```\n\n```text\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE.read_text("utf-8"))


def test_every_program_of_the_page_is_run() -> None:
    page = PAGE.read_text("utf-8")
    assert len(BLOCKS) == len(re.findall(r"^```(?!text)\w+$", page, re.MULTILINE)) == 5
    assert all(SERVER in source for _, source, _ in BLOCKS)


def test_what_is_told_for_a_shell(address: str) -> None:
    for program in ("curl", "jq"):
        if not shutil.which(program):
            pytest.skip(f"these blocks need {program}, which is not on this machine")

    def in_a_shell(source: str) -> str:
        return subprocess.run(["bash", "-ec", source], capture_output=True, text=True, check=True).stdout

    assert_prints_what_is_shown("sh", in_a_shell, address)


def test_what_is_told_for_python(address: str, python_client: Path, tmp_path: Path) -> None:
    def run(source: str) -> str:
        program = tmp_path / "program.py"
        program.write_text(source, "utf-8")
        return in_python(python_client, program)

    assert_prints_what_is_shown("python", run, address)


@pytest.mark.long
def test_what_is_told_for_typescript(address: str, typescript_client: Path, tmp_path: Path) -> None:
    assert_prints_what_is_shown("ts", lambda source: in_typescript(typescript_client, tmp_path, source), address)


def assert_prints_what_is_shown(language: str, run: Callable[[str], str], address: str) -> None:
    for _, source, shown in (block for block in BLOCKS if block[0] == language):
        assert run(source.replace(SERVER, address)) == shown
