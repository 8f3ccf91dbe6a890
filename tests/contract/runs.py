"""What a run writes down, made up: a scenario that passed, one that failed, one that was skipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from contract_tests import report
from contract_tests.compare import Comparison
from contract_tests.config import RunConfig
from contract_tests.documents import operations
from contract_tests.report.masking import without
from contract_tests.target import Target

TOKEN = "northgate-token-1234"
GATEWAY_KEY = "gateway-key-5678"
RULE = "decl.milestone-start"
BEGAN = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)

Line = dict[str, Any]


def exchange(content: str = '{"data": []}', status: int = 200, **others: Any) -> Line:
    return {
        "at": "2026-05-04T09:30:01.250000Z",
        "seconds": 0.0123,
        "method": "POST",
        "url": "https://api.example/api/v3/participant-declarations",
        "request_headers": {"Authorization": "•••", "Content-Type": "application/json"},
        "request_body": '{"data": {"type": "contract-test"}}',
        "status": status,
        "headers": {"content-type": "application/vnd.api+json"},
        "content": content,
        **others,
    }


def scenario(name: str, outcome: str = "passed", version: str | None = "v3", **others: Any) -> Line:
    return {
        "kind": "scenario",
        "id": f"contract_tests/rules/test_milestones.py::test_{name}[{version}]",
        "name": f"test_{name}[{version}]",
        "part": "rules",
        "version": version,
        "refuses": [],
        "accepts": [],
        "checks": [],
        "outcome": outcome,
        "seconds": 0.5,
        "reason": "",
        "failure": None,
        "exchanges": [exchange()],
        **others,
    }


def failed(
    name: str = "nothing_may_be_early", version: str = "v3", refuses: Sequence[str] = (RULE,), **others: Any
) -> Line:
    failure = {
        "grade": "broken",
        "met_by": "Every client that declares.",
        "check": "check.refused",
        "expected": "422 over declaration_date",
        "received": "200 {}",
        "curl": "curl -X POST https://api.example/api/v3/participant-declarations",
        "request": exchange("{}"),
    }
    return scenario(name, "failed", version, refuses=[*refuses], failure=failure | others)


def passed(name: str = "the_first_moment_is_open", **others: Any) -> Line:
    return scenario(name, **{"accepts": ["decl.milestone-start"]} | others)


def skipped(name: str = "paid_ones_are_clawed_back", reason: str = "not available here: a paid one") -> Line:
    return scenario(name, "skipped", refuses=["void.paid"], reason=reason)


def answers(*, but: str = "", version: str = "v3") -> Line:
    """Every operation has answered with success, but one."""
    seen = [each.id for each in operations(version) if each.id != but]
    found = [{"version": version, "operation": id, "status": 200, "answers": 2} for id in seen]
    if but:
        found.append({"version": version, "operation": but, "status": 404, "answers": 1})
    return {"kind": "answers", "requests": 77, "answers": found}


def run_config(**others: Any) -> RunConfig:
    url, headers = "https://api.example", {"X-Api-Key": GATEWAY_KEY}
    return RunConfig(**{"base_url": url, "versions": ("v3",), "token": TOKEN, "headers": headers} | others)


def target(config: RunConfig | None = None, **others: Any) -> Target:
    told: dict[str, Any] = {"config": config or run_config(), "writes": True}
    return Target(**told | others)


def reported(
    *lines: Line,
    comparison: Comparison | None = None,
    config: RunConfig | None = None,
    exit_status: int | None = None,
    **about: Any,
) -> Line:
    ended = BEGAN + timedelta(seconds=42)
    return report.of(target(config, **about), BEGAN, lines, comparison, ended=ended, exit_status=exit_status)


def read(*lines: Line) -> list[Line]:
    """Lines as they come back from a part file, with nothing secret in them."""
    return without(run_config().secrets(), [json.loads(json.dumps(line)) for line in lines])
