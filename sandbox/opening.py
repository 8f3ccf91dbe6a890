"""A world's data, opened for serving: what the folder or the database holds, or fresh seeds."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sandbox.model import World
from sandbox.seeding.creation import Creation
from sandbox.seeding.inspection import problems_of_world
from sandbox.settings import Settings
from sandbox.store.places import store_at
from sandbox.store.protocol import Store, StoreProblem

DEFAULT_EDITION = "ecf"


class WrongScenario(Exception):
    """There are data of another scenario, or of another edition, than the one asked for."""


def opened(settings: Settings, creation: Creation, wall_time: datetime) -> Store:
    """The records in the data folder, or the database; those of a fresh scenario when it holds none.

    The behaviour asked for, if any, is the world's from now on. Raises StoreProblem, SeedProblem, WrongScenario.
    """
    store = store_at(settings.store or settings.data)
    try:
        with store.exclusive():
            if store.is_empty:
                store.replace_with(_fresh(settings, creation, wall_time))
            else:
                _carry_on(store, settings)
    except BaseException:
        store.close()
        raise
    return store


def reset(settings: Settings, creation: Creation, wall_time: datetime) -> World:
    """Put fresh seeds in place of whatever the data folder, or the database, holds.

    Its scenario and behaviour stay unless said. Raises StoreProblem, SeedProblem.
    """
    with store_at(settings.store or settings.data) as store, store.exclusive():
        kept = store.read().get(World, "world")
        if kept is not None:
            settings = msgspec.structs.replace(
                settings,
                edition=settings.edition or kept.edition,
                scenario=settings.scenario or (kept.scenario if settings.edition in (None, kept.edition) else None),
                behaviour=settings.behaviour or (kept.behaviour if settings.edition in (None, kept.edition) else None),
            )
        store.replace_with(_fresh(settings, creation, wall_time))
        return world_of(store)


def place(settings: Settings) -> str:
    """Where the data are, in words."""
    return "The database" if settings.store else str(settings.data)


def world_of(store: Store) -> World:
    """What the world was made of. Raises StoreProblem."""
    world = store.read().get(World, "world")
    if world is None:
        raise StoreProblem("The data do not say which scenario they began with. Run `ecf-sandbox reset`.")
    return world


def _fresh(settings: Settings, creation: Creation, wall_time: datetime) -> Store:
    """Fresh seeds. Raises SeedProblem."""
    if settings.scenario is not None:
        return creation.fresh(settings.scenario, settings.behaviour, wall_time, edition=settings.edition)
    edition = creation.editions[settings.edition or DEFAULT_EDITION]
    return creation.fresh(edition.scenario, settings.behaviour, wall_time, edition=edition.name)


def _carry_on(store: Store, settings: Settings) -> None:
    world = world_of(store)
    for problem in problems_of_world(world):
        raise StoreProblem(f"{place(settings)} cannot be used. {problem}")
    if settings.edition not in (None, world.edition):
        raise WrongScenario(
            f"{place(settings)} holds data of the edition {world.edition!r}, and what was done in it. To begin with "
            f"{settings.edition!r}, run `ecf-sandbox reset --edition {settings.edition}`, or give another "
            f"{'--store' if settings.store else '--data'}."
        )
    if settings.scenario not in (None, world.scenario):
        raise WrongScenario(
            f"{place(settings)} holds the scenario {world.scenario!r}, and what was done in it. To begin with "
            f"{settings.scenario!r}, run `ecf-sandbox reset --scenario {settings.scenario}`, or give another "
            f"{'--store' if settings.store else '--data'}."
        )
    if settings.behaviour not in (None, world.behaviour):
        with store.write() as unit:
            unit.put(msgspec.structs.replace(world, behaviour=settings.behaviour))
        store.flush()
