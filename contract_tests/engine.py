"""The scenarios of each version, run by a pytest process of its own: several at a time, as threads would be slower."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import contract_tests
from contract_tests.target import Target
from contract_tests.wanted import Wanted

PACKAGE: Final = Path(contract_tests.__file__).parents[1]
LOOKS_EVERY: Final = 0.2  # seconds
GRACE: Final = 20  # seconds after --max-time until a process that does not end by itself is ended
NOTHING_TO_DO: Final = 5  # what pytest exits with when no scenario is wanted


class Part:
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


def run(wanted: Wanted, target: Target, folder: Path, tell: Callable[[Sequence[Part]], None]) -> list[dict[str, Any]]:
    """Everything that is written down of all versions. `tell` is told, again and again, how far each is."""
    at_once = min(wanted.workers, len(target.versions))
    parts = [Part(version, folder) for version in target.versions]
    waiting, running = deque(reversed(parts)), set[Part]()  # the newest has most to do
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\n")  # so that none of the place where the command was called apply
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                part = waiting.popleft()
                part.process = _started(part, wanted, target, settings, at_once)
                running.add(part)
            time.sleep(LOOKS_EVERY)
            for part in list(running):
                part.look()
                if part.is_over:
                    part.end()
                    running.remove(part)
                elif target.ends_at is not None and time.monotonic() > target.ends_at + GRACE:
                    part.end("The time that --max-time allows is over.")
                    running.remove(part)
            tell(parts)
    finally:
        for part in running:
            part.end("It was stopped.")
    return [line for part in parts for line in part.lines]


def _started(part: Part, wanted: Wanted, target: Target, settings: Path, at_once: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-W", "ignore", "-m", "pytest", *arguments(part, wanted, target, at_once)]
    command += ["-c", str(settings), "--rootdir", str(PACKAGE)]
    with part.said.open("wb") as said:
        return subprocess.Popen(
            command,
            cwd=settings.parent,
            env=environment(wanted, target),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )


def arguments(part: Part, wanted: Wanted, target: Target, at_once: int) -> list[str]:
    """What a process is told, but for secrets: any user of a machine can list the arguments of all processes."""
    told = [str(PACKAGE / "contract_tests"), "-q", "--tb=no", "-p", "no:cacheprovider"]
    told += ["-p", "schemathesis.pytest.plugin", "-p", "contract_tests.plugin"]
    told += ["--base-url", target.url, "--part", str(part.file), "--only-version", part.version]
    told += [f"--api-version={version}" for version in target.versions]
    told += ["--behaviour", target.behaviour, "--contract-seed", str(wanted.seed)]
    told += ["--examples", str(wanted.examples), "--defects", wanted.defects]
    told += [f"--rules={glob}" for glob in wanted.rules]
    told += ["--allow-writes" if target.writes else "--read-only"]
    if wanted.production:
        told += ["--production"]
    if target.rate is not None:
        told += ["--rate-limit", str(target.rate / at_once)]
    if target.ends_at is not None:
        told += ["--max-time", str(max(0.1, target.ends_at - time.monotonic()))]
    return told


def environment(wanted: Wanted, target: Target) -> Mapping[str, str]:
    """Where secrets are passed on. No settings of a pytest that somebody else runs, nor plugins they happen to have."""
    passed = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    passed["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    passed["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH")]))
    passed["ECF_TOKEN"] = target.token
    passed["ECF_HEADERS"] = "\n".join(f"{name}: {value}" for name, value in wanted.headers.items())
    if wanted.control_token is not None:
        passed["ECF_CONTROL_TOKEN"] = wanted.control_token
    return passed
