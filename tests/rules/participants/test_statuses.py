"""`participant_status` and `status`, which are the school's view, and `training_status`, which is the provider's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_VERSION, FLAT

from .training import STARTED_AT, training

YESTERDAY, TODAY, TOMORROW = date(2024, 11, 14), date(2024, 11, 15), date(2024, 11, 16)
LONG_AGO = date(2024, 9, 1)

# The school's view, first day, last day | participant_status
PLACEMENTS = [
    ("active", LONG_AGO, None, "active"),
    ("active", TODAY, None, "active"),
    ("active", TOMORROW, None, "joining"),
    ("completed", LONG_AGO, None, "active"),
    ("completed", TOMORROW, None, "joining"),
    ("withdrawn", LONG_AGO, None, "withdrawn"),
    ("changed", LONG_AGO, None, "withdrawn"),
    ("withdrawn", TOMORROW, None, "joining"),
    ("leaving", LONG_AGO, TOMORROW, "leaving"),
    ("leaving", LONG_AGO, TODAY, "left"),
    ("leaving", LONG_AGO, YESTERDAY, "left"),
    ("active", LONG_AGO, TOMORROW, "leaving"),
    ("active", LONG_AGO, TODAY, "left"),
    ("withdrawn", LONG_AGO, TOMORROW, "leaving"),
    ("changed", LONG_AGO, TODAY, "left"),
    ("leaving", TOMORROW, TOMORROW, "leaving"),
]


def placed(world: World, **placement: Any) -> str:
    """Somebody with such a placement."""
    backstage = Backstage(world)
    ada = backstage.person()
    backstage.change(backstage.placement(ada), **placement)
    return ada


@pytest.mark.parametrize(("school_says", "starts_on", "ends_on", "expected"), PLACEMENTS)
@accepts("status.derive")
def test_participant_status_follows_the_last_day_then_the_first_then_what_the_school_says(
    school_says: str, starts_on: date, ends_on: date | None, expected: str
) -> None:
    world = World()
    ada = placed(world, induction_status=school_says, starts_on=starts_on, ends_on=ends_on)
    assert world.api().enrolment(ada)["participant_status"] == expected
    (listed,) = [p for p in world.api().get("/participants/ecf", sort="-created_at").data if p["id"] == ada]
    assert training(listed["attributes"])["participant_status"] == expected
    assert training(world.api().defer(ada).attributes)["participant_status"] == expected


@FLAT
@pytest.mark.parametrize(("school_says", "starts_on", "ends_on", "_"), PLACEMENTS)
@accepts("status.derive")
def test_status_is_withdrawn_if_the_school_withdrew_or_changed_it_whatever_the_days(
    version: str, school_says: str, starts_on: date, ends_on: date | None, _: str
) -> None:
    world = World()
    ada = placed(world, induction_status=school_says, starts_on=starts_on, ends_on=ends_on)
    expected = "withdrawn" if school_says in ("withdrawn", "changed") else "active"
    assert world.api(version).participant(ada)["status"] == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2024-11-15T23:59:59Z", "leaving"),
        ("2024-11-16T00:00:00Z", "left"),
        ("2024-11-16T00:30:00+01:00", "leaving"),
        ("2024-11-15T23:30:00-01:00", "left"),
    ],
)
@accepts("status.derive")
def test_days_begin_at_midnight_utc(at: str, expected: str) -> None:
    world = World()
    ada = placed(world, induction_status="leaving", ends_on=TOMORROW)
    assert world.api().at(at).enrolment(ada)["participant_status"] == expected


@EVERY_VERSION
@accepts("status.independent")
def test_what_the_school_reports_leaves_the_training_status_alone(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person()
    school_view = "participant_status" if version == "v3" else "status"
    for change, training_status in ((None, "active"), (api.defer, "deferred")):
        if change is not None:
            change(ada)
        backstage.withdraw_from_school(ada)
        shown = training(api.participant(ada))
        assert (shown["training_status"], shown[school_view]) == (training_status, "withdrawn")
    backstage.leave(ada, TOMORROW)
    assert training(api.participant(ada))["training_status"] == "deferred"


@EVERY_VERSION
@accepts("status.independent", "withdraw.effect")
def test_what_the_provider_reports_leaves_the_schools_view_alone(version: str) -> None:
    world = World()
    api, ada = world.api(version), Backstage(world).person()
    api.declare(ada, "started", STARTED_AT)
    school_view = "participant_status" if version == "v3" else "status"
    for change in (api.defer, api.resume, api.withdraw):
        assert training(change(ada).attributes)[school_view] == "active"


@EVERY_VERSION
@accepts("status.independent")
def test_someone_whom_the_school_withdrew_may_still_be_deferred_resumed_and_withdrawn(version: str) -> None:
    gemma = "38df7ec6-c305-4375-8780-e2c53a5157ec"
    api = World().api(version)
    for change, expected in ((api.defer, "deferred"), (api.resume, "active"), (api.withdraw, "withdrawn")):
        assert training(change(gemma).attributes)["training_status"] == expected
