"""Fixtures for any project's tests.

pytest imports this wherever it is installed, so it imports nothing more until a fixture is used. It stands outside the
package, under a name that nobody else has, since many a project has a folder `sandbox` of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from sandbox.testing import Provider, Sandbox, World

PACKAGE: Final = Path(__file__).parent / "sandbox"


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
    url, control_token = _told(pytestconfig, "url"), _told(pytestconfig, "control_token")
    with _testing().Sandbox(url, control_token=control_token) as sandbox:
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


def _testing() -> ModuleType:
    """The package `sandbox.testing`, under a name of its own where another `sandbox` has that one."""
    if _is_ours("sandbox"):
        return import_module("sandbox.testing")
    name, folder = "ecf_sandbox_testing", PACKAGE / "testing"
    spec = spec_from_file_location(name, folder / "__init__.py")
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{folder} is missing. Install ecf-sandbox again.")
    sys.modules[name] = package = module_from_spec(spec)
    spec.loader.exec_module(package)
    return package


def _is_ours(name: str) -> bool:
    """True when this name stands, here and now, for the package that was installed with this module."""
    try:
        found = find_spec(name)
    except ValueError:  # somebody put a module there that has no spec
        return False
    if found is None or found.origin is None:
        return False
    return Path(found.origin).parent.resolve() == PACKAGE.resolve()
