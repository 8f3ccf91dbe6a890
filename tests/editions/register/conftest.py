"""A world of Register for each test, and a server with both editions, whose main world is of ECF."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .served import Server
from .world import Provider, World


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


@pytest.fixture
def northgate(world: World) -> Provider:
    return world.provider()


@pytest.fixture
def harbour(world: World) -> Provider:
    return world.provider("harbour")
