"""What is known of the world, in any language: countries, people and their dated offices, outlets, the codes of facts."""

from app.catalog.bodies import Organization, Organizations, Outlet, Outlets
from app.catalog.catalog import Catalog, load_catalog
from app.catalog.folding import fold
from app.catalog.people import People, Person, Sex, Term
from app.catalog.places import Bloc, Country
from app.catalog.tables import CatalogError
from app.catalog.vocabulary import Metric, Office, Topic, Unit

__all__ = [
    "Bloc",
    "Catalog",
    "CatalogError",
    "Country",
    "Metric",
    "Office",
    "Organization",
    "Organizations",
    "Outlet",
    "Outlets",
    "People",
    "Person",
    "Sex",
    "Term",
    "Topic",
    "Unit",
    "fold",
    "load_catalog",
]
