"""A pytest that has collected the scenarios once, and tells those of each job in a fork of itself.

As a plugin it reads jobs from its standard input, one JSON object a line, and says on its standard output which have
ended. `Host` is whoever starts it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from contract_tests import processes
from contract_tests.config import RunConfig
from contract_tests.documents import ECF, SCOPE, every_operation, versions
from contract_tests.exchange import Exchange
from contract_tests.plugin import RECORDER, RUN_CONFIG
from contract_tests.recorder import Recorder

FOLDERS: Final = ("conformance", "rules", "journeys", "walks", "register")  # of which editions have their own
RANDOM: Final = "conformance/test_generated.py"  # takes longer to be made up than all others to be told
PATIENCE: Final = 900  # seconds for a job
ENDED: Final = b"ended "

Job = dict[str, Any]


class LastOnly(Recorder):
    """Keeps of what was said the last exchange alone."""

    def heard(self, exchange: Exchange) -> None:
        """Note an exchange."""
        super().heard(exchange)
        self.exchanges = [exchange]


class Announcer:
    """Says on a socket which scenario begins."""

    def __init__(self, listener: str) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(listener)
        self._answers = self._connection.makefile("rb")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A scenario begins: it waits until that is known."""
        self._connection.sendall(f"{nodeid}\n".encode())
        self._answers.readline()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Fork for each job, until there are no more. What each would read of the documents is read before."""
    for version in versions(SCOPE.edition):
        every_operation(version)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.write(1, ENDED + b"collecting\n")
    for line in sys.stdin:
        if os.fork() == 0:
            _tell(session, json.loads(line))
    return True


def _tell(session: pytest.Session, job: Job) -> NoReturn:
    def end(*_: object) -> NoReturn:
        os.write(1, ENDED + f"{job['id']}\n".encode())
        os._exit(0)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(PATIENCE)
    config = session.config
    config.stash[RUN_CONFIG] = replace(config.stash[RUN_CONFIG], **job["config"])
    config.stash[RECORDER] = (Recorder if job["whole"] else LastOnly)(Path(job["part"]))
    config.option.maxfail = 1 if job["stop"] else 0
    if job["listener"]:
        config.pluginmanager.register(Announcer(job["listener"]))
    session.items.sort(key=_turn)
    if job["chosen"] is not None:
        known = {item.nodeid: item for item in session.items}
        session.items[:] = [known[each] for each in job["chosen"] if each in known]
    with suppress(BaseException):
        for number, item in enumerate(session.items):
            following = session.items[number + 1] if number + 1 < len(session.items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail or session.shouldstop:
                break
    with suppress(BaseException):
        session._setupstate.teardown_exact(None)
    end()


def _turn(item: pytest.Item) -> tuple[bool, ...]:
    """Those first that look at answers as such, and then those that look at everything."""
    return "/conformance/" not in item.nodeid, "/walks/" not in item.nodeid


class Host:
    """The process, and what is being told in its forks."""

    def __init__(self, edition: str = ECF) -> None:
        self.edition = edition
        self._folder = tempfile.TemporaryDirectory()
        self._jobs: dict[str, Future[None]] = {"collecting": Future()}
        self._lock = threading.Lock()
        config = RunConfig(base_url="http://127.0.0.1:9", token="nobody's", edition=edition)
        part = Path(self._folder.name, "host.jsonl")
        files = [str(processes.PACKAGES / "contract_tests" / each) for each in (*FOLDERS, RANDOM)]
        command = [*processes.pytest_command(config, part, *files[:-1]), "--ignore", files[-1], "-s"]
        self._process = subprocess.Popen(
            [*command, "-p", "tests.detection.host"],
            cwd=self._folder.name,
            env=processes.pytest_environment(config),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self._jobs["collecting"].result(timeout=PATIENCE)

    def tell(
        self,
        config: Mapping[str, Any],
        chosen: Sequence[str] | None = None,
        *,
        stop: bool = True,
        whole: bool = False,
        listener: str = "",
    ) -> Iterator[Any]:
        """What is written down when the scenarios chosen, or all, are told with such a configuration.

        Of what was asked and answered, only the last is, unless the `whole` is wanted.
        """
        with self._lock:
            number = str(len(self._jobs))
            ended: Future[None] = Future()
            self._jobs[number] = ended
            part = Path(self._folder.name, f"{number}.jsonl")
            job = {"id": number, "config": dict(config), "part": str(part), "chosen": chosen}
            assert self._process.stdin is not None
            self._process.stdin.write(
                json.dumps(job | {"stop": stop, "whole": whole, "listener": listener}).encode() + b"\n"
            )
            self._process.stdin.flush()
        ended.result(timeout=PATIENCE * 2)
        lines = part.read_text().splitlines() if part.exists() else []
        part.unlink(missing_ok=True)
        yield from map(json.loads, lines)

    def close(self) -> None:
        """There are no more jobs."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if ENDED in line:
                self._jobs[line.partition(ENDED)[2].decode().strip()].set_result(None)
        for each in self._jobs.values():
            if not each.done():
                each.set_exception(RuntimeError("The pytest that tells scenarios has ended."))
