"""How single values of a request are read: strictly, and with a sentence for the client where they are not valid."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.catalog import load_catalog
from app.domain.country import Pair

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,12})?")
MOST_PAIRS = 10
"""Pairs that one comparison takes."""
_WHOLE = re.compile(r"[0-9]{1,9}")


def _invalid(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("invalid", "{sentence}", {"sentence": sentence})


def text_without_nul(text: str) -> str:
    if "\x00" in text:
        raise _invalid("NUL (U+0000) is not allowed in text.")
    return text


def country_code(value: object) -> str:
    """A code of the catalogue, in either case."""
    code = value.upper() if isinstance(value, str) else ""
    if code not in load_catalog().countries:
        raise _invalid("Not an ISO 3166-1 alpha-2 code of a country; GET /v1/countries lists them.")
    return code


def currency_code(value: object) -> str:
    """A code of ISO 4217, in either case."""
    code = value.upper() if isinstance(value, str) else ""
    if code not in load_catalog().currencies:
        raise _invalid("Not an ISO 4217 code of a currency, such as USD or KZT.")
    return code


def pair_of_countries(value: object) -> Pair:
    """Two codes of the catalogue in either order and case."""
    try:
        pair = Pair.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise _invalid("Not a pair of two different countries, such as KZ-RU.") from None
    for code in (pair.first, pair.second):
        if code not in load_catalog().countries:
            raise _invalid(f"There is no country {code}; GET /v1/countries lists them.")
    return pair


def canonical_pair(value: object) -> str:
    return str(pair_of_countries(value))


def canonical_pairs(value: object) -> str:
    """A few pairs between commas, each once, in the order in which they were named."""
    named = value.split(",") if isinstance(value, str) else [""]
    if len(named) > MOST_PAIRS:
        raise _invalid(f"At most {MOST_PAIRS} pairs are compared at once.")
    return ",".join(dict.fromkeys(map(canonical_pair, named)))


def calendar_date(value: object) -> date:
    """`2024-11-27` and nothing else: no timestamps, no times of day."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _invalid("Not a date such as 2024-11-27.")


def date_or_moment(value: str) -> str:
    """An ISO date or an RFC 3339 date-time, kept as given; a leap second is a valid one."""
    try:
        if _DATE.fullmatch(value):
            date.fromisoformat(value)
        elif _DATE_TIME.fullmatch(value):
            datetime.fromisoformat(value[:17] + value[17:].upper().replace("60", "59", 1 if value[17:19] == "60" else 0))
        else:
            raise ValueError
    except ValueError:
        sentence = "Not a date such as 2024-11-27 or an RFC 3339 date-time such as 2024-11-27T09:30:00+05:00"
        raise _invalid(f"{sentence} (in a URL, + is written %2B).") from None
    return value


def web_address(value: str) -> str:
    """An absolute http or https URL with a host."""
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or any(character.isspace() or not character.isprintable() for character in value):
        raise _invalid("Not an absolute http or https URL.")
    return value


def decimal_number(value: object) -> Decimal:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    raise _invalid("Not a decimal number such as 29500000000 or -3.5.")


def whole_number(value: object) -> int:
    """Digits only: what the framework would also take (`1_0`, `5.0`) is nobody's intention."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, int):
        return value
    raise _invalid("Not a whole number.")


def truth(value: object) -> bool:
    """What JSON writes: what the framework would also take (`1`, `on`, `Y`) is nobody's intention."""
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise _invalid("Neither true nor false.")


NO_NUL = {"pattern": "^[^\\u0000]*$"}

PlainText = Annotated[str, AfterValidator(text_without_nul), Field(json_schema_extra=NO_NUL)]
PairValue = Annotated[
    str,
    PlainValidator(canonical_pair),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{2}-[A-Za-z]{2}$", "examples": ["KZ-RU"]}),
]
_PAIR = "[A-Za-z]{2}-[A-Za-z]{2}"
PairsValue = Annotated[
    str,
    PlainValidator(canonical_pairs),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{_PAIR}(,{_PAIR}){{0,{MOST_PAIRS - 1}}}$", "examples": ["KZ-RU,CN-KZ"]},
    ),
]
CountryValue = Annotated[
    str,
    PlainValidator(country_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{2}$", "examples": ["KZ"]}),
]
CurrencyValue = Annotated[
    str,
    PlainValidator(currency_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{3}$", "examples": ["USD"]}),
]
DateValue = Annotated[
    date, PlainValidator(calendar_date), WithJsonSchema({"type": "string", "format": "date", "examples": ["2024-11-27"]})
]
AmountValue = Annotated[
    Decimal, PlainValidator(decimal_number), WithJsonSchema({"type": "string", "pattern": "^-?[0-9]{1,30}(\\.[0-9]{1,12})?$"})
]
Moment = Annotated[
    str,
    Field(max_length=40),
    AfterValidator(date_or_moment),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
            "examples": ["2024-11-27T09:30:00+05:00"],
        }
    ),
]
WebAddress = Annotated[
    str,
    Field(max_length=2_048),
    AfterValidator(text_without_nul),
    AfterValidator(web_address),
    Field(json_schema_extra={"format": "uri"}),
]
LanguageTag = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", examples=["ru"])]
