"""A file of the code with a change in it, whoever made it, and which statements that changes."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

ROOT: Final = Path(__file__).parents[2]
Place = tuple[int, int]


class Mutated(Protocol):
    """One file with a change in it, which begins `at` a place and is in the statements on these lines."""

    @property
    def file(self) -> str: ...
    @property
    def at(self) -> Place: ...
    @property
    def lines(self) -> Sequence[int]: ...
    @property
    def code(self) -> str: ...
    def difference(self) -> tuple[str, str]: ...


def statement(tree: ast.AST, line: int) -> range | None:
    """The lines of the innermost statement around a line: of one that holds others, those before them."""
    best: range | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno):
            return None  # whoever is told that something holds is a type checker
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) and body else (node.end_lineno or node.lineno)
            first = min((each.lineno for each in getattr(node, "decorator_list", [])), default=node.lineno)
            lines = range(first, max(last, node.lineno) + 1)
            if line in lines and (best is None or len(lines) <= len(best)):
                best = lines
    return best


def joined(lines: Sequence[str]) -> str:
    """In one line."""
    return " ".join(" ".join(lines).split())
