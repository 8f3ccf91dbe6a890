"""What the README shows in Python is typed: it holds to the strictest check against what is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.installation import ROOT, Installation

README = (ROOT / "README.md").read_text()


def test_what_the_readme_shows_passes_and_a_mistake_in_it_does_not(installation: Installation, tmp_path: Path) -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "shown.py").write_text(shown)
    (tmp_path / "mistaken.py").write_text(shown + "    ect.full_name.years\n")
    options = ["--python-executable", str(installation.command("python")), "--config-file", "", "--cache-dir", "cache"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *options, "shown.py", "mistaken.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.findall(r"(.+):\d+: error: (.+)", done.stdout) == [
        ("mistaken.py", '"str" has no attribute "years"  [attr-defined]')
    ], done.stdout + done.stderr
