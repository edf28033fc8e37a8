"""Where a reported clause ends because its speaker does something besides: "said X and thanked the hosts"."""

from __future__ import annotations

from app.pipeline.speech.by_position.phrasing import COMMAS
from app.pipeline.speech.by_position.subjects import Subjects
from app.pipeline.speech.by_position.tables import words

CLOSING = frozenset('"”»')
_FARTHEST = 120  # tokens of a clause in which that is looked for


class OwnActs:
    """Looks for the verbs of `frames` in `speech.toml` that are said of the speaker, and not by the speaker."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects, pack = subjects, subjects.pack
        self._acts, self._always = words(pack, "frames", "own_acts"), words(pack, "frames", "own_acts_always")
        self._and, self._but = words(pack, "frames", "conjunctions"), words(pack, "frames", "contrasting")

    def end(self, start: int, last: int) -> int | None:
        """The token before which the clause ends; None where the speaker does nothing else."""
        tokens = self.subjects.layout.tokens
        for n in range(start + 2, min(last - 1, start + _FARTHEST)):
            if tokens[n].kind != "word" or n in self.subjects.quoted:
                continue
            if (tokens[n].key in self._and or tokens[n].key in self._but) and self._begins(start, n, last):
                return n - 1 if tokens[n - 1].text in COMMAS else n
        return None

    def _begins(self, start: int, at: int, last: int) -> bool:
        tokens, verb = self.subjects.layout.tokens, at + 1
        again = tokens[at].key in self._but and tokens[verb].key in self.subjects.grammar.nominative
        verb += again
        while verb < last and tokens[verb].key in self.subjects.adverbs:
            verb += 1
        if verb >= last or tokens[verb].kind != "word" or not self.subjects.has_verb_or_quote(start, at):
            return False
        readings = self.subjects.pack.morphology.readings(tokens[verb].text)
        past = {r.lemma for r in readings if r.verb == "fin" and r.tense == "past"}
        parted = (
            again
            or tokens[at - 1].text in COMMAS
            or tokens[at - 1].text in CLOSING
            or tokens[at].key in self._but
            or self._marked(at)
        )
        pronoun = tokens[start].key in self.subjects.grammar.nominative
        return (bool(past & self._always) and (parted or not pronoun)) or (parted and bool(past & self._acts))

    def _marked(self, at: int) -> bool:
        """A comma inside the closing quotation mark: "at once,” and"."""
        tokens = self.subjects.layout.tokens
        return at >= 2 and tokens[at - 1].text in '"”’' and tokens[at - 2].text in COMMAS
