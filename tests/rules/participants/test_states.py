"""What may be done with training that is active, deferred or withdrawn: the whole table."""

from __future__ import annotations

import pytest

from sandbox.model import Behaviour
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import BOTH_BEHAVIOURS, CHANGES, STARTED_AT, status

# From this state, this change leads to that state; or it is refused, for this, by that rule.
LEADS = """
active    defer           deferred
active    withdraw        withdrawn
active    change-schedule active
deferred  resume          active
deferred  withdraw        withdrawn
deferred  change-schedule deferred
withdrawn resume          active
"""
REFUSED = """
active    resume          participant_profile resume.was-paused
deferred  defer           participant_profile defer.not-deferred
withdrawn defer           participant_profile defer.not-withdrawn
withdrawn withdraw        participant_profile withdraw.not-withdrawn
withdrawn change-schedule participant_id      sched.not-withdrawn
"""
WAYS = {"active": (), "deferred": (Api.defer,), "withdrawn": (Api.withdraw,)}


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def someone(world: World, version: str, state: str) -> tuple[Api, str]:
    """Somebody whose training was declared as started and is in a state, and who trains them."""
    api, ada = world.api(version), Backstage(world).person()
    api.declare(ada, "started", STARTED_AT)
    for way in WAYS[state]:
        assert way(api, ada).status == 200
    assert status(api, ada) == state
    return api, ada


@EVERY_VERSION
@BOTH_BEHAVIOURS
@pytest.mark.parametrize(("state", "change", "next_state"), rows(LEADS))
@accepts(
    "defer.not-deferred",
    "defer.not-withdrawn",
    "resume.was-paused",
    "withdraw.not-withdrawn",
    "sched.not-withdrawn",
)
def test_this_change_leads_from_this_state_to_that(
    version: str, behaviour: Behaviour, state: str, change: str, next_state: str
) -> None:
    api, ada = someone(World(behaviour=behaviour), version, state)
    assert CHANGES[change](api, ada).status == 200
    assert status(api, ada) == next_state


@EVERY_VERSION
@BOTH_BEHAVIOURS
@pytest.mark.parametrize(("state", "change", "title", "rule"), rows(REFUSED))
@refuses(
    "resume.was-paused",
    "defer.not-deferred",
    "defer.not-withdrawn",
    "withdraw.not-withdrawn",
    "sched.not-withdrawn",
)
def test_this_change_is_refused_in_this_state(
    version: str, behaviour: Behaviour, state: str, change: str, title: str, rule: str
) -> None:
    api, ada = someone(World(behaviour=behaviour), version, state)
    assert refusal(api, CHANGES[change], ada) == (422, [title], [rule])
    assert status(api, ada) == state


def test_the_table_is_whole() -> None:
    told = {(state, change) for state, change, *_ in rows(LEADS) + rows(REFUSED)}
    assert told == {(state, change) for state in WAYS for change in CHANGES}
