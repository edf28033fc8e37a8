"""The catalogue's vocabularies as documents."""

from __future__ import annotations

from typing import Any

from app.catalog import Catalog
from app.services.documents import names_document


def countries(catalog: Catalog) -> list[dict[str, Any]]:
    return [{"code": it.code, "names": names_document(dict(it.names))} for it in catalog.countries.values()]


def metrics(catalog: Catalog) -> list[dict[str, Any]]:
    return [_described(it.code, dict(it.names), it.description) for it in catalog.metrics.values()]


def topics(catalog: Catalog) -> list[dict[str, Any]]:
    return [_described(it.code, dict(it.names), it.description) for it in catalog.topics.values()]


def _described(code: str, names: dict[str, str], description: str) -> dict[str, Any]:
    return {"code": code, "names": names_document(names), "description": description}
