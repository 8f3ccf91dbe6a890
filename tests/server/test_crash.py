"""A serving sandbox killed twenty times under load: `benchmarks/crash`, in short."""

from __future__ import annotations

import re
import subprocess

from .running import COMMAND, ROOT


def test_nothing_that_was_acknowledged_is_lost_in_twenty_kills() -> None:
    # Each server is a copy of a process that has imported everything, which saves half of a start and changes nothing.
    python, *quietly = COMMAND[:3]
    command = [python, *quietly, "benchmarks/crash.py", "--kills", "20", "--longest", "0.2", "--seed", "9", "--warm"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=600, check=False, env={"PYTHONPATH": "."}
    )
    assert done.returncode == 0, done.stderr
    assert "lost: 0\nkept by half: 0\n" in done.stdout
    counted = {what: int(count.replace(",", "")) for what, count in re.findall(r"(.+): ([\d,]+)", done.stdout)}
    assert sum(count for what, count in counted.items() if what.startswith("kills")) == 20
    assert counted["kills under load"] > 10
    assert counted["writes acknowledged"] > 200
