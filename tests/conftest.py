"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sandbox.testing import Sandbox

from . import postgresql as engine
from .chromium import MISSING as NO_CHROMIUM
from .conformance import problems_with
from .installation import Installation, install
from .pgbouncer import MISSING as NO_POOLER


@pytest.fixture(scope="session")
def ecf_sandbox_server() -> Iterator[Sandbox]:
    """The plugin's, with every answer checked against the documents."""
    with Sandbox(on_answer=_check) as sandbox:
        yield sandbox


def _check(response: httpx.Response) -> None:
    response.read()
    problems = problems_with(response)
    assert not problems, problems


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel, installed; what it makes by itself it makes once."""
    return install(tmp_path_factory.mktemp("installation"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[engine.Server]:
    """A PostgreSQL server. Whoever uses it is marked `needs_postgresql`."""
    with engine.running() as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly when one of the two engines, a pooler before it, or the console was not tested."""
    for missing, what in (
        (engine.MISSING, "POSTGRESQL"),
        (NO_POOLER, "POSTGRESQL BEHIND A POOLER"),
        (NO_CHROMIUM, "THE CONSOLE IN A BROWSER"),
    ):
        skipped = [report for report in terminalreporter.getreports("skipped") if missing in str(report.longrepr)]
        if skipped:
            terminalreporter.section(f"{what} WAS NOT TESTED", sep="!", red=True, bold=True)
            terminalreporter.line(f"{missing}: {len(skipped)} tests were skipped.", red=True)
