"""What the tests of the documents are given: a world for all of them, instead of one for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.conformance.generated import Asker
from contract_tests.conformance.supplies import Supplies
from contract_tests.documents import SCOPE
from contract_tests.errors import ReadOnly
from contract_tests.plugin import stage_of
from contract_tests.register.supplies import RegisterSupplies
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage
from contract_tests.wire import READS, Wire

SUPPLIES: Final = {"ecf": Supplies, "register": RegisterSupplies}


@pytest.fixture(scope="session")
def scene(target: Target, wire: Wire, request: pytest.FixtureRequest) -> Iterator[Backstage]:
    """A world that nobody writes to."""
    stage = stage_of(request, target, wire, populated=True)
    yield stage
    stage.done()


@pytest.fixture
def seen(scene: Backstage, version: str) -> Api:
    """The provider that is tested, in one version, where nobody writes."""
    return scene.provider().in_version(version)


@pytest.fixture(scope="session")
def asker(target: Target, wire: Wire, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Asker]]:
    """What sends the requests that are made up about a version, in a world of its own."""
    with ExitStack() as stages:

        @cache
        def of_version(version: str) -> Asker:
            stage = stage_of(request, target, wire, populated=True)
            stages.callback(stage.done)
            api = stage.provider().in_version(version)
            return Asker(api, SUPPLIES[SCOPE.edition](api, stage))

        yield of_version


@pytest.fixture(autouse=True)
def _only_reads_where_nobody_may_write(wire: Wire, request: pytest.FixtureRequest) -> None:
    """Skips what is made up about an operation that writes."""
    method = getattr(request.node, "operation_label", "GET").partition(" ")[0]
    if wire.read_only and method not in READS:
        raise ReadOnly
