"""A world's data, opened for serving: what the folder holds, or fresh seeds."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sandbox.actors.creation import Creation
from sandbox.model import World
from sandbox.settings import Settings
from sandbox.store.protocol import StoreProblem
from sandbox.store.store import TinyStore

DEFAULT_SCENARIO = "main"


class WrongScenario(Exception):
    """The folder holds another scenario's data than the one asked for."""


def opened(settings: Settings, wall_time: datetime) -> TinyStore:
    """The records in the data folder; those of a fresh scenario when it holds none.

    The behaviour asked for, if any, is the world's from now on. Raises StoreProblem, SeedProblem, WrongScenario.
    """
    store = TinyStore.open(settings.data)
    try:
        if store.is_empty:
            store.replace_with(_fresh(settings, wall_time))
        else:
            _carry_on(store, settings)
    except BaseException:
        store.close()
        raise
    return store


def reset(settings: Settings, wall_time: datetime) -> World:
    """Put fresh seeds in place of whatever the data folder holds; its scenario and behaviour stay unless said.

    Raises StoreProblem, SeedProblem.
    """
    with TinyStore.open(settings.data) as store:
        kept = store.read().get(World, "world")
        if kept is not None:
            settings = msgspec.structs.replace(
                settings,
                scenario=settings.scenario or kept.scenario,
                behaviour=settings.behaviour or kept.behaviour,
            )
        store.replace_with(_fresh(settings, wall_time))
        return world_of(store)


def world_of(store: TinyStore) -> World:
    """What the world was made of. Raises StoreProblem."""
    world = store.read().get(World, "world")
    if world is None:
        raise StoreProblem("The data do not say which scenario they began with. Run `ecf-sandbox reset`.")
    return world


def _fresh(settings: Settings, wall_time: datetime) -> TinyStore:
    return Creation().fresh(settings.scenario or DEFAULT_SCENARIO, settings.behaviour, wall_time)


def _carry_on(store: TinyStore, settings: Settings) -> None:
    world = world_of(store)
    if settings.scenario not in (None, world.scenario):
        raise WrongScenario(
            f"{settings.data} holds the scenario {world.scenario!r}, and what was done in it. To begin with "
            f"{settings.scenario!r}, run `ecf-sandbox reset --scenario {settings.scenario}`, or give another --data."
        )
    if settings.behaviour not in (None, world.behaviour):
        with store.write() as unit:
            unit.put(msgspec.structs.replace(world, behaviour=settings.behaviour))
        store.flush()
