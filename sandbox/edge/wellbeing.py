"""How the sandbox is: `/health`, `/ready` and `/metrics`, for those who look after it."""

from __future__ import annotations

from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox import __version__
from sandbox.edge.metrics import MEDIA_TYPE, Metrics
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.world import ServedWorld

WELL: Final = {"status": "ok", "version": __version__}


def wellbeing_routes(main: ServedWorld, metrics: Metrics) -> list[BaseRoute]:
    """The three of them. `main` is the world whose records are kept."""

    async def health(_: Request) -> Response:
        """Well unless what keeps the records last failed; it is not asked, as that may take its time."""
        if main.store.problem is not None:
            return _failing(main.store.problem)
        return _json(WELL, 200) if main.store.is_stale else _well(main)

    async def ready(_: Request) -> Response:
        """Ready when what was committed has reached the disk, and a database answers now."""
        try:
            await main.store.look()
            await main.store.durable()
        except StoreProblem as problem:
            return _failing(str(problem))
        return _well(main)

    async def exposition(_: Request) -> Response:
        return Response(await metrics.exposition(), headers={"content-type": MEDIA_TYPE})

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", exposition)]


def _well(main: ServedWorld) -> Response:
    record = main.record
    about = {"behaviour": record.behaviour, "now": record.time(main.wall_clock())}
    return _json(WELL | about, 200)


def _failing(problem: str) -> Response:
    return _json({"status": "failing", "problem": problem}, 503)


def _json(content: dict[str, Any], status: int) -> Response:
    option = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
    return Response(orjson.dumps(content, option=option), status, media_type="application/json")
