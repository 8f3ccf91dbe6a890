"""What report.json says: made from the lines that the processes of a run wrote down. Its form is report.schema.json."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final
from zlib import crc32

from contract_tests.checks import CHECKS
from contract_tests.compare import Comparison
from contract_tests.completeness import unanswered
from contract_tests.documents import ECF, Operation, operations
from contract_tests.masking import Mask
from contract_tests.release import release
from contract_tests.report import catalogue
from contract_tests.report.judgement import Findings, verdict
from contract_tests.report.skips import skips
from contract_tests.target import Target

REPORT_VERSION: Final = 1
LONGEST_NAME: Final = 120
SEPARATE: Final = ("exchanges", "failure")  # what of a scenario is told elsewhere

Line = dict[str, Any]


def of(
    target: Target,
    began: datetime,
    lines: Sequence[Line],
    comparison: Comparison | None = None,
    ended: datetime | None = None,
    exit_status: int | None = None,
) -> Line:
    """The report on a run, with nothing in it that may not be shown.

    `exit_status` is that of a run which a signal ended.
    """
    config, ended = target.config, ended or datetime.now(UTC)
    scenarios = scenarios_of(lines)
    failures = [_failure(each) for each in scenarios if each["outcome"] == "failed"]
    stopped = sorted({line["reason"] for line in lines if line["kind"] == "stopped"})
    answers = _answers(lines)
    left_out = sum(line["scenarios"] for line in lines if line["kind"] == "left out")
    lacking = [] if config.rules else unanswered(answers, target.versions, read_only=not target.writes)
    outcomes = Counter(each["outcome"] for each in scenarios)
    totals = {name: outcomes[name] for name in ("passed", "failed", "skipped")} | {"scenarios": len(scenarios)}
    totals["fragile"] = sum(each["grade"] == "fragile" for each in failures)
    rows = catalogue.rows(scenarios, target, config.rules)
    covered = {"refused": catalogue.coverage(rows, "refuses"), "accepted": catalogue.coverage(rows, "accepts")}
    seen = _coverage(covered, _operations(answers, target), totals, left_out)
    found = Findings(
        totals=totals,
        failures=failures,
        unanswered=[str(each) for each in lacking],
        stopped=stopped,
        rules=covered,
        coverage=seen,
        wanted=config.min_coverage,
        left_out=left_out,
        strict=config.strict,
    )
    whole = {
        "report_version": REPORT_VERSION,
        "made_by": f"ecf-contract {release()}",
        "verdict": verdict(found, exit_status),
        "target": {
            "url": target.url,
            "edition": config.edition or ECF,
            "versions": list(target.versions),
            "behaviour": target.behaviour,
            "sandbox": target.sandbox,
            "read_only": not target.writes,
            "production": target.production,
        },
        "run": {
            "began": f"{began:%Y-%m-%dT%H:%M:%SZ}",
            "ended": f"{ended:%Y-%m-%dT%H:%M:%SZ}",
            "seconds": round((ended - began).total_seconds(), 1),
            "seed": config.seed,
            "examples": config.examples,
            "rules": list(config.rules),
            "defects": list(config.defects),
            "requests": sum(line["requests"] for line in lines if line["kind"] == "answers"),
            "stopped": stopped,
            "left_out": left_out,
            "strict": config.strict,
        },
        "totals": totals,
        "coverage": seen,
        "rule_coverage": covered,
        "rules": rows,
        "operations": _operations(answers, target),
        "unanswered": [str(each) for each in lacking],
        "checks": _checks(failures, scenarios),
        "failures": failures,
        "skips": skips(scenarios),
        "scenarios": [{name: each[name] for name in each if name not in SEPARATE} for each in scenarios],
        "comparison": asdict(comparison) if comparison else None,
    }
    return Mask.of(config).tree(whole)


def _coverage(
    rules: Mapping[str, Mapping[str, int]], operations: Sequence[Line], totals: Mapping[str, int], left_out: int
) -> dict[str, dict[str, int]]:
    """What was seen of what could be: rules refusing and accepting, operations with success, scenarios judged."""
    expected = [each for each in operations if each["expected"]]
    return {
        "rules": {name: sum(side[name] for side in rules.values()) for name in ("seen", "of")},
        "operations": {"seen": sum(each["success"] for each in expected), "of": len(expected)},
        "scenarios": {"seen": totals["passed"] + totals["failed"], "of": totals["scenarios"] + left_out},
    }


def scenarios_of(lines: Iterable[Line]) -> list[Line]:
    """Every scenario once, as it went: one that failed as it was cleared away has failed."""
    found: dict[str, Line] = {}
    for line in lines:
        if line["kind"] == "scenario" and found.get(line["id"], {}).get("outcome") != "failed":
            scenario = {name: value for name, value in line.items() if name != "kind"}
            found[line["id"]] = scenario | {"title": _title(line["name"]), "evidence": evidence_name(line["id"])}
    return list(found.values())


def evidence_name(id: str) -> str:
    """The file of a scenario's evidence, such as rules/test_milestones/nothing_may_be_dated-v3.txt."""
    module, _, name = id.removeprefix("contract_tests/").partition("::")
    plain = re.sub(r"[^\w.-]+", "-", name.removeprefix("test_")).strip("-")
    if len(plain) > LONGEST_NAME or not re.fullmatch(r"\w+(\[v\d\])?", name):
        plain = f"{plain[:LONGEST_NAME]}-{crc32(name.encode()):08x}"  # others may have become the same
    return f"{module.removesuffix('.py')}/{plain}.txt"


def _title(name: str) -> str:
    """The sentence that the name of a scenario is."""
    words, _, params = name.partition("[")
    rest = [part for part in params.rstrip("]").split("-") if not re.fullmatch(r"v\d", part) and part]
    return words.removeprefix("test_").replace("_", " ") + (f" ({'-'.join(rest)})" if rest else "")


def _failure(scenario: Line) -> Line:
    said = scenario["failure"] or {}
    check = said.get("check", "check")
    return {
        "scenario": scenario["id"],
        "title": scenario["title"],
        "version": scenario["version"],
        "rules": catalogue.broken(scenario),
        "grade": said.get("grade", "broken"),
        "met_by": said.get("met_by", ""),
        "check": check,
        "expected": said.get("expected", ""),
        "received": said.get("received", ""),
        "curl": said.get("curl", ""),
        "at": said.get("at", ""),
        "evidence": scenario["evidence"],
    }


def _answers(lines: Iterable[Line]) -> Counter[tuple[str, str, int]]:
    """How often operations of a version answered with a status, in all processes together."""
    found: Counter[tuple[str, str, int]] = Counter()
    for line in lines:
        for each in line["answers"] if line["kind"] == "answers" else []:
            found[each["version"], each["operation"], each["status"]] += each["answers"]
    return found


def _operations(answers: Counter[tuple[str, str, int]], target: Target) -> list[Line]:
    return [_operation(operation, answers, target) for version in target.versions for operation in operations(version)]


def _operation(operation: Operation, answers: Counter[tuple[str, str, int]], target: Target) -> Line:
    """How often an operation answered with which status. A run that only reads expects nothing of one that writes."""
    found = {
        status: number
        for (version, id, status), number in sorted(answers.items())
        if (version, id) == (operation.version, operation.id)
    }
    return {
        "version": operation.version,
        "operation": operation.id,
        "name": str(operation),
        "answers": {str(status): number for status, number in found.items()},
        "expected": target.writes or operation.method == "GET",
        "success": any(200 <= status < 300 for status in found),
    }


def _checks(failures: Sequence[Mapping[str, Any]], scenarios: Sequence[Line]) -> list[Line]:
    """The checks that every answer goes through, then those that scenarios make."""
    tried = Counter(name for each in scenarios if each["outcome"] != "skipped" for name in each.get("checks", []))
    failed = Counter(failure["check"] for failure in failures)
    answers = sum(len(each["exchanges"]) for each in scenarios)
    return [
        {
            "check": name,
            "answers": answers if name in CHECKS else None,
            "scenarios": None if name in CHECKS else max(tried[name], failed[name]),
            "failures": failed[name],
        }
        for name in dict.fromkeys([*CHECKS, *sorted({*tried, *failed})])
    ]
