"""Words behind a label: "Имя, должность: слова", one paragraph of an interview or a whole transcript."""

from __future__ import annotations

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.speech.cue_tables import media_words, that_words
from app.pipeline.speech.cues import SourceFinder
from app.pipeline.speech.frames import Source
from app.pipeline.speech.utterances import Spoken
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout, Paragraph

_TRANSCRIPT = 2  # labels that make a transcript, where each is an initial and a surname
_LONGEST_LABEL = 12  # tokens between a name and its colon
_BEFORE_LABEL = 6  # tokens of a bullet or of a live blog's time: "12:20."
_FEWEST = 2  # tokens behind the colon of a label
_LEAST = 6  # tokens of a paragraph behind a label on its own line
_OPENING = '-–—―«“„"'
_FINAL = '.!?…»”")'


@record(frozen=True, slots=True)
class Labels:
    """Reads the labelled paragraphs of one layout into `spoken`."""

    layout: Layout
    actors: Actors
    sources: SourceFinder
    pack: Pack
    spoken: Spoken

    def read(self, paragraph: Paragraph) -> bool:
        """Takes a labelled paragraph; a line without a final mark is a headline of something else ("Премьер: дорогу откроют")."""
        found, tokens = self.labelled(paragraph), self.layout.tokens
        if found is None or tokens[paragraph.last - 1].text not in _FINAL:
            return False
        actor, colon = found
        if self._reports(colon + 1, paragraph.last):
            return False  # "Лавров: Россия не откажется. Глава МИД подчеркнул, что …": a headline run into its text
        source = Source(colon, colon + 1, "label", ":", (actor,), actor.first, colon + 1, side="left")
        self.spoken.add([(colon + 1, paragraph.last)], source, "interview_label", paragraph.first, label=True)
        return True

    def alone(self, number: int) -> int | None:
        """Takes the paragraph behind a label on a line of its own ("Имя, должность:"); the paragraph behind it, else None."""
        paragraphs, tokens = self.layout.paragraphs, self.layout.tokens
        if number + 1 >= len(paragraphs) or tokens[paragraphs[number].last - 1].text != ":":
            return None
        words, found = paragraphs[number + 1], self._label(paragraphs[number], 0)
        opens, closes = tokens[words.first].text, tokens[words.last - 1].text
        if found is None or opens in _OPENING or closes not in ".!?…" or self._label(words, _FEWEST) is not None:
            return None
        actor, colon = found
        media = any(
            not lemmas(t.text, self.pack.morphology).isdisjoint(media_words(self.pack)) for t in tokens[actor.first : colon]
        )
        if media or words.last - words.first < _LEAST or self._reports(words.first, words.last):
            return None
        source = Source(colon, colon + 1, "label", ":", (actor,), actor.first, colon + 1, side="left")
        self.spoken.add([(words.first, words.last)], source, "interview_label", words.first, label=True)
        return number + 2

    def rule(self) -> int | None:
        """Where labels rule the whole article, so that what follows a labelled paragraph is theirs too, the last it may follow.

        They are initials and surnames ("В.Путин: …") or stand before answers; behind the last answer nothing tells whose words
        are. None where they do not.
        """
        labelled = [(n, label[0]) for n, p in enumerate(self.layout.paragraphs) if (label := self.labelled(p)) is not None]
        answers = sum(n > 0 and self._asks(self.layout.paragraphs[n - 1]) for n, _ in labelled)
        initials = all(len(a.name.words[0]) == 1 for _, a in labelled if a.name is not None)
        if len(labelled) < _TRANSCRIPT or not (initials or answers >= _TRANSCRIPT):
            return None
        return len(self.layout.paragraphs) if initials else labelled[-1][0] - 1

    def further(self, number: int) -> int:
        """Adds the paragraphs behind a labelled one to its words, up to the next label; the paragraph behind them."""
        paragraphs, tokens = self.layout.paragraphs, self.layout.tokens
        number += 1
        while number < len(paragraphs):
            paragraph = paragraphs[number]
            if self.labelled(paragraph) is not None or tokens[paragraph.last - 1].text not in ".!?…":
                break
            if self._asks(paragraph) and (number + 1 == len(paragraphs) or self.labelled(paragraphs[number + 1]) is not None):
                break  # whose question it is nobody tells
            self.spoken.extend((paragraph.first, paragraph.last))
            number += 1
        return number

    def labelled(self, paragraph: Paragraph) -> tuple[Actor, int] | None:
        """The person at the head of a paragraph and the colon of the label, where the colon opens no quotation."""
        return self._label(paragraph, _FEWEST)

    def _label(self, paragraph: Paragraph, fewest: int) -> tuple[Actor, int] | None:
        """The same, with at least so many tokens behind the colon."""
        tokens = self.layout.tokens
        actor = self._first_actor(paragraph)
        if actor is None or not self._may_label(actor):
            return None
        colon = actor.last
        while colon < min(paragraph.last, actor.last + _LONGEST_LABEL) and tokens[colon].text != ":":
            if self._finite(colon) or (tokens[colon].kind == "mark" and tokens[colon].text not in ',()«»"'):
                return None
            colon += 1
        if colon >= paragraph.last - fewest or tokens[colon].text != ":" or (fewest and tokens[colon + 1].text in '«“„"'):
            return None
        return (actor, colon) if colon == actor.last or tokens[actor.last].text in ",(" else None

    def _asks(self, paragraph: Paragraph) -> bool:
        return self.layout.tokens[paragraph.last - 1].text == "?"

    def _may_label(self, actor: Actor) -> bool:
        """A name, or an office of some country right before its colon: "Президент Казахстана: …"."""
        if not actor.may_be("nom"):
            return False
        colon = actor.last < len(self.layout.tokens) and self.layout.tokens[actor.last].text == ":"
        return actor.kind == "person" or (actor.kind == "office" and bool(actor.countries) and colon)

    def _reports(self, first: int, last: int) -> bool:
        """Whether the narrator goes on behind the label: a verb of speech in the third person with its subject and "что"."""
        for n in range(first, last):
            source = self.sources.at(n, first, last)
            if source is None or source.subject is None or source.subject.kind not in ("person", "office"):
                continue
            behind = self.layout.tokens[source.high : min(source.high + 3, last)]
            if any(t.key in that_words(self.pack) for t in behind):
                return True
        return False

    def _first_actor(self, paragraph: Paragraph) -> Actor | None:
        """The mention with which a paragraph begins, behind bullets and the like."""
        for n in range(paragraph.first, min(paragraph.first + _BEFORE_LABEL, paragraph.last)):
            if n in self.actors.by_first:
                return self.actors.by_first[n]
            if self.layout.tokens[n].kind == "word":
                return None
        return None

    def _finite(self, at: int) -> bool:
        token = self.layout.tokens[at]
        return token.kind == "word" and self.pack.morphology.readings(token.text)[0].verb in ("fin", "short")
