"""Walks through Register find what is not as it has happened, and name the rule for it; a seed is always one walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import pytest

from contract_tests.config import RunConfig
from contract_tests.documents import SCOPE
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.register.asking import DECLARATIONS
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.pairing import pairs
from contract_tests.register.walks.walk import Walk
from contract_tests.register.walks.world import World

from .bent import BentWire, listed, straight
from .inside import URL, Inside
from .test_walks import showing

PROOFS: Final = {
    "another time of change": (showing("updated_at", "2026-09-15T08:00:00Z", "/participants?"), "updated.participant"),
    "nobody listed": (listed(lambda _: [], "/participants?"), "vis.participant"),
    "no declarations": (listed(lambda _: [], "/participant-declarations"), "vis.declaration"),
    "the newest first": (listed(lambda found: found[::-1], "/partnerships?"), "read.sort"),
    "nobody ever interested": (showing("expression_of_interest", False, "/schools?"), "school.interest"),
}


@pytest.fixture(scope="module")
def walk() -> Iterator[Callable[..., Walk]]:
    """A walk through worlds of a sandbox whose answers may be bent."""
    wire = BentWire(RunConfig(base_url=URL))
    wire.line = inside = Inside()

    def through(seed: int = 1, length: int = 16, bend: Callable[[Exchange], Exchange] = straight) -> Walk:
        def begin() -> World:
            wire.bends = straight
            world = World.made(RegisterBackstage(wire, RunConfig(), "deployed"), "v3")
            wire.bends = bend
            return world

        return Walk(begin, seed, length, patience=0)

    with SCOPE.limited_to(("*",), "register"):
        yield through
    inside.close()


@pytest.mark.parametrize("wrong", PROOFS)
def test_what_is_not_as_it_has_happened_is_found_in_the_name_of_its_rule(walk: Callable[..., Any], wrong: str) -> None:
    bend, rule = PROOFS[wrong]
    with pytest.raises(ContractBroken) as found:
        walk(bend=bend).go()
    assert found.value.check == rule, found.value


def test_nothing_is_found_where_all_is_as_it_has_happened_and_a_seed_is_always_one_walk(
    walk: Callable[..., Walk],
) -> None:
    first, again, another = walk(length=4), walk(length=4), walk(seed=2, length=4)
    for each in (first, again, another):
        each.go()
    assert first.taken == again.taken != another.taken


def test_filters_are_asked_by_twos_with_values_that_tell_both_from_either_alone(walk: Callable[..., Walk]) -> None:
    worlds: list[World] = []
    told = walk(length=16)
    begin = told.begin

    def kept() -> World:
        worlds.append(begin())
        return worlds[-1]

    told.begin = kept
    told.go()
    asked = [each for each in pairs(worlds[0], 0, DECLARATIONS) if each.query.sort is None]
    assert len(asked) == 6, asked
    telling = [each for each in asked if all(_leaves_out_more(worlds[0], each, name) for name in _filters_of(each))]
    assert len(telling) >= 3, telling


def _filters_of(question: Question) -> list[str]:
    return [field for field in ("cohorts", "since", "participant_ids", "partner_ids") if getattr(question.query, field)]


def _leaves_out_more(world: World, question: Question, filter: str) -> bool:
    without = replace(question, query=replace(question.query, **{filter: None}))
    return len(question.rows(world)) < len(without.rows(world))
