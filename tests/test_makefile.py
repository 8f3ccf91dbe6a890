"""What `make` can do is listed by it, and what is run before a commit is among that."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]


def listed() -> set[str]:
    """The targets that `make help` lists."""
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return {line.split()[0] for line in said.splitlines() if len(line.split()) > 1}


def test_every_target_is_listed_with_what_it_does() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert listed() == set(phony.split())


def test_what_runs_before_a_commit_is_the_projects_own_and_fetches_nothing() -> None:
    repos: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    (local,) = repos
    assert local["repo"] == "local"
    assert {hook["language"] for hook in local["hooks"]} == {"system"}
    assert {hook["entry"].removeprefix("make ") for hook in local["hooks"]} <= listed()


def test_bytecode_is_kept_whatever_is_set_around() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "--eval", "around: ; @env", "around"],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "PATH=" in said
    assert "PYTHONDONTWRITEBYTECODE" not in said
