"""«Ещё 49 проектов»: what comes on top of a figure is no new value of it, in any language. All articles are invented."""

from __future__ import annotations

import httpx
import pytest

pytestmark = pytest.mark.anyio

ARTICLES = {
    "ru": "Казахстан и Россия реализовали 93 совместных проекта. В работе ещё 49 проектов на сумму порядка 29,5 млрд долларов, "
    "сообщил министр промышленности Казахстана Нурлан Айтбеков.",
    "kk": "Қазақстан мен Ресей 93 бірлескен жобаны іске асырды. Тағы 49 жоба іске асырылып жатыр, – деді Қазақстанның өнеркәсіп "
    "министрі Нұрлан Айтбеков.",
    "en": "Kazakhstan and Russia have completed 93 joint projects. Another 49 projects worth $29.5 billion are under way, "
    "Kazakhstan's industry minister Nurlan Aitbekov said.",
}


@pytest.mark.parametrize("language", ARTICLES)
async def test_more_projects_are_no_fewer(client: httpx.AsyncClient, language: str) -> None:
    article = (await client.post("/v1/articles", json={"text": ARTICLES[language], "published_at": "2026-02-10"})).json()
    projects = {figure["value"]: figure for figure in article["indicators"] if figure["metric"] == "joint_projects"}
    assert (projects["93"]["additional_to"], projects["49"]["additional_to"]) == (None, projects["93"]["id"])
    series = (await client.get("/v1/pairs/KZ-RU/series/joint_projects")).json()
    told = [value["value"] for line in series["lines"] for observation in line["observations"] for value in observation["values"]]
    added = [source["value"] for line in series["lines"] for source in line["additions"]]
    assert (told, added) == (["93"], ["49"])


async def test_three_languages_tell_one_value_and_what_is_added(client: httpx.AsyncClient) -> None:
    for language, text in ARTICLES.items():
        sent = {"text": text, "published_at": "2026-02-10", "publisher": f"Выдуманный вестник, {language}"}
        assert (await client.post("/v1/articles", json=sent)).status_code == 201
    (line,) = (await client.get("/v1/pairs/KZ-RU/series/joint_projects?status=actual")).json()["lines"]
    (observation,) = line["observations"]
    (value,) = observation["values"]
    assert (observation["agreement"], value["value"], value["articles"], len(line["additions"])) == ("agreed", "93", 3, 3)
    headlines = (await client.get("/v1/pairs/KZ-RU")).json()["indicators"]
    assert [figure["value"] for figure in headlines if figure["metric"] == "joint_projects"] == ["93"]
