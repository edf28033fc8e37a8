"""News outlets that articles credit, and organisations that speak in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from app.catalog.folding import fold
from app.catalog.tables import DATA, LANGUAGES, by_language, rows, several

_QUOTES = dict.fromkeys(map(ord, '«»"“”„'))


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet, an agency or the site of a press service. `names` is every spelling that articles credit it by."""

    id: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    kind: str

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Organization:
    """A state body, company or institution that speaks. `bloc` is set where it belongs to no one country."""

    id: str
    names: Mapping[str, str] = field(hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(hash=False)
    country: str | None
    bloc: str | None
    kind: str
    wikidata: str | None = None

    def spellings(self) -> Iterator[str]:
        """Every form of the name, in any language."""
        yield from self.names.values()
        for aliases in self.aliases.values():
            yield from aliases


@dataclass(frozen=True)
class Outlets:
    """Every outlet, found by id, by name as credited and by domain."""

    all: tuple[Outlet, ...]

    def get(self, outlet_id: str) -> Outlet | None:
        return self.by_id.get(outlet_id)

    def find(self, name_or_domain: str) -> Outlet | None:
        """The outlet of that name or domain; `www.`, a scheme, a path and quotation marks do not matter."""
        key = _key(name_or_domain)
        return self._by_key.get(key) or self._by_key.get(_host(key))

    @cached_property
    def by_id(self) -> Mapping[str, Outlet]:
        return {outlet.id: outlet for outlet in self.all}

    @cached_property
    def _by_key(self) -> Mapping[str, Outlet]:
        return {_key(name): outlet for outlet in self.all for name in (*outlet.names, *outlet.domains)}


@dataclass(frozen=True)
class Organizations:
    """Every organisation, found by id and by name."""

    all: tuple[Organization, ...]

    def get(self, organization_id: str) -> Organization | None:
        return self.by_id.get(organization_id)

    def find(self, name: str) -> Organization | None:
        """The organisation of that name or alias, in any language."""
        return self._by_name.get(_key(name))

    @cached_property
    def by_id(self) -> Mapping[str, Organization]:
        return {organization.id: organization for organization in self.all}

    @cached_property
    def _by_name(self) -> Mapping[str, Organization]:
        return {_key(name): organization for organization in self.all for name in organization.spellings()}


def read_outlets() -> Outlets:
    """The outlets of the released data."""
    return Outlets(
        tuple(
            Outlet(row["id"], several(row["names"]), several(row["domains"]), row["country"] or None, row["kind"])
            for row in rows(DATA / "outlets.csv")
        )
    )


def read_organizations() -> Organizations:
    """The organisations of the released data."""
    return Organizations(tuple(_organization(row) for row in rows(DATA / "organizations.csv")))


def _organization(row: Mapping[str, str]) -> Organization:
    aliases = {language: found for language in LANGUAGES if (found := several(row[f"aliases_{language}"]))}
    return Organization(
        row["id"], by_language(row), aliases, row["country"] or None, row["bloc"] or None, row["kind"], row["wikidata"] or None
    )


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """A name without its quotation marks: АО «НК «КТЖ» is credited with any number of them."""
    return fold(name.translate(_QUOTES))


@lru_cache(maxsize=20_000)
def _host(key: str) -> str:
    """`https://www.kazpravda.kz/n/1` is looked up as `kazpravda.kz`."""
    host = key.rpartition("://")[2].partition("/")[0].partition(":")[0]
    return host.removeprefix("www.").removeprefix("m.")
