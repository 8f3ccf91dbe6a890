"""A world for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .world import Provider, World


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
