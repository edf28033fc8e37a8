"""Everything that an article attributes to somebody, in a language that tells the subject by its place."""

from __future__ import annotations

from app.domain.place import by_start
from app.languages.pack import Pack
from app.pipeline.people.placed import Placed
from app.pipeline.speech.by_position.contents import ContentReader
from app.pipeline.speech.by_position.openings import Openings
from app.pipeline.speech.by_position.paragraphs import ParagraphReader
from app.pipeline.speech.by_position.quotations import QuotationReader
from app.pipeline.speech.by_position.sources import SourceReader
from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.transcripts import read_transcript
from app.pipeline.speech.quotes import find_quotes
from app.pipeline.speech.utterances import Spoken, Utterance
from app.pipeline.words.segment import Layout


def find_by_position(layout: Layout, actors: Placed, pack: Pack, body: int) -> tuple[Utterance, ...]:
    """Quotations first, then what is reported around them; nothing before the offset `body` (headline, deck)."""
    quotes = find_quotes(layout, curly=bool(pack["speech"].get("quotes", {}).get("curly")))
    quoted = frozenset(n for q in quotes for first, last in q.parts for n in range(first, last))
    subjects = Subjects(layout, actors, pack, quoted)
    reader, openings = SourceReader(layout, subjects, pack), Openings(layout, subjects, pack)
    sources = {s.first: reader.sentence(s) for s in layout.sentences if s.span.end > body}
    spoken = Spoken(layout)
    QuotationReader(openings, spoken, sources).read(quotes, body)
    paragraphs = ParagraphReader(subjects, sources, spoken, body)
    if not read_transcript(subjects, spoken, body, paragraphs.guest()):
        paragraphs.read()
        paragraphs.answers()
    contents = ContentReader(openings, quotes, spoken.covered, spoken.used)
    reported = [u for s in layout.sentences if s.span.start >= body for u in contents.sentence(s, sources.get(s.first, []))]
    return tuple(sorted([*spoken.found, *reported], key=by_start))
