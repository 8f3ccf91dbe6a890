"""The processes that a run starts: each finds this package, and those beside it, before any others of their names."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from contract_tests.config import RunConfig
from contract_tests.handover import to_environment, to_json

PACKAGES: Final = Path(__file__).parents[1]
PYTHON: Final = (sys.executable, "-P", "-W", "ignore", "-m")  # -P: nothing is imported from the current folder


def environment() -> dict[str, str]:
    """This process's own, but for where packages are found."""
    paths = [str(PACKAGES), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def pytest_command(config: RunConfig, part: Path, *told: str) -> list[str]:
    """pytest, told of a run by a file beside `part`, where it writes down what happens; and what else it is told.

    Secrets are not among it: any user of a machine can list the arguments of all processes.
    """
    settings, run = part.with_name("pytest.ini"), part.with_suffix(".json")
    settings.write_text("[pytest]\n")  # so that none of the place where the command was called apply
    run.write_bytes(to_json(config))
    return [
        *(*PYTHON, "pytest", "-c", str(settings), "--rootdir", str(PACKAGES), "-q", "--tb=no", "-rE"),
        *("-p", "no:cacheprovider", "-p", "schemathesis.pytest.plugin", "-p", "contract_tests.plugin"),
        *("--run-config", str(run), "--part", str(part), *told),
    ]


def pytest_environment(config: RunConfig) -> dict[str, str]:
    """Where secrets are passed on. No settings of a pytest that somebody else runs, nor plugins they happen to have."""
    passed = {name: value for name, value in environment().items() if name != "PYTEST_ADDOPTS"}
    return passed | to_environment(config) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
