"""`bilateral keys`: who may use a service; a running server follows within seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.commands.opening import DataDir, opened_session
from app.domain.key import Key, Scope
from app.services import keys

app = typer.Typer(help="Make, list and revoke the keys that clients send.", no_args_is_help=True)

_DAYS = re.compile(r"([0-9]{1,5})d")


@app.command()
def create(
    name: Annotated[str, typer.Option(help="Who is going to hold it: a wire, a newsroom, a script.")],
    scope: Annotated[list[str], typer.Option(help="read, ingest, review, admin; several with commas.")],
    expires: Annotated[str | None, typer.Option(help="2027-01-31 (when that day begins, UTC), a time, or 90d.")] = None,
    per_minute: Annotated[int | None, typer.Option(min=0, help="Requests a minute, other than the settings say; 0: any.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a key. It is shown once, alone on standard output; what is kept is its SHA-256."""
    scopes, until = _scopes(scope), _time(expires) if expires else None
    with opened_session(data_dir) as session:
        token, key = keys.create(session, name, scopes, until, per_minute)
    typer.echo(f"{key.name} may {' and '.join(sorted(key.scopes))}. Keep the key now, it is not shown again:", err=True)
    typer.echo(token)


@app.command("list")
def list_keys(data_dir: DataDir = None) -> None:
    """List the keys, those that no longer open anything too. Last use is told to a minute or so."""
    table = Table("name", "begins with", "scopes", "made", "expires", "last used", "state")
    with opened_session(data_dir) as session:
        for key in keys.listed(session):
            times = (_shown(at) for at in (key.created_at, key.expires_at, key.last_used_at))
            table.add_row(key.name, f"{key.hint}…", ", ".join(sorted(key.scopes)), *times, _state(key))
    Console().print(table)


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="As `bilateral keys list` tells it.")], data_dir: DataDir = None) -> None:
    """Make a key worthless; servers that run refuse it within seconds."""
    with opened_session(data_dir) as session:
        keys.revoke(session, name)
    typer.echo(f"{name} is revoked")


@app.command()
def forget(data_dir: DataDir = None) -> None:
    """Drop keys that were revoked or have expired from the list. Without any left, the server is open to this machine again."""
    with opened_session(data_dir) as session:
        typer.echo(f"{keys.forget(session)} keys forgotten")


def _scopes(given: list[str]) -> set[Scope]:
    names = [name.strip() for several in given for name in several.split(",") if name.strip()]
    if not names or (unknown := set(names) - set(Scope)):
        told = f"there is no scope {', '.join(sorted(unknown))}" if names else "a key needs a scope"
        raise typer.BadParameter(f"{told}; scopes are {', '.join(Scope)}", param_hint="--scope")
    return {Scope(name) for name in names}


def _time(given: str) -> datetime:
    """A time without a zone is UTC."""
    if days := _DAYS.fullmatch(given):
        return datetime.now(UTC) + timedelta(int(days[1]))
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given} is neither a date nor a number of days like 90d", param_hint="--expires") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _shown(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"


def _state(key: Key) -> str:
    if key.revoked_at:
        return "revoked"
    return "valid" if key.is_valid(datetime.now(UTC)) else "expired"
