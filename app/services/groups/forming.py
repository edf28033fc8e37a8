"""Which statements are one group: each beside the longest wording that it is alike to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A statement as far as groups are formed of it."""

    id: str
    article_id: str
    length: int
    created_at: datetime
    group_id: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Has the id of its earliest member, so that it keeps it while it grows; the longest wording comes first."""

    members: tuple[Member, ...]

    @property
    def id(self) -> str:
        earliest = min(self.members, key=lambda member: (member.created_at, member.id))
        return f"sg_{earliest.id.partition('_')[2]}"

    @property
    def longest(self) -> str:
        return self.members[0].id

    @property
    def sources(self) -> int:
        return len({member.article_id for member in self.members})


def groups_of(members: Iterable[Member], alike: Mapping[str, Set[str]]) -> Iterator[Group]:
    """The longest first, each takes those that are alike to itself and in no group yet.

    So a short report that fits two sayings never makes one of them. The outcome depends on what there is, not on what came first.
    """
    waiting = {member.id: member for member in sorted(members, key=_longest_and_earliest)}
    while waiting:
        id_, longest = next(iter(waiting.items()))
        del waiting[id_]
        others = _take(waiting, alike.get(id_, frozenset()))
        if others:
            yield Group((longest, *others))


def _longest_and_earliest(member: Member) -> tuple[int, datetime, str]:
    return -member.length, member.created_at, member.id


def _take(waiting: dict[str, Member], ids: Collection[str]) -> list[Member]:
    return [waiting.pop(id_) for id_ in sorted(ids) if id_ in waiting]
