"""The id of somebody whom the catalogue does not know: by name, country and role together, alike in every script.

A full name and a country make an id. A surname alone or with initials, and a name that many bear, are the role's as
well: two people of one name stay two. Patronymics and the order of a name say nothing about who it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from anyascii import anyascii

from app.catalog.sound import sound
from app.domain.speaker import Role
from app.languages.folding import key
from app.languages.pack import Pack

# Offices of a state: where no country is said, it is the one that the outlet writes from.
OF_STATE = frozenset((
    Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.DEPUTY_HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER, Role.MINISTER,
    Role.SPOKESPERSON, Role.LEGISLATOR, Role.OFFICIAL, Role.GOVERNOR,
))  # fmt: skip
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80


@lru_cache(maxsize=20_000)
def slug(text: str) -> str:
    """Latin small letters, digits and hyphens: "Серик Жумангарин" is `serik-zhumangarin`."""
    return _NOT_SLUG.sub("-", anyascii(key(text)).replace("'", "").lower()).strip("-")[:_LONGEST_SLUG].strip("-") or "x"


def person_id(words: tuple[str, ...], role: Role | None, country: str | None, pack: Pack) -> str:
    """`nurlan-aytbekov-kz`, from "Нурлан Айтбеков", "Айтбеков Нурлан Серикович", "Нұрлан Айтбеков" and "Nurlan Aitbekov"."""
    given_first = without_patronymic(words, pack)
    full = len(given_first) > 1 and all(len(word) > 1 for word in given_first)
    name = [sound(word) for word in given_first] if full else [sound(max(given_first, key=len))]
    telling = full and common_surnames(pack).isdisjoint(map(key, given_first))
    parts = [*name, None if telling or role is None else role.value.replace("_", "-"), country.lower() if country else None]
    return "-".join(filter(None, parts))[:_LONGEST_SLUG].strip("-") or slug(" ".join(words))


def is_of_state(name: str, pack: Pack) -> bool:
    """Whether a body is one that every state has one of: "Минфин" of one country is not that of another."""
    return key(name).split(" ")[0].startswith(_state_beginnings(pack))


def without_patronymic(words: tuple[str, ...], pack: Pack) -> tuple[str, ...]:
    """Given name and surname; where the patronymic stands last, the surname stood first."""
    endings = _patronymic_endings(pack)
    for at in range(1, len(words)):
        first = at - 1 if words[at].lower() in endings and at > 1 else at
        kept = [*words[:first], *words[at + 1 :]]
        if len(kept) > 1 and words[at].lower().endswith(endings):
            return tuple(reversed(kept)) if at == len(words) - 1 and len(kept) == 2 else tuple(kept)
    return words


@cache
def _patronymic_endings(pack: Pack) -> tuple[str, ...]:
    return tuple(pack["names"].get("patronymic_endings", ())) or ("\0",)


@cache
def _state_beginnings(pack: Pack) -> tuple[str, ...]:
    return tuple(pack["offices"].get("organizations", {}).get("of_state", ())) or ("\0",)


@cache
def common_surnames(pack: Pack) -> frozenset[str]:
    """Surnames that so many bear that a name of theirs is no proof of who it is."""
    return frozenset(map(key, pack["names"].get("common_surnames", ())))
