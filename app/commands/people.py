"""`bilateral people`: what editors do about who speaks, on the database of a service, which may go on running."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.catalog import load_catalog
from app.catalog.validate import find_faults
from app.commands.opening import DataDir, opened_session
from app.domain.speaker import Role, Speaker, SpeakerKind
from app.services.people import changes
from app.services.people.importing import read_people
from app.services.people.living import assembled

app = typer.Typer(help="Add, mend, merge and split people; every change is recorded and can be undone.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="The id of a speaker, as GET /v1/speakers tells it.")]


@app.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(help="CSV; its columns stand in docs/people.md.", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check, and change nothing.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Add people to the catalogue, or mend what it says of them."""
    with opened_session(data_dir) as session:
        catalog = load_catalog()
        people = read_people(_read(file), assembled(session, catalog))
        number = changes.add_people(session, catalog, people, f"{len(people)} people from {file.name}")
        if dry_run:
            session.rollback()
            typer.echo(f"{len(people)} people can be imported")
        else:
            typer.echo(f"change {number}: {len(people)} people imported")


@app.command()
def merge(one: Id, other: Id, data_dir: DataDir = None) -> None:
    """Give everything that ONE said, so far and from now on, to OTHER."""
    with opened_session(data_dir) as session:
        number = changes.merge(session, load_catalog(), one, other)
        typer.echo(f"change {number}: {one} is {other}")


@app.command()
def split(
    one: Id,
    into: Annotated[str, typer.Option(help="The id of whoever said it, known or new.")],
    name: Annotated[str | None, typer.Option(help="The full name in the nominative, of a new one.")] = None,
    language: Annotated[str, typer.Option(help="The language of that name: ru, kk or en.")] = "ru",
    country: Annotated[str | None, typer.Option(help="What was said as somebody of this country (ISO 3166-1).")] = None,
    role: Annotated[Role | None, typer.Option(help="What was said in this office.")] = None,
    article: Annotated[str | None, typer.Option(help="What was said in this article.")] = None,
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="What was said on this day or later.")
    ] = None,
    to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What was said on this day or before.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Give a part of what ONE said, so far and from now on, to another."""
    new = Speaker(into, SpeakerKind.PERSON, name or into, {language: name} if name else {}, role, country)
    part = changes.Part(
        country=country, role=role.value if role else None, article_id=article,
        from_on=from_.date() if from_ else None, to_on=to.date() if to else None,
    )  # fmt: skip
    with opened_session(data_dir) as session:
        number = changes.split(session, load_catalog(), one, new, part)
        typer.echo(f"change {number}: {into} is split off {one}")


@app.command()
def undo(number: Annotated[int, typer.Argument(help="As `bilateral people log` tells it.")], data_dir: DataDir = None) -> None:
    """Take a change back; facts return to whom they were heard as."""
    with opened_session(data_dir) as session:
        typer.echo(f"undone: {changes.undo(session, number)}")


@app.command()
def log(data_dir: DataDir = None) -> None:
    """List what was done, the latest first."""
    table = Table("change", "kind", "what", "made", "undone")
    with opened_session(data_dir) as session:
        for row in changes.list_changes(session):
            undone = f"{row['undone_at']:%Y-%m-%d %H:%M}" if row["undone_at"] else ""
            table.add_row(str(row["id"]), row["kind"], row["note"], f"{row['made_at']:%Y-%m-%d %H:%M}", undone)
    Console().print(table)


@app.command()
def check(data_dir: DataDir = None) -> None:
    """Say what is wrong with the catalogue, the released part and the added one; exit 1 where anything is."""
    with opened_session(data_dir) as session:
        faults = find_faults(assembled(session, load_catalog()))
    typer.echo("\n".join(faults) if faults else "nothing is wrong")
    if faults:
        raise typer.Exit(1)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{file.name} is not UTF-8", param_hint="FILE") from None
