"""What a joiner's report brings about in the deployed service: the old school need report nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sandbox.model import Partnership, Placement
from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts

from .moving import TODAY, TOMORROW, YESTERDAY, join, leave, seen, the_one, urns


def deployed() -> tuple[World, Backstage]:
    world = World(behaviour="deployed")
    return world, Backstage(world)


def mentor_of(world: World, participant_id: str) -> str | None:
    return Backstage(world).placement(participant_id).mentor_id


@accepts("transfer.who-sees", "transfer.type")
def test_it_ends_the_old_placement_on_the_day_of_joining_and_both_providers_see_it_at_once() -> None:
    world, backstage = deployed()
    ada = backstage.person()
    join(world, ada, backstage.school("harbour"), TOMORROW)
    assert world.api().enrolment(ada)["participant_status"] == "leaving"
    assert world.api("v3", "harbour").enrolment(ada)["participant_status"] == "joining"
    shown = the_one(world.api(), ada)
    assert (shown["transfer_type"], shown["leaving"]["date"], shown["joining"]["date"]) == (
        "new_provider",
        "2024-11-16",
        "2024-11-16",
    )
    assert seen(world.api("v3", "harbour"), ada) == [shown]
    assert world.api().at("2024-11-16T00:00:00Z").enrolment(ada)["participant_status"] == "left"


@accepts("transfer.who-sees")
def test_who_is_leaving_already_keeps_that_day_and_a_later_report_of_the_old_school_replaces_it() -> None:
    world, backstage = deployed()
    ada = backstage.person()
    left = backstage.placement(ada)
    leave(world, left, TODAY)
    join(world, ada, backstage.school("harbour"), date(2024, 12, 2))
    assert the_one(world.api(), ada)["leaving"]["date"] == "2024-11-15"
    leave(world, left, TOMORROW)
    assert the_one(world.api(), ada)["leaving"]["date"] == "2024-11-16"


@accepts("transfer.type", "transfer.who-sees")
def test_once_the_school_that_was_joined_is_left_too_the_first_transfer_is_unknown_again() -> None:
    world, backstage = deployed()
    ada, second = backstage.person(), backstage.school("harbour")
    joined = join(world, ada, second, TOMORROW)
    leave(world, joined, TOMORROW)
    first = the_one(world.api(), ada)
    assert (first["transfer_type"], first["joining"]) == ("unknown", None)
    assert urns(world.api("v3", "harbour"), ada) == [(second.urn, None)]


@accepts("transfer.type")
def test_of_two_schools_joined_the_one_that_is_not_left_is_where_the_first_move_leads() -> None:
    world, backstage = deployed()
    ada, first = backstage.person(), backstage.school()
    join(world, ada, backstage.school("harbour"), TODAY)
    last = backstage.school("meadow")
    join(world, ada, last, TOMORROW)
    assert urns(world.api("v3", "meadow"), ada) == [(first.urn, last.urn)]


@accepts("transfer.type")
def test_a_leaver_who_is_given_another_mentor_leaves_all_the_same_and_makes_no_transfer() -> None:
    world, backstage = deployed()
    ada = backstage.person()
    leave(world, backstage.placement(ada), TOMORROW)
    assert the_one(world.api(), ada)["transfer_type"] == "unknown"
    backstage.assign_mentor(ada, None)
    assert world.api().enrolment(ada)["participant_status"] == "leaving"
    assert seen(world.api(), ada) == []


@accepts("transfer.who-sees")
def test_a_challenge_hides_no_transfer() -> None:
    world, backstage = deployed()
    ada = backstage.person()
    left = world.store.read().get(Partnership, backstage.placement(ada).partnership_id or "")
    assert left is not None
    join(world, ada, backstage.school("harbour"), TODAY)
    before = the_one(world.api(), ada)
    backstage.challenge(left)
    assert the_one(world.api(), ada) == before
    assert world.api().get(f"/participants/ecf/{ada}").status == 404


@pytest.mark.parametrize("joins_on", [YESTERDAY, TODAY, TOMORROW])
@accepts("transfer.who-sees")
def test_a_mentor_who_joins_another_school_mentors_nobody_at_the_old_one_from_that_day_on(joins_on: date) -> None:
    world, backstage = deployed()
    mentor = backstage.person("mentor", trn="7000002")
    here = backstage.person(mentor_id=mentor)
    elsewhere = backstage.person(place=backstage.school(number=1), mentor_id=mentor, trn="7000003")
    join(world, mentor, backstage.school("harbour"), joins_on)
    assert mentor_of(world, here) == (mentor if joins_on == TOMORROW else None)
    later = backstage.person(mentor_id=mentor, trn="7000004")
    world.clock.at = datetime(2024, 11, 16, 8, tzinfo=UTC)
    world.api().get("/participants/ecf/nobody")  # it knows from now on that its day has come
    assert mentor_of(world, here) is None
    assert mentor_of(world, elsewhere) == mentor
    assert mentor_of(world, later) == (None if joins_on == TOMORROW else mentor), "unless given to them since"


@accepts("transfer.who-sees")
def test_whom_a_school_gives_a_mentor_who_has_gone_keeps_them_whatever_day_comes() -> None:
    world, backstage = deployed()
    mentor = backstage.person("mentor", trn="7000002")
    ada = backstage.person()
    join(world, mentor, backstage.school("harbour"), TOMORROW)
    world.clock.at = datetime(2024, 11, 17, 8, tzinfo=UTC)
    backstage.assign_mentor(ada, mentor)
    world.clock.at = datetime(2024, 11, 20, 8, tzinfo=UTC)
    world.api().get("/participants/ecf/nobody")
    assert mentor_of(world, ada) == mentor


@accepts("transfer.type")
def test_whoever_keeps_their_provider_keeps_its_delivery_partner_and_the_next_who_does_goes_with_them() -> None:
    world, backstage = deployed()
    ada, bea = backstage.person(), backstage.person(trn="7000002")
    here, there = backstage.placement(ada), backstage.school("harbour")
    for person in (ada, bea):
        join(world, person, there, TODAY, keeps_provider=True)
    kept, next_kept = (backstage.placement(person).partnership_id for person in (ada, bea))
    assert kept == next_kept != here.partnership_id
    delivery_partners = {
        found.delivery_partner_id
        for id in (kept, here.partnership_id)
        if (found := world.store.read().get(Partnership, id or "")) is not None
    }
    assert len(delivery_partners) == 1


@accepts("status.independent")
def test_whoever_joins_a_school_is_in_active_training_whatever_was_said_before() -> None:
    world, backstage = deployed()
    ada = backstage.person(starts_on=date(2024, 9, 2))
    world.api().withdraw(ada)
    backstage.withdraw_from_school(ada)
    join(world, ada, backstage.school(number=1), TOMORROW)
    world.clock.at = datetime(2024, 11, 20, 8, tzinfo=UTC)
    shown = world.api().enrolment(ada)
    assert (shown["training_status"], shown["withdrawal"], shown["participant_status"]) == ("active", None, "active")
    assert world.api().defer(ada).status == 200
    left, *_ = world.store.read().find(Placement, participant_id=ada)
    assert left.school_id == backstage.school().id
    assert seen(world.api(), ada) == [], "whom the school had withdrawn does not leave it"


@accepts("transfer.type")
def test_who_gives_no_address_joins_under_the_one_they_were_registered_with() -> None:
    for behaviour, expected in (("documented", "new@example.com"), ("deployed", "ada.hart@example.com")):
        world = World(behaviour=behaviour)  # type: ignore[arg-type]
        backstage = Backstage(world)
        ada = backstage.person()
        backstage.rename(ada, email="new@example.com")
        join(world, ada, backstage.school("harbour"), TODAY)
        assert world.api("v3", "harbour").enrolment(ada)["email"] == expected
