"""Values that never change once made: the type checker sees to it, so that making one costs no more than filling it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

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


__all__ = ["field", "record"]
