"""What is done to a line of code, besides what cosmic-ray does: a condition dropped, a call, a value not shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import parso
from cosmic_ray.operators.operator import Example, Operator

Position = tuple[tuple[int, int], tuple[int, int]]
REPLACING: Final = ("replace", "msgspec.structs.replace")


class _Operator(Operator):  # type: ignore[misc]
    """One of ours: it mends nothing but the node whose positions it names."""

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """None: each says what it does."""
        return ()


class DropCondition(_Operator):
    """Leaves one condition out of several that are joined by `and` or `or`."""

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        """Where each condition stands."""
        if node.type in ("and_test", "or_test"):
            yield from ((child.start_pos, child.end_pos) for child in node.children[::2])

    def mutate(self, node: Any, index: int) -> Any:
        """The others."""
        kept = [child.get_code().strip() for number, child in enumerate(node.children[::2]) if number != index]
        return _code(node, f" {node.children[1].value} ".join(kept))


class DropFilter(_Operator):
    """Leaves the condition out of a comprehension."""

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        """Where it stands."""
        if node.type == "comp_if":
            yield node.start_pos, node.end_pos

    def mutate(self, _node: Any, _index: int) -> Any:
        """Nothing."""
        return None


class DropChange(_Operator):
    """Leaves one of the changes out that a record is replaced with."""

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        """Where each stands."""
        if node.type == "arglist" and _called(node) in REPLACING:
            yield from ((child.start_pos, child.end_pos) for child in _keywords(node))

    def mutate(self, node: Any, index: int) -> Any:
        """The others."""
        dropped = _keywords(node)[index]
        kept = (child.get_code().strip() for child in node.children[::2] if child is not dropped)
        return _code(node, ", ".join(kept))


class DropCall(_Operator):
    """Leaves out a statement that only calls something."""

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        """Where it stands."""
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        """Nothing is done."""
        return _code(node, "pass\n")


class DropValue(_Operator):
    """Shows null in place of a member of an object."""

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        """Where the value of each stands."""
        if node.type == "dictorsetmaker":
            yield from ((value.start_pos, value.end_pos) for value in _values(node))

    def mutate(self, node: Any, index: int) -> Any:
        """The same with null in its place."""
        place = node.children.index(_values(node)[index])
        node.children[place] = _code(node.children[place], "None")
        return node


OURS: Final = (DropCondition, DropFilter, DropChange, DropCall, DropValue)


def _code(node: Any, text: str) -> Any:
    """Code in the place of a node, after whatever stands before it."""
    return parso.parse(node.get_first_leaf().prefix + text)


def _called(arglist: Any) -> str:
    """What is called with these arguments."""
    trailer = arglist.parent
    call = trailer.parent if trailer is not None else None
    if call is None or trailer.type != "trailer":
        return ""
    return "".join(child.get_code().strip() for child in call.children[: call.children.index(trailer)])


def _keywords(arglist: Any) -> list[Any]:
    return [each for each in arglist.children if each.type == "argument" and each.children[1] == "="]


def _values(maker: Any) -> list[Any]:
    return [maker.children[number + 1] for number, child in enumerate(maker.children) if child == ":"]
