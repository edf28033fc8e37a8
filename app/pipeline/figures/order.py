"""Where the verb of a clause stands, as the pack states it: where it is last, what tells of a figure stands behind the figure."""

from __future__ import annotations

from functools import cache

from app.languages.pack import Pack


@cache
def verb_final(pack: Pack) -> bool:
    """Whether the language puts the verb at the end of its clause."""
    return str(pack["clause"].get("verb", {}).get("place", "")) == "final"
