"""What all shapes share: codes and amounts as text, spans, and the rule that a field is always there.

A field without a value is null, not absent, and is therefore required: generated clients then have no third case.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType

CountryCode = TypeAliasType(
    "CountryCode",
    Annotated[
        str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2, as `GET /v1/countries` lists them.", examples=["KZ"])
    ],
)
PairCode = TypeAliasType(
    "PairCode",
    Annotated[
        str,
        Field(
            pattern=r"^[A-Z]{2}-[A-Z]{2}$",
            description="Two countries in alphabetical order, joined by a hyphen.",
            examples=["KZ-RU"],
        ),
    ],
)
Amount = TypeAliasType(
    "Amount",
    Annotated[
        str,
        Field(
            pattern=r"^-?[0-9]+(\.[0-9]+)?$",
            description="A decimal in base units, as text so that no client loses digits.",
            examples=["29500000000"],
        ),
    ],
)
IsoDate = TypeAliasType("IsoDate", Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2024-11-27"])])
Instant = TypeAliasType(
    "Instant",
    Annotated[
        str, Field(json_schema_extra={"format": "date-time"}, description="A moment of the server, with its offset from UTC.")
    ],
)


def without_default(schema: dict[str, Any]) -> None:
    """For the few fields that are not always there. Absent is not null."""
    schema.pop("default", None)


class Shape(BaseModel):
    """The documents themselves are made by `services.documents`; these models only describe them."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Span(Shape):
    """A half-open stretch of the submitted text, in Unicode code points: `text[start:end]`."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Names(Shape):
    """A name by language; null where it is not known."""

    ru: str | None
    kk: str | None
    en: str | None


class FactCounts(Shape):
    statements: int
    indicators: int
