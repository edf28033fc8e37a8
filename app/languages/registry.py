"""The packs that this release can read, loaded when first needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files

from app.languages.pack import Pack, read_tables


@cache
def readable() -> frozenset[str]:
    """The codes of the languages that have a pack: every folder here with a `speech.toml`."""
    return frozenset(entry.name for entry in files(__package__).iterdir() if (entry / "speech.toml").is_file())


@cache
def pack(code: str) -> Pack:
    """The pack of a language; KeyError where there is none."""
    if code not in readable():
        raise KeyError(code)
    package = f"{__package__}.{code}"
    morphology = import_module(f"{package}.morphology").Morphology()
    return Pack(code, morphology, read_tables(package))
