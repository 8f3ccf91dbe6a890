"""What docs/fidelity.md says of the scenarios that were mended is so: each failure has its row, and its scenarios."""

from __future__ import annotations

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "fidelity.md").read_text()
SECTION = PAGE.partition("## What the contract tests said of the service, wrongly")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| .*, (\d+) \| .* \| (.*) \|$", SECTION, re.MULTILINE)


def test_each_of_the_nineteen_is_accounted_for() -> None:
    assert sum(int(times) for times, _ in ROWS) == 19


def test_each_is_told_by_scenarios_that_there_are() -> None:
    named = {name for _, scenarios in ROWS for name in re.findall(r"`(test_\w+\.py)`", scenarios)}
    assert len(named) > 5
    assert {name for name in named if "def test_" not in (TOP / "contract_tests/rules" / name).read_text()} == set()
