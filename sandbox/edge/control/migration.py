"""What a world's recorded requests would be answered in the service that followed, and what to change for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from sandbox import documents
from sandbox.edge.control.readiness import provider_named
from sandbox.edge.control.request import ControlRequest
from sandbox.readiness.changes import Change, Concerned, concerned
from sandbox.worlds.request_log import RequestLog
from sandbox.worlds.world import ServedWorld

SUCCESSOR: Final = "register"


async def show_migration(request: ControlRequest) -> dict[str, Any]:
    """`GET /migration`."""
    named, world = request.query.get("provider"), request.world
    log = await world.log.gathered()
    whose = log.providers() if named is None else [provider_named(world, named)]
    return {
        "world": world.id,
        "edition": world.edition.name,
        "into": SUCCESSOR,
        "remembered": len(log),
        "reports": [
            {
                "provider": {"id": each.id, "name": each.name},
                "requests": sum(request.provider == each for request in log),
                "concerned": [found.value() for found in _concerned(world, log, each.id)],
            }
            for each in whose
        ],
    }


def _concerned(world: ServedWorld, log: RequestLog, provider_id: str) -> list[Concerned]:
    rules = world.edition.catalogue()

    def title(rule: str) -> str | None:
        value: Any = rules.get(rule, {}).get("value", {})
        errors = value.get("errors", ()) if isinstance(value, Mapping) else ()
        return errors[0]["title"] if errors else None

    theirs = [each for each in log if each.provider is not None and each.provider.id == provider_id]
    return list(concerned(_catalogue(), theirs, title))


@cache
def _catalogue() -> Mapping[str, Change]:
    return documents.moves(SUCCESSOR)
