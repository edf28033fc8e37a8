"""The packs that this release can read, loaded when first needed."""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from pathlib import Path

from app import languages
from app.languages.pack import Pack, read_tables

_YOUNG = 20_000
"""How many values more than were dropped are made before the collector looks through them."""


@cache
def readable() -> frozenset[str]:
    """The codes of the languages that have a pack: every folder here with a `speech.toml`."""
    return frozenset(speech.parent.name for room in languages.__path__ for speech in Path(room).glob("*/speech.toml"))


@cache
def pack(code: str) -> Pack:
    """The pack of a language; KeyError where there is none, PackError where it lacks a table."""
    if code not in readable():
        raise KeyError(code)
    package = f"{__package__}.{code}"
    morphology = import_module(f"{package}.morphology").Morphology()
    return Pack(code, morphology, read_tables(package))


@cache
def settle(code: str) -> None:
    """What the first article of a language has loaded stays as long as the process: collecting garbage shall not walk it again.

    A long article makes enough values to set a full collection off, which went through all tables of all packs each time.
    And an article makes some ten thousand values, nearly all without cycles: looking through the young ones at every 700th, as
    Python does unasked, costs a twentieth of the reading and finds next to nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
