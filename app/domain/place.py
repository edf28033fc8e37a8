"""Where things of a text stand, for ordering and finding them: read off without a call of Python for each."""

from __future__ import annotations

from operator import attrgetter

by_span = attrgetter("span.start", "span.end")
by_span_start = attrgetter("span.start")
by_start = attrgetter("start")
by_first = attrgetter("first")
by_last = attrgetter("last")
