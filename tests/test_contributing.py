"""CONTRIBUTING.md says which files one touches: those that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [row for row in (ROOT / "CONTRIBUTING.md").read_text().splitlines() if row.startswith("| `")]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`([\w./]+/[\w./]*\w)`", row.split("|")[1])})


def test_some_files_are_named() -> None:
    assert len(NAMED) > 15


@pytest.mark.parametrize("name", NAMED)
def test_a_file_that_is_named_is_there(name: str) -> None:
    assert (ROOT / name).exists(), f"CONTRIBUTING.md names {name}, which is not there"


def test_its_commands_are_targets_of_the_makefile() -> None:
    commands = re.findall(r"^    make (\w+)", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text()
    assert commands
    assert [name for name in commands if f"\n{name}:" not in makefile] == []
