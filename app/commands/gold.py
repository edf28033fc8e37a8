"""`bilateral gold`: what editors confirmed, corrected and rejected, as annotated articles for `bilateral evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from app.commands.opening import DataDir, opened_session
from app.services.reviewing.gold import annotated


def add_to(app: typer.Typer) -> None:
    app.command("gold")(export_gold)


def export_gold(
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder.", file_okay=False)], data_dir: DataDir = None
) -> None:
    """Write the articles that editors looked at as NAME.json beside NAME.txt; only the facts that they judged are judged."""
    if folder.exists() and any(folder.iterdir()):
        # What was taken back since would stay there, and count.
        raise typer.BadParameter("there is something in this folder already", param_hint="FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    written = without = 0
    with opened_session(data_dir) as session:
        for article in annotated(session):
            if article.text is None:
                without += 1
                continue
            # As bytes: an end of line that is translated moves every offset behind it.
            (folder / f"{article.id}.txt").write_bytes(article.text.encode())
            (folder / f"{article.id}.json").write_text(json.dumps(article.marked, ensure_ascii=False, indent=1), encoding="utf-8")
            written += 1
    typer.echo(f"{written} articles written to {folder}" + (f"; of {without} more the text is no longer kept" if without else ""))
