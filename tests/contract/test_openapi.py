"""The committed OpenAPI document: what the code says, valid, and fit for generated clients."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.catalog import load_catalog
from app.main import create_app
from app.settings import Settings

VERBS = "cancel|create|delete|extract|get|list|reextract|undo|update"
COMMITTED = Path(__file__).resolve().parents[2] / "openapi" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    made: dict[str, Any] = create_app(Settings()).openapi()
    return made


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        yield from ((f"{method.upper()} {path}", operation) for method, operation in methods.items())


def walk(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


def test_the_committed_document_is_the_one_that_the_code_makes(document: dict[str, Any]) -> None:
    made = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    assert COMMITTED.read_text("utf-8") == made, "write it anew with scripts/export_openapi"


def test_the_document_is_made_alike_twice(document: dict[str, Any]) -> None:
    assert json.dumps(create_app(Settings()).openapi()) == json.dumps(document)


def test_the_document_is_valid_openapi_31(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_the_server_is_where_the_document_came_from(document: dict[str, Any]) -> None:
    assert document["servers"] == [{"url": "/"}]


def test_operations_have_short_names_of_their_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(rf"({VERBS})([A-Z][a-z]+){{1,2}}", name) for name in names), names


def test_operations_say_what_they_do_and_where_they_belong(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        assert operation["summary"], where
        assert operation["tags"], where


def test_failures_are_problems_everywhere(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        failures = {status: told for status, told in operation["responses"].items() if status >= "400"}
        assert "500" in failures, where
        for told in failures.values():
            assert told["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}, where
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_an_operation_that_takes_parameters_may_refuse_them(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        assert ("422" in operation["responses"]) == where.split()[1].startswith("/v1/"), where


def test_schemas_have_names_that_read_well(document: dict[str, Any]) -> None:
    for name in document["components"]["schemas"]:
        assert re.fullmatch(r"[A-Z][A-Za-z]+", name), name


def test_enums_are_named_schemas(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    named = [schema["enum"] for schema in schemas.values() if "enum" in schema]
    everywhere = [part["enum"] for part in walk(document) if isinstance(part.get("enum"), list)]
    assert len(everywhere) == len(named) >= 12


def test_metrics_and_topics_are_those_of_the_catalogue(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Metric"]["enum"] == list(load_catalog().metrics)
    assert schemas["Topic"]["enum"] == list(load_catalog().topics)


# Absent where there is nothing to say; every other field of an answer is there, be it null.
MAY_BE_ABSENT = {
    ("Extraction", "mentions"),
    ("Statement", "highlights"),
    ("Problem", "errors"),
    *((shape, name) for shape in ("Indicator", "ObservedValue", "Source", "Target") for name in ("converted", "not_converted")),
}


def test_fields_of_answers_are_always_there(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        if "properties" in schema and not name.endswith(("Submission", "Patch", "Choice")):
            absent = {(name, field) for field in set(schema["properties"]) - set(schema.get("required", []))}
            assert absent <= MAY_BE_ABSENT, absent


def test_query_parameters_are_never_null(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert {"type": "null"} not in parameter["schema"].get("anyOf", []), f"{where} {parameter['name']}"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    referred = {part["$ref"] for part in walk(document) if isinstance(part.get("$ref"), str)}
    assert referred == schemas
