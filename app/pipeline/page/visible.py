"""What a reader of markup sees: tags gone, blocks as lines, entities as their characters, each with its origin."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from html import unescape

from app.pipeline.page.tags import BLOCKS, Node
from app.pipeline.page.view import Origin, View

# Their whole content is furniture.
_FURNITURE = """
    script style head title nav menu footer aside noscript template svg math select option button textarea iframe object audio
    video canvas dialog figcaption noframes xmp
"""
_UNSEEN = frozenset(_FURNITURE.split())
_PIECE = re.compile(
    r"(?P<space>[ \t\r\n\f\v]++)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)"
    r"|(?P<plain>[^& \t\r\n\f\v]++(?: [^& \t\r\n\f\v]++)*+|&)"
)


def see(text: str, nodes: list[Node]) -> View:
    """The visible text of scanned markup.

    Where no tag makes a block, the line breaks of the source are those of the author; elsewhere they are white
    space, but for an empty line inside a stretch of text.
    """
    canvas = _Canvas(text, lines_count=not any(n.name in BLOCKS and n.kind != "text" for n in nodes))
    for node in _seen(nodes):
        if node.kind == "text":
            canvas.write(node.start, node.end)
        elif node.name in BLOCKS:
            canvas.break_line(node.start)
    return canvas.view()


def _seen(nodes: list[Node]) -> Iterator[Node]:
    """The nodes outside of elements that are furniture as a whole; an element that is never closed hides nothing."""
    closings = {node.name: at for at, node in enumerate(nodes) if node.kind == "close" and node.name in _UNSEEN}
    hidden, depth = "", 0
    for at, node in enumerate(nodes):
        if hidden:
            if node.name == hidden:
                depth += {"open": 1, "close": -1}.get(node.kind, 0)
            elif hidden == "head" and node.kind == "open" and node.name == "body":
                depth = 0
            if not depth:
                hidden = ""
        elif node.kind == "open" and node.name in _UNSEEN and at < closings.get(node.name, -1):
            hidden, depth = node.name, 1
        elif node.kind != "other":
            yield node


class _Canvas:
    """Visible characters as they are written, with their origins."""

    def __init__(self, source: str, lines_count: bool) -> None:
        self._source = source
        self._lines_count = lines_count
        self._out: list[str] = []
        self._starts, self._ends = array("q"), array("q")
        self._last = "\n"

    def write(self, start: int, end: int) -> None:
        for piece in _PIECE.finditer(self._source, start, end):
            if piece.lastgroup == "plain":
                self._put(piece.group(), range(piece.start(), piece.end()), range(piece.start() + 1, piece.end() + 1))
            elif piece.lastgroup == "entity":
                self._entity(piece.group(), piece.start(), piece.end())
            elif self._lines_count:
                self._put(piece.group(), range(piece.start(), piece.end()), range(piece.start() + 1, piece.end() + 1))
            elif piece.group().count("\n") > 1:
                self.break_line(piece.start())
            else:
                self.space(piece.start(), piece.end())

    def space(self, start: int, end: int) -> None:
        """One space for a run of white space; none at the beginning of a line."""
        if self._last not in " \n":
            self._put(" ", (start,), (end,))

    def break_line(self, at: int) -> None:
        if self._last != "\n":
            self._put("\n", (at,), (at,))

    def view(self) -> View:
        return View("".join(self._out), Origin(self._starts, self._ends))

    def _entity(self, piece: str, start: int, end: int) -> None:
        resolved = unescape(piece)
        if resolved == piece:
            self._put(piece, range(start, end), range(start + 1, end + 1))
        elif resolved:
            shown = "".join(" " if c.isspace() and c != "\xa0" else c for c in resolved)
            self._put(shown, (start,) * len(shown), (end,) * len(shown))

    def _put(self, text: str, starts: range | tuple[int, ...], ends: range | tuple[int, ...]) -> None:
        self._out.append(text)
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._last = text[-1]
