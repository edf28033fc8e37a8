"""What validation found wrong, told to the client: a pointer, and a sentence that names the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_origin

from starlette.requests import Request

from app.errors import Fault, InvalidParameter

Names = Mapping[str, bool]
"""What may be sent, and whether it may be sent several times."""

# Where pydantic speaks to the programmer.
_SENTENCES = {
    "missing": "This is required.",
    "string_pattern_mismatch": "This does not have the form that is asked for.",
}
_SEVERAL = "Several things in the request are not valid; see errors."


def parameters_of(request: Request) -> Names:
    """The query parameters of the route that was asked for."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    models = [parameter.field_info.annotation for parameter in dependant.query_params] if dependant else []
    fields = [item for model in models for item in model.model_fields.items()]
    return {field.alias or name: get_origin(field.annotation) is list for name, field in fields}


def faults_of(errors: Iterable[Mapping[str, Any]], names: Names, noun: str) -> list[Fault]:
    """Pydantic's findings as pointers; `noun` is what the `names` are called there."""
    return [{"pointer": pointer_to(error["loc"]), "detail": printable(_sentence(error, names, noun))} for error in errors]


def invalid(faults: list[Fault]) -> InvalidParameter:
    """One problem for all that is wrong: its detail tells a single fault outright."""
    return InvalidParameter(faults[0]["detail"] if len(faults) == 1 else _SEVERAL, errors=faults)


def pointer_to(places: Sequence[object]) -> str:
    """A JSON pointer (RFC 6901) that is always printable, whatever the client named its fields."""
    return "".join("/" + printable(str(place)).replace("~", "~0").replace("/", "~1") for place in places)


def printable(text: str, most: int = 1_000) -> str:
    """The text without lone surrogates, which no answer could carry, and bounded."""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _sentence(error: Mapping[str, Any], names: Names, noun: str) -> str:
    if error["type"] == "extra_forbidden":
        return f"The {noun} {printable(str(error['loc'][-1]), 100)} is unknown here; these are known: {listed(names)}."
    told = _SENTENCES.get(error["type"], error["msg"])
    return f"{told.removesuffix('.')}.{_on_several(error, names)}"


def _on_several(error: Mapping[str, Any], names: Names) -> str:
    """A comma is the usual guess of how to name several."""
    name, value = next((str(place) for place in error["loc"] if place in names), ""), error.get("input")
    if not isinstance(value, str) or "," not in value or error["loc"][0] != "query":
        return ""
    if names.get(name):
        parts = (part.strip() for part in printable(value, 100).split(","))
        return f" Several are sent by repeating the parameter: {'&'.join(f'{name}={part}' for part in parts)}."
    return " This parameter takes one value." if error["type"] == "enum" else ""
