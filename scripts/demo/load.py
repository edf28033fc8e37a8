"""Reads the demonstration articles of this folder into a database, through the same door as every other article."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.query import ArticleQuery, PageRequest
from app.domain.text import Article
from app.services import ingestion, reading
from app.settings import Settings
from app.storage.database import begin_writing, open_database


def main() -> None:
    asked = arguments()
    settings = Settings(data_dir=asked.data_dir) if asked.data_dir else Settings()
    database = open_database(settings.database_url)
    database.migrate()
    # All of it in one transaction: a start that is interrupted half-way is still a first start.
    with database.session() as session:
        begin_writing(session)
        if not (asked.first_start and holds_articles(session)):
            load(session)
    database.close()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/load_demo", description=__doc__)
    parser.add_argument("--data-dir", type=Path, help="where the database lives (default: BILATERAL_DATA_DIR, else .data)")
    parser.add_argument(
        "--first-start", action="store_true", help="only into an empty database: invented articles do not join real ones"
    )
    return parser.parse_args()


def holds_articles(session: Session) -> bool:
    return bool(reading.list_articles(session, ArticleQuery(), PageRequest(limit=1)).items)


def load(session: Session) -> None:
    catalog = load_catalog()
    console = Console(stderr=True)
    bodies = sorted(Path(__file__).parent.glob("*.json"))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    facts = 0
    with Progress(*columns, console=console, transient=True) as progress:
        for body in progress.track(bodies, description="Reading the demonstration articles"):
            article = ingestion.ingest(session, Article(**json.loads(body.read_text("utf-8"))), catalog).article
            facts += len(article["statements"]) + len(article["indicators"])
    console.print(f"Demonstration: {len(bodies)} invented articles with {facts} facts are in the database.")


if __name__ == "__main__":
    main()
