"""Time: read, set, frozen, advanced. Whatever falls due meanwhile has happened when the answer comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from sandbox.actors.settling import Settled
from sandbox.edge.control.asked import Asked, Declined
from sandbox.edge.door import Door

EARLIEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)


def get_time(asked: Asked) -> dict[str, Any]:
    """`GET /time`."""
    return shown(asked.door)


def set_time(asked: Asked) -> dict[str, Any]:
    """`PUT /time`."""
    return _moved(asked.door, asked.time("now") or asked.door.now(), asked.body.get("frozen"))


def advance_time(asked: Asked) -> dict[str, Any]:
    """`POST /time/advance`."""
    now, to = asked.door.now(), asked.time("to")
    by = timedelta(**{unit: asked.body.get(unit, 0) for unit in ("weeks", "days", "hours", "minutes", "seconds")})
    if (to is None) == (by == timedelta(0)):
        raise Declined(
            422, ("body", 'Say either how far, such as {"days": 30}, or to when: {"to": "2025-01-31T09:00:00Z"}.')
        )
    to = to or now + by
    if to < now:
        raise Declined(422, ("to", f"It is {now:%Y-%m-%dT%H:%M:%SZ} already. PUT /sandbox/time can set it back."))
    return _moved(asked.door, to, None)


def shown(door: Door) -> dict[str, Any]:
    """A world's time."""
    return {"now": door.now(), "frozen": door.world.frozen}


def _moved(door: Door, to: datetime, frozen: bool | None) -> dict[str, Any]:
    """Have a world's clock show another time, and what is due by then happen."""
    if not EARLIEST <= to <= LATEST:
        raise Declined(422, ("now", f"A world's time lies between {EARLIEST:%Y} and {LATEST:%Y}."))
    world, before = door.world, door.now()
    frozen = world.frozen if frozen is None else frozen
    with door.writing() as unit:
        unit.put(msgspec.structs.replace(world, starts_at=to, began_at=door.wall_clock(), frozen=frozen))
    return shown(door) | {"settled": [_settled(each) for each in door.settle(before)]}


def _settled(settled: Settled) -> dict[str, Any]:
    """Something that fell due, and when."""
    return {
        "at": settled.at,
        "event": settled.event,
        "id": settled.id,
        "declarations": [{"id": each.id, "state": each.state.replace("_", "-")} for each in settled.declarations],
    }
