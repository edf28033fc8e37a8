"""Requests sent again, as the store knows them: one works, the others wait, and a day later all is forgotten. On both engines."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.errors import KeyReused, StillRunning
from app.services import repeating
from app.services.repeating import HELD_FOR, KEPT_FOR, Attempt, KeptAnswer
from app.storage import transfer
from app.storage.answers import kept_answers
from app.storage.database import Database

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
ANSWER = KeptAnswer(201, [("location", "/v1/articles/ar_1")], '{"text": "Выдуманное."}'.encode())


def attempt(body: bytes = b"a", key: str = "k-1") -> Attempt:
    return repeating.attempt(["", "POST", "/v1/articles", key], [b"", body])


def begin(database: Database, wanted: Attempt, now: datetime = NOW) -> KeptAnswer | None:
    with database.session() as session:
        return repeating.begin(session, wanted, now)


def finish(database: Database, worked: Attempt, answer: KeptAnswer = ANSWER) -> None:
    with database.session() as session:
        repeating.finish(session, worked, answer)


def test_an_answer_is_given_again_for_a_day(database: Database) -> None:
    first = attempt()
    assert begin(database, first) is None
    finish(database, first)
    assert begin(database, attempt(), NOW + KEPT_FOR - timedelta(seconds=1)) == ANSWER
    assert begin(database, attempt(), NOW + KEPT_FOR) is None


def test_while_the_first_is_at_work_the_second_waits(database: Database) -> None:
    first = attempt()
    assert begin(database, first) is None
    with pytest.raises(StillRunning):
        begin(database, attempt(), NOW + HELD_FOR - timedelta(seconds=1))
    with database.session() as session:
        repeating.abandon(session, first)
    assert begin(database, attempt()) is None


def test_a_process_that_died_at_work_does_not_block_for_ever(database: Database) -> None:
    died, second = attempt(), attempt()
    assert begin(database, died) is None
    assert begin(database, second, NOW + HELD_FOR) is None
    with pytest.raises(StillRunning):
        begin(database, attempt(), NOW + HELD_FOR)
    finish(database, died, KeptAnswer(500, [], b"it was not dead after all"))
    finish(database, second)
    assert begin(database, attempt(), NOW + HELD_FOR) == ANSWER


def test_a_key_stands_for_one_request(database: Database) -> None:
    first = attempt()
    begin(database, first)
    for _ in range(2):
        with pytest.raises(KeyReused):
            begin(database, attempt(b"b"))
        finish(database, first)
    assert begin(database, attempt(b"b", key="k-2")) is None
    assert begin(database, attempt(b"b"), NOW + KEPT_FOR) is None


def test_parts_of_a_request_are_not_confused() -> None:
    assert repeating.attempt(["a", "bc"], [b""]).id != repeating.attempt(["ab", "c"], [b""]).id
    assert repeating.attempt(["a"], [b"x", b""]).fingerprint != repeating.attempt(["a"], [b"", b"x"]).fingerprint


def test_an_answer_past_all_bounds_is_not_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeating, "MOST_BYTES", 10)
    first = attempt()
    begin(database, first)
    finish(database, first)
    assert begin(database, attempt()) is None


def test_a_server_clears_as_soon_as_it_starts(database: Database) -> None:
    finish_by = attempt()
    assert begin(database, finish_by, datetime.now(UTC) - KEPT_FOR) is None
    finish(database, finish_by)
    ended = threading.Event()
    ended.set()
    repeating.keep_clearing(database, ended)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(kept_answers)) == 0


def test_what_has_expired_is_cleared_and_nothing_else(database: Database) -> None:
    begin(database, attempt(key="old"), NOW)
    begin(database, attempt(key="new"), NOW + timedelta(hours=1))
    assert repeating.clear(database, NOW + KEPT_FOR) == 1
    assert repeating.clear(database, NOW + KEPT_FOR) == 0
    assert begin(database, attempt(key="old"), NOW) is None


def test_of_many_at_once_one_works(database: Database) -> None:
    """Also where all of them find one that died."""
    for now in (NOW, NOW + HELD_FOR, NOW + HELD_FOR + KEPT_FOR):
        outcomes: list[str] = []
        begun = threading.Barrier(4)

        def ask(now: datetime = now, begun: threading.Barrier = begun, outcomes: list[str] = outcomes) -> None:
            begun.wait()
            try:
                outcomes.append("works" if begin(database, attempt(), now) is None else "answered")
            except StillRunning:
                outcomes.append("waits")

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["waits", "waits", "waits", "works"]


def test_no_export_takes_it_along(database: Database) -> None:
    begin(database, attempt())
    with database.session() as session:
        assert not [line for line in transfer.lines_of(session, database.revision) if b"kept_answers" in line]
