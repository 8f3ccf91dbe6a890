"""The pytest plugin, as another project has it: in a folder of its own, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.testing import Sandbox

ROOT = Path(__file__).parents[2]
ENTRY_POINT = "[pytest11]\necf_sandbox_pytest = ecf_sandbox_pytest\n"
ISOLATED = """
    import httpx
    import pytest

    ids, tokens = [], []

    @pytest.mark.parametrize("turn", range(2))
    def test_each_has_a_world_of_its_own(ecf_sandbox, ecf_provider, turn):
        assert ecf_sandbox.clock.now().year == 2024
        ecf_sandbox.clock.advance(days=400)
        assert ecf_provider.get("/api/v3/participants/ecf").status_code == 200
        assert (ecf_sandbox.id in ids, ecf_provider.token in tokens) == (False, False)
        ids.append(ecf_sandbox.id)
        tokens.append(ecf_provider.token)

    def test_those_before_have_ended(ecf_sandbox_server):
        left = httpx.get(f"{ecf_sandbox_server.url}/sandbox/worlds").json()["worlds"]
        assert [world["id"] for world in left] == ["main"]
"""


class Project:
    """Somebody's project, whose tests pytest runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        installed = folder / "site/of_another_name-1.0.dist-info"
        installed.mkdir(parents=True)
        (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: of-another-name\nVersion: 1.0\n")
        (installed / "entry_points.txt").write_text(ENTRY_POINT)

    def runs(self, test: str, *options: str) -> str:
        """What pytest says of a test that passes."""
        done = self.run(test, *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, test: str, *options: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "test_it.py").write_text("\n".join(line.removeprefix("    ") for line in test.splitlines()))
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-W", "error", *options],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{self.folder / 'site'}"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_every_test_has_a_world_of_its_own_that_ends_with_it(project: Project) -> None:
    assert "3 passed" in project.runs(ISOLATED)


def test_asking_for_it_again_does_not_register_it_twice(project: Project) -> None:
    (project.folder / "conftest.py").write_text('pytest_plugins = ["ecf_sandbox_pytest"]\n')
    assert "1 passed" in project.runs("def test_it(ecf_sandbox_server): pass", "-p", "ecf_sandbox_pytest")


def test_it_imports_nothing_before_it_is_used(project: Project) -> None:
    project.runs("""
    import sys

    def test_it():
        assert not {name for name in sys.modules if name.split(".")[0] == "sandbox"}
        assert not {"httpx", "connexion", "msgspec", "uvicorn"} & set(sys.modules)
    """)


@pytest.mark.parametrize("way", ["option", "configuration"])
def test_it_uses_a_sandbox_that_runs_elsewhere(project: Project, ecf_sandbox_server: Sandbox, way: str) -> None:
    options = ["--ecf-sandbox-url", ecf_sandbox_server.url]
    if way == "configuration":
        (project.folder / "pytest.ini").write_text(f"[pytest]\necf_sandbox_url = {ecf_sandbox_server.url}\n")
        options = []
    project.runs(
        f"""
    import sys

    def test_it(ecf_sandbox):
        assert ecf_sandbox.url == "{ecf_sandbox_server.url}"
        assert "connexion" not in sys.modules
    """,
        *options,
    )


def test_a_test_that_fails_says_which_rule_was_broken(project: Project) -> None:
    done = project.run("""
    def test_it(ecf_sandbox, ecf_provider):
        r = ecf_provider.get("/api/v3/participants/ecf/nobody")
        assert r.status_code == 200, ecf_sandbox.why(r)
    """)
    assert done.returncode == 1
    assert "AssertionError: 404 to GET /api/v3/participants/ecf/nobody breaks path.unknown: An unknown" in done.stdout
