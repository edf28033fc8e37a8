"""Which whole lines are furniture: by their words, by their shape, by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from app.domain.record import record
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.page.furniture_rules import Rules
from app.pipeline.page.lines import CAPITAL, SMALL, Line, Wordings

# A line that begins with a phrase of furniture is furniture up to this length; a longer one has matter glued to it.
_LONGEST = 220
# A credit that names its kind first is short; what goes on is a headline («Источник: Москва и Анкара договорились …»).
_LABELLED = 80
_STAMP = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?"
    r"(?P<mark>[ \t\xa0]*+[•·|●▪][ \t\xa0]*+|[ \t\xa0]*+[-–—][ \t\xa0]++|[ \t\xa0]++)?"
)
_ITEMS = re.compile(r"[ \t\xa0]{2,}|\t|[ \xa0]*[|/•·●][ \xa0]*")
_STEPS = re.compile(r"[ \t\xa0]*[>›»→/\\][ \t\xa0]*")
# Days and clock times are no counters.
_DATED = re.compile(r"\d[.:/]\d{1,2}[.:/]\d|\d\d:\d\d|\d{4}-\d\d|(?:19|20)\d\d")
_LETTERS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[^\W\d_]\.")
_small, _capital = (letters[bisect_left(letters, "\u0400") :] for letters in (SMALL, CAPITAL))
# Words glued together because the blocks between them are gone: "НовостиПолитикаОбщество" (not "YouTube").
_GLUED = re.compile(f"[{_small}][{_capital}]")
_COPYRIGHT = re.compile(r"©|\([cс]\)\s|copyright\b", re.IGNORECASE)


@record(frozen=True, slots=True)
class Zone:
    """Where on the page the article's body lies, and whether the page is a live report."""

    first: int
    last: int
    live: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Zone:
        first = next((at for at, line in enumerate(lines) if line.body), None)
        stamps = sum([_STAMP.match(line.shown) is not None for line in lines])
        if first is None:
            return cls(0, len(lines), stamps > 2)
        last = next(at for at in range(len(lines) - 1, -1, -1) if lines[at].body)
        return cls(first, last, stamps > 2)

    def may_hold_byline(self, at: int) -> bool:
        """Above the body or below it."""
        return at < self.first or at > self.last


def is_heading(line: Line, rules: Rules) -> bool:
    """A heading such as "Похожие материалы", which other headlines follow."""
    return rules.headings.is_whole(line)


def is_furniture(line: Line, rules: Rules) -> bool:
    """Whether the line as a whole is none of the article's matter."""
    return (
        _is_count(line, rules)
        or rules.exact.is_whole(line)
        or _is_start(line, rules)
        or _is_copyright(line)
        or _is_menu(line, rules)
        or _is_ticker(line, rules)
    )


def is_byline(line: Line, pack: Pack, rules: Rules) -> bool:
    """A person's name alone ("Айнур Бекова"), with a place ("Алексей Громов, Ташкент") or a post behind it."""
    if len(line.keys) > 7 or line.closed:
        return False
    name, _, behind = line.shown.partition(",")
    words = name.split()
    if behind and not (behind.strip()[:1].isupper() or "©" in behind or rules.posts.at(line.keys, len(words))):
        return False
    named = next((at for at in range(len(line.keys)) if rules.posts.at(line.keys, at)), len(line.keys))
    words = words[: named or 1]
    if not 2 <= len(words) <= 3 or not all(word[0].isupper() and _LETTERS.fullmatch(word) for word in words):
        return False
    return any(reading.name in ("given", "surn") for word in words for reading in pack.morphology.readings(word))


def stamp(line: Line, live: bool) -> Span | None:
    """The clock time that a live report puts before an entry ("18:05  • …"); the sentence behind it is matter."""
    found = _STAMP.match(line.shown)
    if found is None:
        return None
    rest = line.shown[found.end() :]
    mark = found["mark"] or ""
    marked = bool(mark.strip(" \t\xa0")) and mark.strip(" \t\xa0") not in "-–—"
    if marked or (live and (mark or not rest)):
        return Span(line.start, line.start + found.end())
    return None


def _is_count(line: Line, rules: Rules) -> bool:
    """Bare numbers ("• 63", "$ 93.27 -0.20") and numbers with what they count ("756 SHARES"), but no dates."""
    keys = line.keys
    if not any(key[0].isalpha() for key in keys):
        return len(keys) <= 20 and _DATED.search(line.shown) is None
    return (
        len(keys) <= 6
        and any(map(str.isdigit, keys))
        and any(key in rules.counted for key in keys)
        and all(key.isdecimal() or key in rules.counters for key in keys)
    )


def _is_start(line: Line, rules: Rules) -> bool:
    if len(line.shown) > _LONGEST or not line.shown[0].isalnum():
        return False
    return bool(rules.starts.at(line.keys, 0)) or (len(line.shown) <= _LABELLED and _is_signed(line, rules))


def _is_signed(line: Line, rules: Rules) -> bool:
    """«Автор: …», «Источник – …»."""
    length = rules.authors.at(line.keys, 0)
    if not length or length == len(line.keys):
        return False
    between = line.text[line.words[length - 1].end : line.words[length].start].strip(' \xa0«"')
    return between in (":", ": ©") or (between in ("-", "–", "—") and not line.closed_by_stop)


def is_labelled(line: Line, labels: Wordings, at: int) -> int:
    """The offset behind "Фото:" or "© Фото /" where the word `at` begins such a label; 0 where it does not."""
    length = labels.at(line.keys, at)
    if not length:
        return 0
    end = line.words[at + length - 1].end
    behind = line.text[end : end + 3].lstrip(" \xa0")
    return end + 3 - len(behind) if behind[:1] in (":", "©", "|", "/") else 0


def _is_copyright(line: Line) -> bool:
    return len(line.shown) <= _LONGEST and _COPYRIGHT.match(line.shown) is not None


def _is_menu(line: Line, rules: Rules) -> bool:
    """Names of sections side by side ("ГЛАВНАЯ   ЭКОНОМИКА   РЫНКИ"), or the way to this one ("Главная > В мире")."""
    if len(line.shown) > 400 or line.closed:
        return False
    if 4 * len(_GLUED.findall(line.shown)) >= max(12, len(line.keys)):
        return True
    steps = [step for step in _STEPS.split(line.shown) if step]
    first = Line(line.text, line.start, line.start + len(steps[0])) if steps else line
    if len(steps) > 1 and rules.roots.is_whole(first):
        return True
    items = [item.strip() for item in _ITEMS.split(line.shown) if item.strip()]
    if len(items) >= 3 and all(len(item.split()) <= 3 and not any(map(str.isdigit, item)) for item in items):
        return line.shown.isupper() or 2 * _known(line, rules) >= len(line.keys)
    return len(line.keys) >= 3 and rules.menu.at(line.keys, 0) > 0 and _known(line, rules) == len(line.keys)


def _known(line: Line, rules: Rules) -> int:
    """How many words of the line belong to names of sections."""
    known = at = 0
    while at < len(line.keys):
        length = rules.menu.at(line.keys, at)
        known += length
        at += length or 1
    return known


def _is_ticker(line: Line, rules: Rules) -> bool:
    """Rates of the day: names of currencies with numbers, and hardly a word between ("USD 493,2 | EUR 584,1")."""
    keys = line.keys
    if len(keys) > 60 or rules.tickers.isdisjoint(keys) or line.closed_by_stop:
        return False
    codes = sum(key in rules.tickers for key in keys)
    others = sum(not key.isdecimal() and key not in rules.tickers for key in keys)
    return codes >= 2 and others <= codes and any(map(str.isdigit, keys))
