"""Who comes along when a provider confirms a partnership, in the deployed service."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sandbox.model import Partnership, Placement
from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts

from .places import (
    FAIRFIELD,
    HANNA,
    HILLTOP_VIEW,
    ISOBEL,
    LARKRISE,
    OAKFIELD,
    SIGNPOST,
    TIDEWAY,
    partnership,
    school,
    through,
)

SINCE_SEPTEMBER = date(2024, 9, 2)


def deployed() -> World:
    world = World(behaviour="deployed")
    world.clock.at = datetime(2024, 11, 20, 10, tzinfo=UTC)
    return world


@accepts("part.effect")
def test_whoever_is_there_without_a_partnership_trains_through_the_new_one_from_now_on() -> None:
    world = deployed()
    ada = Backstage(world).person(place=school(world, HILLTOP_VIEW), starts_on=SINCE_SEPTEMBER)
    assert world.api().get(f"/participants/ecf/{ada}").status == 404
    made = world.api().confirm_partnership(HILLTOP_VIEW, OAKFIELD, "2024")
    shown = world.api().enrolment(ada)
    assert (shown["delivery_partner_id"], shown["participant_status"]) == (OAKFIELD, "active")
    before, after = world.store.read().find(Placement, participant_id=ada)
    assert (before.partnership_id, after.partnership_id) == (None, made.id)
    assert before.ended_at == world.clock.at
    assert after.starts_on == date(2024, 6, 1), "the first day of the first milestone, as of whoever is registered now"


@accepts("part.effect")
def test_whoever_trained_through_a_challenged_one_comes_along_and_the_former_provider_sees_them_no_more() -> None:
    world = deployed()
    backstage, harbour = Backstage(world), world.api("v3", "harbour")
    ada = backstage.person(starts_on=SINCE_SEPTEMBER)
    world.api().defer(ada)
    place, former = backstage.school(), through(world, ada)
    backstage.challenge(former)
    confirmed = harbour.confirm_partnership(place.id, TIDEWAY, "2024")
    assert through(world, ada).id == confirmed.id
    assert harbour.enrolment(ada)["training_status"] == "deferred", "what the provider said goes along"
    assert world.api().get(f"/participants/ecf/{ada}").status == 404


@accepts("part.effect")
def test_a_school_that_trained_its_own_people_becomes_provider_led_and_they_come_along() -> None:
    world = deployed()
    ada = Backstage(world).person(place=school(world, FAIRFIELD), starts_on=SINCE_SEPTEMBER)
    assert school(world, FAIRFIELD).programmes["2024"] == "school_led"
    world.api().confirm_partnership(FAIRFIELD, OAKFIELD, "2024")
    assert school(world, FAIRFIELD).programmes["2024"] == "provider_led"
    assert world.api().enrolment(ada)["school_urn"] == "900407"


@pytest.mark.parametrize("gone", ["leaving", "withdrawn", "still to come", "of another cohort"])
@accepts("part.effect")
def test_nobody_else_comes_along(gone: str) -> None:
    world = deployed()
    backstage, place = Backstage(world), school(world, HILLTOP_VIEW)
    starts_on = date(2025, 1, 6) if gone == "still to come" else SINCE_SEPTEMBER
    cohort = "2023" if gone == "of another cohort" else "2024"
    ada = backstage.person(place=place, cohort=cohort, starts_on=starts_on)
    if gone == "leaving":
        backstage.leave(ada, date(2024, 12, 20))
    if gone == "withdrawn":
        backstage.withdraw_from_school(ada)
    world.api().confirm_partnership(HILLTOP_VIEW, OAKFIELD, "2024")
    assert backstage.placement(ada).partnership_id is None
    assert world.api().get(f"/participants/ecf/{ada}").status == 404


@accepts("part.effect")
def test_whoever_is_there_through_a_partnership_made_for_their_transfer_stays_with_their_provider() -> None:
    world = deployed()
    extra = through(world, ISOBEL)
    assert extra.relationship
    world.api().confirm_partnership(FAIRFIELD, OAKFIELD, "2023")
    assert through(world, ISOBEL) == extra
    assert world.api("v3", "meadow").enrolment(ISOBEL)["school_urn"] == "900407"


@accepts("part.effect")
def test_confirmed_through_its_own_delivery_partner_that_one_becomes_the_schools_under_its_id() -> None:
    world = deployed()
    backstage, meadow = Backstage(world), world.api("v3", "meadow")
    extra = through(world, ISOBEL)
    bea = backstage.person(place=school(world, FAIRFIELD), cohort="2023", starts_on=SINCE_SEPTEMBER)
    made = meadow.confirm_partnership(FAIRFIELD, extra.delivery_partner_id, "2023")
    assert made.id == extra.id == through(world, bea).id
    assert meadow.partnership(extra.id)["status"] == "active"


@accepts("part.effect")
def test_a_partnership_that_is_revived_finds_its_people_where_they_were() -> None:
    world = deployed()
    before = Backstage(world).placement(HANNA)
    world.api("v3", "meadow").confirm_partnership(SIGNPOST, LARKRISE, "2024")
    assert Backstage(world).placement(HANNA).id == before.id
    assert world.api("v3", "meadow").enrolment(HANNA)["delivery_partner_id"] == LARKRISE


@accepts("part.challenge")
def test_a_school_that_says_it_has_no_early_career_teachers_has_decided_so() -> None:
    world = deployed()
    backstage = Backstage(world)
    for reason, programme in (("mistake", "provider_led"), ("no_ects", "no_early_career_teachers")):
        (one, *_) = backstage.partnerships("northgate", "2024")
        backstage.challenge(one, reason)
        assert school(world, one.school_id).programmes["2024"] == programme
        query = {"filter[cohort]": "2024", "filter[urn]": school(world, one.school_id).urn}
        (shown,) = world.api().get("/schools/ecf", **query).data
        assert shown["attributes"]["induction_programme_choice"] == programme


@accepts("vis.participant", "part.challenge")
def test_a_challenge_hides_people_from_reads_and_from_nothing_else() -> None:
    world = deployed()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person(starts_on=SINCE_SEPTEMBER)
    backstage.challenge(through(world, ada))
    assert api.get(f"/participants/ecf/{ada}").status == 404
    assert api.defer(ada).attributes["ecf_enrolments"] == []
    assert world.api("v2").resume(ada).attributes["training_status"] == "active"
    assert api.change_schedule(ada, "ecf-standard-january").titles == ["cohort"]
    assert api.declare(ada, "started", "2024-10-01T09:00:00Z").attributes["state"] == "eligible"


def relationship(world: World) -> Partnership:
    found = through(world, ISOBEL)
    assert found.relationship
    return partnership(world, found.id)


@accepts("vis.school")
def test_a_school_is_in_partnership_through_one_made_for_a_transfer_too() -> None:
    for world, expected in ((World(), False), (deployed(), True)):
        query = {"filter[cohort]": relationship(world).cohort, "filter[urn]": "900407"}
        (shown,) = world.api().get("/schools/ecf", **query).data
        assert shown["attributes"]["in_partnership"] is expected
