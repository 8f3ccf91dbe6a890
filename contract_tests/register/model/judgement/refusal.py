"""How something is refused, and how the rules about it are looked at in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from contract_tests.register.model.records import COURSES, Role

ANY: Final = ("any",)
ALONE: Final = "Bad request"  # what is at fault is told alone, as nothing can be judged


class Refusal(NamedTuple):
    """How something is refused: over which things, in order, and by which rules."""

    titles: Sequence[str]
    rules: Sequence[str]
    status: int = 422


def not_there(rule: str) -> Refusal:
    """What is said of whatever is not there, or not the provider's, by this rule."""
    return Refusal(["Resource not found"], [rule], 404)


class Check(NamedTuple):
    """A rule, and what is at fault when this is true, looked at unless one of these is at fault already."""

    rule: str
    over: str
    unless: Sequence[str]
    fails: Callable[[], bool]


def judged(checks: Sequence[Check]) -> Refusal | None:
    """The attributes at fault: one for each check that fails, grouped, in the order in which each failed first."""
    over: dict[str, list[str]] = {}
    for check in checks:
        if over and (check.unless == ANY or any(name in over for name in check.unless)):
            continue
        if check.fails():
            if check.over == ALONE:
                return Refusal([ALONE], [check.rule], 400)
            over.setdefault(check.over, []).append(check.rule)
    if not over:
        return None
    titles = [name for name, rules in over.items() for _ in rules]
    return Refusal(titles, [rule for rules in over.values() for rule in rules])


def role_of(course: str | None) -> Role | None:
    """The role that a course is for."""
    return next((role for role, known in COURSES.items() if known == course), None)
