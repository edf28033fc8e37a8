"""Where a server may listen: without any key on loopback only, unless its operator says otherwise."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import typer

from app.services.keys import KeyRing
from app.settings import Settings
from app.storage.database import Database

_REFUSED = """\
There is no key yet, and without one everybody who reaches {host} could read and write. Make one first:
  bilateral keys create --name NAME --scope read,ingest
or say --allow-open, where something in front of this server decides who may pass."""


def require_a_door(host: str, database: Database, settings: Settings) -> None:
    """Exit 1 where the server would stand open to a network."""
    if not settings.allow_open and not is_loopback(host) and KeyRing(database).is_empty:
        typer.echo(_REFUSED.format(host=host), err=True)
        raise typer.Exit(1)


def is_loopback(host: str) -> bool:
    """Whether every address that the name stands for is one of this machine alone; an unknown name is none."""
    try:
        addresses = {str(told[4][0]).partition("%")[0] for told in socket.getaddrinfo(host or "0.0.0.0", None)}  # noqa: S104
    except OSError:
        return False
    return bool(addresses) and all(ip_address(address).is_loopback for address in addresses)
