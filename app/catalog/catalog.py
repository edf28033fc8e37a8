"""The catalogue put together: everything known of the world, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.catalog.bodies import Organizations, Outlets, read_organizations, read_outlets
from app.catalog.people import People
from app.catalog.people_reader import read_people
from app.catalog.places import Bloc, Country, read_blocs, read_countries
from app.catalog.seats import Seats, read_seats
from app.catalog.vocabulary import (
    Metric,
    Office,
    Topic,
    Unit,
    read_currencies,
    read_metrics,
    read_offices,
    read_topics,
    read_units,
)


@dataclass(frozen=True, eq=False)
class Catalog:
    """What is known of the world, in any language. A newer one is made with `dataclasses.replace`."""

    countries: Mapping[str, Country]
    blocs: Mapping[str, Bloc]
    metrics: Mapping[str, Metric]
    topics: Mapping[str, Topic]
    units: Mapping[str, Unit]
    currencies: frozenset[str]
    offices: Mapping[str, Office]
    people: People
    outlets: Outlets
    organizations: Organizations
    seats: Seats


@cache
def load_catalog() -> Catalog:
    """The released catalogue; the files are read at the first call only."""
    return Catalog(
        countries=read_countries(),
        blocs=read_blocs(),
        metrics=read_metrics(),
        topics=read_topics(),
        units=read_units(),
        currencies=read_currencies(),
        offices=read_offices(),
        people=read_people(),
        outlets=read_outlets(),
        organizations=read_organizations(),
        seats=read_seats(),
    )
