"""A plugin of pytest: scenarios collected once and told of many runs, each in a process divided off for it.

Reading and collecting them takes longer than telling those of one rule, and a divided process shares nothing that
another could leave behind.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from contract_tests.config import RunConfig
from contract_tests.conformance.current import CURRENT
from contract_tests.handover import from_both, to_json
from contract_tests.plugin import RECORDER, RUN_CONFIG
from contract_tests.recorder import Recorder
from contract_tests.selection import is_selected

ENDS: Final = "ends.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the runs are written down, how many are told at a time, and whether one with a defect ends as it fails."""
    parser.addoption("--runs", type=Path, required=True, metavar="DIR")
    parser.addoption("--at-once", type=int, default=1, metavar="N")
    parser.addoption("--until-found", action="store_true")


class Runs:
    """The runs of a folder: what each is asked for, what it writes down, and how each ended after how long."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, runs: Sequence[RunConfig]) -> None:
        """Write down what is asked for."""
        for number, run in enumerate(runs):
            self._file(number, "run").write_bytes(to_json(run))

    def asked(self) -> Iterator[tuple[int, RunConfig]]:
        """The runs, in the order in which they were asked for."""
        for number in range(len(list(self._folder.glob("*.run")))):
            yield number, from_both(self._file(number, "run").read_bytes(), os.environ)

    def begun(self) -> int:
        """How many have begun to be told."""
        return sum(each.stem.isdigit() for each in self._folder.glob("*.jsonl"))

    def part(self, number: int) -> Path:
        """Where a run writes down what happens."""
        return self._file(number, "jsonl")

    def ended(self, ends: Sequence[tuple[int, float]]) -> None:
        """Write down how the runs ended: with which exit status, after how many seconds."""
        (self._folder / ENDS).write_text(json.dumps(ends), "utf-8")

    def ends(self) -> list[tuple[int, float]]:
        """How they ended; nothing before all of them have."""
        file = self._folder / ENDS
        return [(status, seconds) for status, seconds in json.loads(file.read_text("utf-8"))] if file.exists() else []

    def _file(self, number: int, suffix: str) -> Path:
        return self._folder / f"{number}.{suffix}"


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Divide off a process for each run, which goes on from here with its scenarios; this one tells none."""
    if not session.shouldfail and not session.testsfailed:  # else something could not be collected
        session.config.pluginmanager.unregister(name="terminalreporter")
        runs = Runs(session.config.getoption("--runs"))
        own = _divided(runs, session.config.getoption("--at-once"))
        _take_up(session, own, runs)
    return (yield)


def _divided(runs: Runs, at_once: int) -> tuple[int, RunConfig] | None:
    """The run that this process is to tell; None in the one that all are divided off from, when all have ended."""
    began: dict[int, tuple[int, float]] = {}  # by process: the run's number, and when
    ends: dict[int, tuple[int, float]] = {}

    def wait() -> None:
        process, status = os.wait()
        number, since = began.pop(process)
        ends[number] = os.waitstatus_to_exitcode(status), time.monotonic() - since

    for number, run in runs.asked():
        while len(began) >= at_once:
            wait()
        if process := os.fork():
            began[process] = number, time.monotonic()
        else:
            return number, run
    while began:
        wait()
    runs.ended([end for _, end in sorted(ends.items())])
    return None


def _take_up(session: pytest.Session, own: tuple[int, RunConfig] | None, runs: Runs) -> None:
    """Have this process tell the scenarios of its run, and write down what happens where that is expected."""
    if own is None:
        session.items = []
        return
    number, run = own
    config = session.config
    config.stash[RUN_CONFIG] = CURRENT.config = run
    config.stash[RECORDER] = recorder = Recorder(runs.part(number))
    session.items = [item for item in session.items if is_selected(item, run, None)]
    if run.defects and config.getoption("--until-found"):
        config.option.maxfail = 1
        turns = defaultdict[Path, Iterator[int]](count)
        session.items.sort(key=lambda item: next(turns[item.path]))  # the first of each module, the second of each, …
    recorder.plan(len(session.items))
