"""Who said it: from the words that stand for a speaker to the speaker."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.catalog import Catalog
from app.domain.speaker import ResolvedBy, Role, Speaker
from app.languages.pack import Pack
from app.pipeline.actors import Actor, Actors, Office
from app.pipeline.lexicon import lemmas
from app.pipeline.roster import Entry, Roster
from app.pipeline.segment import Layout
from app.pipeline.speakers import as_written, body_speaker, described_speaker, holder_speaker, person_speaker
from app.pipeline.utterances import Utterance

_MENTIONS_BACK = 40
_PRONOUN_REACH = 4  # paragraphs back in which a pronoun finds its person


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before anybody has spoken: the article's day, the outlet's country, the countries it is about."""

    on: date | None
    outlet_country: str | None
    home: str | None


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words and who said them; `steps` is how the speaker was found."""

    utterance: Utterance
    speaker: Speaker
    co_speakers: tuple[Speaker, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    speaker: Speaker
    entry: Entry | None
    steps: tuple[str, ...]


def attribute(
    utterances: tuple[Utterance, ...],
    layout: Layout,
    actors: Actors,
    pack: Pack,
    catalog: Catalog,
    context: Context,
    roster: Roster,
) -> tuple[Attributed, ...]:
    """Finds the speaker of every utterance, in the order of the text; those without one are left out."""
    return tuple(_Attribution(utterances, layout, actors, pack, catalog, context, roster).run())


def asked_cases(utterances: tuple[Utterance, ...]) -> dict[int, str]:
    """The case that an attribution asks of a mention ("по словам" the genitive), by the mention's first token."""
    return {
        actor.first: _asked(utterance.source.kind, actor)
        for utterance in utterances
        if utterance.source
        for actor in utterance.source.subjects
    }


def _asked(kind: str, actor: Actor) -> str:
    if kind == "document":  # "в сообщении Минфина", "в Минфине"
        return "gen" if any(f.case == "gen" for f in actor.forms) else "loc"
    return "gen" if kind in ("phrase", "quoting") else "nom"


class _Attribution:
    def __init__(
        self,
        utterances: tuple[Utterance, ...],
        layout: Layout,
        actors: Actors,
        pack: Pack,
        catalog: Catalog,
        context: Context,
        roster: Roster,
    ) -> None:
        self._utterances, self._layout, self._roster = utterances, layout, roster
        self._pack, self._catalog, self._context = pack, catalog, context
        self._cases = asked_cases(utterances)
        direct = [s for u in utterances if u.rule != "about_this" for s in u.segments if u.kind.value == "direct"]
        inside = {n for s in direct for n in range(layout.token_at(s.start), layout.token_at(s.end))}
        self._narrated = [a for a in actors.all if a.first not in inside]
        self._resolved: dict[int, _Found | None] = {}
        self._spoken: list[tuple[int, _Found]] = []

    def run(self) -> list[Attributed]:
        attributed: list[Attributed] = []
        for utterance in sorted(self._utterances, key=lambda u: u.source.first if u.source else u.at):
            source = utterance.source
            if source is None:
                continue
            found = (
                [self._resolve(actor, utterance) for actor in source.subjects] if source.subjects else [self._previous(utterance)]
            )
            known = [f for f in found if f is not None]
            if not known:
                continue
            self._spoken.append((source.first, known[0]))
            attributed.append(Attributed(utterance, known[0].speaker, tuple(f.speaker for f in known[1:]), known[0].steps))
        return sorted(attributed, key=lambda a: a.utterance.start)

    # ------------------------------------------------------------ one mention

    def _resolve(self, actor: Actor, utterance: Utterance) -> _Found | None:
        if actor.first not in self._resolved:
            self._resolved[actor.first] = None  # a mention is never found through itself
            self._resolved[actor.first] = self._find(actor, utterance)
        return self._resolved[actor.first]

    def _find(self, actor: Actor, utterance: Utterance | None) -> _Found | None:
        label = utterance is not None and utterance.label
        if actor.name is not None:
            return self._named(actor, ResolvedBy.INTERVIEW_LABEL if label else ResolvedBy.NAME)
        if actor.kind == "pronoun":
            return self._pronoun(actor)
        if actor.office is not None and actor.kind != "unnamed":
            return self._office(actor, actor.office)
        country = actor.countries[0] if actor.countries else self._context.home
        case = self._cases.get(actor.first)
        if actor.kind == "unnamed":
            speaker = described_speaker(actor, self._layout, self._pack, actor.countries[0] if actor.countries else None, case)
            return self._done(speaker, actor, None, None, ("a source without a name",))
        if actor.kind == "outlet":
            return None
        speaker = body_speaker(actor, self._layout, self._pack, self._catalog, country, case)
        return self._done(speaker, actor, None, ResolvedBy.NAME, (f"{actor.span.of(self._layout.text)}: an organisation",))

    def _named(self, actor: Actor, by: ResolvedBy) -> _Found | None:
        entry = self._roster.of(actor)
        if entry is None:
            return None
        return self._entry(entry, actor, by, ())

    def _entry(self, entry: Entry, actor: Actor, by: ResolvedBy, steps: tuple[str, ...]) -> _Found:
        speaker = person_speaker(entry, self._pack.code, self._context.on, self._context.home)
        office = actor.office or next((o for at, o in reversed(entry.offices) if at <= actor.first), None)
        known = f"{entry.person.id} of the catalogue" if entry.person else "not in the catalogue"
        known = "several people of that name in the catalogue" if entry.ambiguous else known
        steps = (*steps, f"{' '.join(entry.words)}: {known}")
        return self._done(speaker, actor, office, by, steps, entry)

    def _done(
        self, speaker: Speaker, actor: Actor, office: Office | None, by: ResolvedBy | None, steps: tuple[str, ...],
        entry: Entry | None = None,
    ) -> _Found:  # fmt: skip
        return _Found(as_written(speaker, actor, self._layout, office, by), entry, steps)

    # ------------------------------------------------------------ offices

    def _office(self, actor: Actor, office: Office) -> _Found | None:
        """The holder: named in the article, else the catalogue's on that day; else the office itself speaks."""
        written = actor.span.of(self._layout.text)
        if self._is_other(actor):
            return self._other(actor, written)
        country = office.countries[0] if office.countries else None
        named = self._named_holder(actor, office, country)
        if named is not None:
            return self._entry(named, actor, ResolvedBy.OFFICE, (f"{written}: named in the article",))
        seat = country or self._seat(office)
        holders = self._catalog.people.holders(office.role, seat, self._context.on) if seat and _one_seat(office.role) else ()
        if len(holders) == 1 and not office.former:
            speaker = holder_speaker(holders[0], self._pack.code, office, seat)
            step = f"{written}: {office.role.value} of {seat} on {self._context.on}"
            return self._done(speaker, actor, office, ResolvedBy.OFFICE, (step, f"{holders[0].id} of the catalogue"))
        if office.anaphoric:
            entry = self._last_person(actor, unroled=True)
            if entry is not None:
                return self._entry(entry, actor, ResolvedBy.OFFICE, (f"{written}: the person named before",))
        country = country or (self._context.home if office.anaphoric else None)
        speaker = described_speaker(actor, self._layout, self._pack, country, self._cases.get(actor.first))
        return self._done(speaker, actor, office, None, (f"{written}: no holder known",))

    def _seat(self, office: Office) -> str | None:
        """Whose office it is where none is said: the outlet's country."""
        complement = office.span.of(self._layout.text).count(" ") > 1
        return None if complement and not _one_seat(office.role) else self._context.outlet_country

    def _named_holder(self, actor: Actor, office: Office, country: str | None) -> Entry | None:
        """Somebody named in the article who holds that office; the nearest one before, if several could be meant."""
        fits, compatible = [], _compatible(self._pack, office.role)
        for entry in self._roster.entries:
            roles = entry.roles(self._context.on)
            same = {c for r, c in roles if r == office.role or (office.anaphoric and r.value in compatible)}
            if not same or (country and not same & {country, None}):
                continue
            if country is None and office.role in (Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT):
                seat = self._context.outlet_country
                if seat and not same & {seat, None} and not self._recent(entry, actor):
                    continue
            fits.append(entry)
        if len(fits) <= 1:
            return fits[0] if fits else None
        exact = [e for e in fits if country and (office.role, country) in e.roles(self._context.on)]
        if len(exact) == 1:
            return exact[0]
        last = self._spoken[-1][1].entry if self._spoken else None
        if last in fits and self._paragraph(actor.first) - self._paragraph(self._spoken[-1][0]) <= 1:
            return last
        recent = [e for e in fits if self._recent(e, actor)]
        if len(recent) == 1:
            return recent[0]
        if office.role is Role.HEAD_OF_STATE:
            return None
        before = [(max((m for m in e.mentions if m < actor.first), default=-1), e) for e in fits]
        latest = max(before, key=lambda pair: pair[0])
        return latest[1] if latest[0] >= 0 else None

    def _recent(self, entry: Entry, actor: Actor) -> bool:
        """Whether the person was the last one to speak or to be named just before."""
        last = self._spoken[-1][1].entry if self._spoken else None
        here = self._paragraph(actor.first)
        named = any(m < actor.first and here - self._paragraph(m) <= 1 for m in entry.mentions)
        return (entry is last and here - self._paragraph(self._spoken[-1][0]) <= 1) or named

    def _is_other(self, actor: Actor) -> bool:
        first = self._layout.tokens[actor.last - 1]
        return actor.office is not None and bool(lemmas(first.text, self._pack.morphology) & _others(self._pack))

    def _other(self, actor: Actor, written: str) -> _Found | None:
        """ "Гость", "коллега": one of two who is not the last speaker."""
        last = self._spoken[-1][1].entry if self._spoken else None
        others = [e for e in self._roster.entries if e is not last and any(m < actor.first for m in e.mentions)]
        if len(others) != 1:
            return None
        return self._entry(others[0], actor, ResolvedBy.OFFICE, (f"{written}: the other one of two",))

    # ------------------------------------------------------------ pronouns and silence

    def _pronoun(self, actor: Actor) -> _Found | None:
        """The nearest person before, in the nominative or speaking, whom the pronoun can mean."""
        written = actor.span.of(self._layout.text)
        here = self._paragraph(actor.first)
        candidates = self._before(actor, here)
        speaking = self._cases
        for other in candidates:
            if other.kind not in ("person", "office") or not (other.may_be("nom") or other.first in speaking):
                continue
            if not _agree(actor, other, self._entry_of(other)):
                continue
            found = self._resolved.get(other.first) or (self._find(other, None) if other.first not in self._resolved else None)
            if found is None:
                continue
            step = f"{written}: {other.span.of(self._layout.text)}"
            speaker = as_written(found.speaker, actor, self._layout, self._office_shown(found, other), ResolvedBy.PRONOUN)
            return _Found(speaker, found.entry, (step, *found.steps))
        last = next((found for at, found in reversed(self._spoken[-_MENTIONS_BACK:]) if at < actor.first), None)
        if last is None:
            return None
        speaker = as_written(last.speaker, actor, self._layout, None, ResolvedBy.PREVIOUS_SPEAKER)
        return _Found(speaker, last.entry, (f"{written}: the speaker before", *last.steps))

    def _before(self, actor: Actor, here: int) -> list[Actor]:
        """The narrator's mentions before this one, nearest first, as far back as a pronoun reaches."""
        at = bisect_left(self._narrated, actor.first, key=lambda a: a.first)
        near = self._narrated[max(0, at - _MENTIONS_BACK) : at]
        return [a for a in reversed(near) if here - self._paragraph(a.first) <= _PRONOUN_REACH]

    def _office_shown(self, found: _Found, other: Actor) -> Office | None:
        if other.office is not None:
            return other.office
        return found.entry.offices[-1][1] if found.entry and found.entry.offices else None

    def _entry_of(self, actor: Actor) -> Entry | None:
        return self._roster.of(actor) if actor.name is not None else None

    def _previous(self, utterance: Utterance) -> _Found | None:
        """A verb of speech without a subject: whoever spoke just before in the same or the last paragraph."""
        if not self._spoken or utterance.source is None or utterance.source.kind == "document":
            return None
        at, found = self._spoken[-1]
        if self._paragraph(utterance.at) - self._paragraph(at) > 1:
            return None
        return _Found(found.speaker, found.entry, ("the speaker before", *found.steps))

    def _last_person(self, actor: Actor, *, unroled: bool) -> Entry | None:
        """The last person named before in the nominative; with `unroled`, one whose office nobody has said."""
        at = bisect_left(self._narrated, actor.first, key=lambda a: a.first)
        for other in reversed([a for a in self._narrated[max(0, at - _MENTIONS_BACK) : at] if a.name is not None]):
            entry = self._roster.of(other)
            if entry is not None and not (unroled and entry.offices) and (other.may_be("nom") or len(self._roster.entries) == 1):
                return entry
        return None

    def _paragraph(self, token: int) -> int:
        sentence = self._layout.sentence_at(self._layout.tokens[token].start)
        return sentence.paragraph if sentence else 0


def _one_seat(role: Role) -> bool:
    return role in (Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER)


def _agree(pronoun: Actor, other: Actor, entry: Entry | None) -> bool:
    """Gender and number; what is not known agrees."""
    if pronoun.pronoun == "they":
        return False
    feminine = entry.feminine if entry is not None else None
    if entry is not None and entry.person is not None and entry.person.sex:
        feminine = entry.person.sex == "f"
    if any(f.number == "plur" for f in other.forms) and not any(f.number != "plur" for f in other.forms):
        return False
    return feminine is None or feminine == (pronoun.pronoun == "she")


@cache
def _compatible(pack: Pack, role: Role) -> frozenset[str]:
    return frozenset(pack["offices"].get("compatible", {}).get(role.value, ()))


@cache
def _others(pack: Pack) -> frozenset[str]:
    return frozenset(pack["offices"].get("others", {}).get("words", ()))
