"""The installed package in a project whose own folders bear the names of ours, `sandbox` and `openapi`."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.installation import Installation
from tests.server.running import serving

USING = """
import sandbox, openapi

def test_it(ecf_sandbox, ecf_provider):
    assert (sandbox.OURS, openapi.OURS) == (True, True)
    ect = ecf_sandbox.register_ect(cohort="2024")
    assert ecf_provider.get(f"/api/v3/participants/ecf/{ect.id}").status_code == 200
    assert ecf_sandbox.clock.advance(days=30)
    print("served at", ecf_sandbox.url)
"""
PLAIN = """
def test_other():
    assert sandbox.OURS
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a `sandbox` and an `openapi` of its own, on the path of its tests."""
    for name in ("sandbox", "openapi"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("OURS = True\n")
    (tmp_path / "conftest.py").touch()  # in pytest's way of importing this puts its folder first
    return tmp_path


def says(installation: Installation, project: Path, test: str, *command: str) -> str:
    """What pytest says of a test of the project that passes."""
    (project / "test_it.py").write_text(test)
    done = installation.run(*command, "-q", "-s", "-p", "no:cacheprovider", "-W", "error", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


PYTEST = ("python", "-P", "-m", "pytest")
"""What the command `pytest` does: it does not begin by looking for modules in the current folder."""


@pytest.mark.parametrize("command", [PYTEST, ("python", "-m", "pytest")], ids=" ".join)
def test_the_fixtures_serve_as_anywhere(installation: Installation, project: Path, command: tuple[str, ...]) -> None:
    assert "1 passed" in says(installation, project, USING, *command)


def test_a_module_named_like_one_of_pythons_does_no_harm_and_the_server_ends_with_the_tests(
    installation: Installation, project: Path
) -> None:
    (project / "random.py").write_text("raise ImportError('not this one')")
    said = says(installation, project, USING, *PYTEST)
    (url,) = re.findall(r"served at (\S+)", said)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_server_that_does_not_start_fails_the_tests_that_want_it_and_no_other(
    installation: Installation, project: Path
) -> None:
    (project / "test_it.py").write_text(USING + PLAIN)
    (project / "broken").mkdir()
    (project / "broken/uvicorn.py").write_text("raise ImportError('uvicorn is broken')")
    done = installation.run(*PYTEST, "-q", cwd=project, PYTHONPATH=str(project / "broken"))
    assert "1 passed, 1 error" in done.stdout
    assert "The sandbox did not start. Standard error says why." in done.stdout
    assert "uvicorn is broken" in done.stdout


def test_the_command_runs_there(installation: Installation, project: Path) -> None:
    (project / "random.py").write_text("raise ImportError('not this one')")
    assert installation.run("ecf-sandbox", "--version", cwd=project).stdout.startswith("ecf-sandbox ")
    with serving(project / "data", cwd=project, command=[str(installation.command("ecf-sandbox"))]) as sandbox:
        assert httpx.get(f"{sandbox.url}/health").json()["status"] == "ok"
