"""Fixtures for any project's tests.

pytest imports this wherever the package is installed, so it imports nothing more until a fixture is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.testing import Provider, Sandbox, World


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the sandbox runs, if it is not to be started for these tests."""
    group = parser.getgroup("ecf-sandbox", "a stand-in for the DfE's ECF API")
    group.addoption("--ecf-sandbox-url", metavar="URL", help="use the sandbox that runs there")
    group.addoption("--ecf-sandbox-control-token", metavar="TOKEN", help="the control token it was started with")
    parser.addini("ecf_sandbox_url", "use the sandbox that runs there")
    parser.addini("ecf_sandbox_control_token", "the control token it was started with")


@pytest.fixture(scope="session")
def ecf_sandbox_server(pytestconfig: pytest.Config) -> Iterator[Sandbox]:
    """The sandbox that every test's world is in."""
    from sandbox.testing import Sandbox

    with Sandbox(_told(pytestconfig, "url"), control_token=_told(pytestconfig, "control_token")) as sandbox:
        yield sandbox


@pytest.fixture
def ecf_sandbox(ecf_sandbox_server: Sandbox) -> Iterator[World]:
    """A world of this test's own, fresh from its seeds."""
    with ecf_sandbox_server.world() as world:
        yield world


@pytest.fixture
def ecf_provider(ecf_sandbox: World) -> Provider:
    """The first lead provider of this test's world."""
    return ecf_sandbox.provider()


def _told(config: pytest.Config, name: str) -> str | None:
    """What the command line says, or else the configuration."""
    said = config.getoption(f"ecf_sandbox_{name}") or config.getini(f"ecf_sandbox_{name}")
    return str(said) if said else None
