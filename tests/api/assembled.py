"""The application put together once for all tests of a process, and its document: each takes longer than most tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tests.api.conformance import Conformance

# Imported where they are asked for: every test loads this module, and most need no application.


@pytest.fixture(scope="session")
def assembled() -> FastAPI:
    """What lives as long as an application is made for each test."""
    from app.main import create_app
    from app.settings import Settings

    return create_app(Settings())


@pytest.fixture(scope="session")
def conformance(assembled: FastAPI) -> Conformance:
    from tests.api.conformance import Conformance

    return Conformance(assembled.openapi())
