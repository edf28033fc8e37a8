"""How often a caller may ask: by key, by address, and what each answer tells of it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from app.api import rates
from app.api.rates import WINDOW, Buckets, Quota, Rates, network_of
from app.domain.key import Scope
from app.main import create_app
from app.services import keys
from app.settings import Settings

pytestmark = pytest.mark.anyio

Make = Callable[..., dict[str, str]]


class Clock:
    """Stands still until it is moved."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rates, "monotonic", clock)
    return clock


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"key_requests_per_minute": 3, "address_requests_per_minute": 2})


@pytest.fixture
def make(app: FastAPI) -> Make:
    def make(name: str, per_minute: int | None = None) -> dict[str, str]:
        with app.state.resources.database.session() as session:
            token, _ = keys.create(session, name, [Scope.READ], per_minute=per_minute)
        app.state.resources.keys.look()
        return {"Authorization": f"Bearer {token}"}

    return make


@pytest.fixture
def elsewhere(app: FastAPI) -> Callable[[str], httpx.AsyncClient]:
    """A client at an address of its own."""
    return lambda address: httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://test")


async def test_a_key_is_told_what_is_left_and_when_to_come_back(client: httpx.AsyncClient, make: Make, clock: Clock) -> None:
    header = make("wire")
    told = []
    for _ in range(3):
        answer = await client.get("/v1/topics", headers=header)
        assert answer.headers["ratelimit-policy"] == '"key";q=3;w=60'
        told.append(answer.headers["ratelimit"])
    assert told == ['"key";r=2;t=20', '"key";r=1;t=40', '"key";r=0;t=60']
    refused = await client.get("/v1/topics", headers=header)
    assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
    assert (refused.headers["retry-after"], refused.headers["ratelimit"]) == ("20", '"key";r=0;t=20')
    assert refused.json()["type"] == "/problems/too-many-requests"
    clock.now += 19
    assert (await client.get("/v1/topics", headers=header)).headers["retry-after"] == "1"
    clock.now += 1
    assert (await client.get("/v1/topics", headers=header)).status_code == 200
    assert (await client.get("/v1/topics", headers=header)).status_code == 429


async def test_each_key_has_a_quota_of_its_own(client: httpx.AsyncClient, make: Make, clock: Clock) -> None:
    one, other, larger, free = make("one"), make("other"), make("larger", 100), make("free", 0)
    for _ in range(4):
        answers = [await client.get("/v1/topics", headers=header) for header in (one, larger, free)]
    assert [answer.status_code for answer in answers] == [429, 200, 200]
    assert answers[1].headers["ratelimit-policy"] == '"key";q=100;w=60'
    assert "ratelimit" not in answers[2].headers
    assert (await client.get("/v1/topics", headers=other)).status_code == 200


async def test_refused_and_unknown_requests_count_by_address(
    make: Make, clock: Clock, elsewhere: Callable[[str], httpx.AsyncClient]
) -> None:
    header = make("wire")
    async with elsewhere("203.0.113.1") as one, elsewhere("203.0.113.2") as other:
        statuses = [
            (await one.get("/v1/topics")).status_code,
            (await one.get("/v1/topics", headers={"Authorization": "Bearer bil_guessed"})).status_code,
            (await one.get("/docs")).status_code,
        ]
        assert statuses == [401, 401, 429]
        assert (await other.get("/v1/topics")).headers["ratelimit"] == '"address";r=1;t=30'
        assert (await one.get("/v1/topics", headers=header)).status_code == 200  # with a key, the key counts
        assert [(await one.get("/healthz")).status_code for _ in range(4)] == [200] * 4


async def test_this_machine_has_no_limit_while_no_key_exists(client: httpx.AsyncClient, clock: Clock) -> None:
    answers = [await client.get("/v1/topics") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


async def test_what_is_said_of_forwarding_is_not_believed(
    make: Make, clock: Clock, elsewhere: Callable[[str], httpx.AsyncClient]
) -> None:
    make("wire")
    async with elsewhere("10.0.0.1") as proxy:
        for number in range(3):
            answer = await proxy.get("/v1/topics", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert answer.status_code == 429


async def test_a_trusted_proxy_is_believed_about_the_address_before_it(app: FastAPI, make: Make, clock: Clock) -> None:
    make("wire")
    behind = create_app(Settings(trusted_proxies="10.0.0.0/8, 192.0.2.7"))
    behind.state.resources = app.state.resources
    transport = httpx.ASGITransport(behind, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as proxy:
        for number in range(3):  # what the client made up itself stands before what the proxy saw
            liar = await proxy.get("/v1/topics", headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.1, 10.0.0.5"})
        other = await proxy.get("/v1/topics", headers={"X-Forwarded-For": "203.0.113.2"})
    assert (liar.status_code, other.status_code) == (429, 401)


async def test_one_caller_takes_up_a_quarter_of_what_is_worked_on(app: FastAPI, client: httpx.AsyncClient, make: Make) -> None:
    header, at_once = make("wire", 0), app.state.resources.rates.at_once
    with app.state.resources.database.session() as session:
        (key,) = keys.listed(session)
    most = app.state.resources.settings.max_requests_at_once
    at_once[key.id] = most // 4
    answer = await client.get("/v1/topics", headers=header)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    at_once[key.id] = 0
    assert (await client.get("/v1/topics", headers=header)).status_code == 200
    at_once["others"] = most
    answer = await client.get("/v1/topics", headers=header)
    assert (answer.status_code, answer.json()["type"], answer.headers["retry-after"]) == (503, "/problems/busy", "1")


async def test_nothing_stays_counted_when_a_request_is_over(app: FastAPI, client: httpx.AsyncClient) -> None:
    for path in ("/v1/topics", "/v1/statements/no-such", "/nowhere"):
        await client.get(path)
    assert app.state.resources.rates.at_once.total() == 0


@pytest.mark.parametrize("quota", [1, 7, 60, 1_200])
def test_as_many_pass_as_the_quota_says(quota: int) -> None:
    buckets, now, told = Buckets(), 50.0, Quota("key", quota)
    assert [buckets.take("a", told, now).refused for _ in range(quota + 1)] == [False] * quota + [True]
    steps = 10 * quota
    passed = sum(not buckets.take("a", told, now + WINDOW * step / steps).refused for step in range(1, steps + 1))
    assert passed == quota
    assert not buckets.take("a", told, now + 3 * WINDOW).refused


def test_a_million_addresses_take_no_more_room_than_the_most_that_are_remembered() -> None:
    buckets = Buckets(most=100)
    for number in range(10_000):
        buckets.take(str(number), Quota("address", 5), 1.0)
        buckets.take("who asks all the time", Quota("address", 100_000), 1.0)
    assert len(buckets._full_at) == 100
    assert "who asks all the time" in buckets._full_at


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
    ],
)
def test_a_subscriber_of_ipv6_is_one_caller(address: str, network: str) -> None:
    assert network_of(address) == network


def test_what_is_counted_is_kept_with_the_application() -> None:
    assert Rates().by_key is not Rates().by_key
