"""Who said it: from the words that stand for a speaker to the speaker."""

from __future__ import annotations

from bisect import bisect_left

from app.catalog import Catalog
from app.domain.place import by_first
from app.domain.record import replace
from app.domain.speaker import ResolvedBy, Role, Speaker
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.agreement import agree, body_agrees, is_plural, same_gender, stands_for_several
from app.pipeline.people.bodies import Bodies
from app.pipeline.people.grammar import grammar_of
from app.pipeline.people.holders import Context, Holders, LastSpeaker
from app.pipeline.people.named import NamedBefore, is_apposed
from app.pipeline.people.offices import Office
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.people.speakers import as_written, body_speaker, described_speaker, holder_speaker, person_speaker
from app.pipeline.speech.asked import asked_cases, told_genders
from app.pipeline.speech.found import Attributed, Found
from app.pipeline.speech.silent import Silent
from app.pipeline.speech.steps import named_step, step, where
from app.pipeline.speech.tellers import Tellers
from app.pipeline.speech.turns import Turns
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout

_MENTIONS_BACK = 40
_COMMON = frozenset((Role.EXPERT, Role.BUSINESS, Role.OTHER, Role.LEGISLATOR))
_BODY_REACH = 2  # paragraphs back in which "там" finds the body that spoke
_PRONOUN_REACH = 4  # paragraphs back in which a pronoun finds its person


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
        self._named_before = NamedBefore(self._narrated, roster, layout)
        self._bodies = Bodies(self._narrated, layout, pack, catalog, self._paragraph)
        self._genders = told_genders(utterances, layout, pack, roster)
        self._resolved: dict[int, Found | None] = {}
        self._turns, self._tellers = Turns(self._paragraph), Tellers(utterances, layout)
        self._silent = Silent(layout, pack, self._turns, self._named_before, self._genders)

    def run(self) -> list[Attributed]:
        attributed: list[Attributed] = []
        for utterance in sorted(self._utterances, key=lambda u: u.source.first if u.source else u.at):
            if (source := utterance.source) is None:
                continue
            found = [f for actor in source.subjects for f in self._several(actor) or [self._resolve(actor, utterance)]]
            known = [f for f in (found if source.subjects else [self._silent.subject(utterance)]) if f is not None]
            if not known:
                continue
            subject = next(iter(source.subjects), None)
            self._turns.add(source.first, known[0], subject, several=subject is not None and is_plural(subject, "nom"))
            attributed.append(Attributed(utterance, known[0].speaker, tuple(f.speaker for f in known[1:]), known[0].steps))
        return sorted(attributed, key=lambda a: a.utterance.start)

    def _resolve(self, actor: Actor, utterance: Utterance) -> Found | None:
        if actor.first not in self._resolved:
            self._resolved[actor.first] = None  # a mention is never found through itself
            self._resolved[actor.first] = self._find(actor, utterance)
        return self._resolved[actor.first]

    def _several(self, actor: Actor) -> list[Found | None]:
        """ "Президенты Киргизии и Таджикистана": the holders of one office in several countries."""
        office = actor.office
        if actor.name is not None or office is None or len(office.countries) < 2 or not is_plural(actor, "nom"):
            return []
        found: list[Found | None] = []
        for country in office.countries:
            if (known := self._holders.known(replace(office, countries=(country,), seat=None))) is not None:
                told = f'"{actor.span.of(self._layout.text)}" → {office.role.value} of {country} on {self._context.on}'
                speaker = holder_speaker(known[0], self._pack.code, office, country)
                found.append(self._done(speaker, actor, office, ResolvedBy.OFFICE, (told, f"{known[0].id} of the catalogue")))
        return found if len(found) == len(office.countries) else []

    def _find(self, actor: Actor, utterance: Utterance | None) -> Found | None:
        label = utterance is not None and utterance.label
        if actor.name is not None:
            return self._named(actor, ResolvedBy.INTERVIEW_LABEL if label else ResolvedBy.NAME)
        if actor.kind == "pronoun":
            return self._pronoun(actor)
        if actor.office is not None and actor.kind != "unnamed":
            return self._office(actor, actor.office)
        if actor.kind in ("unnamed", "outlet"):
            return self._unnamed(actor) if actor.kind == "unnamed" else None
        country = actor.countries[0] if actor.countries else self._context.outlet_country
        return self._body(actor, country)

    def _unnamed(self, actor: Actor) -> Found | None:
        """A source without a name; "собеседник агентства" is the one who spoke just before, where somebody did."""
        last = self._turns.near(actor.first, 1)
        if last is not None and self._holders.is_interlocutor(actor):
            return self._again(actor, last[1], last[0], ResolvedBy.PREVIOUS_SPEAKER)
        return self._described(actor, None, next(iter(actor.countries), None), "a source without a name")

    def _body(self, actor: Actor, country: str | None) -> Found | None:
        """A body; one called by its common noun alone ("в ведомстве", "там") is the last one named that fits."""
        written = actor.span.of(self._layout.text)
        if actor.bare and not actor.forms and (spoke := self._turns.body_near(actor.first, _BODY_REACH)) is not None:
            return self._again(actor, spoke[1], spoke[0], ResolvedBy.PREVIOUS_SPEAKER)
        named = (self._bodies.meant if actor.forms else self._bodies.last)(actor) if actor.bare else None
        if named is not None:
            found = self._body(named, named.countries[0] if named.countries else self._context.outlet_country)
            return found and self._again(actor, found, named.first, ResolvedBy.PREVIOUS_SPEAKER)
        if actor.bare and not actor.forms:
            return None  # "там", "в сообщении": of nobody
        body = body_speaker(actor, self._layout, self._pack, self._catalog, country, self._cases.get(actor.first))
        return self._done(body, actor, None, ResolvedBy.NAME, (f'"{written}": an organisation',))

    def _again(self, actor: Actor, found: Found, at: int, by: ResolvedBy) -> Found:
        """The speaker found before, as another word for them stands here."""
        written = actor.span.of(self._layout.text)
        told = step(written, found.speaker.name, where(self._layout, actor.first, at))
        return Found(as_written(found.speaker, actor, self._layout, None, by), found.entry, (told, *found.steps))

    def _named(self, actor: Actor, by: ResolvedBy) -> Found | None:
        entry = self._roster.of(actor)
        return self._entry(entry, actor, by, ()) if entry is not None else None

    def _entry(self, entry: Entry, actor: Actor, by: ResolvedBy, steps: tuple[str, ...]) -> Found:
        speaker = person_speaker(entry, self._pack, self._context.on, self._context.outlet_country)
        office = actor.office or next((o for at, o in reversed(entry.offices) if at <= actor.first), None)
        known = f"{entry.person.id} of the catalogue" if entry.person else "not in the catalogue"
        known = "several people of that name in the catalogue" if entry.ambiguous else known
        steps = (*steps, f"{' '.join(entry.words)}: {known}")
        return self._done(speaker, actor, office, by, steps, entry)

    def _done(
        self, speaker: Speaker, actor: Actor, office: Office | None, by: ResolvedBy | None, steps: tuple[str, ...],
        entry: Entry | None = None,
    ) -> Found:  # fmt: skip
        return Found(as_written(speaker, actor, self._layout, office, by), entry, steps)

    def _office(self, actor: Actor, office: Office) -> Found | None:
        """The holder: named in the article, else the catalogue's on that day; else the office itself speaks."""
        written, last = actor.span.of(self._layout.text), self._turns.last()
        if self._holders.is_own(actor, office):
            if (home := self._context.outlet_country) is None:
                return self._described(actor, office, None, f'"{written}": of which country, nothing tells')
            office = replace(office, countries=(home,))
        if is_plural(actor, self._cases.get(actor.first, "nom")):
            return self._described(actor, office, None, f'"{written}": several people')
        if self._layout.tokens[actor.first].key in grammar_of(self._pack).indefinite:
            return self._described(actor, office, next(iter(office.countries), None), f'"{written}": not named')
        if self._holders.is_other(office):
            return self._counterpart(actor, office, last)
        if office.former and not self._holders.was_named(office):
            return self._described(actor, office, next(iter(office.countries), None), f'"{written}": no holder known')
        again = self._turns.unnamed_near(actor.first, office.head, office.role) if office.anaphoric else None
        if again is not None and not self._named_before.between(again[0], actor.first):
            return self._again(actor, again[1], again[0], ResolvedBy.PREVIOUS_SPEAKER)
        if near := self._named_before.just(actor) if office.anaphoric and office.role in _COMMON else None:
            return self._entry(near, actor, ResolvedBy.OFFICE, named_step(written, near.words, "just before"))
        if named := self._holders.named(actor, office, last):
            return self._entry(named, actor, ResolvedBy.OFFICE, named_step(written, named.words, "in the article"))
        if (known := self._holders.known(office)) is not None:
            speaker = holder_speaker(known[0], self._pack.code, office, known[1])
            told = f'"{written}" → {office.role.value} of {known[1] or "no one country"} on {self._context.on}'
            return self._done(speaker, actor, office, ResolvedBy.OFFICE, (told, f"{known[0].id} of the catalogue"))
        if before := self._named_before.last(actor) if office.anaphoric else None:
            return self._entry(before, actor, ResolvedBy.OFFICE, named_step(written, before.words, "before"))
        country = next(iter(office.countries), self._context.outlet_country if office.anaphoric else None)
        return self._described(actor, office, country, f'"{written}": no holder known')

    def _counterpart(self, actor: Actor, office: Office, last: LastSpeaker) -> Found | None:
        """ "Его российский коллега", "гость": the other one of two."""
        written = actor.span.of(self._layout.text)
        other = self._holders.other(actor, office, last)
        if other is not None:
            told = step(written, " ".join(other.words), "the other one of two")
            return self._entry(other, replace(actor, office=None), ResolvedBy.OFFICE, (told,))
        if (known := self._holders.counterpart(office, last)) is None:
            return None
        person, country, role = known
        told = f'"{written}" → {role.value} of {country} on {self._context.on}, as the speaker before is of another country'
        speaker = holder_speaker(person, self._pack.code, replace(office, role=role), country)
        return self._done(speaker, replace(actor, office=None), None, ResolvedBy.OFFICE, (told, f"{person.id} of the catalogue"))

    def _described(self, actor: Actor, office: Office | None, country: str | None, step: str) -> Found:
        speaker = described_speaker(actor, self._layout, self._pack, country, self._cases.get(actor.first))
        return self._done(speaker, actor, office, None, (step,))

    def _pronoun(self, actor: Actor) -> Found | None:
        """The nearest person before, in the nominative or speaking, whom it can mean; "по её данным" may be a body's."""
        last = self._turns.before(actor.first)
        if last is not None and stands_for_several(actor, last[1].speaker):
            several = self._named_before.several_since(actor, last[0])
            if several is not None and several.office is not None:
                told = self._pointing(actor, several)
                return self._described(several, several.office, next(iter(several.countries), None), told)
            near = self._paragraph(actor.first) - self._paragraph(last[0]) <= 1
            return self._again(actor, last[1], last[0], ResolvedBy.PRONOUN) if near else None
        candidates = self._before(actor, self._paragraph(actor.first))
        if actor.pronoun == "latter":
            return self._latter(actor, candidates)
        for other in candidates:
            if is_apposed(other, self._layout, self._pack):
                continue  # "Kane, a close ally of the mayor's, left. He said": Kane, whoever else is an ally
            if (spoke := self._turns.unnamed_since(other.last, actor) or self._told_by(other, actor)) is not None:
                return self._again(actor, spoke[1], spoke[0], ResolvedBy.PRONOUN)
            found = self._meant(actor, other) or self._guest(actor, other)
            if found is not None:
                told = self._pointing(actor, other)
                shown = found.office_shown(other)
                speaker = as_written(found.speaker, actor, self._layout, shown, ResolvedBy.PRONOUN)
                return Found(speaker, found.entry, (told, *found.steps))
        if last is not None and last[1].entry is not None and same_gender(actor, last[1].entry, self._genders):
            return self._again(actor, last[1], last[0], ResolvedBy.PREVIOUS_SPEAKER)
        return self._told_of(actor, candidates)

    def _told_by(self, other: Actor, actor: Actor) -> tuple[int, Found] | None:
        """ "Касенов заявил, что Сагатов приедет. Он добавил": whoever told of somebody speaks on, not whom he told of."""
        teller = self._tellers.of(other.first)
        found = self._resolved.get(teller.first) if teller is not None and teller.first < actor.first else None
        fits = found is not None and found.entry is not None and same_gender(actor, found.entry, self._genders)
        return (teller.first, found) if teller is not None and found is not None and fits else None

    def _latter(self, actor: Actor, candidates: list[Actor]) -> Found | None:
        """ "Тот ответил": the last one named, who is not the subject of the clause before."""
        other = next((a for a in candidates if a.kind in ("person", "office")), None)
        if other is None or self._roster.may_be_subject(other, self._entry_of(other)):
            return None
        if (found := self._resolved.get(other.first) or self._find(other, None)) is None:
            return None
        speaker = as_written(found.speaker, actor, self._layout, other.office, ResolvedBy.PRONOUN)
        return Found(speaker, found.entry, (self._pointing(actor, other), *found.steps))

    def _pointing(self, actor: Actor, other: Actor) -> str:
        text = self._layout.text
        return step(actor.span.of(text), other.span.of(text), where(self._layout, actor.first, other.first))

    def _meant(self, actor: Actor, other: Actor) -> Found | None:
        """Whom a mention stands for, where a pronoun can point at it."""
        entry, speaking = self._entry_of(other), other.first in self._cases
        if other.kind == "organization" and speaking and not other.bare and body_agrees(actor, other):
            return self._resolved.get(other.first)
        if other.kind not in ("person", "office") or not agree(actor, other, entry, self._genders):
            return None
        if not speaking and not self._roster.may_be_subject(other, entry):
            return None
        return self._resolved.get(other.first) or (self._find(other, None) if other.first not in self._resolved else None)

    def _guest(self, actor: Actor, other: Actor) -> Found | None:
        """ "Гость говорил меньше. По его словам": him and nobody before him, even where the article does not tell who he is."""
        if other.office is None or not self._holders.is_other(other.office) or not agree(actor, other, None, self._genders):
            return None
        return self._described(other, other.office, None, f'"{other.span.of(self._layout.text)}": who is not told')

    def _told_of(self, actor: Actor, candidates: list[Actor]) -> Found | None:
        """The only person named in an oblique case whose gender is sure: "встретила Касенова. … – ответил он"."""
        entries = {self._entry_of(other): other for other in candidates if other.name is not None}
        sure = {e: o for e, o in entries.items() if e is not None and same_gender(actor, e, self._genders, sure=True)}
        if len(sure) != 1:
            return None
        entry, other = next(iter(sure.items()))
        told = (self._pointing(actor, other), "the only one of that gender")
        return self._entry(entry, replace(actor, office=None), ResolvedBy.PRONOUN, told)

    def _before(self, actor: Actor, here: int) -> list[Actor]:
        """The narrator's mentions before this one, nearest first, as far back as a pronoun reaches."""
        at = bisect_left(self._narrated, actor.first, key=by_first)
        near = self._narrated[max(0, at - _MENTIONS_BACK) : at]
        return [a for a in reversed(near) if here - self._paragraph(a.first) <= _PRONOUN_REACH]

    def _entry_of(self, actor: Actor) -> Entry | None:
        return self._roster.of(actor) if actor.name is not None else None

    def _paragraph(self, token: int) -> int:
        return self._holders.paragraph(token)
