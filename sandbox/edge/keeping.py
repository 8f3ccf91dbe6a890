"""Waiting for what keeps the records."""

from __future__ import annotations

from sandbox.store.protocol import Conflict, StoreProblem
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.world import ServedWorld


async def turn(world: ServedWorld, logged: LoggedRequest) -> None:
    """Return when nobody else writes. Raises StoreProblem."""
    began = world.wall_clock()
    try:
        await world.store.turn()
    finally:
        logged.waited += (world.wall_clock() - began).total_seconds()


async def durable(world: ServedWorld, logged: LoggedRequest) -> None:
    """Return when what an answer stands on will stay. Raises Conflict, StoreProblem."""
    began = world.wall_clock()
    try:
        await world.store.durable()
    except (Conflict, StoreProblem):
        world.answers.clear()  # some of it may never have been
        raise
    finally:
        logged.waited += (world.wall_clock() - began).total_seconds()
