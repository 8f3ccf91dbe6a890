"""Checks: in which order breaches are told, and when a check looks away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.editions.register.rules.check import ALONE, check, judge
from sandbox.rules.rule import GATE, Refused, Rules


def broken(id: str, attribute: str, *unless: str) -> Callable[[object], bool]:
    """A check that whatever is looked at breaks."""

    @check(id, attribute, *unless)
    def breaks(_facts: object) -> bool:
        return True

    return breaks


@check("kept", "x")
def kept(_facts: object) -> bool:
    return False


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        ((kept, broken("a.1", "a")), ["a.1"]),
        ((broken("a.1", "a"), broken("b.1", "b"), broken("a.2", "a")), ["a.1", "a.2", "b.1"]),
        ((broken("a.1", "a"), broken("a.2", "a", "a"), broken("b.1", "b", "c")), ["a.1", "b.1"]),
        ((broken("a.1", "a"), broken("b.1", "b", "any")), ["a.1"]),
        ((kept, broken("b.1", "b", "any")), ["b.1"]),
        ((broken("a.1", "a"), GATE, broken("b.1", "b")), ["a.1"]),
        ((kept, GATE, broken("b.1", "b")), ["b.1"]),
        ((broken("a.1", "a"), broken("b.1", ALONE), broken("c.1", "c")), ["b.1"]),
        ((broken("a.1", "a"), broken("b.1", ALONE, "a"), broken("c.1", "c")), ["a.1", "c.1"]),
    ],
)
def test_breaches_are_told_by_attribute_in_the_order_in_which_each_first_failed(checks: Rules, told: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        judge(checks, object())
    assert [breach.rule_id for breach in refused.value.breaches] == told


def test_what_breaks_nothing_is_accepted() -> None:
    judge((kept, GATE, kept), object())
