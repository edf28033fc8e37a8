"""Who said it: from the words that stand for a speaker to the speaker."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from app.catalog import Catalog
from app.domain.speaker import ResolvedBy, Role, Speaker
from app.languages.pack import Pack
from app.pipeline.people.actors import Actor, Actors
from app.pipeline.people.holders import Context, Holders, LastSpeaker
from app.pipeline.people.offices import Office
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.people.speakers import as_written, body_speaker, described_speaker, holder_speaker, person_speaker
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout

_MENTIONS_BACK = 40
_COMMON = frozenset((Role.EXPERT, Role.BUSINESS, Role.OTHER, Role.LEGISLATOR))
_PRONOUN_REACH = 4  # paragraphs back in which a pronoun finds its person


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
        if utterance.source.kind != "label" or not actor.forms or any(f.case == "nom" for f in actor.forms)
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
        self._holders = Holders(roster, layout, pack, catalog, context)
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
        country = actor.countries[0] if actor.countries else self._context.outlet_country
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
        speaker = person_speaker(entry, self._pack.code, self._context.on, self._context.outlet_country)
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
        written, last = actor.span.of(self._layout.text), self._last()
        if _plural(actor, self._cases.get(actor.first, "nom")):
            return self._described(actor, office, None, f"{written}: several people")
        if self._holders.is_other(actor):
            other = self._holders.other(actor, last)
            return None if other is None else self._entry(other, actor, ResolvedBy.OFFICE, (f"{written}: the other one of two",))
        near = self._just_named(actor) if office.anaphoric and office.role in _COMMON else None
        if near is not None:
            return self._entry(near, actor, ResolvedBy.OFFICE, (f"{written}: the person named just before",))
        named = self._holders.named(actor, office, last)
        if named is not None:
            return self._entry(named, actor, ResolvedBy.OFFICE, (f"{written}: named in the article",))
        known = self._holders.known(office)
        if known is not None:
            speaker = holder_speaker(known[0], self._pack.code, office, known[1])
            step = f"{written}: {office.role.value} of {known[1] or 'no one country'} on {self._context.on}"
            return self._done(speaker, actor, office, ResolvedBy.OFFICE, (step, f"{known[0].id} of the catalogue"))
        before = self._last_person(actor) if office.anaphoric else None
        if before is not None:
            return self._entry(before, actor, ResolvedBy.OFFICE, (f"{written}: the person named before",))
        country = office.countries[0] if office.countries else None
        country = country or (self._context.outlet_country if office.anaphoric else None)
        return self._described(actor, office, country, f"{written}: no holder known")

    def _described(self, actor: Actor, office: Office, country: str | None, step: str) -> _Found:
        speaker = described_speaker(actor, self._layout, self._pack, country, self._cases.get(actor.first))
        return self._done(speaker, actor, office, None, (step,))

    def _last(self) -> LastSpeaker:
        if not self._spoken:
            return LastSpeaker(None, 0)
        at, found = self._spoken[-1]
        return LastSpeaker(found.entry, self._paragraph(at))

    # ------------------------------------------------------------ pronouns and silence

    def _pronoun(self, actor: Actor) -> _Found | None:
        """The nearest person before, in the nominative or speaking, whom the pronoun can mean."""
        written = actor.span.of(self._layout.text)
        here = self._paragraph(actor.first)
        candidates = self._before(actor, here)
        speaking = self._cases
        for other in candidates:
            entry = self._entry_of(other)
            if other.kind not in ("person", "office") or not _agree(actor, other, entry):
                continue
            if other.first not in speaking and not self._roster.may_be_subject(other, entry):
                continue
            found = self._resolved.get(other.first) or (self._find(other, None) if other.first not in self._resolved else None)
            if found is None:
                continue
            step = f"{written}: {other.span.of(self._layout.text)}"
            speaker = as_written(found.speaker, actor, self._layout, self._office_shown(found, other), ResolvedBy.PRONOUN)
            return _Found(speaker, found.entry, (step, *found.steps))
        last = next((found for at, found in reversed(self._spoken[-_MENTIONS_BACK:]) if at < actor.first), None)
        if last is None or not _same_gender(actor, last.entry):
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
        if not self._spoken or utterance.source is None or utterance.source.kind == "document" or utterance.source.plural:
            return None  # "заявили в министерстве" is not the speaker before
        at, found = self._spoken[-1]
        if self._paragraph(utterance.at) - self._paragraph(at) > 1:
            return None
        return _Found(found.speaker, found.entry, ("the speaker before", *found.steps))

    def _last_person(self, actor: Actor) -> Entry | None:
        """The last person named before in the nominative whose office nobody has said."""
        at = bisect_left(self._narrated, actor.first, key=lambda a: a.first)
        for other in reversed([a for a in self._narrated[max(0, at - _MENTIONS_BACK) : at] if a.name is not None]):
            entry = self._roster.of(other)
            if (
                entry is not None
                and not entry.offices
                and (self._roster.may_be_subject(other, entry) or len(self._roster.entries) == 1)
            ):
                return entry
        return None

    def _just_named(self, actor: Actor) -> Entry | None:
        """The subject of the sentence before, whose office nobody has said: "… оценивает Шурманов. Экономист указывает"."""
        entry = self._last_person(actor)
        at = bisect_left(self._narrated, actor.first, key=lambda a: a.first)
        named = [a for a in self._narrated[max(0, at - _MENTIONS_BACK) : at] if a.name is not None]
        return entry if entry is not None and named and self._roster.of(named[-1]) is entry else None

    def _paragraph(self, token: int) -> int:
        return self._holders.paragraph(token)


def _plural(actor: Actor, case: str) -> bool:
    """ "Лидеры", "президенты": an office in the plural is nobody in particular."""
    numbers = {f.number for f in actor.forms if f.case in (case, None)}
    return numbers == {"plur"}


def _agree(pronoun: Actor, other: Actor, entry: Entry | None) -> bool:
    """Gender and number; what is not known agrees."""
    if pronoun.pronoun == "they":
        return False
    if any(f.number == "plur" for f in other.forms) and not any(f.number != "plur" for f in other.forms):
        return False
    return _same_gender(pronoun, entry)


def _same_gender(pronoun: Actor, entry: Entry | None) -> bool:
    feminine = entry.feminine if entry is not None else None
    if entry is not None and entry.person is not None and entry.person.sex:
        feminine = entry.person.sex == "f"
    return feminine is None or feminine == (pronoun.pronoun == "she")
