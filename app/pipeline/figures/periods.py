"""Which stretches of time the text names, resolved against the article's date."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from app.domain.measure import Period
from app.domain.record import record, replace
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.figures import calendar
from app.pipeline.figures.endings import cases
from app.pipeline.figures.stretches import Dates, Stretch, elided_year, read_stretch
from app.pipeline.figures.through import bare_years, read_through
from app.pipeline.words.phrasebook import Found, Openers, Phrases, Words
from app.pipeline.words.segment import Layout, Sentence

_ROW = 4  # tokens from the year of a line to its figure: a dash, a hedge, the sign of a currency


@record(frozen=True, slots=True)
class PeriodMention:
    """A time named in the tokens `first`..`last`.

    `lead` is the preposition. `kind`: within ("за 2025 год"), since (a start only), until (an end only),
    base (what a figure is compared with), earlier ("годом ранее"), day ("11 ноября"), now ("сегодня"),
    vague ("за последние пять лет", or a year that cannot be known). `guessed`: months without a year, the latest were taken.
    `compared`: a stretch like the one named before, which another figure is set against.
    """

    span: Span
    first: int
    last: int
    kind: str
    start: date | None
    end: date | None
    as_written: str
    lead: str = ""
    guessed: bool = False
    compared: bool = False

    def period(self) -> Period | None:
        """The domain's period; None where nothing is resolved."""
        return None if self.start is None and self.end is None else Period(self.start, self.end, self.as_written)

    def ahead(self, today: date | None) -> PeriodMention:
        """The same months of the next year, where the text names no year and they are past: what is planned is to come."""
        if not self.guessed or today is None or (self.end or self.start or today) >= today:
            return self
        start, end = (day and calendar.moved((day, day), 1)[0] for day in (self.start, self.end))
        return replace(self, start=start, end=end)


@record(frozen=True, slots=True)
class Tables:
    prepositions: Phrases[str]
    postpositions: Phrases[str]
    through: frozenset[str]
    passed: frozenset[str]
    lasting: Phrases[bool]
    since_case: str | None
    base: Phrases[bool]
    base_behind: Phrases[bool]
    past_is_base: bool  # "к 2020 году", once it is over, is what a figure is compared with
    whole: Phrases[str]
    days: dict[str, int]
    weekdays: dict[str, int]
    openers: Openers
    named: Openers
    over_until: int  # the month up to which "by the results of the year" means the year before


@cache
def tables_of(pack: Pack) -> Tables:
    """The expressions of time of a pack, compiled."""
    table = pack["dates"]
    groups = table.get("prepositions", {})
    whole = [(phrase, "earlier") for phrase in table.get("earlier", {})]
    whole += [(phrase, "month_earlier") for phrase in table.get("month_earlier", {}).get("phrases", ())]
    whole += [(phrase, "year_start") for phrase in table.get("year_start", {}).get("phrases", ())]
    whole += [(phrase, "year_end") for phrase in table.get("year_end", {}).get("phrases", ())]
    whole += [(phrase, "year_over") for phrase in table.get("year_over", {}).get("phrases", ())]
    whole += [(phrase, "vague") for phrase in table.get("vague", {}).get("phrases", ())]
    whole += [(phrase, "now") for phrase in table.get("vague", {}).get("now", ())]
    times, days, weekdays = Phrases(whole), dict(table.get("days", {})), dict(table.get("weekdays", {}))
    return Tables(
        Phrases([(phrase, name) for name in ("since", "until", "within") for phrase in groups.get(name, ())]),
        Phrases([(phrase, name) for name, listed in table.get("postpositions", {}).items() for phrase in listed]),
        frozenset(word.removeprefix("=") for word in groups.get("through", ())),
        frozenset(groups.get("passed", ())),
        Phrases([(phrase, True) for phrase in groups.get("lasting", ())]),
        table.get("cases", {}).get("since"),
        Phrases([(phrase, True) for phrase in table.get("base", {}).get("before", ())]),
        Phrases([(phrase, True) for phrase in table.get("base", {}).get("behind", ())]),
        bool(table.get("base", {}).get("past_ends", True)),
        times,
        days,
        weekdays,
        Openers(times.firsts, Dates.of(pack).openers.forms),
        Openers(days, weekdays, Dates.of(pack).months if Dates.of(pack).bare else ()),
        int(table.get("year_over", {}).get("until", 0)),
    )


def find_periods(layout: Layout, pack: Pack, today: date | None) -> tuple[PeriodMention, ...]:
    """Every period named, in the order of the text; without the article's date relative ones stay unresolved."""
    words, dates, tables = Words.of(layout, pack), Dates.of(pack), tables_of(pack)
    found: list[PeriodMention] = []
    named: PeriodMention | None = None
    for sentence in layout.sentences:
        past = sentence.first
        for at in tables.openers.between(words, sentence.first, sentence.last):
            if at < past:
                continue
            mention = _whole(layout, words, at, sentence, tables, today)
            mention = mention or _stretch(layout, words, at, sentence, dates, tables, today)
            mention = mention or _elided(layout, words, at, sentence, dates, tables, today, found)
            if mention is not None:
                found.append(_dated(mention, named))
                named = found[-1] if _past(found[-1], today) else named
            past = mention.last if mention else past
    return tuple(found)


def _past(mention: PeriodMention, today: date | None) -> bool:
    """A closed stretch that has begun: something to be a year later than."""
    begun = mention.start is not None and (today is None or mention.start <= today)
    return mention.kind == "within" and begun and mention.end is not None


def _dated(mention: PeriodMention, named: PeriodMention | None) -> PeriodMention:
    """ "годом ранее" is the stretch named last, a year back; "месяцем ранее" is the month before it."""
    if mention.kind == "month_earlier":
        return _month_earlier(mention, named)
    if mention.kind != "earlier" or named is None or named.start is None or named.end is None:
        return mention
    start, end = calendar.moved((named.start, named.end), -1)
    return replace(mention, kind="within", start=start, end=end, compared=True)


def _month_earlier(mention: PeriodMention, named: PeriodMention | None) -> PeriodMention:
    start, end = (named.start, named.end) if named is not None else (None, None)
    if start is None or end is None or (start.year, start.month) != (end.year, end.month):
        return replace(mention, kind="vague")
    before = start - timedelta(days=1)
    return replace(mention, kind="within", start=before.replace(day=1), end=before)


def _whole(layout: Layout, words: Words, at: int, sentence: Sentence, tables: Tables, today: date | None) -> PeriodMention | None:
    """A phrase that names a time by itself: "с начала года", "годом ранее", "сегодня"."""
    found = tables.whole.at(words, at, sentence.last)
    if found is None:
        return None
    kind, start, end = found.value, None, None
    if kind == "earlier" and (
        tables.base.before(words, at, sentence.first) or tables.base_behind.at(words, found.last, sentence.last)
    ):
        kind = "base"
    if kind == "year_start":
        kind, start = ("since", date(today.year, 1, 1)) if today else ("vague", None)
    if kind == "year_end":
        kind, end = ("until", date(today.year, 12, 31)) if today else ("vague", None)
    if kind == "year_over":
        kind, (start, end) = (
            "within",
            calendar.whole_year(today.year - (today.month <= tables.over_until)) if today else (None, None),
        )
    return _mention(layout, found.first, found.last, kind, start, end, None)


def _stretch(
    layout: Layout, words: Words, at: int, sentence: Sentence, dates: Dates, tables: Tables, today: date | None
) -> PeriodMention | None:
    """A stretch of time with the preposition that says which end of it counts."""
    if not dates.openers.may(words, at):
        return None
    stretch = read_stretch(words, at, sentence.last, dates, today) or bare_years(words, at, sentence, tables.through)
    if stretch is None and not dates.unit(words, at, sentence.last, "year"):
        return None
    lead = tables.prepositions.before(words, at, sentence.first)
    if stretch is None:
        return _end_of_year(layout, words, at, lead, today)
    if lead is None and (behind := _behind(layout, words, at, stretch, sentence, dates, tables, today)) is not None:
        return behind
    first, kind = (lead.first, lead.value) if lead else (at, "within")
    if kind == "since" and (through := read_through(words, stretch, sentence, dates, tables.through, today)):
        named = _mention(layout, first, through.last, "within", through.start, through.end, lead)
        return named if through.year else replace(named, guessed=True)
    lasts = lead is None and not stretch.year and at > sentence.first and words.tokens[at - 1].key in tables.passed
    lasts = lasts or (not stretch.year and _counts(words, at, stretch, tables, sentence))
    if stretch.start is None or lasts:
        return _mention(layout, first, stretch.last, "vague", None, None, lead)
    past = kind == "until" and tables.past_is_base and today and stretch.end and stretch.end <= today
    compared = tables.base.before(words, at, sentence.first)
    if past or tables.base.before(words, first, sentence.first) or (compared and compared.first <= first):
        kind = "base"
    if stretch.day and kind not in ("since", "until"):
        kind = "day"
    start, end = None if kind == "until" else stretch.start, None if kind == "since" else stretch.end
    mention = _mention(layout, first, stretch.last, kind, start, end, lead)
    return mention if stretch.year else replace(mention, guessed=True)


def _counts(words: Words, at: int, stretch: Stretch, tables: Tables, sentence: Sentence) -> bool:
    """ "в течение 10 месяцев": so many months, and not which."""
    return stretch.last - at == 2 and words.number(at) and tables.lasting.before(words, at, sentence.first) is not None


def _behind(
    layout: Layout, words: Words, at: int, stretch: Stretch, sentence: Sentence, dates: Dates, tables: Tables, today: date | None
) -> PeriodMention | None:
    """A stretch with the postposition or the case that says which end of it counts ("2030 жылға дейін")."""
    if tables.since_case is None or stretch.start is None or stretch.last >= sentence.last:
        return None
    lead = tables.postpositions.at(words, stretch.last, sentence.last)
    leaves = lead is None and tables.since_case in cases(words, stretch.last)
    upper = read_stretch(words, stretch.last, sentence.last, dates, today) if leaves else None
    if (
        upper is not None
        and upper.end
        and upper.last < sentence.last
        and (close := tables.postpositions.at(words, upper.last, sentence.last))
    ):
        lower = stretch.start if stretch.start <= upper.end else calendar.moved((stretch.start, stretch.start), -1)[0]
        return _mention(layout, at, close.last, "within", lower, upper.end, None)
    if tables.base_behind.at(words, stretch.last, sentence.last) or leaves:
        return _mention(layout, at, stretch.last, "base", stretch.start, stretch.end, None)
    if lead is None:
        return None
    kind = lead.value
    if kind == "until" and today and stretch.end and stretch.end <= today:
        kind = "base"
    if stretch.day and kind == "within":
        kind = "day"
    start, end = None if kind == "until" else stretch.start, None if kind == "since" else stretch.end
    return _mention(layout, at, lead.last, kind, start, end, lead)


def _elided(
    layout: Layout,
    words: Words,
    at: int,
    sentence: Sentence,
    dates: Dates,
    tables: Tables,
    today: date | None,
    found: list[PeriodMention],
) -> PeriodMention | None:
    """ "В этом году – 6 млрд, в прошлом – 5": the second year leaves out its noun, as one does that opens a line of a table."""
    if at == sentence.first and words.tokens[at].kind == "number":
        row = elided_year(words, at, sentence.last, dates, today)
        if row is None or not any(words.number(n) for n in range(row.last + 1, min(row.last + _ROW, sentence.last))):
            return None
        return _mention(layout, at, row.last, "within", row.start, row.end, None)
    said = bool(found) and found[-1].first >= sentence.first and found[-1].kind == "within"
    lead = tables.prepositions.before(words, at, sentence.first) if said and dates.openers.may(words, at) else None
    if lead is None or lead.value != "within":
        return None
    year = elided_year(words, at, sentence.last, dates, today)
    if year is None:
        return None
    return _mention(layout, lead.first, year.last, "within", year.start, year.end, lead)


def _mention(
    layout: Layout, first: int, last: int, kind: str, start: date | None, end: date | None, lead: Found[str] | None
) -> PeriodMention:
    span = Span(layout.tokens[first].start, layout.tokens[last - 1].end)
    words = tuple(token.key for token in layout.tokens[lead.first : lead.last]) if lead else ()
    return PeriodMention(span, first, last, kind, start, end, span.of(layout.text), " ".join(words))


def _end_of_year(layout: Layout, words: Words, at: int, lead: Found[str] | None, today: date | None) -> PeriodMention | None:
    """ "до конца года": the article's year, where nothing says which."""
    if lead is None or lead.value != "until" or lead.last - lead.first < 2:
        return None
    end = date(today.year, 12, 31) if today else None
    return _mention(layout, lead.first, at + 1, "until" if end else "vague", None, end, lead)
