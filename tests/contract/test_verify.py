"""`ecf-contract verify` as it is called: what it sends, what it says, what it exits with."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from contract_tests import engine
from contract_tests.assignment import Assignment
from contract_tests.config import RunConfig
from contract_tests.effort import scenarios_in
from contract_tests.part import THREE, TWO, Part, Share
from contract_tests.processes import pytest_command, pytest_environment
from contract_tests.turns import Turns
from tests.server.running import ROOT, Running, serving

from .deployments import TOKEN, Answer, Question, deployed, standing_before
from .runs import GATEWAY_KEY, run_config, target
from .runs import TOKEN as SOME_TOKEN

NORTHGATE = "northgate-sandbox-token"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="module")
def as_deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("deployed"), "--behaviour", "deployed") as running:
        yield running


def verify(*options: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "contract_tests.cli", "verify", *options]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def unpacked(file: Path) -> str:
    content = file.read_bytes()
    return (gzip.decompress(content) if file.suffix == ".gz" else content).decode()


def test_what_is_no_sandbox_is_only_read_and_no_secret_is_told(as_deployed: Running, tmp_path: Path) -> None:
    with deployed(standing_before(as_deployed.url, NORTHGATE)) as hidden:
        options = ["--base-url", hidden.url, "--version", "v3", "--examples", "1", "--report", str(tmp_path / "report")]
        ended = verify(*options, ECF_TOKEN=TOKEN, ECF_HEADERS=f"X-Api-Key: {GATEWAY_KEY}")
    assert hidden.methods == {"GET"}
    assert len(hidden.asked) > 5
    assert any(question.headers.get("X-Api-Key") == GATEWAY_KEY for question in hidden.asked)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    written = "".join(map(unpacked, tmp_path.rglob("*.*")))
    assert "only read" in ended.stdout
    for told in (ended.stdout, ended.stderr, written):
        assert TOKEN not in told
        assert GATEWAY_KEY not in told


def test_a_sandbox_is_only_read_when_that_is_asked(sandbox: Running) -> None:
    def through(question: Question) -> Answer:
        with requests.request(question.method, sandbox.url + question.path, headers=dict(question.headers)) as said:
            return Answer(said.status_code, said.content, said.headers.get("Content-Type", ""))

    with deployed(through) as seen:
        options = ("--base-url", seen.url, "--version", "v1", "--rules", "read.page", "decl.milestone-*")
        ended = verify(*options, "--read-only", ECF_TOKEN=NORTHGATE)
    assert "(a sandbox): v1, held to the behaviour documented, only read" in ended.stdout
    assert seen.methods == {"GET"}


def test_a_sandbox_of_its_own_keeps_the_contract_whatever_pytest_is_told_nearby(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "conftest.py").write_text("raise SystemExit('not ours')\n")
    options = ("--rules", "decl.milestone-start", "--version", "v3", "--report", "report")
    ended = verify(*options, cwd=tmp_path, PYTEST_ADDOPTS="--no-such-option-either")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith("KEPT. The contract is kept: ")
    assert re.search(r"^v3: (\d+) of \1 scenarios, 0 failed, done$", ended.stderr, re.MULTILINE)
    made = json.loads((tmp_path / "report" / "report.json").read_text())
    assert made["rule_coverage"]["refused"] == {"seen": 1, "of": 1}


def test_a_defect_breaks_it_and_the_rule_is_named(sandbox: Running) -> None:
    options = ("--base-url", sandbox.url, "--rules", "decl.milestone-start", "--version", "v1")
    ended = verify(*options, "--defects", "milestone-start-ignored", ECF_TOKEN=NORTHGATE)
    assert ended.returncode == 1
    assert "decl.milestone-start" in ended.stdout.splitlines()[0]


def test_a_defect_that_there_is_not_is_said(sandbox: Running) -> None:
    options = ("--base-url", sandbox.url, "--version", "v1", "--rules", "decl.milestone-start", "--defects", "no-such")
    ended = verify(*options, ECF_TOKEN=NORTHGATE)
    assert ended.returncode == 2
    assert "There is no defect 'no-such'" in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_processes_are_told_secrets_where_no_list_of_processes_nor_any_file_shows_them(tmp_path: Path) -> None:
    config = run_config(control_token="control-token-9")
    told = " ".join(pytest_command(config, tmp_path / "v3.jsonl"))
    told += "".join(file.read_text() for file in tmp_path.iterdir())
    passed_on = pytest_environment(config)
    for secret in (SOME_TOKEN, GATEWAY_KEY, "control-token-9"):
        assert secret not in told
        assert secret in " ".join(passed_on.values())


def test_processes_take_turns_and_none_has_a_share(tmp_path: Path) -> None:
    both = Turns(0.001, tmp_path / "turns"), Turns(0.001, tmp_path / "turns")
    waits = [both[number % 2].take() for number in range(4)]
    assert waits == pytest.approx([0, 1000, 2000, 3000], abs=60)
    assert [both[0].take() for _ in range(2)] == pytest.approx([4000, 5000], abs=60)
    assert Turns().take() == 0


def test_each_process_is_told_what_the_target_turned_out_to_be(tmp_path: Path) -> None:
    told = target(run_config(read_only=True), writes=False, behaviour="deployed", sandbox=True, ends_at=99.5)
    assignment = Assignment(sandbox=told.sandbox, ends_at=told.ends_at, turns="turns")
    assignment.write(tmp_path / "assignment")
    assert Assignment.read(tmp_path / "assignment").target(engine.settled(told)) == replace(
        told, config=engine.settled(told)
    )


def test_all_parts_begin_at_once_unless_fewer_are_asked_for() -> None:
    assert RunConfig().at_once == RunConfig(workers=5).at_once == 4  # of the newest what is made up, and the rest
    assert RunConfig(workers=2).at_once == 2
    assert RunConfig(workers=1).at_once == RunConfig(versions=("v3",), rules=("decl.*",)).at_once == 1
    assert RunConfig(versions=("v3",)).at_once == 3


@pytest.mark.parametrize("shares", [TWO, THREE], ids=" ".join)
def test_every_scenario_of_the_newest_version_is_told_by_one_of_its_processes(shares: tuple[Share, ...]) -> None:
    by_hand, *at_random = (scenarios_in(Part(("v3",), share)) for share in shares)
    assert by_hand > sum(at_random)
    assert all(at_random)
    assert by_hand + sum(at_random) == scenarios_in(Part(("v3",)))
