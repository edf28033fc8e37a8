"""The application put together: settings in, an ASGI app out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from threading import Event, Thread

from anyio import to_thread
from fastapi import FastAPI

from app import __version__
from app.api import docs, elsewhere, layers, openapi, problem_pages, problems
from app.api.deps import Resources
from app.api.paging import Cursors
from app.api.rates import Rates
from app.api.recent import RecentAnswers
from app.api.routes import routers
from app.catalog import Catalog, load_catalog
from app.services import ingestion, keys, repeating, retention
from app.services.jobs.embedded import Embedded, cores
from app.services.people.living import LivingCatalog
from app.settings import Settings
from app.storage.database import Database, open_database
from app.storage.marks import Marks


def create_app(settings: Settings | None = None) -> FastAPI:
    """Every odd option has its reason beside it."""
    settings = settings or Settings()

    app = FastAPI(
        title="Bilateral",
        version=__version__,
        summary="Facts about relations between countries, read out of news text.",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        lifespan=lambda app: _running(app, settings),
        # Traces and measures go out where OTEL_EXPORTER_OTLP_ENDPOINT names a collector and the extra is installed. Not its logs:
        # they hold the words of errors.
        telemetry={"auto_configure": True, "logs": False},
        # Route names are the operationIds, and so the method names of generated clients.
        generate_unique_id_function=lambda route: route.name,
        # One schema a noun: what is null is still there, so that reading and writing do not differ.
        separate_input_output_schemas=False,
        # A redirect would name the host that the client wrote; a wrong path is a 404.
        redirect_slashes=False,
        # The pages of api.docs need no other site.
        docs_url=None,
        redoc_url=None,
    )
    layers.install(app, settings.trusted_proxies, settings.cors_origins)
    problems.install(app)
    elsewhere.install(app)
    openapi.install(app)
    docs.install(app)
    problem_pages.install(app)
    for router in routers:
        app.include_router(router)
    return app


@asynccontextmanager
async def _running(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """What lives as long as the server does, and goes in the order opposite to that in which it came."""
    # Extraction is CPU and SQLite has one writer: more threads than this only wait for each other.
    to_thread.current_default_thread_limiter().total_tokens = settings.worker_threads
    database = open_database(settings.database_url, settings.statement_seconds, settings.reprint_days)
    # For what goes on beside the requests, and may take its time.
    unhurried = open_database(settings.database_url, reprint_days=settings.reprint_days)
    embedded, ring, ended = _embedded(settings, unhurried), keys.KeyRing(database), Event()
    ring.look()
    app.state.resources = resources = _resources(settings, database, ring, embedded)
    embedded.go_on()
    for name, work in _beside(settings, resources, unhurried, ended).items():
        Thread(target=work, name=name, daemon=True).start()
    yield
    ended.set()
    ring.note()
    await to_thread.run_sync(embedded.end)
    if resources.recent is not None:
        resources.recent.close()
    unhurried.close()
    database.close()


def _resources(settings: Settings, database: Database, ring: keys.KeyRing, embedded: Embedded) -> Resources:
    catalog, most = load_catalog(), settings.recent_answers_bytes
    return Resources(
        settings,
        database,
        LivingCatalog(catalog, database),
        Cursors(settings.cursor_key()),
        Event(),
        ring,
        Rates(),
        embedded.begin,
        RecentAnswers(Marks(database.engine), most) if most else None,
    )


def _beside(settings: Settings, resources: Resources, database: Database, ended: Event) -> dict[str, Callable[[], None]]:
    """What goes on beside the requests, by the names of its threads."""
    work: dict[str, Callable[[], None]] = {
        # /healthz answers at once, /readyz when the first article would not wait for dictionaries.
        "warming": partial(_warm, resources.living.released, resources.warm),
        "clearing": partial(repeating.keep_clearing, database, ended),
        "keys": partial(keys.keep_up_to_date, resources.keys, ended),
    }
    if settings.keep_texts_days is not None:
        work["retention"] = partial(retention.keep_dropping, database, settings.keep_texts_days, ended)
    return work


def _embedded(settings: Settings, database: Database) -> Embedded:
    """On PostgreSQL `bilateral worker` reads, unless the operator wants this server to."""
    several = database.engine.dialect.name == "postgresql"
    processes = settings.reader_processes if settings.reader_processes is not None else 0 if several else cores()
    return Embedded(database, processes, settings.article_seconds, settings.takeover_seconds)


def _warm(catalog: Catalog, warm: Event) -> None:
    ingestion.warm(catalog)
    warm.set()
