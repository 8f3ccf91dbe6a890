"""The contract tests run from any folder: what somebody has there, under whatever name, is not taken for a part."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.running import ROOT

NOT_OURS = "raise SystemExit('This is not ours.')\n"
VERIFY = ("verify", "--rules", "decl.milestone-start", "--version", "v1")

# As an installed script is run: the folder of the script is on the path, the current one is not.
SCRIPT = "import sys\nfrom {module} import main\nsys.exit(main())\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's own project."""
    folder = tmp_path / "project"
    for name in ("openapi/__init__.py", "sandbox/__init__.py", "ecf_sandbox_data/openapi/v1.yaml", "random.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(NOT_OURS)
    return folder


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    passed = {name: value for name, value in os.environ.items() if not name.startswith(("ECF_", "PYTEST"))}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=project,
        env=passed | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def script(project: Path, module: str) -> str:
    file = project.parent / "bin" / "command"
    file.parent.mkdir()
    file.write_text(SCRIPT.format(module=module))
    return str(file)


def test_the_command_verifies_the_sandbox_beside_it(project: Path) -> None:
    ended = run(project, script(project, "contract_tests.cli"), *VERIFY)
    assert ended.stdout.startswith("KEPT."), ended.stdout + ended.stderr


def test_so_does_the_module(project: Path) -> None:
    ended = run(project, "-m", "contract_tests.cli", *VERIFY)
    assert ended.stdout.startswith("KEPT."), ended.stdout + ended.stderr


def test_so_does_pytest(project: Path) -> None:
    told = ("--pyargs", "contract_tests.rules", "-p", "contract_tests.plugin", "--rules", "decl.milestone-start")
    ended = run(project, script(project, "pytest"), *told, "--api-version", "v1", "-p", "no:cacheprovider")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "5 passed, 1 skipped" in ended.stdout
