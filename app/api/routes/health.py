"""Whether the process lives, whether it can work, and what it counts."""

from __future__ import annotations

from fastapi import APIRouter, Response

from app.api.answers import Answer
from app.api.deps import ReaderDep, Resources, ResourcesDep
from app.api.problems import described
from app.api.schemas.health import Health, Readiness
from app.errors import Fault, NotReady
from app.languages import registry
from app.services import measuring

router = APIRouter(tags=["health"])

_NUMBERS = {"content": {measuring.CONTENT_TYPE: {"schema": {"type": "string"}}}, "description": "As Prometheus reads it."}


@router.get("/healthz", name="getHealth", response_model=Health, responses=described())
async def get_health() -> Answer:
    """Tell that the process answers; it asks nothing of the database."""
    return Answer({"status": "ok"})


@router.get("/readyz", name="getReadiness", response_model=Readiness, responses=described(503))
def get_readiness(kept: ResourcesDep) -> Answer:
    """Tell whether the database answers and has every migration, and the packs of languages are loaded.

    Where something is missing, each entry of `errors` names it: `/checks/database`, `/checks/migrations`, `/checks/packs`.
    """
    found = kept.database.ready()
    checks = {"database": "It answers.", "migrations": _sentence(found.detail), "packs": f"Read: {', '.join(_packs())}."}
    missing = _missing(kept, found.ready, found.detail)
    if missing:
        told = missing[0]["detail"] if len(missing) == 1 else "Several things are missing; see errors."
        raise NotReady(told, errors=missing)
    return Answer({"status": "ready", "detail": found.detail, "checks": checks})


@router.get("/metrics", name="getMetrics", response_class=Response, responses={200: _NUMBERS, **described()})
def get_metrics(reader: ReaderDep) -> Response:
    """Tell Prometheus: requests, how long texts took to be read, facts stored, what waits in the queue and for how long.

    They are counted in each process; see the documents for how several are told as one.
    """
    return Response(measuring.told(reader), headers={"Content-Type": measuring.CONTENT_TYPE})


def _missing(kept: Resources, ready: bool, detail: str) -> list[Fault]:
    missing: list[Fault] = []
    if not ready:
        name = "database" if "does not answer" in detail else "migrations"
        missing.append({"pointer": f"/checks/{name}", "detail": _sentence(detail)})
    if not kept.warm.is_set():
        missing.append({"pointer": "/checks/packs", "detail": "The dictionaries are being loaded."})
    return missing


def _packs() -> list[str]:
    return sorted(registry.readable())


def _sentence(detail: str) -> str:
    return f"{detail[:1].upper()}{detail[1:]}."
