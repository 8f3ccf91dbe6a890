"""The scenarios of each version, run by a pytest process of its own: several at a time, as threads would be slower."""

from __future__ import annotations

import json
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from contract_tests.config import RunConfig
from contract_tests.processes import PACKAGES, pytest_command, pytest_environment
from contract_tests.target import Target

LOOKS_EVERY: Final = 0.2  # seconds
GRACE: Final = 20  # seconds after --max-time until a process that does not end by itself is ended
NOTHING_TO_DO: Final = 5  # what pytest exits with when no scenario is wanted


class VersionRun:
    """What one version's process has written down so far: its plan, its scenarios, its end."""

    def __init__(self, version: str, folder: Path) -> None:
        self.version = version
        self.file = folder / f"{version}.jsonl"
        self.said = folder / f"{version}.txt"
        self.planned = self.done = self.failed = 0
        self.stopped = False
        self.process: subprocess.Popen[bytes] | None = None
        self.lines: list[dict[str, Any]] = []
        self._read = 0

    def look(self) -> None:
        """Read what has been added."""
        if not self.file.exists():
            return
        with self.file.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                self._add(json.loads(line))

    def _add(self, line: dict[str, Any]) -> None:
        self.lines.append(line)
        if line["kind"] == "plan":
            self.planned = line["scenarios"]
        self.stopped |= line["kind"] == "stopped"
        if line["kind"] == "scenario":
            self.done += 1
            self.failed += line["outcome"] == "failed"

    @property
    def is_over(self) -> bool:
        """True when its process has ended."""
        return self.process is not None and self.process.poll() is not None

    def end(self, reason: str = "") -> None:
        """Its process ends, if it has not. One that did not do all it had to do, and does not say why, is a reason."""
        assert self.process is not None
        if not self.is_over:
            self.process.kill()
            self.process.wait()
        self.look()
        did_all = self.process.returncode == NOTHING_TO_DO or 0 < self.planned <= self.done
        if not reason and not did_all and not self.stopped:
            last = self.said.read_text(errors="replace").strip().splitlines()[-5:]
            reason = f"The tests of {self.version} could not run: {' '.join(' '.join(last).split())}"
        if reason:
            self._add({"kind": "stopped", "reason": reason})


def run(target: Target, folder: Path, tell: Callable[[Sequence[VersionRun]], None]) -> list[dict[str, Any]]:
    """Everything that is written down of all versions. `tell` is told, again and again, how far each is."""
    at_once = min(target.config.workers, len(target.versions))
    runs = [VersionRun(version, folder) for version in target.versions]
    waiting, running = deque(reversed(runs)), set[VersionRun]()  # the newest has most to do
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                version = waiting.popleft()
                version.process = _started(version, share(target, at_once))
                running.add(version)
            time.sleep(LOOKS_EVERY)
            for version in list(running):
                version.look()
                if version.is_over:
                    version.end()
                    running.remove(version)
                elif target.ends_at is not None and time.monotonic() > target.ends_at + GRACE:
                    version.end("The time that --max-time allows is over.")
                    running.remove(version)
            tell(runs)
    finally:
        for version in running:
            version.end("It was stopped.")
    return [line for version in runs for line in version.lines]


def share(target: Target, at_once: int) -> RunConfig:
    """What one of so many processes is told: what the target turned out to be, its share of the rate, the time left."""
    return replace(
        target.config,
        behaviour=target.behaviour,
        read_only=not target.writes,
        allow_writes=target.writes,
        rate=target.config.rate and target.config.rate / at_once,
        max_time=target.ends_at and max(0.1, target.ends_at - time.monotonic()),
    )


def _started(version: VersionRun, config: RunConfig) -> subprocess.Popen[bytes]:
    told = (str(PACKAGES / "contract_tests"), "--only-version", version.version)
    with version.said.open("wb") as said:
        return subprocess.Popen(
            pytest_command(config, version.file, *told),
            cwd=version.file.parent,
            env=pytest_environment(config),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
