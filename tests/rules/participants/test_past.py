"""Placements are history: every act ends one and begins the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sandbox.actors import school
from sandbox.model import Behaviour, Placement
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.reading.mergers import moment

from .training import BOTH_BEHAVIOURS, CHANGES

BEFORE, THEN, AFTER = "2024-11-17T10:00:00Z", "2024-11-18T10:00:00Z", "2024-11-19T10:00:00Z"


def past(world: World, participant_id: str) -> list[tuple[str, str | None, str]]:
    """When each of somebody's placements began and ended, and how the school has it."""
    placements = world.store.read().find(Placement, participant_id=participant_id)
    return [
        (f"{p.starts_at:%Y-%m-%dT%H}", f"{p.ends_at:%Y-%m-%dT%H}" if p.ends_at else None, p.induction_status)
        for p in placements
    ]


@BOTH_BEHAVIOURS
@pytest.mark.parametrize("act", ["defer", "change-schedule"])
@accepts("defer.effect", "sched.effect")
def test_an_act_ends_a_placement_at_that_moment_and_begins_the_next(behaviour: Behaviour, act: str) -> None:
    world = World(behaviour=behaviour)
    ada = Backstage(world).person()
    assert CHANGES[act](world.api().at(THEN), ada).status == 200
    assert past(world, ada) == [("2024-06-01T00", "2024-11-18T10", "changed"), ("2024-11-18T10", None, "active")]


@BOTH_BEHAVIOURS
@accepts("defer.effect")
def test_one_that_has_not_begun_is_changed_in_place(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    ada = Backstage(world).person(starts_on=date(2025, 1, 6))
    assert world.api().at(THEN).defer(ada).status == 200
    assert past(world, ada) == [("2025-01-06T00", None, "active")]


@BOTH_BEHAVIOURS
@accepts("status.derive")
def test_whoever_was_to_leave_on_a_day_still_is(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage = Backstage(world)
    ada = backstage.person()
    backstage.leave(ada, date(2024, 12, 20))
    assert world.api().at(THEN).defer(ada).status == 200
    assert past(world, ada) == [
        ("2024-06-01T00", "2024-11-18T10", "changed"),
        ("2024-11-18T10", "2024-12-20T00", "leaving"),
    ]
    assert world.api().at(AFTER).enrolment(ada)["participant_status"] == "leaving"


@BOTH_BEHAVIOURS
@accepts("status.derive")
def test_whoever_has_left_has_left_whatever_is_said_of_them_afterwards(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage = Backstage(world)
    ada = backstage.person()
    backstage.leave(ada, date(2024, 11, 10))
    assert world.api().at(THEN).defer(ada).status == 200
    shown = world.api().at(AFTER).enrolment(ada)
    assert (shown["participant_status"], shown["training_status"]) == ("left", "deferred")


@accepts("status.derive")
def test_as_deployed_who_was_acted_on_is_joining_at_any_earlier_time() -> None:
    world = World(behaviour="deployed")
    ada = Backstage(world).person()
    assert world.api().at(THEN).defer(ada).status == 200
    seen = [world.api().at(time).enrolment(ada)["participant_status"] for time in (BEFORE, THEN, AFTER)]
    assert seen == ["joining", "active", "active"]


@accepts("status.derive")
def test_as_documented_an_act_leaves_participant_status_alone() -> None:
    world = World()
    ada = Backstage(world).person()
    assert world.api().at(THEN).defer(ada).status == 200
    seen = [world.api().at(time).enrolment(ada)["participant_status"] for time in (BEFORE, THEN, AFTER)]
    assert seen == ["active", "active", "active"]


@BOTH_BEHAVIOURS
@accepts("transfer.type")
def test_someone_s_time_at_a_school_is_one_stay_however_often_they_were_acted_on(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    for at, act in ((BEFORE, Api.defer), (THEN, Api.resume)):
        assert act(api.at(at), ada).status == 200
    world.clock.at += timedelta(days=7)
    backstage.transfer(ada, backstage.school("harbour"), date(2024, 11, 21))
    (moved,) = api.get(f"/participants/ecf/{ada}/transfers").data["attributes"]["transfers"]
    assert (moved["transfer_type"], moved["created_at"]) == ("new_provider", THEN)


@BOTH_BEHAVIOURS
@accepts("decl.records-context")
def test_who_mentored_on_a_day_is_asked_of_the_past(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage = Backstage(world)
    eve, ben = backstage.person("mentor", trn="7000031"), backstage.person("mentor", trn="7000032")
    ada = backstage.person(mentor_id=eve)
    world.clock.at += timedelta(days=5)
    with world.writing() as unit:
        school.assign_mentor(unit, moment(world), backstage.placement(ada), ben)
    made = world.api().declare(ada, "started", "2024-11-16T09:00:00Z").attributes
    assert made["mentor_id"] == eve


@BOTH_BEHAVIOURS
@accepts("decl.before-withdrawal")
def test_what_was_withdrawn_and_resumed_does_not_bind_what_is_declared(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    api, ada = world.api(), Backstage(world).person()
    assert api.at(BEFORE).declare(ada, "started", "2024-11-10T09:00:00Z").status == 200
    assert api.at(BEFORE).withdraw(ada).status == 200
    assert api.at(THEN).resume(ada).status == 200
    made = api.at("2025-01-20T09:00:00Z").declare(ada, "retained-1", "2025-01-15T09:00:00Z")
    assert made.status == 200


@BOTH_BEHAVIOURS
@accepts("decl.before-withdrawal")
def test_a_withdrawal_dated_before_anything_began_binds_nothing(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    api, ada = world.api(), Backstage(world).person()
    assert api.declare(ada, "started", "2024-11-10T09:00:00Z").status == 200
    assert api.at("2024-01-10T09:00:00Z").withdraw(ada).status == 200
    made = api.at("2025-01-20T09:00:00Z").declare(ada, "retained-1", "2025-01-15T09:00:00Z")
    assert made.status == 200


@accepts("status.derive")
def test_as_deployed_who_is_still_to_join_a_school_that_turns_school_led_is_no_provider_s_any_more() -> None:
    world = World(behaviour="deployed")
    backstage = Backstage(world)
    place = backstage.school()
    ada = backstage.person(place=place, starts_on=date(2025, 1, 6))
    backstage.choose_programme(place, "2024", "no_early_career_teachers")
    assert world.api().enrolment(ada)["participant_status"] == "joining"
    backstage.choose_programme(place, "2024", "school_led")
    assert world.api().get(f"/participants/ecf/{ada}").status == 404
