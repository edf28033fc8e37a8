"""Which stretches inside a line are furniture, where scraping has glued whole paragraphs together."""

from __future__ import annotations

import re
from bisect import bisect_right

from app.domain.place import by_start
from app.domain.text import Span
from app.pipeline.page.furniture_lines import is_labelled
from app.pipeline.page.furniture_rules import Rules
from app.pipeline.page.lines import CAPITAL, SMALL, Line

# A picture's credit is short; what goes on longer is the next sentence glued to it.
_CREDIT = 90
_BRACKET = 300
# A small letter before a capital, or letters of two alphabets.
_LATIN, _CYRILLIC = (("".join(c for c in SMALL if (c >= "\u0400") is cyrillic)) for cyrillic in (False, True))
_GLUE = re.compile(f"(?<=[{SMALL}])(?=[{CAPITAL}«“„])|(?<=[{_LATIN}])(?=[{_CYRILLIC}])|(?<=[»)])(?=[{CAPITAL}])")


def find_inside(line: Line, rules: Rules) -> list[Span]:
    """Captions, calls to subscribe, notes in brackets: each to the end of its sentence."""
    firsts, keys = rules.inside, line.keys
    if firsts.isdisjoint(keys):
        return []
    found: list[Span] = []
    done = line.start
    for at in [n for n, key in enumerate(keys) if key in firsts]:
        # Words are looked up first: where each stands is laid out for the few lines that hold a phrase.
        if not rules.anywhere.at(keys, at) or line.words[at].start < done:
            continue
        span = _bracket(line, rules, at) or _caption(line, rules, at) or _call(line, rules, at)
        if span and len(span):
            start = max(span.start, done)
            found.append(Span(start, span.end))
            done = span.end
    return found


def _opens(line: Line, at: int) -> bool:
    """Whether a word begins a sentence, or is glued to one that ended without a space."""
    word = line.words[at]
    if not line.text[word.start].isupper():
        return False
    if at == 0:
        return True
    before = line.text[line.words[at - 1].end : word.start]
    return not before or any(sign in ".!?…»”|•©([" for sign in before)


def _caption(line: Line, rules: Rules, at: int) -> Span | None:
    if not line.text[line.words[at].start].isupper():
        return None
    behind = is_labelled(line, rules.labels, at)
    if not behind:
        if not _opens(line, at):
            return None
        length = rules.labels.at(line.keys, at)
        if not length or not rules.credits.at(line.keys, at + length):
            return None
        behind = line.words[at + length].end
    start = line.words[at].start
    while start > line.start and line.text[start - 1] in "( [©\xa0":
        start -= 1
    start += len(line.text[start : line.words[at].start]) - len(line.text[start : line.words[at].start].lstrip())
    return Span(start, _credit_end(line, behind))


def _credit_end(line: Line, at: int) -> int:
    """Where a credit stops: at a bracket, at a glued sentence, at a full stop; else soon."""
    if line.end - at <= _CREDIT:
        limit = line.end
    else:
        limit = at
        for word in line.words[bisect_right(line.words, at, key=by_start) :][:3]:
            limit = word.end
    stop = min(line.end, at + _CREDIT)
    glue = _GLUE.search(line.text, min(at + 1, stop), stop)
    ends = [end for end in (glue.start() if glue else None, _next_end(line, at), _closing(line.text, at, stop)) if end]
    return min([end for end in ends if end <= stop], default=limit)


def _closing(text: str, at: int, stop: int) -> int | None:
    found = min((end for end in (text.find(")", at, stop), text.find("]", at, stop)) if end >= 0), default=-1)
    return found + 1 if found >= 0 else None


def _call(line: Line, rules: Rules, at: int) -> Span | None:
    """A sentence that begins like furniture, or has a call to the reader in it."""
    begins = _opens(line, at) and rules.starts.at(line.keys, at)
    if not begins and not rules.sentences.at(line.keys, at):
        return None
    start = line.words[at].start if begins else _last_end(line, line.words[at].start)
    before = line.text[start : line.words[at].start]
    if before.count("«") > before.count("»"):
        # Somebody's words, not the site's.
        return None
    return Span(start, _next_end(line, line.words[at].end))


def _bracket(line: Line, rules: Rules, at: int) -> Span | None:
    word = line.words[at]
    if line.text[word.start - 1 : word.start] != "[" or word.start == line.start or not rules.brackets.at(line.keys, at):
        return None
    end = line.text.find("]", word.end, min(line.end, word.end + _BRACKET))
    return Span(word.start - 1, end + 1) if end >= 0 else None


def _next_end(line: Line, at: int) -> int:
    index = bisect_right(line.ends, at)
    return line.ends[index] if index < len(line.ends) else line.end


def _last_end(line: Line, at: int) -> int:
    index = bisect_right(line.ends, at)
    start = line.ends[index - 1] if index else line.start
    return start + len(line.text[start:at]) - len(line.text[start:at].lstrip())
