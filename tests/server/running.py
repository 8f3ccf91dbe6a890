"""A really running sandbox: `ecf-sandbox serve` in a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-W", "ignore", "-m", "sandbox")


class Running:
    """The process, where it answers, and what it said when it was ready."""

    def __init__(self, process: subprocess.Popen[bytes], banner: str) -> None:
        self.process = process
        self.banner = banner
        address = re.search(r"http://[^/\s]+", banner)
        assert address, banner
        self.url = address[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self, signal_number: int = signal.SIGTERM) -> int:
        """Ask it to end; its exit status."""
        self.process.send_signal(signal_number)
        return self.process.wait(timeout=10)


@contextmanager
def serving(
    data: Path | None,
    *options: str,
    cwd: Path = ROOT,
    stderr: IO[str] | None = None,
    command: Sequence[str] = COMMAND,
    patience: float = 60,
) -> Iterator[Running]:
    """Serve from a data folder, or from what the options name, until the block ends.

    Raises AssertionError when it is not ready after so many seconds.
    """
    kept = () if data is None else ("--data", str(data))
    serve = [*command, "serve", "--port", "0", *kept, *options]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=stderr, cwd=cwd) as process:
        try:
            yield Running(process, _banner(process, patience))
        finally:
            process.kill()


def run(*arguments: str, cwd: Path = ROOT, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, with modules found in `path` before all others. It serves on a free port only."""
    free = ("--port", "0") if arguments[:1] == ("serve",) and "--port" not in arguments else ()
    return subprocess.run(
        [*COMMAND, *arguments, *free],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=30,
        check=False,
        env=os.environ | ({"PYTHONPATH": str(path)} if path else {}),
    )


def _banner(process: subprocess.Popen[bytes], patience: float) -> str:
    """What it says until it is ready."""
    assert process.stdout is not None
    said, deadline = b"", time.monotonic() + patience
    while b"ecf-sandbox reset\n" not in said:
        assert select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))[0], "it did not get ready"
        part = os.read(process.stdout.fileno(), 65536)
        assert part, f"it ended: {said.decode()}"
        said += part
    return said.decode()
