"""Waiting for what keeps the records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.store.protocol import Conflict, StoreProblem
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.world import ServedWorld


async def turn(world: ServedWorld, logged: LoggedRequest) -> None:
    """Return when nobody else writes. Raises StoreProblem."""
    with _timed(world, logged):
        await world.store.turn()


async def durable(world: ServedWorld, logged: LoggedRequest) -> None:
    """Return when what an answer stands on will stay. Raises Conflict, StoreProblem."""
    with _timed(world, logged):
        try:
            await world.store.durable()
        except (Conflict, StoreProblem):
            world.answers.clear()  # some of it may never have been
            raise


@contextmanager
def _timed(world: ServedWorld, logged: LoggedRequest) -> Iterator[None]:
    began = world.wall_clock()
    try:
        yield
    finally:
        logged.waited += (world.wall_clock() - began).total_seconds()
