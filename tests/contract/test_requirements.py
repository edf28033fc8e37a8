"""What is installed beside us: only under licences that an operator can live with."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

RUNTIME = Path(__file__).resolve().parents[2] / "requirements" / "runtime.txt"
# Permissive ones, and two that ask for their own files' source alone: MPL, and LGPL of what is used unmodified.
FINE = re.compile(r"(0?BSD|MIT|Apache|ISC|PSF|Python|MPL|Mozilla|LGPL|Zlib|CC0|CNRI|Unlicense)\b", re.IGNORECASE)


def locked() -> list[str]:
    """By name, those for other systems than this one left out."""
    names = set(re.findall(r"^([A-Za-z0-9_.-]+)==", RUNTIME.read_text("utf-8"), flags=re.MULTILINE))
    found = {re.sub(r"[-_.]+", "-", each.name).lower() for each in metadata.distributions()}
    return sorted(name for name in names if re.sub(r"[-_.]+", "-", name).lower() in found)


def licence(name: str) -> str:
    told = metadata.metadata(name)
    classified = [each.rpartition("::")[2].strip() for each in told.get_all("Classifier") or [] if each.startswith("License")]
    return told.get("License-Expression") or " AND ".join(classified) or told.get("License") or ""


def is_fine(expression: str) -> bool:
    """Of several to choose from one suffices; of several that hold together all must."""
    choices = re.split(r"\s+OR\s+", expression.replace("(", "").replace(")", ""))
    return any(all(FINE.search(part) for part in re.split(r"\s+AND\s+", choice)) for choice in choices)


def test_every_licence_is_permissive_or_used_unmodified() -> None:
    names = locked()
    assert len(names) > 30
    assert not {name: licence(name) for name in names if not is_fine(licence(name))}


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "AGPL-3.0", "MIT AND GPL-2.0-only", "Proprietary", ""])
def test_others_are_noticed(expression: str) -> None:
    assert not is_fine(expression)
