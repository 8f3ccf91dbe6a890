"""What measures the sandbox still works, whatever the figures of a moment are worth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]


def test_everything_can_be_measured_and_what_others_wrote_stays(tmp_path: Path) -> None:
    of_others = "## With many worlds\n\n10,000\n\n## With more workers and machines\n\n2\n"
    (tmp_path / "performance.md").write_text(f"# As it was\n\n{of_others}")
    command = [sys.executable, "benchmarks/measure.py", "--short", "--without-others", "--into", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "performance.md").read_text()
    assert "| one participant, v3 |" in page
    assert "answers, no error" in page
    assert "As it was" not in page
    assert page.endswith(f"\n\n{of_others}")
    assert ElementTree.parse(tmp_path / "performance.svg").getroot().tag.endswith("svg")
