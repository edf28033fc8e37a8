"""Groups follow what is written: each time exactly those are formed anew that a change can touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from app.services.groups.figures import figures_of, figures_text
from app.services.groups.forming import Group, Member, groups_of
from app.services.groups.likeness import MOST_DAYS, Wording, alike, wording
from app.services.stored import fact_document
from app.storage import groups, indicators, statements
from app.storage.groups import Said

_AT_ONCE = 500


class Leaving:
    """An article whose statements are about to go or change: what is beside them is noted before, and grouped anew after."""

    def __init__(self, session: Session, article_id: str) -> None:
        groups.hold_speakers_in(session, article_id)
        self._session = session
        self._left = groups.beside_article(session, article_id)

    def settle(self) -> None:
        _form(self._session, self._left)


def regroup(session: Session, fact_ids: Iterable[str]) -> None:
    """Finds anew whom these statements are alike to: they are new, or what is known of them has changed.

    Only their own likenesses are found anew; groups are then formed of all that hangs together through likenesses.
    """
    ids = sorted(set(fact_ids))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        before = groups.beside_facts(session, some)
        groups.put_likenesses(session, some, set(_likenesses(session, groups.said(session, some))))
        _form(session, before | set(some))


def refresh(session: Session, statement_id: str, article_id: str) -> None:
    """After an editor's act on a statement, or on a figure inside it."""
    inside = (fact_document(row) for row in indicators.of_article(session, article_id))
    figures = figures_text(figure for figure in inside if figure["statement_id"] == statement_id)
    row = statements.get(session, statement_id)
    if row is not None:
        groups.describe(session, statement_id, figures, len(fact_document(row)["text"]))
        regroup(session, [statement_id])


def _likenesses(session: Session, new: Sequence[Said]) -> Iterator[tuple[str, str]]:
    """Each two once: a new statement with those that were there, and the new ones among themselves."""
    groups.hold_speakers(session, {each.speaker_id for each in new})
    by_day: dict[tuple[str, date], list[Wording]] = defaultdict(list)
    for there in groups.said_on(session, {(each.speaker_id, day) for each in new for day in _around(each.stated_on)}):
        by_day[there.speaker_id, there.stated_on].append(_wording(there))
    fresh = {each.id for each in new}
    for each in new:
        one = _wording(each)
        for day in _around(each.stated_on):
            for other in by_day.get((each.speaker_id, day), ()):
                if (other.id not in fresh or one.id < other.id) and alike(one, other):
                    yield one.id, other.id


def _wording(said: Said) -> Wording:
    return wording(said.id, said.article_id, said.stated_on, said.language, said.lemmas, figures_of(said.figures))


def _around(day: date) -> Iterator[date]:
    for apart in range(-MOST_DAYS, MOST_DAYS + 1):
        try:
            yield day + timedelta(apart)
        except OverflowError:
            continue


def _form(session: Session, fact_ids: Collection[str]) -> None:
    """Forms anew the groups of these statements and of all that are alike to them, directly or through others."""
    if not fact_ids:
        return
    near = _hanging_together(session, fact_ids)
    members = [Member(**row) for row in groups.members(session, near)]
    formed = list(groups_of(members, near))
    now = {member.id: group.id for group in formed for member in group.members}
    before = {member.id: member.group_id for member in members if member.group_id is not None}
    groups.place(session, {m.id: now.get(m.id) for m in members if m.group_id != now.get(m.id)})
    groups.put_groups(session, set(before.values()), map(_row, formed))


def _hanging_together(session: Session, fact_ids: Collection[str]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    new = set(fact_ids)
    while new:
        near |= {id_: set() for id_ in new}
        for one, other in groups.alike_to(session, new):
            near[one].add(other)
        new = {other for id_ in new for other in near[id_]} - near.keys()
    return near


def _row(group: Group) -> dict[str, object]:
    return {"id": group.id, "sources": group.sources, "longest": group.longest}
