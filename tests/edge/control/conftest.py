"""A fresh world, its control API, and the lead providers that see what is done with it. It is 15 November 2024."""

from __future__ import annotations

import pytest

from tests.api import Api, World

from .console import Console


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def console(world: World) -> Console:
    return Console(world)


@pytest.fixture
def northgate(world: World) -> Api:
    return world.api()


@pytest.fixture
def harbour(world: World) -> Api:
    return world.api(provider="harbour")
