"""Where the tags of a page are: one pass over any string, however broken, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCKS = """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead
    title tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
# Their content is no markup: everything up to the closing tag belongs to them.
_RAW = frozenset(("script", "style", "textarea", "title", "noframes", "xmp"))
_NAME = re.compile(r"</?+([A-Za-z][A-Za-z0-9:_-]*+)")
_INSIDE = re.compile(r"""(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""")
# Only tags that HTML has make a text markup: "<Газпром>", "a < b" and "&amp;" alone do not.
_KNOWN = re.compile(
    r"<(?:/?(?:p|div|br|html|body|head|article|section|main|h[1-6]|ul|ol|li|table|tr|td|span|strong|em|b|i|u|a|blockquote|cite|q"
    r"|figure|img|header|footer|nav|script|style|meta|title|iframe|font|center|pre|hr|sup|sub|time|aside|noscript)(?=[\s/>])"
    r"|!doctype\s|!--)",
    re.IGNORECASE,
)


class Node(NamedTuple):
    """A stretch of a page: `text`, `open`, `close`, or `other` (comment, declaration, content of a script)."""

    kind: str
    name: str
    start: int
    end: int


def is_markup(text: str) -> bool:
    """Whether a text has at least one tag of HTML."""
    found = _KNOWN.search(text)
    return found is not None and text.find(">", found.end()) >= 0


def scan(text: str) -> list[Node]:
    """The whole string as nodes, without gaps and in order."""
    nodes: list[Node] = []
    reader = _Reader(text)
    start = at = 0
    while (at := text.find("<", at)) >= 0:
        node = reader.read(at)
        if node is None:
            at += 1
            continue
        if start < at:
            nodes.append(Node("text", "", start, at))
        nodes.append(node)
        start = at = node.end
        if node.kind == "open" and node.name in _RAW:
            start = at = reader.raw_end(node)
            nodes.append(Node("other", node.name, node.end, at))
    if start < len(text):
        nodes.append(Node("text", "", start, len(text)))
    return nodes


def attributes(tag: str) -> Iterator[tuple[str, str]]:
    """The attributes of an opening tag with their values, entities not resolved."""
    for found in _ATTRIBUTE.finditer(tag[:4000]):
        yield found[1].lower(), found[2] or found[3] or found[4] or ""


_ATTRIBUTE = re.compile(r"""([A-Za-z_:@][-\w:.@]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))""")


class _Reader:
    """Reads one node at a `<`. Vain searches are paid from a budget, so that hostile input stays linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._budget = 2 * len(text) + 1000
        self._last = {mark: text.rfind(mark) for mark in ("-->", ">")}
        self._closed: dict[str, int] = {}

    def read(self, at: int) -> Node | None:
        """The tag, comment or declaration that begins at `at`; None where the sign is only a sign."""
        if at >= self._last[">"]:
            return None
        following = self._text[at + 1 : at + 2]
        if following in ("!", "?"):
            return self._declaration(at)
        name = _NAME.match(self._text, at)
        if name is None:
            return None
        end = self._tag_end(name.end())
        if end is None:
            return None
        return Node("close" if following == "/" else "open", name[1].lower(), at, end)

    def _declaration(self, at: int) -> Node | None:
        if self._text.startswith("<!--", at):
            if at + 4 > self._last["-->"]:
                return None
            return Node("other", "!", at, self._text.index("-->", at + 2) + 3)
        return Node("other", "!", at, self._text.index(">", at) + 1)

    def _tag_end(self, at: int) -> int | None:
        """Behind the `>` of a tag; one inside a quoted value does not count, unless the quotation never ends."""
        if self._budget > 0:
            found = _INSIDE.match(self._text, at)
            stop = found.end() if found else at
            if self._text.startswith(">", stop):
                return stop + 1
            unclosed = self._text[stop : stop + 1] in ("'", '"')
            self._budget -= (len(self._text) if unclosed else stop) - at
        end = self._text.find(">", at)
        return None if end < 0 or self._text.find("<", at, end) >= 0 else end + 1

    def raw_end(self, opened: Node) -> int:
        """Where the content of a script ends; one that is never closed runs to the end, as in a browser."""
        closing = re.compile(f"</{opened.name}", re.IGNORECASE).search(self._text, opened.end)
        return closing.start() if closing else len(self._text)
