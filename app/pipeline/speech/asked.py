"""What attributions say of those they name: the case that each asks for, and whether a verb makes one a woman."""

from __future__ import annotations

from app.languages.pack import Pack
from app.pipeline.people.actor import Actor
from app.pipeline.people.roster import Entry, Roster
from app.pipeline.speech.utterances import Utterance
from app.pipeline.words.segment import Layout


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
    if kind in ("phrase", "quoting"):
        return "gen"
    return "nom" if not actor.governed or actor.may_be("nom") else "loc"


def told_genders(utterances: tuple[Utterance, ...], layout: Layout, pack: Pack, roster: Roster) -> dict[Entry, bool]:
    """Who is a woman, as the verbs tell whose subjects they are: "сказала Ду Дэвэнь"."""
    told: dict[Entry, bool] = {}
    for utterance in utterances:
        source = utterance.source
        if source is None or source.kind != "verb" or len(source.subjects) != 1:
            continue
        entry = roster.of(source.subjects[0]) if source.subjects[0].name is not None else None
        gender = next((r.gender for r in pack.morphology.readings(layout.tokens[source.first].text) if r.tense == "past"), None)
        if entry is not None and gender in ("fem", "masc"):
            told[entry] = told.get(entry, False) or gender == "fem"
    return told
