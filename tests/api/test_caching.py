"""What a client has already is not sent again, what it has not seen is not removed, and what is large comes compressed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.datastructures import Headers

from app.api import compression
from app.api.compression import accepts_gzip
from app.api.conditions import etag_of, precondition
from app.errors import MatchRequired

pytestmark = pytest.mark.anyio

PLAIN = {"Accept-Encoding": "identity"}
PACKED = {"Accept-Encoding": "gzip"}
Coding = dict[str, str]
Store = Callable[[int], list[dict[str, Any]]]
TAGGED = ["/v1/articles/{id}", "/v1/statements", "/v1/pairs", "/v1/metrics", "/openapi.json", "/docs/assets/swagger-ui.css"]


@pytest.mark.parametrize(
    "path",
    ["/v1/articles/{id}", "/v1/statements", "/v1/pairs", "/v1/metrics", "/openapi.json", "/docs/assets/redoc.standalone.js"],
)
@pytest.mark.parametrize("coding", [PLAIN, PACKED], ids=["plain", "gzip"])
async def test_what_a_client_has_is_not_sent_again(client: httpx.AsyncClient, stored: Store, path: str, coding: Coding) -> None:
    path = path.format(id=stored(2)[0]["id"])
    first = await client.get(path, headers=coding)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for seen in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await client.get(path, headers=coding | {"If-None-Match": seen})
        if seen.startswith("W/") and "assets" in path:  # the framework's own files
            continue
        assert (again.status_code, again.content) == (304, b""), seen
        if seen != "*":
            assert again.headers["etag"] == tag
        assert "content-type" not in again.headers or "assets" in path
        assert "Accept-Encoding" in again.headers["vary"]
    assert (await client.get(path, headers=coding | {"If-None-Match": '"other"'})).status_code == 200
    looked = await client.head(path, headers=coding | {"If-None-Match": tag})
    assert looked.status_code == 304


async def test_the_compressed_form_has_a_tag_of_its_own(client: httpx.AsyncClient, stored: Store) -> None:
    stored(3)
    plain, packed = [await client.get("/v1/statements", headers=coding) for coding in (PLAIN, PACKED)]
    assert packed.content == plain.content
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert plain.headers["etag"] != packed.headers["etag"]
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert {"Accept", "Accept-Encoding"} <= {part.strip() for part in plain.headers["vary"].split(",")}


async def test_a_tag_changes_with_what_is_answered(client: httpx.AsyncClient, stored: Store) -> None:
    stored(1)
    before = await client.get("/v1/statements")
    stored(2)
    assert (await client.get("/v1/statements", headers={"If-None-Match": before.headers["etag"]})).status_code == 200


async def test_an_export_has_a_tag_and_keeps_its_digest(client: httpx.AsyncClient, stored: Store) -> None:
    stored(5)
    export = await client.get("/v1/statements", headers={"Accept": "text/csv"} | PACKED)
    assert "content-encoding" not in export.headers
    again = await client.get("/v1/statements", headers={"Accept": "text/csv", "If-None-Match": export.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_small_answers_and_failures_are_what_they_are(client: httpx.AsyncClient) -> None:
    small = await client.get("/healthz", headers=PACKED)
    assert "content-encoding" not in small.headers
    failed = await client.get("/v1/statements/nothing", headers={"If-None-Match": "*"})
    assert failed.status_code == 404
    assert "etag" not in failed.headers


@pytest.mark.parametrize("coding", [PLAIN, PACKED], ids=["plain", "gzip"])
async def test_an_article_is_removed_only_as_it_was_read(client: httpx.AsyncClient, stored: Store, coding: Coding) -> None:
    path = f"/v1/articles/{stored(1)[0]['id']}"
    tag = (await client.get(path, headers=coding)).headers["etag"]
    for other in ('"other"', f"W/{tag}", "nonsense", ""):
        refused = await client.delete(path, headers={"If-Match": other})
        assert (refused.status_code, refused.json()["type"]) == (412, "/problems/changed"), other
    assert (await client.delete("/v1/articles/nothing", headers={"If-Match": "*"})).status_code == 404
    assert (await client.delete(path, headers={"If-Match": f'"other", {tag}'})).status_code == 204
    assert (await client.delete(path, headers={"If-Match": tag})).status_code == 404


def test_a_change_may_require_to_know_what_it_changes() -> None:
    document = {"id": "st_1"}
    with pytest.raises(MatchRequired):
        precondition(Headers({})).require(lambda: document)
    precondition(Headers({"if-match": etag_of(b'{"id":"st_1"}')})).require(lambda: document)
    precondition(Headers({"if-match": "*"})).require(lambda: document)


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True), ("GZIP", True), ("x-gzip", True), ("deflate, gzip;q=0.5", True), ("*", True), ("", False), ("br", False),
        ("gzip;q=0", False), ("gzip; q=0.0", False), ("*;q=0", False), ("*, gzip;q=0", False), ("identity", False),
    ],
)  # fmt: skip
def test_who_can_read_gzip(accepted: str, packed: bool) -> None:
    assert accepts_gzip(accepted) is packed


@pytest.mark.parametrize("module", ["isal", "zlib"])
def test_either_compressor_writes_gzip(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if module == "zlib":
        monkeypatch.setattr(compression, "_quickest", (zlib, 1))
    body, compressor = "Выдуманные слова. ".encode() * 500, compression.compressor()
    packed = compressor.compress(body[:700]) + compressor.compress(body[700:]) + compressor.flush()
    assert gzip.decompress(packed) == body
    assert len(packed) < len(body) / 10
