"""Holds every answer that a test sees against the OpenAPI document: status, media type, and each field of the body."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import httpx
from jsonschema import Draft202012Validator

OUTSIDE = ("/docs", "/redoc", "/openapi.json", "/problems")


class Conformance:
    """The document, its schemas closed: a field that is answered and not described fails."""

    def __init__(self, document: dict[str, Any]) -> None:
        document = deepcopy(document)
        self.paths = {
            re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))): told for path, told in document["paths"].items()
        }
        self.components = document["components"]
        for schema in self.components["schemas"].values():
            if "properties" in schema:
                schema["additionalProperties"] = False

    async def check(self, response: httpx.Response) -> None:
        """An event hook of the client: AssertionError where an answer is not what the document promises."""
        await response.aread()
        outside = response.request.url.path.startswith(OUTSIDE) or response.is_redirect
        if not outside and response.request.method != "HEAD":
            self.check_body(response, self._promised(response))

    def check_body(self, response: httpx.Response, promised: dict[str, Any]) -> None:
        content = promised.get("content")
        if not content:
            assert response.content == b""
            return
        kind = response.headers["content-type"]
        assert kind in content, f"{kind} is not among {list(content)}"
        if "json" not in kind or "ndjson" in kind:
            return
        schema = {**content[kind]["schema"], "components": self.components}
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(response.json())

    def _promised(self, response: httpx.Response) -> dict[str, Any]:
        """A path or a method that is not offered is a problem all the same."""
        told = next(
            (told for path, told in self.paths.items() if path.fullmatch(response.request.url.raw_path.decode().split("?")[0])),
            {},
        )
        operation = told.get(response.request.method.lower())
        if response.request.method == "OPTIONS":
            assert response.status_code == 204
            assert response.headers["allow"]
            return {}
        if operation is None:
            assert response.status_code in (404, 405)
            return {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        assert str(response.status_code) in operation["responses"], (
            f"{response.status_code} of {operation['operationId']} is not described"
        )
        promised: dict[str, Any] = operation["responses"][str(response.status_code)]
        return promised
