"""Values that never change once made: the type checker sees to it, so that making one costs no more than filling it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

Value = TypeVar("Value")

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    Made = TypeVar("Made", bound=type)

    def record(*, frozen: bool, **options: bool) -> Callable[[Made], Made]:
        """`dataclass`, but for the guard at run time, which makes the making of a frozen one several times as dear.

        An article is read into a thousand of such values; mypy refuses to change any of them.
        """
        return dataclass(unsafe_hash=frozen and options.get("eq", True), **options)


def replace(value: Value, /, **changes: Any) -> Value:
    """`dataclasses.replace` for values all of whose fields are arguments, at half its cost: a fact has thirty."""
    kind: Any = type(value)
    kept = {name: getattr(value, name) for name in _names(kind) if name not in changes}
    made: Value = kind(**kept, **changes)
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.init)


__all__ = ["field", "record", "replace"]
