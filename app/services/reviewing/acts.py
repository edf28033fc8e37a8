"""An editor confirms, rejects or corrects a fact, or takes the last of that back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import RowMapping
from sqlmodel import Session

from app.catalog import Catalog
from app.domain.facts import Review
from app.errors import Conflict, NotFound
from app.services.documents import Document
from app.services.reprints.families import rejoin
from app.services.reviewing.again import still_pointing
from app.services.reviewing.corrections import Correction, corrected
from app.services.reviewing.kinds import LIVE, Kind, document_of, write
from app.services.stored import fact_documents, instant
from app.storage import reviewing
from app.storage.database import begin_writing
from app.storage.reprints import wait_in_line

_SURE = 1.0
"""The confidence of what an editor has seen and let stand: it is no guess any more."""


@dataclass(frozen=True, slots=True)
class Act:
    """`review` is None where the correction says it; `by` is the name of the key, None where there is none."""

    review: Review | None = None
    correction: Correction = field(default_factory=dict)
    by: str | None = None
    note: str | None = None


def review(
    session: Session, catalog: Catalog, kind: Kind, fact_id: str, act: Act, expected: Callable[[Document], None]
) -> Document:
    """The fact afterwards. `expected` sees it as it is answered before, and raises where the client has seen another."""
    begin_writing(session)
    wait_in_line(session)
    whole = _locked(session, kind, fact_id)
    expected(_shown(session, kind, fact_id))
    before = document_of(whole.row)
    after = corrected(session, catalog, kind, before, whole.row["article_id"], act.correction) if act.correction else dict(before)
    after |= _verdict(before, act)
    changed = [name for name in after if after[name] != before.get(name)]
    if changed:
        told = ({name: version[name] for name in changed} for version in (before, after))
        reviewing.record(session, fact_id, whole.row["article_id"], act.by, act.note, *(orjson.dumps(t).decode() for t in told))
        _write(session, kind, whole, after, changed)
    return _shown(session, kind, fact_id)


def undo(session: Session, kind: Kind, fact_id: str, by: str | None, expected: Callable[[Document], None]) -> Document:
    """Takes back the latest act that stands; Conflict where there is none."""
    begin_writing(session)
    wait_in_line(session)
    whole = _locked(session, kind, fact_id)
    expected(_shown(session, kind, fact_id))
    done = reviewing.standing(session, [fact_id]).get(fact_id)
    if not done:
        raise Conflict("nothing was done to this that could be undone")
    back: Document = orjson.loads(done[-1]["before"])
    reviewing.mark_undone(session, done[-1]["id"], by)
    now = document_of(whole.row)
    back = still_pointing(session, whole.row["article_id"], now, back)
    _write(session, kind, whole, now | back, list(back))
    return _shown(session, kind, fact_id)


def history(session: Session, kind: Kind, fact_id: str) -> list[Document]:
    """All that was done to a fact, the latest first; NotFound where there is none."""
    if kind.get(session, fact_id) is None:
        raise _nothing(kind, fact_id)
    return [_change_document(row) for row in reviewing.changes_of(session, fact_id)]


def _write(session: Session, kind: Kind, whole: reviewing.Whole, document: Document, changed: list[str]) -> None:
    """A fact that says something else now may repeat another, or repeat it no longer."""
    write(session, kind, whole, document, changed)
    if not set(changed) <= set(LIVE):
        rejoin(session, whole.row["article_id"])


def _verdict(before: Document, act: Act) -> Document:
    verdict = act.review or (Review.CORRECTED if act.correction else Review(before["review"]))
    sure = verdict in (Review.CONFIRMED, Review.CORRECTED)
    return {"review": verdict.value, "confidence": _SURE if sure else before["confidence"]}


def _locked(session: Session, kind: Kind, fact_id: str) -> reviewing.Whole:
    whole = reviewing.locked(session, kind.table, fact_id)
    if whole is None:
        raise _nothing(kind, fact_id)
    return whole


def _nothing(kind: Kind, fact_id: str) -> NotFound:
    return NotFound(f"there is no {kind.noun} {fact_id!r}")


def _shown(session: Session, kind: Kind, fact_id: str) -> Document:
    row = kind.get(session, fact_id)
    assert row is not None
    return fact_documents(session, [row])[0]


def _change_document(row: RowMapping) -> Document:
    fields: dict[str, Any] = {name: orjson.loads(row[name]) for name in ("before", "after")}
    undone = {"undone_at": instant(row["undone_at"]) if row["undone_at"] else None, "undone_by": row["undone_by"]}
    return {"made_at": instant(row["made_at"]), "made_by": row["made_by"], "note": row["note"]} | fields | undone
