"""What a run writes down, made up: a scenario that passed, one that failed, one that was skipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contract_tests import report
from contract_tests.compare import Comparison
from contract_tests.config import RunConfig
from contract_tests.documents import operations
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.masking import Mask
from contract_tests.recorder import Recorder
from contract_tests.target import Target

TOKEN = "northgate-token-1234"
GATEWAY_KEY = "gateway-key-5678"
RULE = "decl.milestone-start"
BEGAN = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)

Line = dict[str, Any]


def exchange(content: str = '{"data": []}', status: int = 200, **others: Any) -> Exchange:
    told: dict[str, Any] = {
        "at": datetime(2026, 5, 4, 9, 30, 1, 250000, tzinfo=UTC),
        "seconds": 0.0123,
        "method": "POST",
        "url": "https://api.example/api/v3/participant-declarations",
        "path": "/api/v3/participant-declarations",
        "request_headers": {"Authorization": "•••", "Content-Type": "application/json"},
        "request_body": '{"data": {"type": "contract-test"}}',
        "headers": {"content-type": "application/vnd.api+json"},
        **others,
    }
    sent = told.pop("request_body").encode("utf-8", "surrogatepass")
    return Exchange(status=status, content=content.encode("utf-8", "surrogatepass"), request_body=sent, **told)


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
    name: str = "nothing_may_be_early",
    version: str = "v3",
    refuses: Sequence[str] = (RULE,),
    exchanges: Sequence[Exchange] = (exchange(),),
    **others: Any,
) -> Line:
    failure = {
        "grade": "broken",
        "met_by": "Every client that declares.",
        "check": "check.refused",
        "expected": "422 over declaration_date",
        "received": "200 {}",
        "curl": "curl -X POST https://api.example/api/v3/participant-declarations",
        "at": "2026-05-04T09:30:01.250000Z",
    }
    return scenario(name, "failed", version, refuses=[*refuses], failure=failure | others, exchanges=[*exchanges])


def passed(name: str = "the_first_moment_is_open", **others: Any) -> Line:
    return scenario(name, **{"accepts": ["decl.milestone-start"]} | others)


def skipped(
    name: str = "paid_ones_are_clawed_back", reason: str = "the target has no declaration that is paid"
) -> Line:
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


def read(*lines: Line, config: RunConfig | None = None) -> list[Line]:
    """Lines as a process of a run writes them down."""
    with TemporaryDirectory() as folder:
        part = Path(folder) / "v3.jsonl"
        recorder = Recorder(part, Mask.of(config or run_config()))
        rest = []
        for line in lines:
            if line["kind"] == "scenario":
                told = {name: value for name, value in line.items() if name not in ("kind", "exchanges", "failure")}
                recorder.begin()
                for each in line["exchanges"]:
                    recorder.heard(each)
                recorder.end(error=_error(line), **told)
            elif line["kind"] == "stopped":
                recorder.stop(line["reason"])
            else:
                rest.append(line)
        recorder.close()
        written = [json.loads(line) for line in part.read_text().splitlines()]
    return [line for line in written if line["kind"] != "answers"] + rest


def _error(line: Line) -> ContractBroken | None:
    said = line["failure"]
    return said and ContractBroken(said["check"], said["expected"], said["received"], line["exchanges"][-1])
