"""Which of the visible blocks of a whole page are its article, and what its head says about it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from app.domain.text import Span
from app.pipeline.page.header_dates import read_moment
from app.pipeline.page.tags import Node, attributes
from app.pipeline.page.view import Meta, View

# Parsing and scoring a page costs more than linear work; beyond these limits every visible block is read.
_MOST_CHARACTERS = 1_500_000
_MOST_TAGS = 30_000
_DEEPEST = 200
# Less than this is not an article but a caption that was taken for one.
_TOO_LITTLE = 250
# How far ahead of the last block found the next one is looked for: keeps the walk linear.
_WINDOW = 20_000
# Between the headline and the article: no more lines than these, none longer.
_HEAD_LINES, _SHORT = 8, 80
_NOT_WORD = re.compile(r"\W+")
_PUBLISHED = re.compile(r'"datePublished"\s*+:\s*+"([^"<>]{8,40})"')
# Elements that have no closing tag, or often none.
_UNCLOSED = "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option"
_UNNESTED = frozenset(_UNCLOSED.split(" "))


def is_page(nodes: list[Node]) -> bool:
    """Whether a string is a whole page, of which the article is only a part."""
    return any(node.kind == "open" and node.name in ("html", "body", "head") for node in nodes)


def find_article(source: str, nodes: list[Node], view: View) -> View:
    """The view with the blocks of the article alone; all of them where none or too little is found."""
    if len(source) > _MOST_CHARACTERS or len(nodes) > _MOST_TAGS or _depth(nodes) > _DEEPEST:
        return view
    kept = _among(view, _main_text(source))
    if sum(map(len, kept)) < min(_TOO_LITTLE, len(view.text) // 2):
        return view
    found = view.only(_with_head(view, kept))
    return replace(found, meta=replace(view.meta, title_span=_find_line(found, view.meta.title)))


def _with_head(view: View, kept: list[Span]) -> list[Span]:
    """The article with its headline, and with short lines of figures between the two: the date may be among them."""
    headline = view.meta.title_span
    first = next((line for line in kept if headline and line.start > headline.start), None)
    if headline is None or first is None:
        return kept
    between = [line for line in view.lines() if headline.start < line.start < first.start][:_HEAD_LINES]
    dated = [line for line in between if len(line) <= _SHORT and any(map(str.isdigit, line.of(view.text)))]
    return sorted({*kept, headline, *dated})


def read_meta(source: str, nodes: list[Node], view: View) -> Meta:
    """Headline, date, publisher and address as the page's own head and marks give them."""
    named = _properties(source, nodes)
    title, span = _headline(source, nodes, view, named)
    written = _PUBLISHED.search(source)
    places = ("article:published_time", "datepublished", "time")
    moments = (named.get(places[0]), named.get(places[1]), written[1] if written else None, named.get(places[2]))
    return Meta(
        title=title,
        title_span=span,
        published_at=next((read[0] for moment in moments if (read := read_moment(moment))), None),
        publisher=named.get("og:site_name"),
        url=named.get("og:url") or named.get("canonical"),
    )


def _properties(source: str, nodes: list[Node]) -> dict[str, str]:
    """What meta, time and link tags say; the first of a name counts."""
    found: dict[str, str] = {}
    for node in nodes:
        if node.kind != "open" or node.name not in ("meta", "time", "link"):
            continue
        given = dict(attributes(source[node.start : node.end]))
        if node.name == "time" and given.get("datetime"):
            found.setdefault("time", given["datetime"])
        name = (given.get("property") or given.get("name") or given.get("itemprop") or given.get("rel") or "").lower()
        value = given.get("content") or given.get("href") or ""
        if name and value.strip():
            found.setdefault(name, unescape(value).strip()[:500])
    return found


def _headline(source: str, nodes: list[Node], view: View, named: dict[str, str]) -> tuple[str | None, Span | None]:
    """The only h1, else og:title, else the title up to the name of the site."""
    opened = [at for at, node in enumerate(nodes) if node.kind == "open" and node.name == "h1"]
    headings = [_element_text(source, nodes, at) for at in opened[:20]]
    shown = [heading for heading in headings if heading]
    title = _document_title(source, nodes)
    known = f"{named.get('og:title', '')} {title or ''}"
    headline = next((h for h in shown if _bare(h) in _bare(known)), shown[0] if len(shown) == 1 else None)
    headline = headline or named.get("og:title") or title
    return headline, _find_line(view, headline)


def _element_text(source: str, nodes: list[Node], at: int) -> str:
    words = []
    for node in nodes[at + 1 : at + 40]:
        if node.kind == "close" and node.name == nodes[at].name:
            break
        if node.kind == "text":
            words.append(source[node.start : min(node.end, node.start + 500)])
    return " ".join(unescape("".join(words)).split())[:500]


def _document_title(source: str, nodes: list[Node]) -> str | None:
    node = next((n for n in nodes if n.kind == "other" and n.name == "title"), None)
    if node is None:
        return None
    title = " ".join(unescape(source[node.start : min(node.end, node.start + 500)]).split())
    for sign in (" | ", " — ", " – ", " - ", " :: "):
        # The site's name follows the last sign and is shorter than the headline.
        before, _, after = title.rpartition(sign)
        if before and len(after) < len(before):
            return before.strip()
    return title or None


def _find_line(view: View, headline: str | None) -> Span | None:
    if not headline:
        return None
    wanted = _bare(headline)
    return next((line for line in view.lines()[:200] if _bare(line.of(view.text)) == wanted), None)


def _main_text(source: str) -> str:
    """The article as trafilatura finds it; nothing where it fails, whatever the reason."""
    import trafilatura

    try:
        return trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    except Exception:
        # Hostile markup reaches three parsers in there; none of their failures is the client's.
        return ""


def _among(view: View, main: str) -> list[Span]:
    """The lines of the view whose words stand in the main text, in one walk through both."""
    whole = {_bare(line) for line in main.split("\n")}
    words, at = _bare(main), 0
    kept = []
    for line in view.lines():
        bare = _bare(line.of(view.text))
        if not bare:
            continue
        found = words.find(bare, at, at + _WINDOW + len(bare)) if len(bare) > 20 else -1
        if found >= 0:
            at = found + len(bare)
        if found >= 0 or bare in whole:
            kept.append(line)
    return kept


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()


def _depth(nodes: list[Node]) -> int:
    """How deep elements nest at most, as tags alone tell it."""
    depth = deepest = 0
    for node in nodes:
        if node.name in _UNNESTED or node.kind not in ("open", "close"):
            continue
        depth = max(0, depth + (1 if node.kind == "open" else -1))
        deepest = max(deepest, depth)
    return deepest
