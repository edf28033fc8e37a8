"""What stands at the head of an article: headline, date, publisher, credited sources."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from typing import Protocol

from app.domain.facts import Notice
from app.domain.record import field, record
from app.domain.text import Article, Span
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.page.furniture_rules import rules_of
from app.pipeline.page.header_credits import Credit, Outlets, credits_itself, find_credits
from app.pipeline.page.header_dates import Calendar, Written, calendar_of, find_date_line, find_dates, moment, read_moment
from app.pipeline.page.header_publisher import country_of, find_owner, site_at
from app.pipeline.page.lines import Line, masked_lines, read_lines
from app.pipeline.page.view import Meta

# Lines above the body; a page has more only where no body was found.
_HEAD_LINES = 14
_FOOT_LINES = 4
_CREDIT_LINES = 12
_LONGEST_HEADLINE = 220
_AGENCY = 30  # characters of a dateline behind its day


class Catalog(Protocol):
    """What is needed of `app.catalog.Catalog`."""

    @property
    def outlets(self) -> Outlets: ...
    @property
    def countries(self) -> Container[str]: ...


@record(frozen=True, slots=True)
class Header:
    """Metadata of an article, given by the client or read; spans are in the visible text.

    `title_span` and `deck_span` are where the text has its headline and the line under it, which paraphrase the
    body; `body_start` is where the body begins. `date` is the article's calendar day.
    """

    title: str | None = None
    title_span: Span | None = None
    deck_span: Span | None = None
    published_at: str | None = None
    date: date | None = None
    date_span: Span | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    sources: tuple[str, ...] = ()
    body_start: int = 0
    warnings: tuple[Notice, ...] = field(default=())


def read_header(text: str, masked: str, article: Article, meta: Meta, pack: Pack, catalog: Catalog) -> Header:
    """Reads the header of the visible `text`, whose furniture is blanked in `masked`; what the client gave wins."""
    calendar = calendar_of(pack)
    lines = masked_lines(masked, text)
    head = _read_head(lines, pack, calendar)
    published_at, day, date_span = _date(article, meta, lines, head, calendar)
    lead = next((line for line in lines if line.start >= head.body_start), None)
    credited = find_credits(_crediting(text, lines), lead.end if lead else 0, pack, catalog.outlets)
    publisher = article.publisher or meta.publisher or site_at(article.url or meta.url, catalog.outlets) or _own(credited)
    publisher = publisher or find_owner(read_lines(text), catalog.outlets)
    return Header(
        title=article.title or meta.title or (head.title.of(text) if head.title else None),
        title_span=meta.title_span or head.title,
        deck_span=head.deck,
        published_at=published_at,
        date=day,
        date_span=date_span,
        publisher=publisher,
        publisher_country=article.publisher_country
        or country_of(publisher, article.url or meta.url, catalog.outlets, catalog.countries),
        sources=tuple(credit.name for credit in credited),
        body_start=head.body_start,
        warnings=() if day else (Notice("no_date", "No date was given, and none was found in the text."),),
    )


@record(frozen=True, slots=True)
class _Head:
    """The lines above the body, each with its part."""

    title: Span | None
    deck: Span | None
    dated: tuple[tuple[Line, Written], ...]
    body_start: int


def _read_head(lines: tuple[Line, ...], pack: Pack, calendar: Calendar) -> _Head:
    """Walks from the top to the first line that can only be body."""
    head, body_start = _split(lines, pack, calendar)
    rules = rules_of(pack)
    titles = [line for line in head if not rules.menu.is_whole(line) and not find_date_line(line, calendar)]
    # The name of a site or of a section may stand above the headline, which is longer.
    title = next((line for line in titles if len(line.keys) > 2), titles[0] if titles else None)
    below = [line for line in titles if title and line.start > title.start and line.phrase != title.phrase and not line.closed]
    dated = [(line, written) for line in head for written in find_date_line(line, calendar)]
    if title:
        # A site's own clock stands above the headline, the day of the article below it.
        dated.sort(key=lambda place: place[0].start < title.start)
    return _Head(title.span if title else None, below[0].span if below else None, tuple(dated), body_start)


def _split(lines: tuple[Line, ...], pack: Pack, calendar: Calendar) -> tuple[tuple[Line, ...], int]:
    """The lines above the first one that can only be body, and where that begins; no body, no header.

    A headline may be a question; a question under a headline belongs to the talk that follows.
    """
    headed = False
    for at, line in enumerate(lines[:_HEAD_LINES]):
        dated = bool(find_date_line(line, calendar))
        if not dated and (
            not _is_headline(line) or (headed and line.closed) or credits_itself(line, pack) or _is_dated(line, calendar)
        ):
            return lines[:at], line.start
        headed = headed or (not dated and len(line.keys) > 2)
    return (), lines[0].start if lines else 0


def _is_headline(line: Line) -> bool:
    short = len(line.shown) <= _LONGEST_HEADLINE and len(line.ends) <= 2
    return short and not line.closed_by_stop and line.shown[0] not in "-–—•["


def _date(
    article: Article, meta: Meta, lines: tuple[Line, ...], head: _Head, calendar: Calendar
) -> tuple[str | None, date | None, Span | None]:
    """The client's date, the page's own mark, a line above the body, the dateline, a line at the foot: in this order."""
    places = [*head.dated, *_dateline(lines, head, calendar), *_foot(lines, calendar)]
    full = [(line, written) for line, written in places if written.year]
    # What was updated was published before, on a day that the page does not tell: better than none.
    full.sort(key=lambda place: place[1].updated)
    found = full[0] if full else None
    span = found[1].span if found else None
    given = read_moment(article.published_at)
    marked = read_moment(meta.published_at)
    if article.published_at:
        return article.published_at, given[1] if given else None, span
    if marked:
        return marked[0], marked[1], span
    if found:
        return moment(found[0], found[1], calendar), found[1].day, span
    return None, None, None


def _dateline(lines: tuple[Line, ...], head: _Head, calendar: Calendar) -> list[tuple[Line, Written]]:
    """«Владивосток. 5 сентября 2019 г. …»: the day among the first words of the body, behind a place or by itself."""
    first = next((line for line in lines if line.start >= head.body_start), None)
    dates = find_dates(first, calendar, limit=8) if first else []
    if not first or not dates:
        return []
    before = first.text[first.start : dates[0].span.start].split()
    behind = first.text[dates[0].span.end : min(dates[0].span.end + 12, first.end)].strip()
    word = re.match(r"[^\W\d_]*", behind)
    behind = behind.removeprefix(word[0]).strip() if word and key(word[0]) in calendar.beside else behind  # "2019 года."
    place = all(word[0].isupper() for word in before) and (not before or before[-1].endswith((",", ".")))
    return [(first, dates[0])] if place and behind[:1] in (".", "-", "–", "—", "/", "(", "") else []


def _is_dated(line: Line, calendar: Calendar) -> bool:
    """ "Астана. 19 июня. КазТАГ — Порту нужен …": a place, a day and a dash open the body, whether or not a full stop ends it."""
    dates = find_dates(line, calendar, limit=4) if line.ends else []
    before = line.text[line.start : dates[0].span.start].split() if dates else []
    behind = line.text[dates[0].span.end : dates[0].span.end + _AGENCY] if dates else ""
    return bool(before) and all(word[0].isupper() for word in before) and any(f" {dash} " in behind for dash in "-–—")


def _foot(lines: tuple[Line, ...], calendar: Calendar) -> list[tuple[Line, Written]]:
    found: list[tuple[Line, Written]] = []
    for line in lines[-_FOOT_LINES:]:
        found.extend((line, written) for written in find_date_line(line, calendar))
    return found


def _crediting(text: str, lines: tuple[Line, ...]) -> list[Line]:
    """The lines of the article, and what the mask has taken of its foot: «Источник: …» is furniture and a credit."""
    shown = {line.start for line in lines}
    return [*lines, *(line for line in read_lines(text)[-_CREDIT_LINES:] if line.start not in shown and len(line.shown) <= 80)]


def _own(credited: list[Credit]) -> str | None:
    return next((credit.name for credit in credited if credit.own), None)
