"""A rule, and what comes of breaking one.

A rule is a small pure function that bears an id of its edition's catalogue, such as `openapi/ecf/rules.yaml`. Most look
at facts and say whether the rule is broken; the others work out what the rule says must happen.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, Final, TypeVar

import msgspec

F = TypeVar("F", bound=Callable[..., Any])


def rule(id: str) -> Callable[[F], F]:
    """Marks the function that keeps the rule with this id."""

    def mark(function: F) -> F:
        function.rule_id = id  # type: ignore[attr-defined]
        return function

    return mark


class Gate(Enum):
    """Stands among rules where judgement stops if one before it was broken."""

    GATE = "gate"


GATE: Final = Gate.GATE
Judge = Callable[[Any], bool]
Rules = tuple[Judge | Gate, ...]
"""Rules in the order in which they are judged. A gate parts those that are looked at only when the others are kept."""


class Breach(msgspec.Struct, frozen=True):
    """A rule that was broken, the facts its message is made from, and all the rules that looked at them."""

    rule_id: str
    facts: object = None
    rules: Rules = ()


class Refused(Exception):
    """A request the rules do not allow. Raising it ends the unit of work with nothing written."""

    def __init__(self, *breaches: Breach) -> None:
        super().__init__(", ".join(breach.rule_id for breach in breaches))
        self.breaches = breaches


def judge(rules: Rules, facts: object) -> None:
    """Judge the facts by rules, in their order, as far as the first gate before which one was broken.

    Raises Refused with every breach found until then.
    """
    breaches: list[Breach] = []
    for each in rules:
        if isinstance(each, Gate):
            if breaches:
                break
        elif each(facts):
            breaches.append(Breach(rule_id_of(each), facts, rules))
    if breaches:
        raise Refused(*breaches)


def rule_id_of(function: Callable[..., Any]) -> str:
    """The catalogue id a function bears."""
    return str(function.rule_id)  # type: ignore[attr-defined]


def without(rules: Rules, *left_out: Judge) -> Rules:
    """The rules but for some. Raises ValueError when they hold one of those not at all."""
    for each in left_out:
        if each not in rules:
            raise ValueError(f"{rule_id_of(each)} is not among these rules")
    return tuple(each for each in rules if each not in left_out)


def instead(rules: Rules, before: Judge, *after: Judge | Gate) -> Rules:
    """The rules with others in the place of one. Raises ValueError when they do not hold it."""
    place = rules.index(before)
    return (*rules[:place], *after, *rules[place + 1 :])
