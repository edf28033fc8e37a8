"""The application put together: settings in, an ASGI app out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Extraction is CPU and SQLite has one writer: more threads than this only wait for each other.
        to_thread.current_default_thread_limiter().total_tokens = settings.worker_threads
        database = open_database(settings.database_url, settings.statement_seconds, settings.reprint_days)
        # For what goes on beside the requests, and may take its time.
        unhurried = open_database(settings.database_url, reprint_days=settings.reprint_days)
        catalog, warm = load_catalog(), Event()
        embedded = _embedded(settings, unhurried)
        ring, ended = keys.KeyRing(database), Event()
        ring.look()
        living = LivingCatalog(catalog, database)
        recent = RecentAnswers(Marks(database.engine), settings.recent_answers_bytes)
        app.state.resources = Resources(
            settings,
            database,
            living,
            Cursors(settings.cursor_key()),
            warm,
            ring,
            Rates(),
            embedded.begin,
            recent if settings.recent_answers_bytes else None,
        )
        embedded.go_on()
        # Beside the requests: /healthz answers at once, /readyz when the first article would not wait for dictionaries.
        Thread(target=_warm, args=(catalog, warm), name="warming", daemon=True).start()
        Thread(target=repeating.keep_clearing, args=(unhurried, ended), name="clearing", daemon=True).start()
        Thread(target=keys.keep_up_to_date, args=(ring, ended), name="keys", daemon=True).start()
        if settings.keep_texts_days is not None:
            dropping = (unhurried, settings.keep_texts_days, ended)
            Thread(target=retention.keep_dropping, args=dropping, name="retention", daemon=True).start()
        yield
        ended.set()
        ring.note()
        await to_thread.run_sync(embedded.end)
        recent.close()
        unhurried.close()
        database.close()

    app = FastAPI(
        title="Bilateral",
        version=__version__,
        summary="Facts about relations between countries, read out of news text.",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        lifespan=lifespan,
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


def _embedded(settings: Settings, database: Database) -> Embedded:
    """On PostgreSQL `bilateral worker` reads, unless the operator wants this server to."""
    several = database.engine.dialect.name == "postgresql"
    processes = settings.reader_processes if settings.reader_processes is not None else 0 if several else cores()
    return Embedded(database, processes, settings.article_seconds, settings.takeover_seconds)


def _warm(catalog: Catalog, warm: Event) -> None:
    ingestion.warm(catalog)
    warm.set()
