"""How long `ecf-sandbox serve` takes to answer its first request: with fresh seeds, and with data that are there.

    .venv/bin/python benchmarks/start_up.py

Prints the median of several starts, in seconds from the start of the process to the first answer of /health.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

STARTS = 7
PORT = 18473


def seconds_to_first_answer(data: Path) -> float:
    """Start a server, wait until it answers, and kill it."""
    command = [sys.executable, "-m", "sandbox", "serve", "--port", str(PORT), "--data", str(data)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1])
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5):
                    return time.perf_counter() - began
            except urllib.error.URLError:
                time.sleep(0.005)
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = [seconds_to_first_answer(Path(folder) / str(n)) for n in range(STARTS)]
        again = [seconds_to_first_answer(Path(folder) / str(n)) for n in range(STARTS)]
    print(f"fresh seeds: {statistics.median(fresh):.2f} s, data that are there: {statistics.median(again):.2f} s")


if __name__ == "__main__":
    main()
