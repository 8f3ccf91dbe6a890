"""The processes that a run starts: what they import, and that none is told secrets where others can read them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from contract_tests.config import RunConfig
from contract_tests.handover import to_environment, to_json
from contract_tests.leash import PATH
from contract_tests.part import Share

PACKAGES: Final = Path(__file__).parents[1]
TABLES: Final = "HYPOTHESIS_STORAGE_DIRECTORY"  # of letters, which it takes seconds to make; of examples it keeps none
LEASH: Final = Path(__file__).with_name("leash.py")


def python(module: str, *arguments: str, held: bool = False) -> list[str]:
    """A module, run by this Python: nothing is imported from the current folder, nor as PYTHONPATH has it.

    With `held` it ends with its standard input, which has to be a pipe then.
    """
    how = "held" if held else "free"
    return [sys.executable, "-E", "-P", "-W", "ignore", str(LEASH), how, module, *arguments]


def environment() -> dict[str, str]:
    """This process's own, without what changes how Python or pytest work, and where packages are found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST_"))}
    return kept | {PATH: os.pathsep.join(importable())}


def importable() -> list[str]:
    """Where packages are found: Python's own first, then this one and those beside it, PYTHONPATH's last."""
    told = [str(Path(each).resolve()) for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    here = [each for each in sys.path if each and Path(each).is_absolute()]
    own = [each for each in here if _is_pythons(each)]
    others = [each for each in here if each not in own and each != str(PACKAGES)]
    last = [each for each in others if str(Path(each).resolve()) in told]
    return [*own, str(PACKAGES), *(each for each in others if each not in last), *last]


def _is_pythons(place: str) -> bool:
    library = Path(os.__file__).parent
    return Path(place) in (library, library / "lib-dynload") or place.endswith(".zip")


def pytest_command(
    config: RunConfig, part: Path, *told: str, share: Share | None = None, held: bool = False
) -> list[str]:
    """pytest, told of a run by a file beside `part`, where it writes down what happens; and what else it is told.

    With a `share` it has that of the scenarios.

    Secrets are not among it: any user of a machine can list the arguments of all processes.
    """
    settings, run = part.with_name("pytest.ini"), part.with_suffix(".json")
    settings.write_text("[pytest]\n", "utf-8")  # so that none of the place where the command was called apply
    run.write_bytes(to_json(config))
    plugins = ["schemathesis.pytest.plugin"] if config.makes_up(share) else []
    return [
        *python("pytest", "-c", str(settings), "--rootdir", str(PACKAGES), "-q", "--tb=no", "-rE", held=held),
        *(each for plugin in ("no:cacheprovider", *plugins, "contract_tests.plugin") for each in ("-p", plugin)),
        *("--run-config", str(run), "--part", str(part), *(("--only-share", share) if share else ()), *told),
    ]


def pytest_environment(config: RunConfig) -> dict[str, str]:
    """Where secrets are passed on. No settings of a pytest that somebody else runs, nor plugins they happen to have."""
    kept = os.environ.get(TABLES) or str(user_cache_path("ecf-contract", appauthor=False))
    return environment() | to_environment(config) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", TABLES: kept}
