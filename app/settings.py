"""How one running instance is set up: read from the environment (`BILATERAL_…`) once, then never changed."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_KEY_FILE = "cursor.key"
_ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")


def _sqlite_under(given: dict[str, Any]) -> str:
    return f"sqlite:///{given['data_dir'] / 'bilateral.db'}"


class Settings(BaseSettings):
    """Everything that an operator may choose. The defaults run on a laptop with SQLite and nothing else."""

    model_config = SettingsConfigDict(env_prefix="BILATERAL_", env_ignore_empty=True, frozen=True)

    data_dir: Path = Field(default=Path(".data"), description="Where the database and the generated keys live.")
    database_url: str = Field(default_factory=_sqlite_under, description="SQLAlchemy URL; SQLite in `data_dir` if unset.")
    max_body_bytes: int = Field(default=2_000_000, gt=0, description="A larger request body is refused while reading (413).")
    max_text_chars: int = Field(default=200_000, gt=0, description="A longer article text is refused (413).")
    keep_texts_days: int | None = Field(
        default=None,
        ge=1,
        description="Texts are dropped so many days after they were stored; facts keep their quoted words.",
    )
    worker_threads: int = Field(
        default=2, ge=1, le=64, description="Requests worked on at once in this process; SQLite gains nothing past two."
    )
    max_batch_items: int = Field(default=10_000, gt=0, description="More articles in one batch are refused (413).")
    max_batch_bytes: int = Field(
        default=50_000_000, gt=0, description="A larger batch, decompressed if it is compressed, is refused (413)."
    )
    reader_processes: int | None = Field(
        default=None,
        ge=0,
        le=256,
        description="Processes that read batches; unset, one for each core, but none in a server on PostgreSQL, where "
        "`bilateral worker` reads.",
    )
    article_seconds: float = Field(default=30, gt=0, description="Computing that an article of a batch may take.")
    takeover_seconds: float = Field(
        default=30, ge=1, description="A worker that gave no sign of life for so long has its work taken over by another."
    )
    recent_answers_bytes: int = Field(
        default=32_000_000,
        ge=0,
        description="Of answers that each process gives again as long as nothing is written to the database; 0 keeps none.",
    )
    reprint_days: int = Field(
        default=7, ge=0, le=365, description="How far apart the dates of an article and its copy may be; 0 looks for no copies."
    )
    min_confidence: float = Field(
        default=0.5, ge=0, le=1, description="Facts less sure than this are kept back unless a request asks for them."
    )
    allow_open: bool = Field(
        default=False, description="Answers everybody as long as no key exists; without it, only this machine is answered."
    )
    key_requests_per_minute: int = Field(
        default=1_200, ge=0, description="Requests a minute with one key that has no limit of its own; 0 is any number (429)."
    )
    address_requests_per_minute: int = Field(
        default=120, ge=0, description="Requests a minute without a key from one address; 0 is any number (429)."
    )
    max_requests_at_once: int = Field(default=256, ge=4, description="More requests at a time are put off (503).")
    max_bytes_at_once: int = Field(default=128_000_000, gt=0, description="More bytes of bodies at a time are put off (503).")
    max_connections: int = Field(default=500, ge=4, description="More connections at a time are put off (503).")
    head_seconds: float = Field(default=10, gt=0, description="A connection whose request has not begun by then is closed.")
    body_seconds: float = Field(default=20, gt=0, description="What a body may take that comes slower than 10 kB a second (408).")
    statement_seconds: float = Field(
        default=15, gt=0, description="What one statement of the database may take for a request (503)."
    )
    trusted_proxies: str = Field(
        default="", description="Addresses or networks, with commas, whose word on forwarded addresses counts (X-Forwarded-For)."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Lines for people, or one JSON object a line.")
    log_full_errors: bool = Field(
        default=False, description="Logs the words of unexpected errors too, which may quote the article they arose from."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Sites whose pages may ask from a browser, separated by commas: https://desk.example; * is any."
    )
    cursor_secret: SecretStr | None = Field(
        default=None, description="Signs paging cursors; generated and kept in `data_dir` if unset. Share it between processes."
    )

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _origins(cls, given: object) -> object:
        """What a browser sends as Origin has no path and no closing slash; what has would never match, silently."""
        origins = [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given
        for origin in origins if isinstance(origins, list | tuple) else ():
            if origin != "*" and not _ORIGIN.fullmatch(str(origin)):
                raise ValueError(f"{origin!r} is not an origin such as https://desk.example")
        return origins

    def cursor_key(self) -> str:
        """The signing key, made on first use so that cursors outlive a restart."""
        if self.cursor_secret is not None:
            return self.cursor_secret.get_secret_value()
        return _kept_key(self.data_dir / _KEY_FILE)


def _kept_key(path: Path) -> str:
    """Two processes may start at once: the one that creates the file wins, the other reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
