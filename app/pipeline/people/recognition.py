"""Whether a name in an article is that of somebody whom the catalogue knows: two people of one name stay two.

A full name is recognised unless the article says what the known person never was: another country, another patronymic, or,
of a name that many bear, an office that the person never held. A surname alone is recognised only of somebody in office
or lately so, or of a head of state of any time, and in an office that they held.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.catalog import Person, Term
from app.catalog.sound import sound
from app.domain.speaker import Role
from app.languages.folding import key
from app.languages.pack import Pack
from app.pipeline.people.identity import common_surnames
from app.pipeline.people.offices import Office

_LATELY = timedelta(days=5 * 365)
_WEAK = frozenset((Role.EXPERT, Role.BUSINESS, Role.OTHER))
# Offices that one holder is loosely called by: "министр" of a deputy premier, "глава" of whoever heads something.
_LOOSELY: dict[Role, frozenset[Role]] = {
    Role.MINISTER: frozenset((Role.FOREIGN_MINISTER, Role.DEPUTY_HEAD_OF_GOVERNMENT)),
    Role.DEPUTY_HEAD_OF_GOVERNMENT: frozenset((Role.MINISTER, Role.FOREIGN_MINISTER, Role.HEAD_OF_GOVERNMENT)),
}
_ANY_OFFICE = frozenset((Role.OFFICIAL, Role.ORGANIZATION_HEAD, Role.LEGISLATOR))


def may_be(person: Person, words: tuple[str, ...], given: Sequence[Office], on: date | None, pack: Pack) -> bool:
    """Whether nothing that the article says speaks against it, and enough speaks for it; `given` are its offices there."""
    present = [office for office in given if not office.former]
    if not _of_country(person, given):
        return False
    if len(words) == 1 or any(len(word) == 1 for word in words):
        of_old = not given or len(present) < len(given)
        return _active(person, on, of_old) and all(held(person, office) for office in present)
    if _other_patronymic(person, words, pack):
        return False
    return not _common(words, pack) or all(held(person, office) for office in present)


def _of_country(person: Person, given: Sequence[Office]) -> bool:
    countries = {office.countries[0] for office in given if office.countries}
    known = {person.country, *(t.country for t in person.terms)}
    return not countries or bool(countries & known) or person.country is None


def _active(person: Person, on: date | None, known_of_old: bool) -> bool:
    """In office on the day or at most some years before; without an office in the text, heads of state of any time."""
    if on is None or not person.terms:
        return True
    if known_of_old and any(term.role is Role.HEAD_OF_STATE for term in person.terms):
        return True
    return any(_begun(term, on) and on - _LATELY <= _over(term, on) for term in person.terms)


def _begun(term: Term, on: date) -> bool:
    return term.start is None or term.start - timedelta(days=366) <= on


def _over(term: Term, on: date) -> date:
    """The day a term was over; one whose end is not known may last."""
    return term.end if term.end is not None and not term.end_as_known.startswith(">") else on


def held(person: Person, office: Office) -> bool:
    """Whether the person ever held such an office, as far as the words go."""
    if not person.terms:
        return True
    roles = {term.role for term in person.terms}
    if office.role in _WEAK:
        return False
    return office.role in roles or office.role in _ANY_OFFICE or bool(roles & _LOOSELY.get(office.role, frozenset()))


def _other_patronymic(person: Person, words: tuple[str, ...], pack: Pack) -> bool:
    """Whether both patronymics are known and differ: "Сергей Петрович Иванов" is not "Сергей Борисович"."""
    said = _patronymic(words, pack)
    spelt = [tuple(name.split()) for name in person.aliases.get(pack.code, ())]
    known = {sound(middle) for name in spelt if (middle := _patronymic(name, pack))}
    return said is not None and bool(known) and sound(said) not in known


def _patronymic(words: tuple[str, ...], pack: Pack) -> str | None:
    endings = tuple(pack["names"].get("patronymic_endings", ())) or ("\0",)
    return next((w for w in words[1:] if len(words) == 3 and w.lower().endswith(endings)), None)


def _common(words: tuple[str, ...], pack: Pack) -> bool:
    return not common_surnames(pack).isdisjoint(key(word) for word in words)
