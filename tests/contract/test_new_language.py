"""A fourth language is a folder: its tables and its word forms, and no line of code elsewhere.

Strategy: a small pack of Esperanto is written into a folder of its own, which is put beside the released packs, and an
invented article is read with it through the whole pipeline.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import languages
from app.catalog import load_catalog
from app.domain.text import Article
from app.languages import registry
from app.languages.pack import REQUIRED, PackError
from app.pipeline import extract

MORPHOLOGY = '''
"""Esperanto word forms: its endings tell all."""

from app.languages.pack import Reading

_SMALL = {"la": "det", "ke": "sconj", "kaj": "cconj", "inter": "adp", "de": "adp", "en": "adp", "ne": "part", "kiu": "pron"}


class Morphology:
    def readings(self, word):
        low = word.lower()
        if low in _SMALL:
            return (Reading(low, _SMALL[low]),)
        for ending, verb, tense in (("is", "fin", "past"), ("as", "fin", "pres"), ("os", "fin", "fut"), ("i", "inf", None)):
            if low.endswith(ending) and len(low) > 3 and not word[0].isupper():
                return (Reading(low.removesuffix(ending) + "i", "verb", verb=verb, tense=tense),)
        noun = low.removesuffix("n").removesuffix("j")
        return (Reading(noun, "adj" if noun.endswith("a") else "noun", known=not word[0].isupper()),)

    def name_readings(self, word):
        return (Reading(word.lower(), "propn", name="surn", known=False),)

    def name_in_nominative(self, words, case, feminine):
        return words

    def nominative(self, word, case, gender=None, number=None):
        return word
'''
TABLES = {
    "grammar": '[sentence]\nsubject = "position"\n[phrases]\narticles = ["la"]\ndefinite = ["la"]\nof = ["de"]\n'
    'ties = ["de", "en"]\nand = ["kaj"]\nrelative = ["kiu"]\npersons = ["kiu"]\n',
    "speech": '[verbs]\nsay = ["diri", "aldoni"]\nneeds_that = ["aldoni"]\n[sources]\nphrases = ["laŭ"]\n'
    '[frames]\nthat = ["ke"]\nand = ["kaj"]\nconjunctions = ["kaj"]\nnegation = ["ne"]\n',
    "offices": '[roles]\nminister = ["ministro"]\n',
    "countries": '[countries]\nKZ = { name = ["Kazaĥio"] }\nUZ = { name = ["Uzbekio"] }\n',
    "examples": 'first_words = ["Kazaĥio kreskas, diris la ministro."]\n',
}
ARTICLE = """Intertraktoj finiĝis

Kazaĥio kaj Uzbekio konstruos ponton inter Kazaĥio kaj Uzbekio.

La ministro Erlan Sagatov diris, ke la ponto kreskas rapide. “Ni atendas multajn vagonarojn,” aldonis Erlan Sagatov.
"""


@pytest.fixture
def esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "eo"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""The Esperanto pack."""\n', encoding="utf-8")
    (folder / "morphology.py").write_text(MORPHOLOGY, encoding="utf-8")
    for name in {*REQUIRED, *TABLES}:
        (folder / f"{name}.toml").write_text(TABLES.get(name, ""), encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    for kept in (registry.readable, registry.pack):
        kept.cache_clear()
    for name in [name for name in sys.modules if name.startswith("app.languages.eo")]:
        del sys.modules[name]


def test_a_new_pack_is_read_by_every_stage(esperanto: Path) -> None:
    found = extract(Article(ARTICLE, language="eo", published_at="2025-03-01"), load_catalog())
    assert [str(pair) for pair in found.pairs] == ["KZ-UZ"]
    said = [(str(s.kind), s.text, s.speaker.name, s.speaker.role) for s in found.statements]
    assert said == [
        ("indirect", "la ponto kreskas rapide.", "Erlan Sagatov", "minister"),
        ("direct", "Ni atendas multajn vagonarojn", "Erlan Sagatov", "minister"),
    ]


def test_a_pack_without_a_table_says_which_one(esperanto: Path) -> None:
    (esperanto / "hedges.toml").unlink()
    with pytest.raises(PackError, match=r"'eo' lacks hedges\.toml"):
        registry.pack("eo")


@pytest.mark.parametrize("code", sorted(registry.readable()))
def test_a_released_pack_has_every_table(code: str) -> None:
    assert set(REQUIRED) <= set(registry.pack(code).data)
    assert registry.pack(code)["examples"]["first_words"]
