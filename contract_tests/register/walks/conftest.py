"""The worlds that walks lead through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from contract_tests.plugin import RUN_CONFIG, stage_of
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.register.walks.through_pasts import ThroughPasts
from contract_tests.register.walks.walk import Walk
from contract_tests.register.walks.world import World
from contract_tests.target import Target
from contract_tests.wire import Wire

ACTS_FOR_EACH_EXAMPLE: Final = 25


@pytest.fixture
def begin(request: pytest.FixtureRequest, target: Target, wire: Wire, version: str) -> Callable[[], World]:
    """Makes a world to walk through."""

    def made() -> World:
        stage = stage_of(request, target, wire)
        stage.may_act()
        assert isinstance(stage, RegisterBackstage)
        return World.made(stage, version)

    return made


@pytest.fixture
def pasts(begin: Callable[[], World]) -> Callable[[int], ThroughPasts]:
    """One part of the pasts that are told by hand."""
    return lambda part: ThroughPasts(begin, seed=0, length=0, part=part)


@pytest.fixture
def walk(request: pytest.FixtureRequest, begin: Callable[[], World]) -> Callable[[int, int], Walk]:
    """One of several walks by the seed of the run; `--examples` says how long they are."""
    run = request.config.stash[RUN_CONFIG]

    def numbered(part: int, parts: int) -> Walk:
        return Walk(begin, run.seed, run.examples * ACTS_FOR_EACH_EXAMPLE, part=part, parts=parts)

    return numbered
