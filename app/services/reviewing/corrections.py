"""A fact with what an editor knows better: still verbatim, still in itself consistent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from app.catalog import Catalog
from app.domain.text import Span
from app.errors import Conflict, InvalidParameter
from app.pipeline.page.markup import View, read_visible
from app.services.documents import Document, names_document
from app.services.people.search import summary_of
from app.services.reviewing.kinds import STATEMENT, Kind
from app.services.stored import living_speaker
from app.storage import articles, speakers

Correction = dict[str, Any]
"""Fields of a fact, JSON values as the API shows them; `speaker` names an id, and role and country where they are known."""


def corrected(session: Session, catalog: Catalog, kind: Kind, document: Document, article_id: str, given: Correction) -> Document:
    """The document with the fields that are given, and what follows from them; InvalidParameter where they cannot be."""
    new = document | {name: value for name, value in given.items() if name not in ("speaker", "segments", "span", "period")}
    if "speaker" in given:
        new["speaker"] = _speaker(session, catalog, document["speaker"], given["speaker"])
    if "segments" in given:
        new |= _pointed(session, article_id, given["segments"], "segments", "text")
    if "span" in given:
        new |= _pointed(session, article_id, [given["span"]], "span", "as_written")
    if "period" in given:
        written = (document["period"] or {}).get("as_written", "")
        new["period"] = given["period"] and {"as_written": written} | given["period"]
    if "pairs" in given and "countries" not in given:
        new["countries"] = {*new["countries"]} - _countries(document["pairs"])
    new["countries"] = sorted({*new["countries"]} | _countries(new["pairs"]))
    if kind is not STATEMENT:
        new["pair"] = new["pairs"][0] if len(new["pairs"]) == 1 else None
        _refuse_impossible(new)
        if given.keys() & {"pairs", "reporter", "partner"}:
            _refuse_others(new)
    return new


def _speaker(session: Session, catalog: Catalog, before: Document | None, given: Document | None) -> Document | None:
    """Somebody who was heard or whom the catalogue knows; what stands in the text stays."""
    if given is None:
        return None
    row, person = speakers.get(session, given["id"]), catalog.people.get(given["id"])
    if row is None and person is None:
        raise InvalidParameter(f"there is no speaker {given['id']!r}", pointer="/speaker/id")
    known = living_speaker(row) if row is not None else summary_of(person) if person else {}
    written = {name: (before or {}).get(name) for name in ("as_written", "role_as_written")}
    office = {name: given.get(name, known.get(name) if row is None else None) for name in ("role", "country")}
    shown = {name: known[name] for name in ("id", "kind", "name", "wikidata")} | {"names": names_document(known["names"])}
    return shown | office | written | {"resolved_by": None}


def _pointed(session: Session, article_id: str, spans: list[Document], name: str, words: str) -> Document:
    """Other characters of the article, and the words that stand there."""
    article = articles.get(session, article_id)
    if article is None or article["text"] is None:
        raise Conflict("the text of this article is no longer kept, so that nothing else in it can be pointed at")
    view = read_visible(article["text"])
    told = [_words(view, span["start"], span["end"], f"/{name}") for span in spans]
    return {name: spans if name == "segments" else spans[0], words: " ".join(told)}


def _words(view: View, start: int, end: int, pointer: str) -> str:
    found = view.read(Span(start, end)) if start < end <= view.submitted else None
    if not found or not found.strip():
        raise InvalidParameter("There are no words of the article.", pointer=pointer)
    return found


def _countries(pairs: Iterable[str]) -> set[str]:
    """What goes with a pair that is taken away, and comes with one that is given."""
    return {code for pair in pairs for code in pair.split("-")}


def _refuse_others(figure: Document) -> None:
    """A flow of one pair is between its two countries."""
    for name in ("reporter", "partner"):
        if figure["pair"] is not None and figure[name] is not None and figure[name] not in figure["pair"].split("-"):
            raise InvalidParameter(f"{figure[name]} is none of the two countries of {figure['pair']}.", pointer=f"/{name}")


def _refuse_impossible(figure: Document) -> None:
    if figure["value_max"] is not None and Decimal(figure["value_max"]) < Decimal(figure["value"]):
        raise InvalidParameter("The upper end of a range is not below the lower.", pointer="/value_max")
    if figure["reporter"] is not None and figure["reporter"] == figure["partner"]:
        raise InvalidParameter("Nobody is their own partner.", pointer="/partner")
    period = figure["period"]
    if period and period["start"] and period["end"] and period["start"] > period["end"]:
        raise InvalidParameter("The period ends before it begins.", pointer="/period")
