"""A rule, and what comes of breaking one.

A rule is a small pure function that bears an id of the catalogue, `openapi/ecf/rules.yaml`. Most look at facts and
say whether the rule is broken; the others work out what the rule says must happen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sandbox.model import Behaviour

F = TypeVar("F", bound=Callable[..., Any])


def rule(id: str, *, only: Behaviour | None = None) -> Callable[[F], F]:
    """Marks the function that keeps the rule with this id; `only` names the behaviour it belongs to, if one."""

    def mark(function: F) -> F:
        function.rule_id = id  # type: ignore[attr-defined]
        function.only = only  # type: ignore[attr-defined]
        return function

    return mark


class Facts(Protocol):
    """What rules look at: gathered beforehand, never looked up by them."""

    @property
    def behaviour(self) -> Behaviour:
        """Whether the seed document or the deployed service is followed where they differ."""


Stage = Sequence[Callable[[Any], bool]]


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that was broken, the facts its message is made from, and the stages of rules that looked at them."""

    rule_id: str
    facts: object = None
    stages: Sequence[Stage] = ()


class Refused(Exception):
    """A request the rules do not allow. Raising it ends the unit of work with nothing written."""

    def __init__(self, *breaches: Breach) -> None:
        super().__init__(", ".join(breach.rule_id for breach in breaches))
        self.breaches = breaches


def judge(stages: Sequence[Stage], facts: Facts) -> None:
    """Judge the facts, stage after stage; a stage with a breach ends it.

    Raises Refused with every breach of that stage, in the order the rules are listed.
    """
    for stage in stages:
        breaches = [
            Breach(rule_id_of(broken), facts, stages)
            for broken in stage
            if applies(broken, facts.behaviour) and broken(facts)
        ]
        if breaches:
            raise Refused(*breaches)


def rule_id_of(function: Callable[..., Any]) -> str:
    """The catalogue id a function bears."""
    return str(function.rule_id)  # type: ignore[attr-defined]


def applies(function: Callable[..., Any], behaviour: Behaviour) -> bool:
    """False when the rule belongs to the other behaviour."""
    only: Behaviour | None = function.only  # type: ignore[attr-defined]
    return only in (None, behaviour)
