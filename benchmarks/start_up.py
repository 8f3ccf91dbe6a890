"""How long `ecf-sandbox serve` takes, from the start of the process to the first answer of /health."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from servers import PATIENCE, free_port


def seconds_to_first_answer(data: Path) -> float:
    """Start a server, wait until it answers, and kill it."""
    port = free_port()
    command = [sys.executable, "-m", "sandbox", "serve", "--port", str(port), "--data", str(data)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1])
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=PATIENCE):
                    return time.perf_counter() - began
            except urllib.error.URLError:
                time.sleep(0.005)
    finally:
        process.kill()
        process.wait()
