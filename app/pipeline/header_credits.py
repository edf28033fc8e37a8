"""Whom an article credits, and whether it reports as an outlet itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from app.languages.pack import Pack
from app.pipeline.lines import Line, Wordings

# No \b at its end: scraping glues Cyrillic words to addresses ("Tengrinews.kzсо ссылкой").
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?\.){1,3}"
    r"(?:kz|ru|uz|kg|tj|tm|by|ua|az|am|ge|mn|cn|com|net|org|info|media|news|su|рф)(?![A-Za-z0-9])"
)
_QUOTED = re.compile(r"[«“\"„]([^«»“”\"„\n]{2,60})[»”\"]")
_AGENCY = re.compile(r"/([^/\n]{2,40})/")
_OWNER = re.compile(r"(?:©|\([cс]\)|copyright)[\s\d,–—-]*([^\n]{2,80})", re.IGNORECASE)
_YEARS = re.compile(r"[\s,]*(?:19|20)\d\d.*$")
_LONGEST_NAME = 5
# What may stand between the words of a press service's name.
_WITHIN = ' \xa0«»"“”-'


class Outlet(Protocol):
    """What is needed of `catalog.Outlet`."""

    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...


class Outlets(Protocol):
    """What is needed of `catalog.Outlets`."""

    def find(self, name_or_domain: str, /) -> Outlet | None: ...


@dataclass(frozen=True, slots=True)
class Credit:
    """A source as credited; `own` where the article reports as this outlet itself."""

    name: str
    own: bool
    start: int


@dataclass(frozen=True, slots=True)
class _Words:
    own: Wordings
    others: Wordings
    reference: Wordings
    kinds: Wordings
    reporters: Wordings
    services: Mapping[str, str]
    service: Wordings


@cache
def _words_of(pack: Pack) -> _Words:
    table = pack["header"].get("credits", {})
    own, others, reference, kinds, reporters = (
        Wordings(table.get(name, ())) for name in ("own", "others", "reference", "kinds", "reporters")
    )
    services = table.get("services", {})
    return _Words(own, others, reference, kinds, reporters, services, Wordings(services))


def find_credits(lines: tuple[Line, ...], lead: int, pack: Pack, outlets: Outlets) -> list[Credit]:
    """The sources that the lines credit, in order; up to the line `lead` a domain's report is the article's own."""
    words = _words_of(pack)
    found = [credit for at, line in enumerate(lines) for credit in _in_line(line, at <= lead, words, pack, outlets)]
    return [credit for at, credit in enumerate(found) if all(credit.name != before.name for before in found[:at])]


def find_owner(lines: tuple[Line, ...], outlets: Outlets) -> str | None:
    """The outlet of a copyright line at the foot: «© ТОО "Новости", 2020»."""
    for line in lines[-12:]:
        owner = _OWNER.match(line.shown[:160])
        if owner:
            name = _YEARS.sub("", owner[1]).strip(" .,|")
            quoted = _QUOTED.search(name)
            known = outlets.find(name) or (outlets.find(quoted[1]) if quoted else None)
            return known.name if known else (quoted[1] if quoted else name) or None
    return None


def _in_line(line: Line, lead: bool, words: _Words, pack: Pack, outlets: Outlets) -> Iterator[Credit]:
    if lead:
        yield from _agencies(line, outlets)
    at = 0
    while at < len(line.words):
        own, others = words.own.at(line.words, at), words.others.at(line.words, at)
        length = max(own, others, words.reference.at(line.words, at), words.reporters.at(line.words, at))
        if not length:
            at += 1
            continue
        name, last = _name(line, at + length, words, pack, outlets)
        if name:
            between = range(at, last)
            reporter = any(words.reporters.at(line.words, i) for i in between)
            referring = words.reference.at(line.words, last) > 0
            address = _DOMAIN.search(line.text, line.words[at].start, line.words[last - 1].end) is not None
            yield Credit(name, reporter or bool(own and (referring or (lead and address))), line.words[at].start)
        at = last if name else at + length


def _agencies(line: Line, outlets: Outlets) -> Iterator[Credit]:
    """«/ТАСС/» behind the place and day: the agency's own report."""
    for match in _AGENCY.finditer(line.text, line.start, min(line.end, line.start + 120)):
        known = outlets.find(match[1].strip())
        if known or match[1].isupper():
            yield Credit(known.name if known else match[1].strip(), True, match.start())


def _name(line: Line, at: int, words: _Words, pack: Pack, outlets: Outlets) -> tuple[str | None, int]:
    """The source whose name begins at a word or behind words for kinds of sources, and the word after it."""
    kind = False
    while at < len(line.words):
        service = words.service.at(line.words, at)
        if service:
            return _service(line, at, service, words)
        reporter = words.reporters.at(line.words, at)
        passed = words.kinds.at(line.words, at) or reporter
        known = _known(line, at, pack, outlets) or _domain(line, at)
        if known:
            return known
        if not passed:
            break
        kind, at = True, at + passed
    quoted = _QUOTED.match(line.text, line.words[at].start - 1) if kind and 0 < at < len(line.words) else None
    if quoted:
        return quoted[1], _word_after(line, at, quoted.end())
    return None, at


def _known(line: Line, at: int, pack: Pack, outlets: Outlets) -> tuple[str, int] | None:
    """The longest name of the catalogue that begins here, as written or in the nominative."""
    for last in range(min(len(line.words), at + _LONGEST_NAME), at, -1):
        written = line.text[line.words[at].start : line.words[last - 1].end]
        outlet = outlets.find(written) or outlets.find(_plain(written))
        if outlet is None and last - at <= 2 and line.text[line.words[at].start].isupper():
            outlet = outlets.find(" ".join(_lemma(word.key, pack) for word in line.words[at:last]))
        if outlet:
            return outlet.name, last
    return None


def _plain(written: str) -> str:
    return " ".join(written.translate({ord(sign): " " for sign in '«»“”„"'}).split())


def _lemma(word: str, pack: Pack) -> str:
    return pack.morphology.readings(word)[0].lemma


def _domain(line: Line, at: int) -> tuple[str, int] | None:
    """A site by its address, whether or not the catalogue knows it."""
    found = _DOMAIN.match(line.text, line.words[at].start, line.end)
    return (found.group(), _word_after(line, at, found.end())) if found else None


def _service(line: Line, at: int, length: int, words: _Words) -> tuple[str, int]:
    """«пресс-службу правительства РК»: the head in the nominative, what follows as written, up to a mark."""
    head = words.services[" ".join(word.key for word in line.words[at : at + length])]
    last = at + length
    most = min(len(line.words), last + 6)
    while last < most and not line.text[line.words[last - 1].end : line.words[last].start].strip(_WITHIN):
        last += 1
    rest = line.text[line.words[at + length - 1].end : line.words[last - 1].end].strip()
    return f"{head} {rest}".strip(), last


def _word_after(line: Line, at: int, end: int) -> int:
    while at < len(line.words) and line.words[at].start < end:
        at += 1
    return at
