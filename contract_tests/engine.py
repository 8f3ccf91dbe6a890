"""The scenarios of each version, run by a pytest process of its own: several at a time, as threads would be slower."""

from __future__ import annotations

import json
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from contract_tests.assignment import Assignment
from contract_tests.config import RunConfig
from contract_tests.effort import scenarios_in
from contract_tests.part import Part
from contract_tests.processes import PACKAGES, pytest_command, pytest_environment
from contract_tests.target import Target

LOOKS_EVERY: Final = 0.2  # seconds
GRACE: Final = 5  # seconds after --max-time until a process that does not end by itself is ended
NOTHING_TO_DO: Final = 5  # what pytest exits with when no scenario is wanted


class VersionRun:
    """What one process, for its part of a run, has written down so far: its plan, its scenarios, its end."""

    def __init__(self, part: Part, folder: Path) -> None:
        self.part = part
        self.version = part.name
        self.file = folder / f"{'-'.join((*part.versions, *filter(None, [part.share])))}.jsonl"
        self.said = self.file.with_suffix(".txt")
        self.planned = self.done = self.failed = 0
        self.stopped = self.time_over = False
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
        self.time_over |= line["kind"] == "time over"
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
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.look()
        did_all = self.process.returncode == NOTHING_TO_DO or 0 < self.planned <= self.done
        if not reason and not did_all and not self.stopped and not self.time_over:
            last = self.said.read_text("utf-8", errors="replace").strip().splitlines()[-5:]
            reason = f"The tests of {self.version} could not run: {' '.join(' '.join(last).split())}"
        if reason:
            self._add({"kind": "stopped", "reason": reason})
        if self.time_over:
            planned = self.planned or scenarios_in(self.part)
            self._add({"kind": "left out", "scenarios": max(0, planned - self.done)})

    def never_began(self) -> None:
        """There was no time for it at all."""
        self._add({"kind": "left out", "scenarios": scenarios_in(self.part)})


class Engine:
    """Runs every version of a target. `turns` is the file by which its processes take turns."""

    def __init__(self, target: Target, folder: Path, turns: Path) -> None:
        self._target = target
        self._turns = turns
        # On a deployment that is written to, processes would be in each other's way.
        parts = [Part(target.versions)] if target.shares_people else target.config.parts
        self._runs = [VersionRun(part, folder) for part in parts]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Everything that is written down of all versions."""
        return [line for version in self._runs for line in version.lines]

    def run(self, tell: Callable[[Sequence[VersionRun]], None]) -> None:
        """Run to the end. `tell` is told, again and again, how far each version is."""
        waiting, running = deque(reversed(self._runs)), set[VersionRun]()  # the newest has most to do
        try:
            while waiting or running:
                if self._time_is_over:
                    while waiting:
                        waiting.popleft().never_began()
                while waiting and len(running) < self._target.config.at_once:
                    version = waiting.popleft()
                    version.process = self._started(version)
                    running.add(version)
                time.sleep(LOOKS_EVERY)
                running -= set(self._over(running))
                tell(self._runs)
        finally:
            for version in running:
                version.end("It was stopped.")

    @property
    def _time_is_over(self) -> bool:
        return self._target.ends_at is not None and time.monotonic() > self._target.ends_at

    def _over(self, running: set[VersionRun]) -> Iterator[VersionRun]:
        """Those of the running that have come to their end, or have had all the time there is."""
        ends_at = self._target.ends_at
        for version in running:
            version.look()
            if not version.is_over and ends_at is not None and time.monotonic() > ends_at + GRACE:
                version.time_over = True
                version.end()
            elif version.is_over:
                version.end()
            else:
                continue
            yield version

    def _started(self, version: VersionRun) -> subprocess.Popen[bytes]:
        target, assignment = self._target, version.file.with_suffix(".assignment")
        told_of = Assignment(sandbox=target.sandbox, ends_at=target.ends_at, turns=str(self._turns), apart=target.apart)
        told_of.write(assignment)
        told = [str(PACKAGES / "contract_tests"), "--assignment", str(assignment)]
        if len(version.part.versions) == 1:
            told += ["--only-version", version.part.versions[0]]
        with version.said.open("wb") as said:
            return subprocess.Popen(
                pytest_command(settled(target), version.file, *told, share=version.part.share, held=True),
                cwd=version.file.parent,
                env=pytest_environment(target.config),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
            )


def settled(target: Target) -> RunConfig:
    """What a process is told of the run: what the target turned out to be."""
    return replace(target.config, behaviour=target.behaviour, read_only=not target.writes, allow_writes=target.writes)
