"""Answers as bytes: plain dicts go through orjson, the declared models only describe them."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response


class Answer(Response):
    """A JSON answer. No model validates it on the way out: the tests hold every answer against its schema."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


class ProblemAnswer(Answer):
    media_type = "application/problem+json"
