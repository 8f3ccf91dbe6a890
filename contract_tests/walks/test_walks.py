"""Whatever providers, schools, the DfE and time do, in whichever order: all that is shown is what has happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract_tests.marks import accepts, checks, only
from contract_tests.walks.naming import EVERYWHERE, OF_PASTS, V1_AND_V2, V3
from contract_tests.walks.through_pasts import TOGETHER, ThroughPasts
from contract_tests.walks.walk import Walk


@only("v1", "v2")
@checks("check.shows")
@accepts(*EVERYWHERE, *V1_AND_V2)
def test_what_is_shown_on_a_walk_is_what_has_happened(walk: Callable[[int, int], Walk], version: str) -> None:
    walk(("v1", "v2").index(version), 2).go()  # they show people alike, so each tells half of the stories


@pytest.mark.parametrize("part", [0, 1])
@only("v3")
@checks("check.shows")
@accepts(*EVERYWHERE, *V3)
def test_so_is_what_v3_shows_on_one(walk: Callable[[int, int], Walk], part: int) -> None:
    walk(part, 2).go()


@pytest.mark.parametrize("part", range(len(TOGETHER)))
@only("v3")
@checks("check.shows")
@accepts(*OF_PASTS)
def test_what_a_past_comes_to_hangs_on_its_every_condition(pasts: Callable[[int], ThroughPasts], part: int) -> None:
    pasts(part).go()


@only("v1")
@checks("check.shows")
@accepts(*OF_PASTS)
def test_so_it_does_where_each_training_is_shown_by_itself(pasts: Callable[[int], ThroughPasts]) -> None:
    pasts(0).go()
