"""A transfer is complete once the later of its two days has come."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts

from .moving import TODAY, TOMORROW, YESTERDAY, join, leave, the_one


@pytest.mark.parametrize(
    ("leaves_on", "joins_on", "expected"),
    [
        (YESTERDAY, YESTERDAY, "complete"),
        (YESTERDAY, TODAY, "complete"),
        (TODAY, YESTERDAY, "complete"),
        (TODAY, TODAY, "complete"),
        (YESTERDAY, TOMORROW, "incomplete"),
        (TOMORROW, YESTERDAY, "incomplete"),
        (TOMORROW, TOMORROW, "incomplete"),
        (YESTERDAY, None, "complete"),
        (TODAY, None, "complete"),
        (TOMORROW, None, "incomplete"),
    ],
)
@accepts("transfer.status")
def test_the_later_of_the_two_days_decides(leaves_on: date, joins_on: date | None, expected: str) -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    leave(world, backstage.placement(ada), leaves_on)
    if joins_on is not None:
        join(world, ada, backstage.school(number=1), joins_on)
    assert the_one(world.api(), ada)["status"] == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2024-11-15T23:59:59Z", "incomplete"),
        ("2024-11-16T00:00:00Z", "complete"),
        ("2024-11-16T00:30:00+01:00", "incomplete"),
        ("2024-11-15T23:30:00-01:00", "complete"),
        ("2024-11-01T12:00:00Z", "incomplete"),
    ],
)
@accepts("transfer.status", "clock.header")
def test_what_day_it_is_a_header_may_say_and_days_begin_at_midnight_utc(at: str, expected: str) -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    leave(world, backstage.placement(ada), TODAY)
    join(world, ada, backstage.school("harbour"), TOMORROW)
    for provider in ("northgate", "harbour"):
        assert the_one(world.api("v3", provider).at(at), ada)["status"] == expected
