"""The worlds that walks lead through."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract_tests.plugin import RUN_CONFIG, stage_of
from contract_tests.target import Target
from contract_tests.walks.walk import Walk
from contract_tests.walks.world import World
from contract_tests.wire import Wire

ACTS_FOR_EACH_EXAMPLE = 3


@pytest.fixture
def walk(request: pytest.FixtureRequest, target: Target, wire: Wire, version: str) -> Callable[[int], Walk]:
    """A walk by the seed of the run, the so-manieth; `--examples` says how long it is."""
    run = request.config.stash[RUN_CONFIG]

    def begin() -> World:
        return World.made(stage_of(request, target, wire), version)

    def numbered(number: int) -> Walk:
        return Walk(begin, seed=run.seed * 100 + number, length=run.examples * ACTS_FOR_EACH_EXAMPLE)

    return numbered
