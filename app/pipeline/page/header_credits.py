"""Whom an article credits, and whether it reports as an outlet itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Protocol

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.page.header_dates import Calendar, calendar_of
from app.pipeline.page.lines import Line, Word, Wordings

# No \b at its end: scraping glues Cyrillic words to addresses ("Tengrinews.kzсо ссылкой").
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?\.){1,3}"
    r"(?:kz|ru|uz|kg|tj|tm|by|ua|az|am|ge|mn|cn|com|net|org|info|media|news|su|рф)(?![A-Za-z0-9])"
)
_QUOTED = re.compile(r"[«“\"„]([^«»“”\"„\n]{2,60})[»”\"]")
_AGENCY = re.compile(r"/([^/\n]{2,40})/(?=\s*[.\-–—])")
_LONGEST_NAME = 5
# «сообщает во вторник официальный сайт агентства …»: no more words stand between the verb and the name.
_PASSED = 7
# No article credits as often as this; a hostile one would cost a millisecond each time.
_MOST_FORMULAS = 200
# The dateline of an agency («МОСКВА, 26 ноя – РИА Новости.») stands within this many words.
_DATELINE = 9
# What may stand between the words of a press service's name, and around an agency's in a dateline.
_WITHIN = ' \xa0«»"“”-'
_DASHES = "-–—"
_QUOTES = ' \xa0»"”'


class Outlet(Protocol):
    """What is needed of `catalog.Outlet`."""

    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...


class Outlets(Protocol):
    """What is needed of `catalog.Outlets`."""

    def find(self, name_or_domain: str, /) -> Outlet | None: ...


@record(frozen=True, slots=True)
class Credit:
    """A source as credited; `own` where the article reports as this outlet itself."""

    name: str
    own: bool
    start: int


def find_credits(lines: Iterable[Line], lead_end: int, pack: Pack, outlets: Outlets) -> list[Credit]:
    """The sources that the lines credit, in order, each once.

    Up to the offset `lead_end` «сообщает Novosti.kz» is the outlet's own report; later on it is somebody else's.
    """
    reader = _Reader(pack, outlets)
    found: dict[str, Credit] = {}
    for line in lines:
        for credit in reader.read(line, line.start < lead_end):
            found.setdefault(credit.name, credit)
    return list(found.values())


def credits_itself(line: Line, pack: Pack) -> bool:
    """ "Министр приедет. Об этом передаёт Novosti.kz": a sentence and a credit, whose full stop is missing, are no headline."""
    return bool(line.ends) and not _own_words(pack).isdisjoint(line.keys[-_LONGEST_NAME:])


@cache
def _own_words(pack: Pack) -> frozenset[str]:
    return frozenset(phrase for phrase in pack["header"].get("credits", {}).get("own", ()) if " " not in phrase)


@record(frozen=True, slots=True)
class _Words:
    labels: Wordings
    own: Wordings
    others: Wordings
    reference: Wordings
    kinds: Wordings
    reporters: Wordings
    service: Wordings
    services: Mapping[str, str]
    formulas: Wordings
    firsts: frozenset[str]


@cache
def _words_of(pack: Pack) -> _Words:
    table = pack["header"].get("credits", {})
    names = ("labels", "own", "others", "reference", "kinds", "reporters", "services")
    labels, own, others, reference, kinds, reporters, service = (Wordings(table.get(name, ())) for name in names)
    formulas = Wordings([phrase for name in ("own", "others", "reference", "reporters") for phrase in table.get(name, ())])
    firsts = labels.firsts | formulas.firsts
    return _Words(labels, own, others, reference, kinds, reporters, service, table.get("services", {}), formulas, firsts)


class _Reader:
    """Finds credits in lines with the words of one pack and the outlets of one catalogue."""

    def __init__(self, pack: Pack, outlets: Outlets) -> None:
        self._pack, self._outlets = pack, outlets
        self._left = _MOST_FORMULAS
        self._words: _Words = _words_of(pack)
        self._calendar: Calendar = calendar_of(pack)

    def read(self, line: Line, lead: bool) -> Iterator[Credit]:
        if lead:
            yield from self._dateline(line)
        done, firsts = 0, self._words.firsts
        if firsts.isdisjoint(line.keys):
            return
        for at in [n for n, key in enumerate(line.keys) if key in firsts]:
            length = self._formula(line, at) if at >= done and self._left else 0
            if not length:
                continue
            self._left -= 1
            name, last = self._name(line, at + length)
            if name:
                yield Credit(name, self._is_own(line, at, last, lead), line.words[at].start)
            done = last if name else at + length

    def _formula(self, line: Line, at: int) -> int:
        """How many words of attribution to a medium begin here."""
        return self._words.formulas.at(line.keys, at) or (self._words.labels.at(line.keys, 0) if at == 0 else 0)

    def _is_own(self, line: Line, at: int, last: int, lead: bool) -> bool:
        if any(self._words.reporters.at(line.keys, i) for i in range(at, last)):
            return True
        if not self._words.own.at(line.keys, at):
            return False
        address = _DOMAIN.search(line.text, line.words[at].start, line.words[last - 1].end) is not None
        return bool(self._words.reference.at(line.keys, last)) or (lead and address)

    def _dateline(self, line: Line) -> Iterator[Credit]:
        """«АНКАРА, 10 мая. /ТАСС/.», «МОСКВА, 26 ноя – РИА Новости.»: an agency's own report."""
        for match in _AGENCY.finditer(line.text, line.start, min(line.end, line.start + 100)):
            name = self._without_reporter(match[1].strip())
            known = self._outlets.find(name)
            if known or name[0].isupper():
                yield Credit(known.name if known else name, True, match.start())
        for at in range(1, min(_DATELINE, len(line.keys))):
            before = line.text[line.words[at - 1].end : line.words[at].start].strip()
            known_here = self._known(line, at) if before and before[-1] in "-–—." else None
            behind = line.text[line.words[known_here[1] - 1].end :][:3].strip(_QUOTES)[:1] if known_here else ""
            if known_here and behind and (behind in _DASHES or (behind == "." and before != ".")):
                yield Credit(known_here[0], True, line.words[at].start)
                return

    def _without_reporter(self, name: str) -> str:
        """ "Корр. БЕЛТА" is БЕЛТА."""
        first, _, rest = name.partition(" ")
        return rest.strip() if rest.strip() and first.rstrip(".").casefold() in self._words.reporters.firsts else name

    def _name(self, line: Line, at: int) -> tuple[str | None, int]:
        """The source named here or behind words for kinds of sources and days, and the word after it."""
        first = at
        while at < min(len(line.keys), first + _PASSED):
            service = self._words.service.at(line.keys, at)
            if service:
                return self._service(line, at, service)
            known = self._known(line, at) or _address(line, at) or self._quoted(line, at, first)
            if known:
                return known
            passed = self._words.kinds.at(line.keys, at) or self._words.reporters.at(line.keys, at)
            if not passed and not line.words[at].number and line.words[at].key not in self._calendar.months:
                break
            at += passed or 1
        return None, at

    def _known(self, line: Line, at: int) -> tuple[str, int] | None:
        """The longest name of the catalogue that begins here, as written or in the nominative."""
        if line.text[line.words[at].start].islower() and not line.words[at].key.isascii():
            return None
        for last in range(min(len(line.keys), at + _LONGEST_NAME), at, -1):
            written = line.text[line.words[at].start : line.words[last - 1].end]
            outlet = self._outlets.find(written) or self._outlets.find(_unquoted(written))
            if outlet is None and last - at <= 2 and written[0].isupper():
                outlet = next(filter(None, map(self._outlets.find, self._nominatives(line.words[at:last]))), None)
            if outlet:
                return outlet.name, last
        return None

    def _nominatives(self, words: tuple[Word, ...]) -> Iterator[str]:
        """What «Акорду», «Новой газеты» may be in the nominative, as far as dictionary forms tell."""
        readings = [self._pack.morphology.readings(word.key) for word in words]
        for reading in readings[-1]:
            yield " ".join([*(before[0].lemma for before in readings[:-1]), reading.lemma])

    def _quoted(self, line: Line, at: int, first: int) -> tuple[str, int] | None:
        """A name in quotation marks, where what was passed over says that it is a medium's."""
        if at == first or at == 0:
            return None
        quoted = _QUOTED.match(line.text, line.words[at].start - 1, line.end)
        return (quoted[1], _word_after(line, at, quoted.end())) if quoted else None

    def _service(self, line: Line, at: int, length: int) -> tuple[str, int]:
        """«пресс-службу правительства РК»: the head in the nominative, what follows as written, up to a mark."""
        head = self._words.services[" ".join(line.keys[at : at + length])]
        last = at + length
        most = min(len(line.keys), last + 6)
        while last < most and not line.text[line.words[last - 1].end : line.words[last].start].strip(_WITHIN):
            last += 1
        rest = line.text[line.words[at + length - 1].end : line.words[last - 1].end].strip()
        name = f"{head} {rest}".strip()
        known = self._outlets.find(name)
        return known.name if known else name, last


def _unquoted(written: str) -> str:
    return " ".join(written.translate({ord(sign): " " for sign in '«»“”„"'}).split())


def _address(line: Line, at: int) -> tuple[str, int] | None:
    """A site by its address, whether or not the catalogue knows it."""
    found = _DOMAIN.match(line.text, line.words[at].start, line.end)
    return (found.group(), _word_after(line, at, found.end())) if found else None


def _word_after(line: Line, at: int, end: int) -> int:
    while at < len(line.keys) and line.words[at].start < end:
        at += 1
    return at
