"""The README's tour: its commands, run by a shell, answer what it shows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest

from .running import ROOT, serving

README = (ROOT / "README.md").read_text()
TOUR = re.search(r"\n## Five minutes\n(.*?)\n## ", README, re.DOTALL)
STEP = re.compile(r"```bash\n(.*?)```\n(?:```http\n(.*?)```\n)?```json\n(.*?)```", re.DOTALL)


def shows(shown: Any, answered: Any) -> bool:
    """True when everything shown is in the answer; an answer may hold more."""
    if isinstance(shown, dict):
        return isinstance(answered, dict) and all(
            name in answered and shows(value, answered[name]) for name, value in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(answered, list) and all(map(shows, shown, answered)) and len(shown) == len(answered)
    return bool(shown == answered)


def known_by(line: str) -> str:
    """A line of a head, without the words of a status: Python 3.13 has new ones for 422."""
    return re.sub(r"(HTTP/1\.1 \d+).*", r"\1", line)


def run(command: str) -> str:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=10)
    return done.stdout.replace("\r\n", "\n")


def test_every_command_of_the_tour_answers_what_is_shown(tmp_path: Path) -> None:
    assert TOUR
    steps = STEP.findall(TOUR[1])
    assert len(steps) == TOUR[1].count("```bash")
    with serving(tmp_path) as sandbox:
        for command, head, body in steps:
            answer = run(command.replace("http://127.0.0.1:8080", sandbox.url))
            got_head, _, got_body = answer.rpartition("\n\n")
            got = [known_by(line) for line in got_head.splitlines()]
            assert all(known_by(line) in got for line in head.splitlines()), got_head
            assert shows(orjson.loads(body), orjson.loads(got_body)), got_body


def test_the_python_that_is_shown_does_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(shown, "README.md", "exec"), {})
    assert "decl.milestone-start" in capsys.readouterr().out


def test_what_is_shown_would_be_missed() -> None:
    assert not shows({"a": 1}, {"b": 1})
    assert not shows({"a": [1]}, {"a": [1, 2]})
    assert not shows([{"a": None}], [{"a": 1}])
    assert shows({"a": [{"b": None}]}, {"a": [{"b": None, "c": 2}], "d": 1})
