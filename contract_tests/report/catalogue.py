"""The rules of the catalogue, and what a run saw of each: whether it refuses, whether it accepts, in which version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from typing import Any

from contract_tests.checks import CHECKS
from contract_tests.documents import is_the_sandboxs_own, rules
from contract_tests.target import Target

Scenario = Mapping[str, Any]
Marks = dict[tuple[str, str, str], list[Scenario]]  # by refuses or accepts, rule and version


def rows(scenarios: Sequence[Scenario], target: Target, globs: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each rule that is asked for and concerns the target: its behaviour, and whether it is a sandbox."""
    versions = target.versions
    marks = _marks(scenarios, versions)
    return [
        {
            "id": id,
            "summary": says["summary"],
            "refuses": _cells("refuses", id, says.get("x-refused-in", says["x-versions"]), versions, marks, says)
            if says.get("x-refused-by", target.behaviour) == target.behaviour
            else {},
            "accepts": _cells("accepts", id, says["x-versions"], versions, marks, says),
            "reasons": sorted(set(_reasons(id, versions, marks))),
        }
        for id, says in rules().items()
        if says.get("x-behaviour", target.behaviour) == target.behaviour
        and (target.sandbox or not is_the_sandboxs_own(says))
        and any(version in says["x-versions"] for version in versions)
        and (not globs or any(fnmatch(id, glob) for glob in globs))
    ]


def coverage(rows: Sequence[Mapping[str, Any]], side: str) -> dict[str, int]:
    """How many rules were seen to refuse, or to accept, of those that can."""
    can = [row[side] for row in rows if row[side]]
    return {"seen": sum("seen" in cells.values() and "failed" not in cells.values() for cells in can), "of": len(can)}


def _marks(scenarios: Sequence[Scenario], versions: Sequence[str]) -> Marks:
    found: Marks = {}
    for scenario in scenarios:
        for side in ("refuses", "accepts"):
            for rule in scenario[side]:
                for version in [scenario["version"]] if scenario["version"] else versions:
                    found.setdefault((side, rule, version), []).append(scenario)
    return found


def _cells(
    side: str, rule: str, concerned: Sequence[str], versions: Sequence[str], marks: Marks, says: Mapping[str, Any]
) -> dict[str, str]:
    """By version what was seen; none for a rule that refuses nothing."""
    cells = {}
    for version in versions:
        outcomes = {outcome(scenario, rule) for scenario in marks.get((side, rule, version), [])}
        if outcomes or (version in concerned and (side == "accepts" or "x-status" in says)):
            cells[version] = _state(outcomes)
    return cells


def outcome(scenario: Scenario, rule: str) -> str:
    """How a scenario went, as for one of its rules: it did not come to that when something else failed first."""
    found = str(scenario["outcome"])
    return "unjudged" if found == "failed" and rule not in broken(scenario) else found


def broken(scenario: Scenario) -> list[str]:
    """The rules that a scenario that failed found broken: the one it names, if it names one, else those it is about.

    What is wrong with any answer, whatever it is about, says nothing of the scenario's rules.
    """
    check = (scenario["failure"] or {}).get("check", "check")
    if check in CHECKS:
        return []
    return [check] if check in rules() else list(dict.fromkeys([*scenario["refuses"], *scenario["accepts"]]))


def _state(outcomes: set[str]) -> str:
    for outcome, state in (("failed", "failed"), ("passed", "seen"), ("skipped", "skipped")):
        if outcome in outcomes:
            return state
    return "untested"


def _reasons(rule: str, versions: Sequence[str], marks: Marks) -> Iterator[str]:
    """Why it was not judged, where it was not."""
    for side in ("refuses", "accepts"):
        for version in versions:
            found = marks.get((side, rule, version), [])
            if {scenario["outcome"] for scenario in found} == {"skipped"}:
                yield from (f"Skipped: {scenario['reason']}" for scenario in found)
            for scenario in found:
                if outcome(scenario, rule) == "unjudged":
                    yield f"Not judged, as {scenario['failure']['check']} failed before."
