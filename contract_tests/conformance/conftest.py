"""What the tests of the documents are given: a world for all of them, instead of one for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.api import Api
from contract_tests.errors import ReadOnly
from contract_tests.plugin import stage_of
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage
from contract_tests.wire import READS, Wire


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


@pytest.fixture(autouse=True)
def _only_reads_where_nobody_may_write(wire: Wire, request: pytest.FixtureRequest) -> None:
    """Skips what is made up about an operation that writes."""
    method = getattr(request.node, "operation_label", "GET").partition(" ")[0]
    if wire.read_only and method not in READS:
        raise ReadOnly
