"""Everybody in the text who could be speaking, read as the language tells subjects: by case or by position."""

from __future__ import annotations

from app.catalog import Catalog
from app.languages.pack import Pack
from app.pipeline.people.actor import Actors
from app.pipeline.people.actors import find_actors
from app.pipeline.people.grammar import subject_by_position
from app.pipeline.people.positional import find_by_position
from app.pipeline.places.countries import Places
from app.pipeline.words.segment import Layout


def find_everybody(layout: Layout, places: Places, pack: Pack, catalog: Catalog) -> Actors:
    """Every mention of a person, an office, a body or a pronoun, in the order of the text."""
    find = find_by_position if subject_by_position(pack) else find_actors
    return find(layout, places, pack, catalog)
