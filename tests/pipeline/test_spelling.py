"""Other spellings of a language are read as its own, no offset moves, and facts keep the words as they were written.

Strategy: `specs/<language>/spelling.toml` holds texts with what they are read as; any text keeps its length.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog import load_catalog
from app.domain.text import Article
from app.languages.registry import pack
from app.pipeline import extract
from app.pipeline.page.spelling import FILLER, respelled
from tests.spec_cases import every


@pytest.mark.parametrize(("language", "case"), every("spelling"))
def test_a_text_is_read_in_the_spelling_of_its_pack(language: str, case: dict[str, Any]) -> None:
    read = respelled(case["text"], pack(language))
    assert read.replace(FILLER, "") == case["expect"]
    assert len(read) == len(case["text"])


@given(st.text(alphabet="aáıiIİsShHŞßйбәQý -\n", max_size=60) | st.text(max_size=40))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(respelled(text, pack("kk"))) == len(text)


def test_facts_keep_the_words_as_written() -> None:
    text = "Keşe Astanada jiyn öttı.\n\nQasym-Jomart Toqaev Reseimen sauda 10 milliard dollarğa jetetının aitty."
    (statement,) = extract(Article(text=text, language="kk", published_at="2024-11-27"), load_catalog()).statements
    assert statement.text == " ".join(s.of(text) for s in statement.segments) == "Reseimen sauda 10 milliard dollarğa jetetının"
    assert (statement.speaker.id, statement.speaker.as_written) == ("kassym-jomart-tokayev", "Qasym-Jomart Toqaev")
