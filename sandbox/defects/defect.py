"""A wrong behaviour, and the block of code in which it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from sandbox.rules.rule import Stage

Stages = Sequence[Stage]

# A module or a class, the name of something in it, and what makes the wrong thing of what stands there.
Substitution = tuple[Any, str, Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class Defect:
    """`breaks` is the id of a rule, or a check of answers that no rule speaks of: `answer.times`, `answer.titles`."""

    name: str
    about: str
    breaks: str
    substitutions: tuple[Substitution, ...]


class Defects:
    """All there are, each of them nowhere in force outside a block that names it."""

    def __init__(self, *defects: Defect) -> None:
        self.known: Mapping[str, Defect] = {defect.name: defect for defect in defects}

    @contextmanager
    def in_force(self, names: Iterable[str]) -> Iterator[None]:
        """A block of code in which these are what happens. Nothing may be waited for within it.

        As nothing is, no other request, of whichever world, is carried out meanwhile: the process has one event loop,
        and everything is back in its place when the block ends. Raises KeyError.
        """
        replaced: list[tuple[Any, str, Any]] = []
        try:
            for name in names:
                for place, attribute, made_of in self.known[name].substitutions:
                    right = getattr(place, attribute)
                    replaced.append((place, attribute, right))
                    setattr(place, attribute, made_of(right))
            yield
        finally:
            for place, attribute, right in reversed(replaced):
                setattr(place, attribute, right)


def without(broken: Callable[[Any], bool]) -> Callable[[Stages], Stages]:
    """Takes one rule out of the stages that requests are judged by."""
    return lambda stages: tuple(tuple(rule for rule in stage if rule is not broken) for stage in stages)


def never(rule: Callable[..., bool]) -> Callable[..., bool]:
    """A rule that nothing breaks, in place of one that something might."""

    @wraps(rule)
    def is_never_broken(*_: Any, **__: Any) -> bool:
        return False

    return is_never_broken
