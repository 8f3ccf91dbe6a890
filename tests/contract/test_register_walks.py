"""Walks through Register find what is not as it has happened, and name the rule for it; a seed is always one walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from contract_tests.config import RunConfig
from contract_tests.documents import SCOPE
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.register.walks.looking import EACH_TIME, IN_TURN
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
ASKED_AT_THE_END: Final = {
    "filter[training_status]&filter[updated_since]": "read.updated-since",
    "filter[cohort]&filter[training_status]": "read.training-status",
    "sort=-trn": "read.sort",
    "page[page]=2": "read.page",
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


@pytest.mark.parametrize("path", [*EACH_TIME, *IN_TURN])
def test_what_is_wrong_with_any_list_is_found(walk: Callable[..., Any], path: str) -> None:
    with pytest.raises(ContractBroken) as found:
        walk(length=60, bend=showing("updated_at", "2026-09-15T08:00:00Z", f"{path}?")).go()
    assert found.value.check.startswith(("updated.", "read.updated-since")), found.value


@pytest.mark.parametrize("asked", ASKED_AT_THE_END)
def test_in_the_end_a_list_is_asked_for_in_every_way(walk: Callable[..., Walk], asked: str) -> None:
    nobody = listed(lambda _: [], "/participants?", *asked.split("&"))
    with pytest.raises(ContractBroken) as found:
        walk(length=4, bend=nobody).go()
    assert found.value.check == ASKED_AT_THE_END[asked]


def test_nothing_is_found_where_all_is_as_it_has_happened_and_a_seed_is_always_one_walk(
    walk: Callable[..., Walk],
) -> None:
    first, again, another = walk(length=4), walk(length=4), walk(seed=2, length=4)
    for each in (first, again, another):
        each.go()
    assert first.taken == again.taken != another.taken
