"""The vocabularies: countries, metrics and topics with their names, and the enums built from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from app.api.schemas.shape import CountryCode, Names, Shape
from app.catalog import load_catalog


def _enum(name: str, codes: Iterable[str]) -> type[StrEnum]:
    """A code added to the catalogue is then known to the API, and to every generated client, without a line of code."""
    members = {code.upper(): code for code in codes}
    return StrEnum(name, members)  # type: ignore[return-value]  # mypy reads this as a look-up by value


if TYPE_CHECKING:

    class Metric(StrEnum): ...

    class Topic(StrEnum): ...
else:
    Metric = _enum("Metric", load_catalog().metrics)
    Metric.__doc__ = "What an indicator measures; `GET /v1/metrics` explains each."
    Topic = _enum("Topic", load_catalog().topics)
    Topic.__doc__ = "What a statement is about; `GET /v1/topics` explains each."


class CountryEntry(Shape):
    code: CountryCode
    names: Names


class MetricEntry(Shape):
    code: Metric
    names: Names
    description: str


class TopicEntry(Shape):
    code: Topic
    names: Names
    description: str


class CountryList(Shape):
    items: list[CountryEntry]
    next_cursor: str | None
    """Always null: the vocabularies come whole."""


class MetricList(Shape):
    items: list[MetricEntry]
    next_cursor: str | None
    """Always null: the vocabularies come whole."""


class TopicList(Shape):
    items: list[TopicEntry]
    next_cursor: str | None
    """Always null: the vocabularies come whole."""
