"""The OpenAPI document in the eyes of others: spectral and redocly find nothing to complain about."""

from __future__ import annotations

import pytest

from tests.sdk.conftest import made


@pytest.mark.long
def test_spectral_and_redocly_find_nothing() -> None:
    assert made("scripts/lint_openapi") == ""
