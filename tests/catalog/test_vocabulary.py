"""The codes are those of the design, and names and domains lead to outlets and organisations."""

from __future__ import annotations

import pytest

from app.catalog import Catalog, load_catalog

METRICS = """
trade_turnover exports imports trade_balance investment joint_projects project_investment jobs companies agreements
contract_value financing cargo energy_supply commodity_supply capacity infrastructure tourists flights students migrants
local_currency_share gdp other
"""
TOPICS = """
trade investment industry energy nuclear transport agriculture water finance digital space science education culture
tourism health environment migration border security defence diplomacy regions integration humanitarian
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_codes_are_those_of_the_design(catalog: Catalog) -> None:
    assert list(catalog.metrics) == METRICS.split()
    assert list(catalog.topics) == TOPICS.split()
    assert all(metric.description.endswith(".") for metric in catalog.metrics.values())
    assert all(topic.description.endswith(".") for topic in catalog.topics.values())


def test_every_country_of_iso_3166(catalog: Catalog) -> None:
    assert len(catalog.countries) == 249
    assert {"KZ", "RU", "US", "GB", "NO", "PS", "TW"} <= catalog.countries.keys()
    assert not {"EU", "XK", "UN", "ZZ", "SU"} & catalog.countries.keys()


@pytest.mark.parametrize(
    ("code", "ru", "kk"),
    [
        ("US", "США", "АҚШ"),
        ("KR", "Южная Корея", "Оңтүстік Корея"),
        ("KG", "Кыргызстан", "Қырғызстан"),
        ("BY", "Беларусь", "Беларусь"),
        ("GB", "Великобритания", "Ұлыбритания"),
        ("RU", "Россия", "Ресей"),
        ("AE", "ОАЭ", "БАӘ"),
    ],
)
def test_countries_as_the_press_names_them(catalog: Catalog, code: str, ru: str, kk: str) -> None:
    assert (catalog.countries[code].names["ru"], catalog.countries[code].names["kk"]) == (ru, kk)


@pytest.mark.parametrize(
    ("bloc", "member", "stranger"),
    [("EAEU", "KZ", "UZ"), ("SCO", "BY", "TM"), ("CIS", "UZ", "UA"), ("OTS", "TR", "TM"), ("C5", "TM", "RU"), ("EU", "PL", "GB")],
)
def test_members_of_blocs(catalog: Catalog, bloc: str, member: str, stranger: str) -> None:
    assert member in catalog.blocs[bloc].members
    assert stranger not in catalog.blocs[bloc].members


def test_units(catalog: Catalog) -> None:
    assert {"KZT", "RUB", "USD", "count", "percent", "factor", "t", "m3", "kWh", "W", "TEU", "km", "bbl"} <= catalog.units.keys()
    assert (catalog.units["KZT"].country, catalog.units["KZT"].kind) == ("KZ", "currency")
    assert catalog.units["EUR"].country is None
    assert catalog.units["t"].kind == "mass"


@pytest.mark.parametrize(
    ("credit", "outlet"),
    [
        ("Kazpravda.kz", "kazpravda"),
        ("«Казахстанская правда»", "kazpravda"),
        ("https://www.kazpravda.kz/n/1", "kazpravda"),
        ("tengrinews.kz", "tengrinews"),
        ("ТАСС", "tass"),
        ("тасс", "tass"),
        ("РИА «Новости»", "ria"),
        ("inform.kz", "kazinform"),
        ("Қазинформ", "kazinform"),
        ("24.kg", "24kg"),
        ("24.kz", "khabar"),
        ("Акорда", "akorda-site"),
        ("m.gazeta.uz", "gazeta-uz"),
    ],
)
def test_outlet_as_credited(catalog: Catalog, credit: str, outlet: str) -> None:
    found = catalog.outlets.find(credit)
    assert found is not None
    assert found.id == outlet


@pytest.mark.parametrize("credit", ["", "example.org", "правда", "Токаев", "kz", "https://"])
def test_not_an_outlet(catalog: Catalog, credit: str) -> None:
    assert catalog.outlets.find(credit) is None


@pytest.mark.parametrize(
    ("name", "organization"),
    [
        ("Акорда", "akorda"),
        ("Пресс-служба Акорды", "akorda"),
        ("НАК «Казатомпром»", "kazatomprom"),
        ("АО НК «КазМунайГаз»", "kazmunaygas"),
        ("ЕАБР", "edb"),
        ("ХВҚ", "imf"),
        ("Белстат", "belstat"),
        ("Ұлттық банк", "national-bank-kz"),
        ("БНС", "bns-kz"),
    ],
)
def test_organization_by_name(catalog: Catalog, name: str, organization: str) -> None:
    found = catalog.organizations.find(name)
    assert found is not None
    assert found.id == organization


@pytest.mark.parametrize("name", ["", "МИД", "правительство", "Токаев"])
def test_not_an_organization(catalog: Catalog, name: str) -> None:
    assert catalog.organizations.find(name) is None


def test_read_once() -> None:
    assert load_catalog() is load_catalog()
