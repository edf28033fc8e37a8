"""Which of so many amounts is of which of so many things: "с Россией и Китаем – 27 и 41 млрд долларов соответственно"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from app.domain.place import by_first, by_last
from app.domain.record import record, replace
from app.languages.pack import Pack
from app.pipeline.figures.cue_words import Cue, Reading, Vocabulary
from app.pipeline.figures.quantity import Quantity
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Words

_BESIDE = 2  # tokens between the word and the amounts: a comma, a bracket
_STOPS = frozenset(".!?")
_REACH = 60  # tokens back to what the amounts are of


@record(frozen=True, slots=True)
class Row:
    """Amounts that stand in the order of what they are of; `last` is the token before which that is named."""

    amounts: tuple[Quantity, ...]
    last: int


def find_rows(words: Words, quantities: Sequence[Quantity]) -> tuple[Row, ...]:
    """Every row of amounts beside a word that says so, two and more."""
    telling, joining = _telling(words.pack)
    found = []
    for at in [n for n, key in enumerate(words.keys) if key in telling] if telling else ():
        before = _run(words, quantities, bisect_right(quantities, at, key=by_last) - 1, -1, joining)
        if before and at - before[-1].last > _BESIDE:
            before = ()
        behind = () if before else _run(words, quantities, bisect_left(quantities, at, key=by_first), 1, joining)
        if behind and behind[0].first - at > _BESIDE + 1:
            behind = ()
        if len(row := before or behind) > 1:
            found.append(Row(row, min(row[0].first, at)))
    return tuple(found)


def countries_of(words: Words, row: Row, mentions: Sequence[CountryMention]) -> tuple[CountryMention, ...]:
    """As many countries, coordinated and nearest before the amounts; nothing where there are more or fewer."""
    joining, end = _telling(words.pack)[1], bisect_right(mentions, row.last, key=by_last)
    start = _opening(words, row.last)
    named = [m for m in mentions[max(0, end - 2 * len(row.amounts)) : end] if m.first >= start]
    runs: list[list[CountryMention]] = []
    for n, mention in enumerate(named):
        if n and _coordinated(words, named[n - 1].last, mention.first, joining):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    fitting = [run for run in runs if len(run) == len(row.amounts)]
    return tuple(fitting[-1]) if fitting else ()


def measure_in(words: Words, row: Row, at: int, cues: Sequence[Cue], known: Vocabulary, key: str) -> Reading | None:
    """ "Экспорт и импорт составили 15 и 26 млрд соответственно": of as many words of measure the one in the amount's place."""
    joining = _telling(words.pack)[1]
    named = [part for cue in cues if cue.last <= row.last for part in _parts(words, cue, joining, known)]
    run = named[-1:]
    while len(run) < len(named) and _coordinated(words, named[-len(run) - 1].last, run[0].first, joining):
        run.insert(0, named[-len(run) - 1])
    if len(run) != len(row.amounts):
        return None
    metrics = [(strength, m) for m, strength in run[at].metrics if key in known.takes.get(m, ())]
    return Reading(max(metrics)[1], max(metrics)[0], run[at].text, run[at].first, "its place in the row") if metrics else None


def _parts(words: Words, cue: Cue, joining: frozenset[str], known: Vocabulary) -> Iterator[Cue]:
    """A word of measure; of two under one name ("экспорт и импорт") each."""
    if not any(words.tokens[n].key in joining for n in range(cue.first, cue.last)):
        yield cue
        return
    for n in range(cue.first, cue.last):
        if (found := known.cues.at(words, n, n + 1)) is not None:
            yield replace(cue, first=n, last=n + 1, metrics=found.value, text=words.tokens[n].text)


def _opening(words: Words, at: int) -> int:
    """Where the sentence begins, as far as one looks back."""
    for n in range(at - 1, max(0, at - _REACH), -1):
        if words.tokens[n].text in _STOPS and words.tokens[n + 1].capital:
            return n + 1
    return max(0, at - _REACH)


def _run(words: Words, quantities: Sequence[Quantity], at: int, step: int, joining: frozenset[str]) -> tuple[Quantity, ...]:
    """The amounts from one on in a direction, as long as only a comma or a conjunction stands between, in the text's order."""
    row: list[Quantity] = []
    while 0 <= at < len(quantities):
        one = quantities[at]
        if row and not _coordinated(words, min(row[-1].last, one.last), max(row[-1].first, one.first), joining):
            break
        row.append(one)
        at += step
    ordered = tuple(row[::-1] if step < 0 else row)
    return ordered if all(a.last <= b.first for a, b in pairwise(ordered)) else ()


def _coordinated(words: Words, first: int, last: int, joining: frozenset[str]) -> bool:
    """Whether two things are parts of one list: a comma or a conjunction stands between, and a preposition at most."""
    between = range(first, last)
    joined = any(words.tokens[n].text == "," or words.tokens[n].key in joining for n in between)
    if not joined or len(between) > 3:
        return False
    return all(
        words.tokens[n].text == "," or words.tokens[n].key in joining or any(r.pos == "adp" for r in words.readings(n)[:1])
        for n in between
    )


@cache
def _telling(pack: Pack) -> tuple[frozenset[str], frozenset[str]]:
    telling = frozenset(pack["relations"].get("respectively", {}).get("words", ()))
    return telling, frozenset(pack["counted"].get("joining", {}).get("words", ()))
