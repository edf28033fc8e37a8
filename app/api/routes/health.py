"""Whether the process lives, and whether it can work."""

from __future__ import annotations

from fastapi import APIRouter

from app.api.answers import Answer
from app.api.deps import ResourcesDep
from app.api.problems import described
from app.api.schemas.health import Health, Readiness
from app.errors import NotReady

router = APIRouter(tags=["health"])


@router.get("/healthz", name="getHealth", response_model=Health, responses=described())
async def get_health() -> Answer:
    """Tell that the process answers; it asks nothing of the database."""
    return Answer({"status": "ok"})


@router.get("/readyz", name="getReadiness", response_model=Readiness, responses=described(503))
def get_readiness(kept: ResourcesDep) -> Answer:
    """Tell whether the database answers and has every migration, and the dictionaries are loaded."""
    ready, detail = kept.database.ready()
    if not ready:
        raise NotReady(f"{detail}.".capitalize() if not detail.endswith(".") else detail)
    if not kept.warm.is_set():
        raise NotReady("The dictionaries are being loaded.")
    return Answer({"status": "ready", "detail": detail})
