"""How tests run everywhere: the same cases on every machine, one event loop, no settings leaking in from the shell."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.api.assembled import assembled, conformance
from tests.storage.databases import blank_database, cheap_database, new_database, postgresql

# Here and nowhere else: imported by a second conftest, what lasts a whole session would be made a second time.
__all__ = ["assembled", "blank_database", "cheap_database", "conformance", "new_database", "postgresql"]

# A check that fails by the clock of a busy machine teaches nobody anything; the same cases for everybody.
settings.register_profile("everyday", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("everyday"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_logs_to_what_is_closed() -> Iterator[None]:
    """A server in this process logs to stderr, which pytest swaps and closes test by test."""
    yield
    logging.root.handlers[:] = [handler for handler in logging.root.handlers if type(handler) is not logging.StreamHandler]


@pytest.fixture(autouse=True)
def _no_settings_from_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("BILATERAL_"):
            monkeypatch.delenv(name)
