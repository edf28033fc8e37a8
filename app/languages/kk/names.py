"""Names of people in Kazakh: only the last word of a name takes an ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.languages.folding import key
from app.languages.kk.forms import Forms, has_vowel
from app.languages.kk.stems import Stems
from app.languages.pack import Reading

_PLAIN = 5  # letters of a name behind which a doubtful ending is one


class Names:
    """Reads names by their endings."""

    def __init__(self, table: Mapping[str, Any], forms: Forms, stems: Stems) -> None:
        self._forms, self._stems = forms, stems
        self._doubtful = frozenset(table["doubtful"])
        self._long = frozenset(table["doubtful_when_short"])
        self._doubtful |= self._long
        self._never = frozenset(table["never_short"])
        self._whole = tuple(table["whole"])
        self._surnames = tuple(table["surname_endings"])
        self._feminine, self._masculine = tuple(table["feminine_endings"]), tuple(table["masculine_endings"])
        self._possessed = tuple(table["possessed_endings"])

    def readings(self, word: str) -> tuple[Reading, ...]:
        """The cases of a name, likeliest first; the nominative only where no ending is sure."""
        word = key(word)
        if word.endswith(self._whole):
            return (self.reading(word, "nom"),)
        found = [(base, case) for base, case in self._oblique(word)]
        sure = [(base, case) for base, case in found if self._sure(base, word[len(base) :])]
        if sure:
            return tuple(self.reading(base, case) for base, case in sure)
        return (self.reading(word, "nom"), *(self.reading(base, case) for base, case in found))

    def nominative(self, word: str, case: str) -> str:
        """The word without the ending of its case; as it is where it has none."""
        folded = key(word)
        return next((word[: len(base)].rstrip("-") for base, found in self._oblique(folded) if found == case), word)

    def reading(self, base: str, case: str) -> Reading:
        base = base.rstrip("-")
        kind = "given" if base in self._stems.given else "surn"
        return Reading(base, "propn", case, "sing", self.gender(base), name=kind, known=kind == "given")

    def gender(self, base: str) -> str | None:
        if base.endswith(self._feminine):
            return "fem"
        return "masc" if base.endswith(self._masculine) else None

    def is_surname(self, base: str) -> bool:
        return len(base) > 4 and base.endswith(self._surnames)

    def _oblique(self, word: str) -> Iterator[tuple[str, str]]:
        """Bases with cases; one that is a known name first."""
        found = [*self._forms.plain_case.off(word)]
        found += [(base, case) for base, case in self._forms.possessed_case.off(word) if base.endswith(self._possessed)]
        found = [(base, case) for base, case in found if has_vowel(base) and case not in ("equ", "sim")]
        found.sort(key=lambda row: not (self.is_surname(row[0]) or row[0] in self._stems.given))
        yield from found

    def _sure(self, base: str, ending: str) -> bool:
        if self.is_surname(base) or base in self._stems.given:
            return True
        if ending in self._doubtful:
            return ending in self._long and len(base) >= _PLAIN
        return len(base) > 3 or ending not in self._never
