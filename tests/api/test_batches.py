"""Many articles at once: handed in, followed, paged through, cancelled; one bad item never fails the rest."""

from __future__ import annotations

import gzip
import json
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

GOOD = {"text": "Товарооборот Казахстана и Узбекистана вырос на 4%, сообщил министр.", "external_id": "a-1"}
NDJSON = {"Content-Type": "application/x-ndjson"}


async def hand_in(client: httpx.AsyncClient, items: Any) -> dict[str, Any]:
    answer = await client.post("/v1/articles/batch", json=items)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    return job


async def test_a_batch_is_a_job_at_once(client: httpx.AsyncClient) -> None:
    job = await hand_in(client, [GOOD, GOOD | {"external_id": "a-2"}])
    assert (job["state"], job["counts"]["total"], job["counts"]["pending"], job["rate"]) == ("queued", 2, 2, None)
    assert (await client.get(f"/v1/jobs/{job['id']}")).json() == job


async def test_one_bad_item_never_fails_the_rest(client: httpx.AsyncClient) -> None:
    bad = [
        {"title": "no text"},
        "text",
        {"text": " "},
        GOOD | {"url": "ftp://x"},
        {"text": "ы" * 5_001},
        {"text": "a\ud800"},
        None,
    ]
    body = json.dumps([GOOD, *bad, GOOD])
    answer = await client.post("/v1/articles/batch", content=body, headers={"Content-Type": "application/json"})
    job = answer.json()
    assert (job["counts"]["failed"], job["counts"]["pending"]) == (7, 2)
    items = (await client.get(f"/v1/jobs/{job['id']}/items")).json()["items"]
    assert [item["outcome"] for item in items] == ["pending", *["failed"] * 7, "pending"]
    assert [[error["pointer"] for error in item["errors"]] for item in items[1:8]] == [
        ["/text"], [""], ["/text"], ["/url"], ["/text"], ["/text"], [""],
    ]  # fmt: skip
    assert all(item["reason"] for item in items[1:8])
    assert [item["external_id"] for item in items] == ["a-1", None, None, None, "a-1", None, None, None, "a-1"]


async def test_a_batch_of_bad_items_only_is_over_at_once(client: httpx.AsyncClient) -> None:
    job = await hand_in(client, [{}])
    assert (job["state"], job["counts"]["failed"], job["counts"]["done"]) == ("done", 1, 1)
    assert job["finished_at"] == job["created_at"]


@pytest.mark.parametrize("folded", [False, True])
async def test_lines_are_items(client: httpx.AsyncClient, folded: bool) -> None:
    lines = "\n".join([json.dumps(GOOD), "", "{", json.dumps(GOOD, ensure_ascii=False), '{"text": "a", "text": "b"}', "  "])
    body = gzip.compress(lines[:40].encode()) + gzip.compress(lines[40:].encode()) if folded else lines.encode()
    headers = NDJSON | ({"Content-Encoding": "gzip"} if folded else {})
    answer = await client.post("/v1/articles/batch", content=body, headers=headers)
    assert answer.status_code == 202, answer.text
    items = (await client.get(f"{answer.headers['location']}/items")).json()["items"]
    assert [item["outcome"] for item in items] == ["pending", "failed", "pending", "failed"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"[]", {}, 422),
        (b"", {}, 400),
        (b"{}", {}, 422),
        (b"[1", {}, 400),
        (b"\xff", {}, 400),
        (b"[" * 200_000, {}, 413),
        (b"[" * 40_000, {}, 400),
        (b"[" + b"9" * 5_000 + b"]", {}, 400),
        (b"[]", {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(b"[1]")[:-4], {"Content-Encoding": "gzip"}, 400),
        (b"[1]", {"Content-Encoding": "br"}, 415),
        (b"[1]", {"Content-Type": "text/plain"}, 415),
        (gzip.compress(b" " * 1_000_000), {"Content-Encoding": "gzip"}, 413),
        (json.dumps([GOOD] * 21).encode(), {}, 413),
        (b"\n", NDJSON, 422),
    ],
    ids=[
        "no item", "nothing", "no array", "cut off", "no text", "too large", "too deep", "too long a number", "no gzip",
        "cut gzip", "another encoding", "another kind", "unfolds too far", "too many", "no line",
    ],
)  # fmt: skip
async def test_what_has_no_items_is_refused(client: httpx.AsyncClient, body: bytes, headers: dict[str, str], status: int) -> None:
    answer = await client.post("/v1/articles/batch", content=body, headers={"Content-Type": "application/json"} | headers)
    assert answer.status_code == status, answer.text


async def test_items_are_paged_filtered_and_exported(client: httpx.AsyncClient) -> None:
    job = await hand_in(client, [{}, GOOD, {}, GOOD, {}])
    address = f"/v1/jobs/{job['id']}/items"
    seen, cursor = [], None
    while True:
        page = (await client.get(address, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["index"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == [0, 1, 2, 3, 4]
    failed = (await client.get(address, params={"outcome": "failed"})).json()["items"]
    assert [item["index"] for item in failed] == [0, 2, 4]
    assert (await client.get(address, params={"outcome": "cancelled"})).json()["items"] == []
    table = (await client.get(address, headers={"Accept": "text/csv"})).text.splitlines()
    assert (table[0].lstrip("\ufeff"), len(table)) == ("index,outcome,article,external_id,url,reason", 6)


async def test_a_job_is_cancelled_once(client: httpx.AsyncClient) -> None:
    job = await hand_in(client, [GOOD, {}, GOOD])
    cancelled = (await client.delete(f"/v1/jobs/{job['id']}")).json()
    assert (cancelled["state"], cancelled["counts"]["cancelled"], cancelled["counts"]["failed"]) == ("cancelled", 2, 1)
    items = (await client.get(f"/v1/jobs/{job['id']}/items")).json()["items"]
    assert [item["outcome"] for item in items] == ["cancelled", "failed", "cancelled"]
    again = await client.delete(f"/v1/jobs/{job['id']}")
    assert (again.status_code, again.json()) == (200, cancelled)
    over = await hand_in(client, [{}])
    assert (await client.delete(f"/v1/jobs/{over['id']}")).json() == over


async def test_there_is_no_such_job(client: httpx.AsyncClient) -> None:
    for method, path in (("GET", "/v1/jobs/jb_0"), ("GET", "/v1/jobs/jb_0/items"), ("DELETE", "/v1/jobs/jb_0")):
        assert (await client.request(method, path)).status_code == 404


async def test_a_job_is_followed_as_events(client: httpx.AsyncClient) -> None:
    job = await hand_in(client, [{}])
    answer = await client.get(f"/v1/jobs/{job['id']}", headers={"Accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    name, data, *_ = answer.text.split("\n")
    assert (name, json.loads(data.removeprefix("data: "))) == ("event: job", job)
