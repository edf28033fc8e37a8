"""From a submitted string to the text that its reader sees."""

from __future__ import annotations

from dataclasses import replace

from app.pipeline.page.page import find_article, is_page, read_meta
from app.pipeline.page.tags import is_markup, scan
from app.pipeline.page.view import Meta, Origin, View
from app.pipeline.page.visible import see

__all__ = ["Meta", "Origin", "View", "read_markup", "read_visible"]


def read_markup(text: str) -> View:
    """The visible text of a page or of a fragment of HTML; text without tags comes back as it is."""
    if not is_markup(text):
        return View(text)
    nodes = scan(text)
    view = see(text, nodes)
    view = replace(view, meta=read_meta(text, nodes, view))
    return find_article(text, nodes, view) if is_page(nodes) else view


def read_visible(text: str) -> View:
    """All that a reader of a submission sees, without looking for the article in it."""
    return see(text, scan(text)) if is_markup(text) else View(text)
