"""What a Dockerfile says: its stages, and the steps of each. Of the syntax as much as ours has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """An instruction and what it is given."""

    instruction: str
    given: str

    @property
    def words(self) -> list[str]:
        """What it is given, word by word; of JSON, as `exec` takes it."""
        return json.loads(self.given) if self.given.startswith("[") else self.given.split()


@dataclass(frozen=True)
class Stage:
    """One image, from what it is made and how."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)

    def all(self, instruction: str) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if step.instruction == instruction]

    def last(self, instruction: str) -> Step:
        """The step of one kind that counts. Raises IndexError when there is none."""
        return self.all(instruction)[-1]

    @property
    def environment(self) -> Mapping[str, str]:
        """What is set for the steps and for what runs."""
        return dict(pair.split("=", 1) for step in self.all("ENV") for pair in step.words)


def stages(file: Path) -> list[Stage]:
    """The stages of a Dockerfile, in order; arguments of FROM have their defaults."""
    arguments: dict[str, str] = {}
    found: list[Stage] = []
    for step in _steps(file.read_text()):
        if step.instruction == "ARG" and not found:
            name, _, default = step.given.partition("=")
            arguments[name] = default
        elif step.instruction == "FROM":
            base, _, name = re.sub(r"\$\{(\w+)\}", lambda m: arguments[m[1]], step.given).partition(" AS ")
            found.append(Stage(base, name))
        else:
            found[-1].steps.append(step)
    return found


def _steps(text: str) -> Iterator[Step]:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\s*\\\n\s*", " ", "\n".join(lines)).splitlines():
        if line.strip():
            instruction, _, given = line.strip().partition(" ")
            yield Step(instruction, given.strip())
