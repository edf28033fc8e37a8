"""Pages of other sites, other forms and other methods: CORS by settings, 406, OPTIONS, Link."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from app.main import create_app
from app.settings import Settings

pytestmark = pytest.mark.anyio

Store = Callable[[int], list[dict[str, Any]]]
DESK = "https://desk.example"
PREFLIGHT = {
    "Origin": DESK,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, idempotency-key",
}


@pytest.fixture
async def open_to_desk(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings.model_copy(update={"cors_origins": (DESK,)}))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_no_page_of_another_site_may_ask_unless_it_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/topics", headers={"Origin": DESK})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert (await client.options("/v1/articles", headers=PREFLIGHT)).headers.get("access-control-allow-origin") is None


async def test_a_page_that_is_named_may_ask_and_see_our_headers(open_to_desk: httpx.AsyncClient) -> None:
    allowed = await open_to_desk.options("/v1/articles", headers=PREFLIGHT)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, DESK)
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "Idempotency-Key" in allowed.headers["access-control-allow-headers"]
    for path in ("/v1/topics", "/v1/statements/nothing"):
        answer = await open_to_desk.get(path, headers={"Origin": DESK})
        assert answer.headers["access-control-allow-origin"] == DESK
        assert {"ETag", "Link", "RateLimit", "X-Request-ID"} <= set(answer.headers["access-control-expose-headers"].split(", "))
        assert "Origin" in answer.headers["vary"]


async def test_another_page_is_refused_with_a_problem(open_to_desk: httpx.AsyncClient) -> None:
    refused = await open_to_desk.options("/v1/articles", headers=PREFLIGHT | {"Origin": "https://other.example"})
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert "access-control-allow-origin" not in refused.headers
    answer = await open_to_desk.get("/v1/topics", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_origins_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILATERAL_CORS_ORIGINS", f"{DESK}, http://localhost:3000")
    assert Settings().cors_origins == (DESK, "http://localhost:3000")
    for wrong in ("desk.example", f"{DESK}/", f"{DESK}/path", "https://Desk.example"):
        monkeypatch.setenv("BILATERAL_CORS_ORIGINS", wrong)
        with pytest.raises(ValidationError, match="not an origin"):
            Settings()


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/v1/pairs/KZ-RU", "text/csv"), ("/v1/statements", "application/vnd.sdmx.data+csv"), ("/v1/topics", "application/xml"),
        ("/v1/statements", "application/json;q=0, text/html"), ("/v1/statements", "image/*"),
    ],
)  # fmt: skip
async def test_a_form_that_is_not_offered_is_refused(client: httpx.AsyncClient, path: str, accepted: str) -> None:
    answer = await client.get(path, headers={"Accept": accepted})
    assert (answer.status_code, answer.json()["type"]) == (406, "/problems/not-acceptable")
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(
    "accepted",
    ["", "*/*", "application/*", "application/json; charset=utf-8", "text/html, application/xml;q=0.9, */*;q=0.8", "nonsense",
     "application/problem+json", "text/html, application/json", "APPLICATION/JSON"],
)  # fmt: skip
async def test_a_form_that_is_ours_is_given(client: httpx.AsyncClient, accepted: str) -> None:
    answer = await client.get("/v1/topics", headers={"Accept": accepted})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/articles", "GET, HEAD, POST, OPTIONS"),
        ("/v1/articles/ar_1", "GET, HEAD, DELETE, OPTIONS"),
        ("/healthz", "GET, HEAD, OPTIONS"),
    ],
)
async def test_options_tell_what_is_offered(client: httpx.AsyncClient, path: str, allowed: str) -> None:
    answer = await client.options(path)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, allowed, b"")


async def test_pages_lead_on_and_back_to_the_first(client: httpx.AsyncClient, stored: Store) -> None:
    stored(3)
    first = await client.get("/v1/statements?limit=1")
    assert list(first.links) == ["next"]
    second = await client.get(first.links["next"]["url"])
    assert second.links["first"]["url"] == "/v1/statements?limit=1"
    assert (await client.get(second.links["first"]["url"])).content == first.content
