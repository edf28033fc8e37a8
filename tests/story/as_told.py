"""Facts as answered, beside facts as they were written down by hand: both in full, with ids by their place in the story.

What cannot be written by hand is looked at here and left out: confidence, evidence, extractor; offsets must lead to the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Document = dict[str, Any]

ARTICLES: list[Document] = [json.loads(path.read_text("utf-8")) for path in sorted((HERE / "articles").iterdir())]
_NOT_BY_HAND = ("confidence", "evidence", "extractor", "id")


def expected(name: str) -> Any:
    return json.loads((HERE / "expected" / f"{name}.json").read_text("utf-8"))


PEOPLE, STATEMENTS, FIGURES = (expected(name) for name in ("people", "statements", "figures"))


class Story:
    """The stored articles in their order, as they were answered; `place` gives the place of a fact, `text` its article's text."""

    def __init__(self, articles: Iterable[Document]) -> None:
        self.place: dict[str, str] = {}
        self.text: dict[str, str] = {}
        for article in articles:
            number = article["external_id"][:2]
            self.text[article["id"]] = article["text"]
            self.place |= {fact["id"]: f"{number}.{n}" for n, fact in enumerate(article["statements"], 1)}
            self.place |= {fact["id"]: f"{number}-{n}" for n, fact in enumerate(article["indicators"], 1)}

    def statement(self, fact: Document) -> Document:
        text, cue = self.text[fact["article"]["id"]], fact["cue"]
        assert " ".join(text[span["start"] : span["end"]] for span in fact["segments"]) == fact["text"]
        assert text[cue["start"] : cue["end"]] == cue["text"]
        group = fact["group"] and {"sources": fact["group"]["sources"], "longest": self.place[fact["group"]["longest"]]}
        told = {"cue": [cue["text"], cue["lemma"]], "topics": sorted(fact["topics"]), "group": group}
        return self._fact(fact, "segments") | told

    def figure(self, fact: Document) -> Document:
        span = fact["span"]
        assert self.text[fact["article"]["id"]][span["start"] : span["end"]] == fact["as_written"]
        return self._fact(fact, "span") | self._links(fact) | {"group": fact["group"] is not None}

    def source(self, source: Document) -> Document:
        """Of a series: what it shows of the figure, which must be what the figure is."""
        span = source["span"]
        assert self.text[source["article"]["id"]][span["start"] : span["end"]] == source["as_written"]
        shown = {name: value for name, value in source.items() if name not in (*_NOT_BY_HAND, "span", "indicator_id")}
        links = {name: self._of(source[name]) for name in ("statement_id", "additional_to", "equivalent_of")}
        about = {"article": _article(source["article"]), "further_sources": self._further(source)}
        return shown | about | {"group": source["group"] is not None} | links

    def _fact(self, fact: Document, spans: str) -> Document:
        assert 0 < fact["confidence"] <= 1
        assert fact["evidence"]["rule"]
        shown = {name: value for name, value in fact.items() if name not in (*_NOT_BY_HAND, spans)}
        about = {"repeats": self._of(fact["repeats"]), "further_sources": self._further(fact)}
        return shown | about | {"article": _article(fact["article"])}

    def _further(self, fact: Document) -> list[str]:
        """The copies of a fact; their articles are those of their places."""
        told = fact["further_sources"]
        assert [_article(copy["article"]) for copy in told] == [_article(_submitted(self.place[copy["id"]])) for copy in told]
        return [self.place[copy["id"]] for copy in told]

    def _links(self, fact: Document) -> Document:
        return {name: self._of(fact[name]) for name in ("statement_id", "additional_to", "equivalent_of")}

    def _of(self, id_: str | None) -> str | None:
        return self.place[id_] if id_ is not None else None


def statement(place: str) -> Document:
    """As it was written down."""
    fact = STATEMENTS["defaults"] | STATEMENTS["facts"][place]
    about = {"stated_on": _submitted(place)["published_at"], "article": _article(_submitted(place))}
    group = STATEMENTS["groups"][fact["group"]] if fact["group"] else None
    return fact | about | {"speaker": _speaker(fact["speaker"]), "group": group}


def figure(place: str) -> Document:
    fact = FIGURES["defaults"] | FIGURES["facts"][place]
    period = dict(zip(("start", "end", "as_written"), fact["period"], strict=True)) if fact["period"] else None
    said = STATEMENTS["facts"].get(fact["statement_id"])
    about = {"stated_on": _submitted(place)["published_at"], "article": _article(_submitted(place)), "period": period}
    return fact | about | {"speaker": _speaker(said["speaker"]) if said else None, "group": fact["group"] is not None}


def source(place: str) -> Document:
    told = figure(place)
    shown = (
        "as_written", "value", "value_max", "comparator", "stated_on", "group", "equivalent_of", "statement_id",
        "additional_to", "speaker", "article", "review", "further_sources",
    )  # fmt: skip
    return {name: told[name] for name in shown} | {"period_as_written": told["period"] and told["period"]["as_written"]}


def _speaker(written: list[str | None]) -> Document:
    id_, role, country, as_written, role_as_written, resolved_by = written
    office = {"role": role, "country": country, "as_written": as_written}
    return {"id": id_, **PEOPLE[str(id_)], **office, "role_as_written": role_as_written, "resolved_by": resolved_by}


def _submitted(place: str) -> Document:
    return ARTICLES[int(place[:2]) - 1]


def _article(article: Document) -> Document:
    return {name: article.get(name) for name in ("title", "url", "publisher", "published_at")}
