"""How many requests each scenario takes, as measured: by which a run knows how long it will be, and what to do first.

    python -m contract_tests.effort read=report.json written=report.json sandbox=report.json

makes efforts/<edition>.json anew from the reports of three whole runs: of a deployment that is only read, of one that
is written to, and of a sandbox.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePath
from statistics import mean
from typing import Any, Final, Literal

from contract_tests.documents import SCOPE
from contract_tests.part import Part
from contract_tests.selection import is_of_share

Way = Literal["read", "written", "sandbox"]

WAYS: Final[tuple[Way, ...]] = ("read", "written", "sandbox")
UNKNOWN: Final = 10.0  # requests of a scenario that was not measured

Measured = Mapping[str, Mapping[str, Any]]  # by scenario: what it is `about`, and by version the requests of each way


def file_of(edition: str) -> Path:
    """Where it is written down of an edition."""
    return Path(__file__).parent / "efforts" / f"{edition}.json"


def measured() -> Measured:
    """What is known of the edition which this process is about."""
    return _measured(SCOPE.edition)


@cache
def _measured(edition: str) -> Measured:
    file = file_of(edition)
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def way_of(*, sandbox: bool, writes: bool) -> Way:
    """The way in which a target is tested."""
    return "read" if not writes else "sandbox" if sandbox else "written"


def requests_of(scenario: str, version: str | None, way: Way) -> float:
    """How many a scenario takes, by its id or that of the function it is told by."""
    found = measured().get(function_of(scenario), {}).get(version or "all")
    return float(found[WAYS.index(way)]) if found else UNKNOWN


def requests_in_all(versions: Iterable[str], rules: Sequence[str], way: Way) -> int:
    """How many a run takes."""
    told, number = [*versions, "all"], WAYS.index(way)
    wanted = [
        says
        for says in measured().values()
        if not rules or any(fnmatch(name, glob) for name in says["about"] for glob in rules)
    ]
    requests = 0.0
    for says in wanted:
        requests += sum(says[version][number] * times for version, times in says["times"].items() if version in told)
    return round(requests)


def scenarios_in(part: Part) -> int:
    """How many scenarios there were of a part of a run, when they were counted."""
    return sum(
        says["times"].get(version, 0)
        for function, says in measured().items()
        for version in part.versions
        if is_of_share(PurePath(function.partition("::")[0]).name, part.share)
    )


def function_of(id: str) -> str:
    """The function by which a scenario is told: rules/test_pages.py::test_pages_follow_each_other."""
    return id.removeprefix("contract_tests/").partition("[")[0]


def measure(reports: Mapping[Way, Any]) -> dict[str, dict[str, Any]]:
    """What the file is to say."""
    counted: dict[tuple[str, str, Way], list[int]] = {}
    about: dict[str, set[str]] = {}
    for way, report in reports.items():
        for scenario in report["scenarios"]:
            function = function_of(scenario["id"])
            about.setdefault(function, set()).update(
                (*scenario["refuses"], *scenario["accepts"], *scenario.get("checks", []))
            )
            counted.setdefault((function, scenario["version"] or "all", way), []).append(scenario["requests"])
    found: dict[str, dict[str, Any]] = {
        function: {"about": sorted(names), "times": {}} for function, names in sorted(about.items())
    }
    for function, version in sorted({(function, version) for function, version, _ in counted}):
        each = [counted.get((function, version, way), []) for way in WAYS]
        found[function][version] = [round(mean(numbers), 1) if numbers else UNKNOWN for numbers in each]
        found[function]["times"][version] = max(map(len, each))
    return found


if __name__ == "__main__":
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    reports = {way: json.loads(Path(given[way]).read_text(encoding="utf-8")) for way in WAYS}
    lines = (f"{json.dumps(name)}: {json.dumps(says)}" for name, says in measure(reports).items())
    file_of(reports["sandbox"]["target"]["edition"]).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
