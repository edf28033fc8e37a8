"""Whether a pronoun can mean somebody, by number and gender."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.speaker import Speaker, SpeakerKind
from app.pipeline.people.actor import Actor
from app.pipeline.people.roster import Entry


def is_plural(actor: Actor, case: str) -> bool:
    """ "Лидеры", "президенты": an office in the plural is nobody in particular."""
    numbers = {f.number for f in actor.forms if f.case in (case, None)}
    return numbers == {"plur"}


def agree(pronoun: Actor, other: Actor, entry: Entry | None, told: Mapping[Entry, bool]) -> bool:
    """Gender and number; what is not known agrees."""
    if pronoun.pronoun in ("it", "they"):
        return False
    if any(f.number == "plur" for f in other.forms) and not any(f.number != "plur" for f in other.forms):
        return False
    return same_gender(pronoun, entry, told)


def stands_for_several(pronoun: Actor, speaker: Speaker) -> bool:
    """ "It said" of a body, "they said" of several people, of a source without a name, or of a body."""
    if pronoun.pronoun == "it":
        return speaker.kind is SpeakerKind.ORGANIZATION
    return pronoun.pronoun == "they" and speaker.kind is not SpeakerKind.PERSON


def same_gender(pronoun: Actor, entry: Entry | None, told: Mapping[Entry, bool], *, sure: bool = False) -> bool:
    """Whether the pronoun is of the person's gender, which the catalogue, the verbs of the article (`told`) or the name tell.

    A gender that nothing tells agrees with either, unless one has to be `sure`.
    """
    feminine = _feminine(entry, told)
    if pronoun.pronoun == "anyone":  # a language that does not tell he from she
        return not sure or entry is not None
    if pronoun.pronoun in ("it", "they"):
        return False
    return not sure if feminine is None else feminine == (pronoun.pronoun == "she")


def verb_agrees(gender: str | None, entry: Entry | None, told: Mapping[Entry, bool]) -> bool:
    """Whether a verb that tells a gender can have somebody for its subject; what is not known agrees."""
    feminine = _feminine(entry, told)
    return feminine is None or gender not in ("fem", "masc") or feminine == (gender == "fem")


def _feminine(entry: Entry | None, told: Mapping[Entry, bool]) -> bool | None:
    if entry is None:
        return None
    if entry.person is not None and entry.person.sex:
        return entry.person.sex == "f"
    return told.get(entry, entry.feminine)


def body_agrees(pronoun: Actor, body: Actor) -> bool:
    """ "По её данным" behind "пресс-служба": the pronoun is no subject, and of the gender of the body's noun."""
    possessive = any(f.case == "gen" for f in pronoun.forms)
    wanted = {"she": {"fem"}, "he": {"masc", "neut"}}.get(pronoun.pronoun or "", set())
    return possessive and bool(wanted & {f.gender for f in body.forms})
