"""Every mutation of the code that judges, acts and shows, and which of them are tried."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.detection.mutated import ROOT, Place, joined, statement
from tests.detection.operators import OURS

MUTATED: Final[Mapping[str, Sequence[str]]] = {
    "ecf": (
        "sandbox/rules",
        "sandbox/actions",
        "sandbox/actors",
        "sandbox/editions/ecf/rules",
        "sandbox/editions/ecf/views",
        "sandbox/editions/ecf/handlers",
    ),
    "register": tuple(
        f"sandbox/editions/register/{folder}" for folder in ("rules", "actions", "actors", "views", "handlers")
    ),
}
"""The folders of each edition."""
# Only words a log or a person reads, what is about speed alone, or breaks the import of a rule at once.
LEFT_OUT: Final = ("sandbox/rules/nearest.py", "sandbox/actions/regathering.py")
NOT_USED: Final = ("RemoveDecorator", "VariableInserter", "VariableReplacer", "ExceptionReplacer")
OF_TWO_VALUES: Final = ("Add_Sub", "Sub_Add", "BitOr_BitAnd")  # the others make no sense of sets and of times
OPERATORS: Final[dict[str, Any]] = {
    **{
        name.rpartition("/")[2]: get_operator(name)
        for name in operator_names()
        if not any(each in name for each in NOT_USED) and ("Binary" not in name or name.endswith(OF_TWO_VALUES))
    },
    **{each.__name__: each for each in OURS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One change of one file. `lines` are those of the statement that it changes."""

    file: str
    at: Place
    operator: str
    occurrence: int
    lines: range

    @property
    def code(self) -> str:
        """The whole file with it."""
        return str(mutate_code((ROOT / self.file).read_text(), OPERATORS[self.operator](), self.occurrence))

    def difference(self) -> tuple[str, str]:
        """What the statement was, and what it has become."""
        before, after = (ROOT / self.file).read_text().splitlines(), self.code.splitlines()
        first = next((n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(after) - 1)
        last = 1
        while last < min(len(before), len(after)) - first and before[-last] == after[-last]:
            last += 1
        return joined(before[first : len(before) - last + 1]), joined(after[first : len(after) - last + 1])

    def __str__(self) -> str:
        return f"{self.file}:{self.at[0]} {self.operator}"


def sample(number: int, seed: int, among: Sequence[str]) -> list[Mutation]:
    """So many mutations, each at another place in the code."""
    chance = random.Random(seed)
    places: dict[tuple[str, Place], list[Mutation]] = {}
    for folder in among:
        for file in sorted((ROOT / folder).glob("*.py")) if (ROOT / folder).is_dir() else [ROOT / folder]:
            for mutation in mutations(str(file.relative_to(ROOT))):
                places.setdefault((mutation.file, mutation.at), []).append(mutation)
    chosen = list(places)
    chance.shuffle(chosen)
    found: list[Mutation] = []
    for place in chosen:
        if len(found) == number:
            break
        mutation = chance.choice(places[place])
        if _changes_something(mutation):
            found.append(mutation)
    return found


def mutations(file: str) -> Iterator[Mutation]:
    """All mutations of a file, but for those of type hints."""
    if file in LEFT_OUT:
        return
    text = (ROOT / file).read_text()
    tree, hints = ast.parse(text), _hints(ast.parse(text))
    nodes = list(ast_nodes(get_ast(text)))
    for name, operator in OPERATORS.items():
        at = (start for node in nodes for start, _ in operator().mutation_positions(node))
        for occurrence, start in enumerate(at):
            lines = statement(tree, start[0])
            if lines is not None and not any(first <= start < end for first, end in hints):
                yield Mutation(file=file, at=start, operator=name, occurrence=occurrence, lines=lines)


def _changes_something(mutation: Mutation) -> bool:
    """False for a mutation of nothing but the layout, or one that is no Python any more."""
    try:
        after = ast.parse(mutation.code)
    except SyntaxError:
        return False
    return ast.dump(after) != ast.dump(ast.parse((ROOT / mutation.file).read_text()))


def _hints(tree: ast.AST) -> list[tuple[Place, Place]]:
    """Where type hints begin and end."""
    hints: list[ast.expr | None] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.AnnAssign, ast.arg)):
            hints.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            hints.append(node.returns)
    found = [hint for hint in hints if hint is not None]
    return [((h.lineno, h.col_offset), (h.end_lineno or h.lineno, h.end_col_offset or 0)) for h in found]
