"""Where the words of a report end: at the end of the sentence, or where another report or deed of the speaker begins."""

from __future__ import annotations

from app.pipeline.speech.by_position.acts import OwnActs
from app.pipeline.speech.by_position.openings import Openings
from app.pipeline.speech.by_position.parentheses import in_relative
from app.pipeline.speech.by_position.phrasing import COMMAS
from app.pipeline.speech.by_position.sources import Found
from app.pipeline.speech.by_position.subjects import QUOTES
from app.pipeline.speech.by_position.tables import words
from app.pipeline.speech.frames import Source
from app.pipeline.words.segment import Sentence

LONGEST = 400  # tokens of one clause; a longer "sentence" is a list or has lost its full stops


class Limits:
    """Knows the ends of reports in one layout; `covered` are the tokens of direct speech."""

    def __init__(self, openings: Openings, covered: set[int]) -> None:
        self.layout, self.openings, self.subjects, self.covered = openings.layout, openings, openings.subjects, covered
        self._acts = OwnActs(self.subjects)
        pack = openings.pack
        self._and, self._but = words(pack, "frames", "conjunctions"), words(pack, "frames", "contrasting")

    def of(self, start: int, sentence: Sentence, following: list[Found]) -> int:
        """The end of a clause: the sentence's, or where the same subject or a sourcing formula takes over."""
        last = self._taken_over(start, sentence, following)
        acts = self._acts.end(start, last)
        return last if acts is None else acts

    def _taken_over(self, start: int, sentence: Sentence, following: list[Found]) -> int:
        tokens = self.layout.tokens
        for other in following:
            source = other.source
            if source.low <= start or source.first in self.covered:
                continue
            cut = source.low
            if (dash := self._aside_with(source, start, cut)) is not None:
                return dash
            before = tokens[cut - 1].text
            if before in QUOTES and tokens[cut - 2].text in COMMAS:
                before, cut = ",", cut + 1  # "to “create tension,” adding that"
            parted = next((n for n in range(start, min(cut, start + LONGEST)) if tokens[n].text == ";"), None)
            if parted is not None and source.subjects and self.openings.of(source, sentence) is not None:
                return parted
            if source.media and before in ",–—":
                return cut - 1
            if source.kind == "phrase" and before == "," and source.subjects[0].kind != "pronoun":
                return cut - 1  # but "he is against it because, according to him, …"
            if other.shared and source.kind == "conv" and before in ",–—":
                return cut - 1
            if (
                other.shared
                and source.kind == "conv"
                and tokens[cut].key in self._and
                and self.openings.of(source, sentence) is not None
            ):
                return cut  # "insisting it was over and saying they would leave"
            if (
                other.shared
                and source.kind == "verb"
                and self.openings.of(source, sentence) is not None
                and self._same_level(start, cut)
            ):
                return cut - 1 if before == "," else cut
            comma = cut - (3 if tokens[cut - 2].text in QUOTES else 2)  # "“not serious,” but a spokesman said"
            joined = tokens[cut - 1].key in self._and | self._but and comma > start and tokens[comma].text in COMMAS
            told = tokens[cut - 1].key in self._but or self.openings.of(source, sentence) is not None
            if joined and not other.shared and source.kind == "verb" and source.subjects and told:
                return cut - 2
        return sentence.last

    def _aside_with(self, source: Source, start: int, cut: int) -> int | None:
        """The dash of "he has “one rival” — a hint at Kane, who said": an aside without a verb in which another one speaks."""
        if not in_relative(self.subjects, source):
            return None
        dash = next((n for n in range(cut - 1, max(start, cut - LONGEST), -1) if self.layout.tokens[n].text in "–—"), None)
        return dash if dash is not None and not self.subjects.has_verb(dash, cut) else None

    def _same_level(self, start: int, cut: int) -> bool:
        """Whether "and said" goes on with the reporter's sentence: the clause before it has a verb already."""
        return self.subjects.has_verb(start, cut)
