"""Where `bilateral ingest` brings articles: the store of this machine, or a server."""

from __future__ import annotations

import gzip
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, Protocol

import orjson
import typer

from app.api.batches import checked
from app.domain.jobs import Outcome
from app.domain.query import BY_NUMBER, PageRequest
from app.services.archives import Found
from app.services.jobs import handing_in, telling
from app.services.jobs.embedded import Embedded
from app.services.jobs.handing_in import Refused
from app.storage.database import Database

Document = dict[str, Any]
_TRIES, _SECONDS, _MOST = 8, 60, 200


class Destination(Protocol):
    def hand_in(self, found: Sequence[Found], name: str) -> Document:
        """The job; what was handed in under the name before is the same one."""

    def job(self, job_id: str) -> Document: ...

    def failed(self, job_id: str) -> list[Document]:
        """The first items that failed."""

    def leave(self) -> str:
        """Whoever handed in goes; what becomes of what is not done yet."""


class Here:
    """The store of this machine; this process reads."""

    def __init__(self, database: Database, worker: Embedded, max_text_chars: int) -> None:
        self._database, self._worker, self._max_text_chars = database, worker, max_text_chars

    def hand_in(self, found: Sequence[Found], name: str) -> Document:
        items = [checked(one.fields, self._max_text_chars) if one.wrong is None else Refused(one.wrong) for one in found]
        job = handing_in.hand_in(self._database, items, name)
        self._worker.begin()
        return job

    def job(self, job_id: str) -> Document:
        with self._database.session() as session:
            return telling.job_document(session, job_id)

    def failed(self, job_id: str) -> list[Document]:
        with self._database.session() as session:
            return telling.list_items(session, job_id, Outcome.FAILED, PageRequest(_MOST, BY_NUMBER)).items

    def leave(self) -> str:
        self._worker.end()
        return "the rest waits"


class There:
    """A server; it reads."""

    def __init__(self, address: str, key: str | None) -> None:
        self._address = address.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._tries = _TRIES

    def hand_in(self, found: Sequence[Found], name: str) -> Document:
        # What cannot be read is handed in as what it is: the server refuses it, and the numbers stay those of the files.
        lines = (orjson.dumps(one.fields if one.wrong is None else one.wrong) for one in found)
        # Without the time of day: the same articles are the same body under the same key.
        body = gzip.compress(b"\n".join(lines), compresslevel=1, mtime=0)
        kind = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip", "Idempotency-Key": name}
        return self._ask("/v1/articles/batch", body, kind)

    def job(self, job_id: str) -> Document:
        return self._ask(f"/v1/jobs/{job_id}")

    def failed(self, job_id: str) -> list[Document]:
        items: list[Document] = self._ask(f"/v1/jobs/{job_id}/items?outcome=failed&limit={_MOST}")["items"]
        return items

    def leave(self) -> str:
        self._tries = 1
        return "the server reads on by itself what it has"

    def _ask(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Document:
        """Again where the server is busy or away; what it refuses ends the command."""
        request = urllib.request.Request(f"{self._address}{path}", body, self._headers | (headers or {}))  # noqa: S310
        for attempt in range(self._tries):
            try:
                with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - the operator's own address
                    document: Document = orjson.loads(answer.read())
                    return document
            except urllib.error.HTTPError as error:
                if error.code not in (409, 429, 500, 502, 503, 504) or attempt == self._tries - 1:
                    raise typer.BadParameter(f"{error.code}: {_detail(error.read())}", param_hint="--url") from None
                wait = error.headers.get("Retry-After", "")
                time.sleep(int(wait) if wait.isdecimal() else 2**attempt)
            except OSError as error:
                if attempt == self._tries - 1:
                    raise typer.BadParameter(f"the server does not answer: {error}", param_hint="--url") from None
                time.sleep(2**attempt)
        raise AssertionError("every try ends or goes on")


def _detail(body: bytes) -> str:
    try:
        return str(orjson.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode(errors="replace")
