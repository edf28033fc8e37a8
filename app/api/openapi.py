"""The OpenAPI document: what FastAPI generates, with our problems, our bodies and the examples in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.api import deprecations, scopes
from app.api.exports import CSV, NDJSON, SDMX_CSV
from app.api.promises import promise
from app.api.schemas.problem import Problem
from app.api.schemas.review import IndicatorPatch, StatementPatch
from app.api.schemas.submission import SOME_TEXT, ArticleSubmission

Document = dict[str, Any]

CSV_CHARSET = f"{CSV}; charset=utf-8"
REF = "#/components/schemas/"
# Beside the code in a checkout; an installed package has no examples to show and loses nothing else.
EXAMPLES = Path(__file__).parents[2] / "openapi" / "examples"

DESCRIPTION = """\
Post the raw text of an article and get its facts: **statements** (who said what) and **indicators** (how much), each
pointing at the characters that carry it. Read them back by country pair, speaker and date.

* Offsets are Unicode code points into the text exactly as it was submitted, `start` inclusive, `end` exclusive.
  Of HTML that is the markup as submitted; `text` and `as_written` are what a reader sees: entities decoded, tags left out.
* Lists answer with `items` and `next_cursor`; the `Link` header names the next page. Newest first unless `sort` says otherwise.
* A parameter that is not known is a 422 and not silence. A parameter takes one value, unless it says that it may be repeated:
  `country=KZ&country=UZ`.
* `Accept: text/csv` or `application/x-ndjson` answers with the whole list as a file, whose `Repr-Digest` tells that it arrived
  whole; indicators also come as `application/vnd.sdmx.data+csv`.
* Where `from` or `to` is given, facts without a date are left out.
* Answers to GET have an `ETag`: send it as `If-None-Match`, and what has not changed is a 304 without a body.
* Every answer has an `X-Request-ID`: the one that the request brought, or a new one; our log knows it.
* Errors are `application/problem+json` (RFC 9457). `errors` holds a JSON pointer each: `/text` points into the submitted
  article, `/query/pair`, `/path/pair` and `/header/content-type` at the rest of the request.

The articles in the examples are invented.
"""

TAGS = [
    {"name": "articles", "description": "Raw text in, its facts out; what was taken in is listed, read again and removed."},
    {"name": "jobs", "description": "Many articles handed in at once, and what becomes of them."},
    {"name": "statements", "description": "Who said what, in which office, when, about which countries."},
    {
        "name": "indicators",
        "description": "How much, of what, between whom, for which period, and whether it is so or only planned.",
    },
    {"name": "pairs", "description": "The relation of two countries."},
    {"name": "speakers", "description": "People and organisations who were quoted, found by any spelling of their names."},
    {"name": "rates", "description": "Exchange rates that the operator imported, which `convert` uses."},
    {"name": "vocabularies", "description": "The codes that facts are told in, with names in Russian, Kazakh and English."},
    {"name": "health", "description": "Whether the process lives and can work."},
]

_GENERATED = ("HTTPValidationError", "ValidationError")
_TEXT = {"type": "string", "pattern": SOME_TEXT, "description": "The article. Its metadata may stand in the query string."}
"""Bodies that the routes read themselves, because they measure them while reading: documented here."""


def install(app: FastAPI) -> None:
    """Makes `app.openapi` give our document, built once."""

    def document() -> Document:
        if app.openapi_schema is None:
            app.openapi_schema = build(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def build(app: FastAPI) -> Document:
    document = get_openapi(
        title=app.title, version=app.version, openapi_version="3.1.0", summary=app.summary, description=app.description,
        routes=app.routes, tags=app.openapi_tags, servers=[{"url": "/"}], license_info=app.license_info,
    )  # fmt: skip
    schemas = document["components"]["schemas"]
    schemas.update(_undeclared())
    for name in _GENERATED:
        schemas.pop(name, None)
    promise(document["paths"])
    _prune(document)
    _drop_titles(document["paths"])
    for schema in document["components"]["schemas"].values():
        _drop_titles(list(schema.values()))
    for operation in _operations(document):
        _drop_null(operation.get("parameters", []))
        _summarize(operation)
        _show_examples(operation)
    scopes.describe(document)
    deprecations.describe(document)
    document["components"]["schemas"] = dict(sorted(document["components"]["schemas"].items()))
    return document


def submission_body() -> Document:
    """The `openapi_extra` of a route that takes an article in any of its three forms."""
    content = {
        "application/json": {"schema": {"$ref": f"{REF}ArticleSubmission"}},
        "text/plain": {"schema": _TEXT},
        "text/html": {"schema": _TEXT},
    }
    return {"requestBody": {"required": True, "content": content}}


def patch_body(name: str) -> Document:
    """The `openapi_extra` of a route that takes an editor's act."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": f"{REF}{name}"}}}}}


def batch_body() -> Document:
    """The `openapi_extra` of the route that takes many articles."""
    items = {"type": "array", "items": {"$ref": f"{REF}ArticleSubmission"}, "minItems": 1}
    lines = {"schema": {"type": "string", "pattern": SOME_TEXT, "description": "An `ArticleSubmission` on each line."}}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": items}, "application/x-ndjson": lines}}}


def listed(sdmx: bool = False) -> dict[int | str, Document]:
    """The `responses` of a list besides its JSON: the whole of it as a file."""
    kinds = (CSV_CHARSET, NDJSON, *((f"{SDMX_CSV};version=1.0.0",) if sdmx else ()))
    digest = {"description": "Of an export: its SHA-256, as RFC 9530 writes it.", "schema": {"type": "string"}}
    content = {kind: {"schema": {"type": "string"}} for kind in kinds}
    told = "One page; or with `Accept: text/csv` and the like, the whole list as a file."
    return {200: {"description": told, "content": content, "headers": {"Repr-Digest": digest}}}


def _undeclared() -> Document:
    """The schemas of what the routes read or answer without FastAPI's help."""
    models = [(model, "validation") for model in (ArticleSubmission, StatementPatch, IndicatorPatch, Problem)]
    _, found = models_json_schema(models, ref_template=REF + "{model}")  # type: ignore[arg-type]
    return dict(found["$defs"])


def _operations(document: Document) -> Iterator[Document]:
    for path in document["paths"].values():
        yield from path.values()


def _drop_null(parameters: list[Document]) -> None:
    """An optional parameter is left out; a query string cannot say null."""
    for parameter in parameters:
        schema = parameter["schema"]
        options = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
        if len(options) == 1 and len(options) < len(schema["anyOf"]):
            del schema["anyOf"]
            schema.update(options[0])
        schema.pop("description", None)


def _drop_titles(part: Any) -> None:
    """`Published At` says nothing that `published_at` does not; only the schemas themselves keep their names."""
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        _drop_titles(list(part.values()))
    elif isinstance(part, list):
        for value in part:
            _drop_titles(value)


def _summarize(operation: Document) -> None:
    """The first line of a route's docstring says what it does."""
    first, _, rest = operation.pop("description").partition("\n")
    operation["summary"] = first.removesuffix(".")
    if rest.strip():
        operation["description"] = rest.strip()


def _show_examples(operation: Document) -> None:
    """Of `openapi/examples/<operationId>.*`: requests by media type; the tests send each of them."""
    content = operation.get("requestBody", {}).get("content", {})
    kinds = (("application/json", "json"), ("text/plain", "txt"), ("text/html", "html"))
    for kind, suffix in kinds if "text/plain" in content else ():
        found = {path.stem: _example(path) for path in sorted(EXAMPLES.glob(f"*.{suffix}"))}
        if kind in content and found:
            content[kind]["examples"] = found


def _example(path: Path) -> Document:
    raw = path.read_text(encoding="utf-8")
    summary = path.stem.replace("-", " ").capitalize()
    return {"summary": summary, "value": orjson.loads(raw) if path.suffix == ".json" else raw}


def _prune(document: Document) -> None:
    """Leaves the schemas that something refers to."""
    schemas = document["components"]["schemas"]
    reached: set[str] = set()
    waiting = list(_references(document["paths"]))
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting += _references(schemas[name])
    document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in reached}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix(REF)
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
