"""Everything that the article attributes to somebody, in the order of the text."""

from __future__ import annotations

from app.domain.place import by_start
from app.languages.pack import Pack
from app.pipeline.people.actor import Actors
from app.pipeline.people.placed import Placed
from app.pipeline.speech.attributions import Blocks
from app.pipeline.speech.by_position.speech import find_by_position
from app.pipeline.speech.content_first import ContentFirstFinder
from app.pipeline.speech.cue_tables import is_content_first
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.direct import DirectFinder
from app.pipeline.speech.indirect import IndirectFinder
from app.pipeline.speech.interview import find_answers
from app.pipeline.speech.quotes import find_quotes
from app.pipeline.speech.utterances import Spoken, Utterance
from app.pipeline.words.segment import Layout


def find_speech(layout: Layout, actors: Actors, pack: Pack, body: int = 0) -> tuple[Utterance, ...]:
    """Direct speech first, then what is reported around it; nothing before the offset `body` (headline, deck)."""
    if isinstance(actors, Placed):
        return find_by_position(layout, actors, pack, body)
    quotes = find_quotes(layout, single=bool(pack["speech"].get("quotes", {}).get("single")))
    quoted = frozenset([n for q in quotes for first, last in q.parts for n in range(first, last)])
    sources = SourceFinder(layout, actors, pack, quoted)
    spoken = Spoken(layout)
    DirectFinder(layout, quotes, sources, actors, pack, body, Blocks(layout, sources, actors), spoken).find()
    find_answers(layout, actors, sources, pack, body, spoken)
    reports = IndirectFinder(layout, quotes, sources, pack, body, spoken.covered, spoken.used)
    reported = ContentFirstFinder(reports, actors).find() if is_content_first(pack) else reports.find()
    return tuple(sorted([*spoken.found, *reported], key=by_start))
