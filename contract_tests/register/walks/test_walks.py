"""Whatever providers, schools, the DfE and time do, in whichever order: all that is shown is what has happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract_tests.marks import accepts, checks
from contract_tests.register.walks.naming import AT_WORK
from contract_tests.register.walks.through_pasts import TOGETHER, ThroughPasts
from contract_tests.register.walks.walk import Walk

SEEN = tuple(rule for rule in AT_WORK if not rule.startswith("check."))


@pytest.mark.parametrize("part", [0, 1])
@checks("check.shows")
@accepts(*SEEN)
def test_what_is_shown_on_a_walk_is_what_has_happened(walk: Callable[[int, int], Walk], part: int) -> None:
    walk(part, 2).go()


@pytest.mark.parametrize("part", range(len(TOGETHER)))
@checks("check.shows")
@accepts(*SEEN)
def test_what_a_past_comes_to_hangs_on_its_every_condition(pasts: Callable[[int], ThroughPasts], part: int) -> None:
    pasts(part).go()
