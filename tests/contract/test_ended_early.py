"""A run that is ended says what it found until then, and nothing goes on asking after it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from contract_tests.errors import TimeIsOver
from contract_tests.plugin import RECORDER, pytest_runtest_call, pytest_runtest_setup, pytest_runtest_teardown
from contract_tests.recorder import Recorder
from contract_tests.signals import Stopped, heeded, ignore
from tests.server.running import ROOT

from .deployments import TOKEN, Deployment, deployed, keeper

ENOUGH = 12  # requests after which a run is well under way
V3 = ("--version", "v3", "--rate-limit", "20/s")
HOOKS = {"before": pytest_runtest_setup, "in": pytest_runtest_call, "after": pytest_runtest_teardown}
READING = (*V3, "--rules", "read.*")  # where nothing has to be made up first


@contextmanager
def verifying(target: Deployment, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A run that is under way."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ECF_TOKEN": TOKEN}
    command = [sys.executable, "-W", "ignore", "-m", "contract_tests.cli", "verify", "--base-url", target.url, *options]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            yield run
        finally:
            run.kill()


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def is_quiet_after(target: Deployment) -> bool:
    """Whether nobody asks any more, once what was under way has ended."""
    time.sleep(0.5)
    asked = len(target.asked)
    time.sleep(0.5)
    return len(target.asked) == asked


@contextmanager
def handled(number: signal.Signals, handler: signal.Handlers) -> Iterator[None]:
    """As if these tests had been started so: `nohup`, or a shell in the background, has some signals ignored."""
    before = signal.signal(number, handler)
    try:
        yield
        assert signal.getsignal(number) is handler
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_run_exits_as_the_signal_has_it_and_takes_no_notice_of_more(number: signal.Signals, status: int) -> None:
    with handled(number, signal.SIG_DFL):
        with pytest.raises(Stopped, match=number.name) as stopped, heeded():
            signal.raise_signal(number)
        assert stopped.value.exit_status == status
        with heeded():
            ignore()
            signal.raise_signal(number)


def test_what_is_ignored_on_purpose_stays_ignored() -> None:
    with handled(signal.SIGHUP, signal.SIG_IGN), heeded():
        signal.raise_signal(signal.SIGHUP)


def test_a_signal_ends_it_at_once_and_the_report_is_written(tmp_path: Path) -> None:
    with deployed(keeper) as target:
        with verifying(target, *READING, "--report", str(tmp_path)) as run:
            until(lambda: len(target.asked) > ENOUGH)
            run.send_signal(signal.SIGTERM)
            out, err = run.communicate(timeout=60)
        assert run.returncode == 143, err
        assert is_quiet_after(target)
    verdict = json.loads((tmp_path / "report.json").read_text())["verdict"]
    assert verdict["exit_status"] == 143
    assert "SIGTERM" in verdict["sentence"] + out
    assert out.splitlines()[-1] == f"Report: {tmp_path}"


def test_nothing_goes_on_asking_when_it_is_killed() -> None:
    with deployed(keeper) as target, verifying(target, *READING) as run:
        until(lambda: len(target.asked) > ENOUGH)
        run.kill()
        run.wait()
        assert is_quiet_after(target)


@pytest.mark.parametrize("when", HOOKS)
def test_when_the_time_is_over_around_a_scenario_the_run_is_over_and_nothing_has_failed(
    when: str, tmp_path: Path
) -> None:
    recorder = Recorder(tmp_path / "record")
    scenario: Any = SimpleNamespace(config=SimpleNamespace(stash={RECORDER: recorder}))
    under_way = HOOKS[when](scenario)
    next(under_way)
    with pytest.raises(pytest.exit.Exception):
        under_way.throw(TimeIsOver())
    recorder.close()
    first = (tmp_path / "record").read_text().splitlines()[0]
    assert json.loads(first) == {"kind": "time over"}


def test_when_the_time_is_over_there_is_a_verdict_on_what_was_seen(tmp_path: Path) -> None:
    with deployed(keeper) as target, verifying(target, *V3, "--max-time", "12s", "--report", str(tmp_path)) as run:
        _, err = run.communicate(timeout=120)
    made = json.loads((tmp_path / "report.json").read_text())
    assert run.returncode == made["verdict"]["exit_status"]
    assert made["run"]["seconds"] < 40
    assert made["run"]["left_out"] > 0
    assert "left out, as the time of --max-time was over" in made["verdict"]["sentence"]
    assert "--max-time leaves room for" in err
    assert made["run"]["stopped"] == []
