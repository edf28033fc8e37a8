"""Any text at all: it is taken, every offset holds the characters that it says, and time grows with length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.settings import Settings
from app.storage.database import Database

pytestmark = pytest.mark.anyio

# What articles are made of, and what breaks readers of articles.
WORDS = """
    « » “ ” " ' ( ) <p> </p> <b &nbsp; &laquo; &#0; \u200b \u202e \ufeff й и\u0306 Ё İ ß 🇰🇿 👨\u200d👩\u200d👧 שלום مرحبا 中国
    Токаев Путин министр Казахстан России Узбекистана заявил сообщил что торговля товарооборот вырос на до
    5 18,3 234,5 млрд тысяч долларов $ % 2030 году 27.11.2024 Image . , –
"""
SPACES = (" ", "\n", "\r\n", "\n\n", "\u00a0", "\t", "\x0b", "\x85", " – ", "— ", "По его словам, ", ", что ", "Читайте также")
texts = st.lists(st.sampled_from((*WORDS.split(), *SPACES)) | st.text(max_size=8), min_size=1, max_size=60).map("".join)


@pytest.fixture
def settings(database: Database, tmp_path: Any) -> Settings:
    """The limits as they are delivered."""
    return Settings(data_dir=tmp_path, database_url=database.url)


def stretches(part: Any, text: str) -> Iterator[tuple[str, str]]:
    """What stands at each span of an answer, and what the answer says stands there."""
    for statement in part["statements"]:
        joined = " ".join(text[s["start"] : s["end"]] for s in statement["segments"])
        yield joined, statement["text"]
        if cue := statement["cue"]:
            yield text[cue["start"] : cue["end"]], cue["text"]
    for indicator in part["indicators"]:
        yield text[indicator["span"]["start"] : indicator["span"]["end"]], indicator["as_written"]
    for kind in part.get("mentions", {}).values():
        yield from ((text[m["span"]["start"] : m["span"]["end"]], m["text"]) for m in kind)


async def check(client: httpx.AsyncClient, text: str) -> None:
    answer = await client.post("/v1/extract?include=mentions", json={"text": text})
    expected = 422 if "\x00" in text or not text.strip() else 200
    assert answer.status_code == expected, answer.text
    # Of markup, a fact tells what a reader sees; what stands there is the source.
    if expected == 200 and not {"<", "&"} & set(text):
        for stands, told in stretches(answer.json(), text):
            assert stands == told


async def try_texts(client: httpx.AsyncClient, examples: int) -> None:
    """Hypothesis draws in a thread of its own making; the texts are sent from here."""
    drawn: list[str] = []

    @hypothesis_settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck))
    @given(texts)
    def draw(text: str) -> None:
        drawn.append(text)

    draw()
    for text in drawn:
        await check(client, text)


async def test_any_text_is_read_without_failing(client: httpx.AsyncClient) -> None:
    await try_texts(client, 60)


@pytest.mark.long
async def test_any_text_is_read_without_failing_for_longer(client: httpx.AsyncClient) -> None:
    await try_texts(client, 3_000)


AWKWARD = {
    "quotes that are not closed": "«" * 50 + "Торговля растёт, – заявил министр. " + "»" * 3,
    "quotes the wrong way round": "»Торговля растёт«, – заявил министр.",
    "one line of 50,000 characters": "Министр заявил, что торговля растёт на 5% " * 1_200,
    "10,000 quotation marks": "«»" * 5_000,
    "10,000 opening quotation marks": "«" * 10_000,
    "10,000 straight quotation marks": '"' * 10_000,
    "1,000 quotations": "«Да», – сказал он. " * 1_000,
    "10,000 brackets": "(" * 10_000,
    "1,000 numbers": "5 млрд долларов, " * 1_000,
    "10,000 digits": "1" * 10_000,
    "10,000 spaces": " " * 10_000 + "а",
    "10,000 line breaks": "\n" * 10_000 + "а",
    "10,000 tags that are not closed": "<p" * 10_000,
    "10,000 tags within tags": "<div>" * 10_000 + "а",
    "10,000 ampersands": "&" * 10_000 + "а",
    "emoji": "🇰🇿🤝🇷🇺 «Торговля растёт 👍🏽», – заявил министр. 👨‍👩‍👧",
    "right-to-left text": "«\u202eТорговля растёт\u202c», – заявил министр. שלום עולם مرحبا بالعالم",
    "decomposed й": "«Торговля с Китаи\u0306ской стороной растёт», – заявил министр. Товарооборот – 5 млрд долларов.",
    "a letter that has no name": "Министр сказал, что товарооборот с 𗔺зу вырос на 5%, отметил è𗔺вырос. 𗔺",
    "combining marks": "а" + "\u0301" * 10_000,
    "line ends of Windows": "Заголовок\r\n\r\n«Торговля растёт», – заявил министр.\r\n",
}


# Ten thousand facts in one text; that time grows with length, and no faster, is held every day by the tests of extraction.
MANY = {"10,000 quotations": "«Да», – сказал он. " * 10_000, "10,000 numbers": "5 млрд долларов, " * 10_000}


@pytest.mark.parametrize("name", [*AWKWARD, *(pytest.param(name, marks=pytest.mark.long) for name in MANY)])
async def test_awkward_texts_are_taken_with_offsets_right(client: httpx.AsyncClient, name: str) -> None:
    text = (AWKWARD | MANY)[name]
    answer = await client.post("/v1/articles", json={"text": text})
    assert answer.status_code == 201, answer.text
    assert answer.json()["text"] == text
    for stands, told in stretches(answer.json(), text):
        assert stands == told
