"""From raw text to facts: pure functions, one stage a file, and `extract` as their table of contents."""

from __future__ import annotations

from app.catalog import Catalog
from app.domain.facts import Extraction, Notice
from app.domain.text import Article, digest
from app.languages import registry
from app.languages.pack import Pack
from app.pipeline.confidence import weigh_indicators, weigh_statements
from app.pipeline.figures.indicators import Context as FigureContext
from app.pipeline.figures.indicators import find_indicators
from app.pipeline.figures.periods import find_dates, find_periods
from app.pipeline.figures.quantities import find_quantities
from app.pipeline.figures.timed import not_dates
from app.pipeline.mentions import collect_mentions
from app.pipeline.page.detect import detect
from app.pipeline.page.furniture import mask
from app.pipeline.page.header import read_header
from app.pipeline.page.markup import read_markup
from app.pipeline.page.spelling import respelled
from app.pipeline.page.view import View
from app.pipeline.people.everybody import find_everybody
from app.pipeline.people.holders import Context
from app.pipeline.people.roster import Roster
from app.pipeline.people.sides import sides_of
from app.pipeline.places.countries import find_places
from app.pipeline.places.pairs import find_article_pairs
from app.pipeline.relocate import Spelling, relocate_indicator, relocate_mentions, relocate_statement
from app.pipeline.speech.asked import asked_cases
from app.pipeline.speech.attribution import attribute
from app.pipeline.speech.days import days_said
from app.pipeline.speech.denials import find_denials, not_denied
from app.pipeline.speech.speech import find_speech
from app.pipeline.speech.statements import make_statements
from app.pipeline.words.segment import segment


def extract(article: Article, catalog: Catalog) -> Extraction:
    """All that the article says about relations between countries, in the order of its text."""
    view = read_markup(article.text)
    language = article.language or detect(view.text).code
    code = (language or "").split("-")[0].lower()
    if code not in registry.readable():
        return _unread(article, view, language)
    return _read(article, view, registry.pack(code), catalog, language)


def _read(article: Article, view: View, pack: Pack, catalog: Catalog, language: str | None) -> Extraction:
    text, ident = respelled(view.text, pack), digest(view.text)
    masked = mask(text, pack)
    header = read_header(text, masked, article, view.meta, pack, catalog)
    layout = segment(masked, pack)
    places = find_places(layout, pack)
    actors = find_everybody(layout, places, pack, catalog)
    utterances = find_speech(layout, actors, pack, header.body_start)
    roster = Roster(actors.all, pack, catalog, header.date, asked_cases(utterances))
    context = Context(header.date, header.publisher_country)
    attributed = attribute(utterances, layout, actors, pack, catalog, context, roster)
    sides = sides_of(actors.all, roster, header.date)
    about = find_article_pairs(layout, places, sides, header.title_span, header.publisher_country, pack)
    dates = find_dates(layout, pack, header.date)
    said_on = days_said(attributed, layout, [(d.span, d.day) for d in dates], header.date, pack)
    statements = weigh_statements(make_statements(attributed, layout, places, pack, about, said_on, ident), pack.code)
    periods = find_periods(layout, pack, header.date)
    amounts = not_dates(find_quantities(layout, pack), periods)
    quantities = not_denied(amounts, find_denials(layout, pack))
    lent = FigureContext(header.date, about.pairs, header.publisher_country, header.title_span)
    figures = find_indicators(layout, quantities, periods, places.countries, statements, lent, pack, ident)
    indicators = weigh_indicators(figures, pack.code)
    mentions = collect_mentions(layout, places, actors, roster, amounts, periods, dates, pack, catalog, context)
    nothing = () if statements or indicators else (Notice("no_facts", "no statement and no indicator was found in the text"),)
    spelling = Spelling(view.text, text)
    return Extraction(
        digest=ident,
        language=language,
        title=spelling.title(header.title, header.title_span),
        published_at=header.published_at,
        publisher=header.publisher,
        publisher_country=header.publisher_country,
        sources=header.sources,
        pairs=about.pairs,
        blocs=tuple(dict.fromkeys(b.code for b in places.blocs)),
        statements=tuple(relocate_statement(spelling.statement(s), view) for s in statements),
        indicators=tuple(relocate_indicator(spelling.indicator(i), view) for i in indicators),
        mentions=relocate_mentions(spelling.mentions(mentions), view),
        warnings=(*header.warnings, *nothing),
    )


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
