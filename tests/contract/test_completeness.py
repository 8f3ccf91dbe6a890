"""A run is believed only when every operation has answered well at least once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from contract_tests.completeness import unanswered, verdict
from contract_tests.config import RunConfig
from contract_tests.documents import operations
from contract_tests.plugin import RECORDER, TARGET, VERDICT, pytest_sessionfinish
from contract_tests.recorder import Recorder
from contract_tests.target import Target

EVERYTHING = Counter({("v3", operation.id, 200): 1 for operation in operations("v3")})


def but(*left_out: str) -> Counter[tuple[str, str, int]]:
    return Counter({key: number for key, number in EVERYTHING.items() if key[1] not in left_out})


def test_a_run_that_saw_everything_answer_is_a_pass() -> None:
    assert verdict(EVERYTHING, ["v3"]) == ""


def test_each_operation_that_never_answered_well_is_named() -> None:
    lacking = unanswered(but("get_school", "create_partnership"), ["v3"])
    assert [operation.id for operation in lacking] == ["get_school", "create_partnership"]
    assert "GET /api/v3/schools/ecf/{id}" in verdict(but("get_school"), ["v3"])


def test_refusals_are_no_answers_that_prove_something() -> None:
    answers = but("get_school") + Counter({("v3", "get_school", 404): 9, ("v3", "get_school", 400): 3})
    assert [operation.id for operation in unanswered(answers, ["v3"])] == ["get_school"]


def test_a_version_that_is_not_tested_is_not_missed_and_another_does_not_stand_for_it() -> None:
    assert verdict(EVERYTHING, ["v3"]) == ""
    assert {operation.version for operation in unanswered(EVERYTHING, ["v1", "v3"])} == {"v1"}


def test_a_run_that_only_reads_misses_no_writes() -> None:
    reads = Counter({("v3", operation.id, 200): 1 for operation in operations("v3") if operation.method == "GET"})
    assert verdict(reads, ["v3"], read_only=True) == ""
    assert {operation.method for operation in unanswered(reads, ["v3"])} == {"POST", "PUT"}


def finished(
    answers: Counter[tuple[str, str, int]],
    *,
    file: str = "test_generated.py",
    rules: tuple[str, ...] = (),
    **chosen: Any,
) -> Any:
    """A run of pytest in which nothing failed, when it has come to its end."""
    recorder = Recorder(None)
    recorder.answers = answers
    stash = pytest.Stash()
    run = RunConfig(base_url="http://deployment", versions=("v3",), rules=rules)
    stash[RECORDER], stash[TARGET] = recorder, Target(config=run, writes=True)
    config = SimpleNamespace(stash=stash, getoption=chosen.get)
    session: Any = SimpleNamespace(config=config, items=[SimpleNamespace(path=Path(file))], exitstatus=0)
    pytest_sessionfinish(session, 0)
    return session


def test_a_whole_run_that_saw_too_little_exits_with_2_and_says_so() -> None:
    session = finished(but("get_school"))
    assert session.exitstatus == 2
    assert "GET /api/v3/schools/ecf/{id}" in session.config.stash[VERDICT]


def test_a_whole_run_that_saw_everything_is_left_a_pass() -> None:
    assert finished(EVERYTHING).exitstatus == 0


@pytest.mark.parametrize(
    "chosen", [{"keyword": "paging"}, {"rules": ("decl.*",)}, {"--only-version": "v3"}, {"file": "test_milestones.py"}]
)
def test_a_run_of_selected_scenarios_is_not_judged_so(chosen: dict[str, Any]) -> None:
    assert finished(but("get_school"), **chosen).exitstatus == 0
