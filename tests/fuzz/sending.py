"""A text through every door that takes one, and what must hold of each answer whatever the text is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx

from app.domain.text import Span
from app.pipeline.page.markup import read_visible


async def send(client: httpx.AsyncClient, text: str) -> None:
    """Extracted, stored, read again and sent again: the same facts at the same characters, and never a 5xx."""
    extracted = await client.post("/v1/extract?include=mentions&min_confidence=0", json={"text": text})
    if "\x00" in text or not text.strip():
        assert extracted.status_code == 422, extracted.text
        return
    assert extracted.status_code == 200, extracted.text
    assert_verbatim(extracted.json(), text)
    first = await client.post("/v1/articles", json={"text": text})
    assert first.status_code in (200, 201), first.text
    stored = first.json()
    again = await client.post("/v1/articles", json={"text": text})
    assert (again.status_code, again.json()["id"]) == (200, stored["id"]), again.text
    read = (await client.get(f"/v1/articles/{stored['id']}")).json()
    assert read["text"] == again.json()["text"]
    for kind in ("statements", "indicators"):
        assert read[kind] == again.json()[kind] == stored[kind]
    if first.status_code == 201:
        assert read["text"] == text
        assert_verbatim(read, text)


def assert_verbatim(answer: dict[str, Any], text: str) -> None:
    """What an answer says stands at a place does stand there, as a reader sees it."""
    view = read_visible(text)
    for said, spans in _quoted(answer):
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
        assert " ".join(map(view.read, spans)) == said


def _quoted(answer: dict[str, Any]) -> Iterator[tuple[str, list[Span]]]:
    for statement in answer["statements"]:
        yield statement["text"], [Span(**segment) for segment in statement["segments"]]
        if cue := statement["cue"]:
            yield cue["text"], [Span(cue["start"], cue["end"])]
    for indicator in answer["indicators"]:
        yield indicator["as_written"], [Span(**indicator["span"])]
    for kind in answer.get("mentions", {}).values():
        yield from ((mention["text"], [Span(**mention["span"])]) for mention in kind)
