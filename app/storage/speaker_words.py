"""The words of speakers' names as they sound, by which the few who may be meant are found among many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import orjson
from sqlalchemy import RowMapping, or_, select
from sqlmodel import Session

from app.catalog.sound import sounds
from app.storage.conflicts import insert_missing
from app.storage.people_tables import speaker_words
from app.storage.tables import speakers

_BEGINNING = 2
"""Letters at the start of a word that a slip of the pen leaves alone."""
_MOST = 2_000


def add(session: Session, names: Mapping[str, Iterable[str]]) -> None:
    """Makes speakers known by the words of their names, besides those that they are known by already."""
    words = sorted({(word, id_) for id_, several in names.items() for name in several for word in sounds(name)})
    insert_missing(session, speaker_words, [{"word": word, "speaker_id": id_} for word, id_ in words])


def likely(session: Session, asked: Collection[str]) -> list[tuple[str, list[str]]]:
    """Speakers with a word that begins as one of those asked for, the most heard first, each with all names."""
    begun = [
        (speaker_words.c.word >= word[:_BEGINNING]) & (speaker_words.c.word < word[:_BEGINNING] + "\U0010ffff") for word in asked
    ]
    if not begun:
        return []
    wanted = select(speaker_words.c.speaker_id).where(or_(*begun))
    rows = select(speakers.c.id, speakers.c.name, speakers.c.names).where(speakers.c.id.in_(wanted))
    rows = rows.order_by(speakers.c.statements.desc(), speakers.c.id).limit(_MOST)
    return [(row["id"], _names(row)) for row in session.execute(rows).mappings()]


def _names(row: RowMapping) -> list[str]:
    return [row["name"], *orjson.loads(row["names"]).values()]
