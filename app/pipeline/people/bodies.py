"""Which body a common noun stands for that names it again: "в ведомстве", "компания", "там"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property

from app.catalog import Catalog
from app.domain.place import by_first
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.actor_tables import body_lexicon, firm_words, stands_for
from app.pipeline.people.phrases import forms_of
from app.pipeline.words.segment import Layout

_REACH = 8  # paragraphs back in which a body finds its name
_MOST = 40  # bodies back that are weighed, so that time stays linear
_HEAD = 3  # words of a body's name among which its common noun stands
_ANY = "*"


class Bodies:
    """The bodies that one article names in full, those inside offices ("глава компании «Медь»") among them."""

    def __init__(
        self, actors: Iterable[Actor], layout: Layout, pack: Pack, catalog: Catalog, paragraph: Callable[[int], int]
    ) -> None:
        self._layout, self._pack, self._catalog, self._paragraph = layout, pack, catalog, paragraph
        found: list[Actor] = []
        for actor in actors:
            if actor.kind == "organization" and not actor.bare:
                found.append(actor)
            elif actor.office is not None:
                found.extend(self._inside(actor))
        self._named = sorted(found, key=by_first)

    @cached_property
    def _firms(self) -> set[Actor]:
        return {body for body in self._named if self._is_firm(body)}

    def meant(self, actor: Actor) -> Actor | None:
        """The last body named before that is called so, else any firm; None where there is none, or it is no such word."""
        wanted = stands_for(self._layout.tokens[actor.last - 1], self._pack)
        before = self._before(actor) if wanted else []
        called_so = next((body for body in before if self._begins(body, wanted)), None)
        return called_so or (next((body for body in before if body in self._firms), None) if _ANY in wanted else None)

    def last(self, actor: Actor) -> Actor | None:
        """The last body named before, whatever its kind, in this paragraph or the one before."""
        here = self._paragraph(actor.first)
        return next((body for body in self._before(actor) if here - self._paragraph(body.first) <= 1), None)

    def _before(self, actor: Actor) -> list[Actor]:
        at, here = bisect_left(self._named, actor.first, key=by_first), self._paragraph(actor.first)
        near = self._named[max(0, at - _MOST) : at]
        return [body for body in reversed(near) if here - self._paragraph(body.first) <= _REACH]

    def _begins(self, body: Actor, stems: tuple[str, ...]) -> bool:
        """Whether one of the first words of a body's name begins like one of these."""
        words = [t.key for t in self._layout.tokens[body.first : body.last] if t.kind == "word"][:_HEAD]
        return any(" ".join(words[n:]).startswith(stems) for n in range(len(words)))

    def _is_firm(self, body: Actor) -> bool:
        """A body with a name of its own that no word for an office, bank or ministry begins."""
        firms, others = firm_words(self._pack)
        named = any(t.text in '«“„"' or t.text.isascii() for t in self._layout.tokens[body.first : body.last])
        named = named or self._layout.tokens[body.first].capital
        return named and (self._begins(body, firms) or not self._begins(body, others))

    def _inside(self, holder: Actor) -> list[Actor]:
        """The body that somebody's office names: "глава компании «Медь»"."""
        assert holder.office is not None
        end = self._layout.token_at(holder.office.span.end)
        for n in range(holder.first + 1, end):
            known = body_lexicon(self._pack, self._catalog).at(self._layout.tokens, n, end)
            if known is not None and known.value in ("body", "head") and end - n > 1 - self._layout.tokens[n].capital:
                span = Span(self._layout.tokens[n].start, self._layout.tokens[end - 1].end)
                forms = frozenset(f for f in forms_of(self._layout.tokens[n], self._pack, nouns=True) if f.case == "gen")
                return [Actor(span, n, end, "organization", forms, countries=holder.countries)]
        return []
