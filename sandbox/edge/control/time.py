"""Time: read, set, frozen, advanced. Whatever falls due meanwhile has happened when the answer comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from sandbox.actors.settling import Settled
from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.seeding.inspection import EARLIEST, LATEST
from sandbox.worlds.world import ServedWorld


def get_time(request: ControlRequest) -> dict[str, Any]:
    """`GET /time`."""
    return presented(request.world)


def set_time(request: ControlRequest) -> dict[str, Any]:
    """`PUT /time`."""
    return _moved(request.world, request.time("now") or request.world.now(), request.body.get("frozen"))


def advance_time(request: ControlRequest) -> dict[str, Any]:
    """`POST /time/advance`."""
    now, to = request.world.now(), request.time("to")
    by = timedelta(**{unit: request.body.get(unit, 0) for unit in ("weeks", "days", "hours", "minutes", "seconds")})
    if (to is None) == (by == timedelta(0)):
        raise Declined(
            422, ("body", 'Say either how far, such as {"days": 30}, or to when: {"to": "2025-01-31T09:00:00Z"}.')
        )
    to = to or now + by
    if to < now:
        raise Declined(422, ("to", f"It is {now:%Y-%m-%dT%H:%M:%SZ} already. PUT /sandbox/time can set it back."))
    return _moved(request.world, to, None)


def presented(served: ServedWorld) -> dict[str, Any]:
    """A world's time."""
    return {"now": served.now(), "frozen": served.record.frozen}


def _moved(served: ServedWorld, to: datetime, frozen: bool | None) -> dict[str, Any]:
    """Have a world's clock show another time, and what is due by then happen."""
    if not EARLIEST <= to <= LATEST:
        raise Declined(422, ("now", f"A world's time lies between {EARLIEST:%Y} and {LATEST:%Y}."))
    world, before = served.record, served.now()
    frozen = world.frozen if frozen is None else frozen
    with served.writing() as unit:
        unit.put(msgspec.structs.replace(world, starts_at=to, began_at=served.wall_clock(), frozen=frozen))
    return presented(served) | {"settled": [_settled(each) for each in served.settle(before)]}


def _settled(settled: Settled) -> dict[str, Any]:
    """Something that fell due, and when."""
    return {
        "at": settled.at,
        "event": settled.event,
        "id": settled.id,
        "declarations": [{"id": each.id, "state": each.state.replace("_", "-")} for each in settled.declarations],
    }
