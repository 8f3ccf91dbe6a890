"""Defects that somebody planted by hand: a file says of each what is wrong, where, what was there and what is."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.detection.mutated import ROOT, Place, joined, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One of them: `was` is a text that its file has once."""

    what: str
    file: str
    was: str
    becomes: str

    @property
    def code(self) -> str:
        """The whole file with it."""
        return (ROOT / self.file).read_text().replace(self.was, self.becomes)

    @property
    def at(self) -> Place:
        """Where it begins."""
        before, _, _ = (ROOT / self.file).read_text().partition(self.was)
        return before.count("\n") + 1, 0

    @property
    def lines(self) -> list[int]:
        """The lines of the statements that it changes."""
        tree, first = ast.parse((ROOT / self.file).read_text()), self.at[0]
        statements = (statement(tree, line) for line in range(first, first + self.was.strip("\n").count("\n") + 1))
        return sorted({line for each in statements if each is not None for line in each})

    def difference(self) -> tuple[str, str]:
        """What was there, and what is."""
        return joined(self.was.splitlines()), joined(self.becomes.splitlines())

    def __str__(self) -> str:
        return f"{self.file}:{self.at[0]} {self.what}"


def planted(file: Path) -> list[Planted]:
    """Those of a file, in its order. Raises ValueError for one that cannot be planted, as the code has changed."""
    found = [Planted(**each) for each in yaml.safe_load(file.read_text())]
    for each in found:
        if (times := (ROOT / each.file).read_text().count(each.was)) != 1:
            raise ValueError(f"{file.name}, “{each.what}”: {each.file} has what was there {times} times, not once.")
    return found
