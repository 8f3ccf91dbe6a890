"""Why something is skipped reads as one sentence: "Skipped: the target has no …", "Skipped: it …"."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import contract_tests
from contract_tests.errors import Unavailable

BEGINS = {"Unavailable": ("no ", "nobody ", "somebody ", "fewer "), "LeftOut": ("it ", "schools, ")}
SOURCES = sorted(Path(contract_tests.__file__).parent.rglob("*.py"))


def told(source: Path) -> Iterator[tuple[str, str]]:
    """What is raised in a module to skip a scenario, and how its message begins."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BEGINS and node.args:
            message = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            if isinstance(message, ast.Constant) and message.value:
                yield node.func.id, str(message.value)


def test_every_reason_to_skip_reads_as_a_sentence() -> None:
    found = [each for source in SOURCES for each in told(source)]
    assert [each for each in found if not each[1].startswith(BEGINS[each[0]])] == []
    assert len(found) > 30


@pytest.mark.parametrize("message", ["no school", "nobody"])
def test_a_reason_says_who_lacks_it(message: str) -> None:
    assert Unavailable(message).reason == f"the target has {message}"
