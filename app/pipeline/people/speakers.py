"""Speakers as facts show them, built from what an article says and what the catalogue knows."""

from __future__ import annotations

from datetime import date

from app.catalog import Catalog, Person
from app.domain.record import replace
from app.domain.speaker import ResolvedBy, Role, Speaker, SpeakerKind
from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.head_last import is_head_last
from app.pipeline.people.identity import OF_STATE, is_of_state, person_id, slug
from app.pipeline.people.offices import Office
from app.pipeline.people.phrases import forms_of
from app.pipeline.people.roster import Entry
from app.pipeline.words.segment import Layout

# In which order the cases of a phrase are tried.
_CASES = ("gen", "dat", "ins", "loc", "acc", "abl")


def person_speaker(entry: Entry, pack: Pack, on: date | None, outlet_country: str | None) -> Speaker:
    """A named person; the office is the one that the article gives, else the one held on that day.

    An office without a country is one of the outlet's country; the id follows that for offices of state only.
    """
    language = pack.code
    office = entry.offices[-1][1] if entry.offices else None
    person = entry.person
    role, country = _office_of(entry, on)
    stated = country or entry.country
    country = stated or (outlet_country if office is not None else None)
    if person is None:
        name = " ".join(entry.words)
        home = stated or (country if role in OF_STATE else None)
        ident = person_id(entry.words, role, home, pack)
        return Speaker(ident, SpeakerKind.PERSON, name, {language: name}, role, country, wikidata=None)
    name = person.names.get(language) or person.names.get("en") or " ".join(entry.words)
    names = {code: text for code, text in person.names.items() if text}
    return Speaker(person.id, SpeakerKind.PERSON, name, names, role, country, wikidata=person.wikidata)


def _office_of(entry: Entry, on: date | None) -> tuple[Role | None, str | None]:
    for _, office in reversed(entry.offices):
        if not office.former:
            return office.role, office.countries[0] if office.countries else None
    terms = [t for t in entry.person.terms if on and t.covers(on)] if entry.person else []
    terms.sort(key=lambda t: list(Role).index(t.role))
    return (terms[0].role, terms[0].country) if terms else (None, None)


def holder_speaker(person: Person, language: str, office: Office, country: str | None) -> Speaker:
    """The holder of an office on that day, who is not named in the article."""
    name = person.names.get(language) or person.names["en"]
    names = {code: text for code, text in person.names.items() if text}
    return Speaker(person.id, SpeakerKind.PERSON, name, names, office.role, country, wikidata=person.wikidata)


def described_speaker(actor: Actor, layout: Layout, pack: Pack, country: str | None, case: str | None) -> Speaker:
    """A source without a name: the description in the nominative, which is all that is known."""
    name = nominative_phrase(actor, layout, pack, case)
    role = actor.office.role if actor.office else None
    ident = "-".join(filter(None, ("unnamed", slug(name), country.lower() if country else None)))
    return Speaker(ident, SpeakerKind.UNNAMED, name, {pack.code: name}, role, country)


def body_speaker(actor: Actor, layout: Layout, pack: Pack, catalog: Catalog, country: str | None, case: str | None) -> Speaker:
    """An organisation, a government by its capital, a side."""
    name = nominative_phrase(actor, layout, pack, case)
    known = catalog.organizations.find(name)
    if known is not None and (country is None or known.country in (None, country)):
        names = {code: text for code, text in known.names.items() if text}
        shown = known.names.get(pack.code) or name
        return Speaker(known.id, SpeakerKind.ORGANIZATION, shown, names, None, known.country or country, wikidata=known.wikidata)
    stated = actor.countries[0] if actor.countries else None
    home = stated or (country if is_of_state(name, pack) else None)
    ident = "-".join(filter(None, (slug(name), home.lower() if home else None)))
    return Speaker(ident, SpeakerKind.ORGANIZATION, name, {pack.code: name}, None, country)


def nominative_phrase(actor: Actor, layout: Layout, pack: Pack, case: str | None) -> str:
    """The phrase of a mention with its head and the adjectives before it in the nominative; the rest stands as written.

    `case` is the one that the attribution asks for ("по данным" the genitive), where it does.
    """
    cases = {f.case for f in actor.forms}
    text = actor.span.of(layout.text)
    if not cases or case == "nom" or (case not in cases and ("nom" in cases or None in cases)):
        return _capital(text, layout, actor, pack)
    if case not in cases:
        case = next(c for c in (*_CASES, *sorted(c for c in cases if c)) if c in cases)
    forms = sorted((f for f in actor.forms if f.case == case), key=lambda f: (f.number or "", f.gender or ""), reverse=True)
    gender, number = (forms[0].gender, forms[0].number) if forms else (None, None)
    if is_head_last(pack):
        last = layout.tokens[actor.last - 1]
        head = pack.morphology.nominative(last.text, case, gender, number)
        return _capital(text[: len(text) - len(last.text)] + head, layout, actor, pack)
    words, head_done = [], False
    for n in range(actor.first, actor.last):
        token = layout.tokens[n]
        gap = layout.text[token.end : layout.tokens[n + 1].start] if n + 1 < actor.last else ""
        if token.kind == "word" and not head_done:
            words.append(pack.morphology.nominative(token.text, case, gender, number))
            head_done = bool(forms_of(token, pack, nouns=True)) and not forms_of(token, pack, adjectives=True)
        else:
            words.append(token.text)
        words.append(gap)
    return _capital("".join(words), layout, actor, pack)


def _capital(text: str, layout: Layout, actor: Actor, pack: Pack) -> str:
    """A common noun that opens a sentence loses its capital; a proper name keeps it."""
    sentence = layout.sentence_at(actor.span.start)
    opens = sentence is not None and sentence.span.start == actor.span.start
    first = text.split(" ", 1)[0]
    proper = actor.kind in ("country", "outlet") or (actor.kind == "organization" and actor.office is None)
    written = layout.tokens[actor.first].text  # "Kazakhstan" of "Kazakhstan's ambassador"
    proper = proper or (first.startswith(written) and not _is_common(written, pack))
    return first.lower() + text[len(first) :] if opens and not proper and not (len(first) > 1 and first.isupper()) else text


def _is_common(word: str, pack: Pack) -> bool:
    """Whether a word is known, and known as no name: "Critics", but not "Venn" or "Kenya" at the head of a sentence."""
    first = pack.morphology.readings(word)[0]
    return first.known and first.name is None and first.pos != "propn"


def as_written(speaker: Speaker, actor: Actor, layout: Layout, office: Office | None, by: ResolvedBy | None) -> Speaker:
    """The speaker with the words that stood for them in this place."""
    written = actor.span.of(layout.text)
    if actor.name is not None:
        written = actor.name.span.of(layout.text)
    shown = (actor.office or office).span.of(layout.text) if (actor.office or office) else None  # type: ignore[union-attr]
    return replace(speaker, as_written=written, role_as_written=shown, resolved_by=by)
