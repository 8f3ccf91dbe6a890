"""The contract tests, told of an implementation that is not ours: they find what is wrong with it, and only that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.contract.second import OPERATIONS, TOKEN, WRONG, serving

CONCERNED = ("auth", "body", "decl", "method", "path", "read", "vis", "void")


def test_the_two_rules_that_it_gets_wrong_are_reported_and_nothing_else(tmp_path: Path) -> None:
    scenarios = told(tmp_path / "part.jsonl", wrong=WRONG)
    assert rules_of(scenarios, "failed") == WRONG


def test_nothing_is_reported_once_they_are_put_right(tmp_path: Path) -> None:
    scenarios = told(tmp_path / "part.jsonl", wrong=())
    assert [each["failure"] for each in scenarios if each["outcome"] == "failed"] == []
    assert rules_of(scenarios, "passed") >= WRONG | {"auth.token-required", "decl.one-per-milestone", "void.unpaid"}


def rules_of(scenarios: Sequence[Mapping[str, Any]], outcome: str) -> set[str]:
    """The rules of the scenarios that ended so."""
    return {rule for each in scenarios if each["outcome"] == outcome for rule in (*each["refuses"], *each["accepts"])}


def told(part: Path, wrong: Collection[str]) -> list[dict[str, Any]]:
    """What is written down of the scenarios of every rule that its operations are about."""
    with serving(wrong) as url:
        command = [
            *(sys.executable, "-W", "ignore", "-m", "pytest", "--pyargs", "contract_tests.rules", "-q"),
            *("-p", "contract_tests.plugin", "-p", "no:cacheprovider", "--base-url", url, "--part", str(part)),
            *("--allow-writes", "--api-version", "v3", "--behaviour", "documented"),
            *(word for operation in OPERATIONS for word in ("--operations", operation)),
            *(word for family in CONCERNED for word in ("--rules", f"{family}.*")),
        ]
        done = subprocess.run(command, env=os.environ | {"ECF_TOKEN": TOKEN}, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    lines = [json.loads(line) for line in part.read_text().splitlines()]
    return [line for line in lines if line["kind"] == "scenario"]
