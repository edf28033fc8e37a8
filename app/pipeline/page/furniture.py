"""What stands around an article and is none of its matter: masked in place, so that offsets never move."""

from __future__ import annotations

import re

from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.page.furniture_lines import Zone, is_byline, is_furniture, is_heading, stamp
from app.pipeline.page.furniture_rules import Rules, rules_of
from app.pipeline.page.furniture_sentences import find_inside
from app.pipeline.page.lines import Line, read_lines

# Everything but what `segment` and editors take for a line break.
_BLANKED = re.compile(r"[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


def mask(text: str, pack: Pack) -> str:
    """The text with its furniture replaced by spaces: as long as before, every line break in its place."""
    out: list[str] = []
    at = 0
    furniture = find_furniture(text, pack)
    if not furniture:
        return text
    for span in furniture:
        if span.start >= at:
            out += (text[at : span.start], _BLANKED.sub(" ", span.of(text)))
            at = span.end
    return "".join(out) + text[at:]


def find_furniture(text: str, pack: Pack) -> list[Span]:
    """The stretches of a page that are none of the article's matter, in order."""
    rules, lines, found = rules_of(pack), read_lines(text), list[Span]()
    zone = Zone.of(lines)
    listing = headed = False
    for at, line in enumerate(lines):
        listing = is_heading(line, rules) or (listing and not line.body)
        # A name alone is a byline only where a headline stands above it.
        if listing or is_furniture(line, rules) or (headed and zone.may_hold_byline(at) and is_byline(line, pack, rules)):
            found.append(line.span)
        else:
            headed = True
            found.extend(_parts(line, rules, zone))
    return found


def _parts(line: Line, rules: Rules, zone: Zone) -> list[Span]:
    """The furniture within a line that has matter too."""
    start = stamp(line, zone.live)
    return [*([start] if start else []), *find_inside(line, rules)]
