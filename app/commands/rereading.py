"""`bilateral reextract`: stored articles read anew by the extractor of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from app.catalog import load_catalog
from app.commands.opening import DataDir, opened_session
from app.services.people.living import assembled
from app.services.reextraction import Reread, reextract, reextract_all, still_to_read
from app.settings import Settings
from app.storage.database import open_database


def add_to(app: typer.Typer) -> None:
    app.command("reextract")(reextract_articles)


def reextract_articles(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of articles.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that have their text; stopped, it goes on where it was.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Read stored articles again; what editors did stays. Says how many facts came, went and changed."""
    if every == bool(ids):
        raise typer.BadParameter("name articles, or say --all")
    told: Counter[str] = Counter()

    def count(found: Reread | None) -> None:
        if found is not None:
            told.update(read=1, different=found.differs, added=len(found.added), removed=len(found.removed))
            told["changed"] += len(found.changed)

    for id_ in ids or ():
        with opened_session(data_dir) as session:
            count(reextract(session, assembled(session, load_catalog()), id_))
    if every:
        _all(data_dir, count)
    typer.echo(
        f"{told['read']} articles read, {told['different']} of them differ: "
        f"{told['added']} facts added, {told['removed']} removed, {told['changed']} changed"
    )


def _all(data_dir: Path | None, count: Callable[[Reread | None], None]) -> None:
    settings = Settings(data_dir=data_dir) if data_dir else Settings()
    database = open_database(settings.database_url, reprint_days=settings.reprint_days)
    database.migrate()
    with database.session() as session:
        catalog, left = assembled(session, load_catalog()), still_to_read(session)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading again", total=left)

        def tell(found: Reread | None) -> None:
            count(found)
            progress.advance(task)

        reextract_all(database, catalog, tell)
    database.close()
