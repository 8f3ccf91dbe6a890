"""How far something long is: shown on a terminal, and on nothing else."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from contract_tests import progress


def shown(*, terminal: bool) -> str:
    """What is shown while three of four things are done."""
    out = io.StringIO()
    asked: list[int] = []

    def done() -> int:
        asked.append(3)
        return 3

    with progress.counted(Console(file=out, force_terminal=terminal, width=80), "defects", 4, done):
        deadline = time.monotonic() + 5
        while terminal and len(asked) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    return out.getvalue()


def test_a_terminal_is_shown_how_many_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOOK_EVERY", 0.06)
    told = shown(terminal=True)
    assert "defects" in told
    assert "3/4" in told


def test_a_file_is_told_nothing() -> None:
    assert shown(terminal=False) == ""
