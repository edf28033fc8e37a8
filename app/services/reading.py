"""Reading facts back: lists by filter and page, single things by id."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from app.domain.country import Pair
from app.domain.query import ArticleQuery, IndicatorQuery, Page, PageRequest, SpeakerQuery, StatementQuery


def list_articles(session: Session, query: ArticleQuery, page: PageRequest) -> Page:
    """Articles without their text and facts."""
    raise NotImplementedError


def list_statements(session: Session, query: StatementQuery, page: PageRequest) -> Page:
    raise NotImplementedError


def list_indicators(session: Session, query: IndicatorQuery, page: PageRequest) -> Page:
    raise NotImplementedError


def list_speakers(session: Session, query: SpeakerQuery, page: PageRequest) -> Page:
    """Speakers by name, with counts; `page.sort` is `BY_NAME`."""
    raise NotImplementedError


def list_pairs(session: Session, page: PageRequest) -> Page:
    """Pairs that anything is known about, with counts; `page.sort` is `BY_PAIR`."""
    raise NotImplementedError


def get_article(session: Session, id: str) -> dict[str, Any]:
    """An article with its text and facts, in the order of the text."""
    raise NotImplementedError


def get_statement(session: Session, id: str) -> dict[str, Any]:
    raise NotImplementedError


def get_indicator(session: Session, id: str) -> dict[str, Any]:
    raise NotImplementedError


def get_speaker(session: Session, id: str) -> dict[str, Any]:
    """A speaker with aliases, offices and counts."""
    raise NotImplementedError


def get_pair(session: Session, pair: Pair) -> dict[str, Any]:
    """One pair at a glance; a pair without facts has empty lists and zero counts."""
    raise NotImplementedError


def delete_article(session: Session, id: str) -> None:
    """Removes an article, its facts, and the speakers that no fact refers to any more."""
    raise NotImplementedError
