"""From raw text to facts: pure functions, one stage a file, and `extract` as their table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from app.catalog import Catalog
from app.domain.facts import Extraction, Indicator, Mentions, Notice, Statement
from app.domain.place import by_span
from app.domain.record import record
from app.domain.text import Article, digest
from app.languages import registry
from app.languages.pack import Pack
from app.pipeline.confidence import weigh_indicators, weigh_statements
from app.pipeline.figures.indicators import Context as FigureContext
from app.pipeline.figures.indicators import find_indicators
from app.pipeline.figures.periods import PeriodMention, find_periods
from app.pipeline.figures.quantities import find_quantities
from app.pipeline.figures.quantity import Quantity
from app.pipeline.figures.timed import not_dates
from app.pipeline.mentions import collect_mentions, together
from app.pipeline.page.detect import detect
from app.pipeline.page.header import read_header
from app.pipeline.page.markup import read_markup
from app.pipeline.page.parts import Part, find_parts, main_language
from app.pipeline.page.spelling import respelled
from app.pipeline.page.view import View
from app.pipeline.passages import Passage, all_places, cut, hear, in_order, mask_all
from app.pipeline.people.holders import Context
from app.pipeline.people.sides import bodies_of, firms_of, sides_of
from app.pipeline.places.article_pairs import ArticlePairs, find_article_pairs
from app.pipeline.places.countries import Places
from app.pipeline.places.told_pairs import with_told
from app.pipeline.relocate import Spelling, relocate_indicator, relocate_mentions, relocate_statement
from app.pipeline.speech.attribution import attribute
from app.pipeline.speech.days import days_said
from app.pipeline.speech.denials import find_denials, not_denied
from app.pipeline.speech.statements import make_statements
from app.pipeline.words.segment import Layout


def extract(article: Article, catalog: Catalog, *, mentions: bool = True) -> Extraction:
    """All that the article says about relations between countries, in the order of its text.

    Its `mentions` are put together only for those who want them: nothing else rests on them.
    """
    view = read_markup(article.text)
    language = article.language or detect(view.text).code
    code = (language or "").split("-")[0].lower()
    if code not in registry.readable():
        return _unread(article, view, language)
    parts = find_parts(view.text, code, registry.readable())
    if parts and article.language is None and (most := main_language(view.text, code, parts)) != code:
        language = code = most
        parts = find_parts(view.text, code, registry.readable())
    found = _read(article, view, registry.pack(code), parts, catalog, language, mentions)
    registry.settle(code)
    return found


def _read(
    article: Article, view: View, pack: Pack, parts: tuple[Part, ...], catalog: Catalog, language: str | None, mentioned: bool
) -> Extraction:
    text, ident = respelled(view.text, pack), digest(view.text)
    masked = mask_all(text, pack, parts)
    header = read_header(text, masked, article, view.meta, pack, catalog)
    layout = cut(masked, pack, parts)
    passages = hear(layout, pack, parts, header.body_start, catalog, header.date)
    places = all_places(passages)
    context = Context(header.date, header.publisher_country)
    people = (sides_of(p.actors.all, p.roster, header.date) for p in passages)
    home = header.publisher_country
    bodies = (bodies_of(p.actors.all, p.layout, p.pack, home) for p in passages)
    sides = in_order((*people, *bodies, *(firms_of(p.figures, p.pack, catalog) for p in passages)), by_span)
    about = find_article_pairs(layout, places, sides, header.title_span, header.publisher_country, pack)
    said = [_statements(p, layout, places, about, catalog, context, ident) for p in passages]
    statements = in_order(said, lambda s: s.segments[0])
    lent = FigureContext(header.date, about.pairs, header.publisher_country, header.title_span)
    told = [_figures(p, places, statements, lent, ident) for p in passages]
    indicators = in_order((found.indicators for found in told), by_span)
    nothing = () if statements or indicators else (Notice("no_facts", "no statement and no indicator was found in the text"),)
    spelling = Spelling(view.text, layout.text)
    return Extraction(
        digest=ident,
        language=language,
        title=spelling.title(header.title, header.title_span),
        published_at=header.published_at,
        publisher=header.publisher,
        publisher_country=header.publisher_country,
        sources=header.sources,
        pairs=with_told(about.pairs, indicators),
        blocs=tuple(dict.fromkeys(b.code for b in places.blocs)),
        statements=tuple(relocate_statement(spelling.statement(s), view) for s in statements),
        indicators=tuple(relocate_indicator(spelling.indicator(i), view) for i in indicators),
        mentions=relocate_mentions(spelling.mentions(_mentions(passages, told, layout, catalog, context)), view)
        if mentioned
        else Mentions(),
        warnings=(*header.warnings, *nothing),
        body=masked,
    )


def _mentions(
    passages: Sequence[Passage], told: Sequence[_Figures], layout: Layout, catalog: Catalog, context: Context
) -> Mentions:
    """What was recognised on the way in all languages of the article."""
    return together(
        [
            collect_mentions(
                layout, p.places, p.actors, p.roster, found.amounts, found.periods, p.dates, p.pack, catalog, context
            )
            for p, found in zip(passages, told, strict=True)
        ]
    )


def _statements(
    passage: Passage, layout: Layout, places: Places, about: ArticlePairs, catalog: Catalog, context: Context, ident: str
) -> tuple[Statement, ...]:
    """Who says what in one language of the article."""
    pack, on = passage.pack, context.on
    attributed = attribute(passage.utterances, passage.layout, passage.cast, pack, catalog, context, passage.roster)
    said_on = days_said(attributed, passage.layout, [(d.span, d.day) for d in passage.dates], on, pack)
    return weigh_statements(make_statements(attributed, layout, places, pack, about, said_on, ident), pack.code)


@record(frozen=True, slots=True)
class _Figures:
    indicators: tuple[Indicator, ...]
    amounts: tuple[Quantity, ...]
    periods: tuple[PeriodMention, ...]


def _figures(passage: Passage, places: Places, statements: tuple[Statement, ...], lent: FigureContext, ident: str) -> _Figures:
    """The figures of one language of the article."""
    pack, layout = passage.pack, passage.figures
    periods = find_periods(layout, pack, lent.article_date)
    amounts = not_dates(find_quantities(layout, pack), periods)
    quantities = not_denied(amounts, find_denials(layout, pack))
    figures = find_indicators(layout, quantities, periods, places.countries, statements, lent, pack, ident)
    return _Figures(weigh_indicators(figures, pack.code), amounts, periods)


def _unread(article: Article, view: View, language: str | None) -> Extraction:
    """A language without a pack: named, and nothing read."""
    named = f"texts in {language} are not read yet" if language else "the text has no recognisable language"
    return Extraction(
        digest=digest(view.text),
        language=language,
        title=article.title or view.meta.title,
        published_at=article.published_at or view.meta.published_at,
        publisher=article.publisher or view.meta.publisher,
        publisher_country=article.publisher_country,
        warnings=(Notice("language_not_read", named),),
    )
