"""Checks: rules that name the attribute at fault, and look away when others are at fault already."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final, TypeVar

from sandbox.rules.rule import Breach, Gate, Refused, Rules, rule_id_of

F = TypeVar("F", bound=Callable[..., Any])

ANY: Final = frozenset({"any"})
"""A check with this looks away when anything at all is at fault."""

ALONE: Final = "Bad request"
"""What is at fault where a check ends judgement, and is answered alone: the request cannot be judged at all."""


def check(id: str, attribute: str, *unless: str) -> Callable[[F], F]:
    """Marks a rule whose breach is the fault of an attribute, and which attributes at fault make it look away."""

    def mark(function: F) -> F:
        function.rule_id = id  # type: ignore[attr-defined]
        function.attribute = attribute  # type: ignore[attr-defined]
        function.unless = frozenset(unless)  # type: ignore[attr-defined]
        return function

    return mark


def judge(checks: Rules, facts: object) -> None:
    """Judge the facts by checks in their order.

    Raises Refused with a breach for each that was broken: grouped by attribute, in the order in
    which they first failed. A gate stops judgement if anything before it was broken.
    """
    broken: dict[str, list[Breach]] = {}
    for each in checks:
        if isinstance(each, Gate):
            if broken:
                break
        elif not _looks_away(each, broken) and each(facts):
            if attribute_of(each) == ALONE:
                raise Refused(Breach(rule_id_of(each), facts, checks))
            broken.setdefault(attribute_of(each), []).append(Breach(rule_id_of(each), facts, checks))
    if broken:
        raise Refused(*(breach for breaches in broken.values() for breach in breaches))


def attribute_of(check: Callable[..., Any]) -> str:
    """The attribute whose fault a breach is."""
    return str(check.attribute)  # type: ignore[attr-defined]


def _looks_away(check: Callable[..., Any], broken: Collection[str]) -> bool:
    unless: frozenset[str] = check.unless  # type: ignore[attr-defined]
    return bool(broken) and (unless == ANY or not unless.isdisjoint(broken))
