"""A fresh world for every test, the providers that ask it, and two people to be declared.

It is 9 o'clock on 15 November 2024, as documented, and v3 that is asked, unless a test says so (see variants.py).
"""

from __future__ import annotations

import pytest

from sandbox.model import Behaviour
from tests.api import Api, World
from tests.backstage import Backstage


@pytest.fixture
def behaviour() -> Behaviour:
    return "documented"


@pytest.fixture
def version() -> str:
    return "v3"


@pytest.fixture
def world(behaviour: Behaviour) -> World:
    """A world that has been asked something already: what was due at its start is done."""
    world = World(behaviour=behaviour)
    world.api().get("/participant-declarations/none")
    return world


@pytest.fixture
def backstage(world: World) -> Backstage:
    return Backstage(world)


@pytest.fixture
def northgate(world: World, version: str) -> Api:
    return world.api(version)


@pytest.fixture
def harbour(world: World, version: str) -> Api:
    return world.api(version, "harbour")


@pytest.fixture
def ect(backstage: Backstage) -> str:
    """Registered for cohort 2024 at a school of Northgate's, and eligible for funding."""
    return backstage.person(trn="7000001")


@pytest.fixture
def mentor(backstage: Backstage) -> str:
    """The same, as a mentor."""
    return backstage.person("mentor", full_name="Marian Booth", trn="7000002")
