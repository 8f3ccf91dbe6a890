"""The README's tour: its commands, run by a shell, answer what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .running import ROOT, serving
from .showing import holds, shown, tried

README = (ROOT / "README.md").read_text("utf-8")
TOUR = re.search(r"\n## Five minutes\n(.*?)\n## ", README, re.DOTALL)


def test_every_command_of_the_tour_answers_what_is_shown(tmp_path: Path) -> None:
    assert TOUR
    steps = shown(TOUR[1])
    assert len(steps) == TOUR[1].count("```bash") > 5
    with serving(tmp_path) as sandbox:
        for step in steps:
            tried(step, sandbox.url, tmp_path)


def test_the_python_that_is_shown_does_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = (each for each in shown(README) if each.language == "python")
    exec(compile(program.source, "README.md", "exec"), {})
    assert "decl.milestone-start" in capsys.readouterr().out


def test_what_is_shown_would_be_missed() -> None:
    assert not holds({"a": 1}, {"b": 1})
    assert not holds({"a": [1]}, {"a": [1, 2]})
    assert not holds([{"a": None}], [{"a": 1}])
    assert holds({"a": [{"b": None}]}, {"a": [{"b": None, "c": 2}], "d": 1})
