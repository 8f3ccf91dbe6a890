"""The unit of work of an act, and the nights that have passed since, where it happens in the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.edge.control.request import ControlRequest
from sandbox.editions.register.actions.call import Moment
from sandbox.store.protocol import Unit


@contextmanager
def acting(request: ControlRequest) -> Iterator[tuple[Unit, Moment]]:
    """A unit of work in the world, and the moment it happens at. Raises Refused."""
    arrived = request.world.now()
    moment: Moment = request.world.moment(request.headers)
    with request.world.writing() as unit:
        yield unit, moment
    if moment.now < arrived:  # and not just as the clock has gone on meanwhile
        request.world.settle(moment.now)
