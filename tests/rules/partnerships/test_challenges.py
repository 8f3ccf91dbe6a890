"""Schools challenge partnerships, and providers confirm them again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.model import Partnership
from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts

from .places import (
    ALL,
    ANCHOR_STREET,
    FAIRFIELD,
    HANNA,
    HAWTHORN,
    ISOBEL,
    LARKRISE,
    OAKFIELD,
    SIGNPOST,
    TIDEWAY,
    partnership,
    school,
    through,
)


@accepts("part.challenge", "vis.partnership")
def test_a_challenge_is_shown_with_its_reason_and_its_time_to_the_millisecond() -> None:
    world = World()
    (one, *_) = Backstage(world).partnerships("northgate", "2024")
    world.clock.at = datetime(2024, 11, 20, 10, 0, 0, 123_456, tzinfo=UTC)
    Backstage(world).challenge(one)
    shown = world.api().partnership(one.id)
    assert (shown["status"], shown["challenged_reason"]) == ("challenged", "mistake")
    assert (shown["challenged_at"], shown["updated_at"]) == ("2024-11-20T10:00:00.123Z", "2024-11-20T10:00:00Z")
    assert one.id in world.api().get("/partnerships/ecf", **ALL).ids


@accepts("part.challenge")
def test_whoever_is_placed_through_it_vanishes_and_whoever_comes_later_is_not_placed_at_all() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    one = through(world, ada)
    place = backstage.school()
    assert place.id == one.school_id
    backstage.challenge(one)
    later = backstage.person(place=place, trn="7000002")
    assert backstage.placement(later).partnership_id is None
    assert not {ada, later} & set(api.get("/participants/ecf", **ALL).ids)


@accepts("part.effect", "part.challenge")
def test_a_challenged_partnership_that_is_confirmed_again_is_the_same_as_before() -> None:
    world = World()
    api = world.api("v3", "meadow")
    one = through(world, HANNA)
    challenged = api.partnership(one.id)
    assert (challenged["status"], challenged["challenged_reason"]) == ("challenged", "no_ects")
    made = api.at("2024-11-20T10:00:00Z").confirm_partnership(SIGNPOST, HAWTHORN, "2024")
    assert made.id == one.id
    assert made.attributes == challenged | {
        "status": "active",
        "challenged_reason": None,
        "challenged_at": None,
        "updated_at": "2024-11-20T10:00:00Z",
    }


@accepts("part.effect")
def test_whoever_was_placed_through_it_is_seen_again_and_has_changed() -> None:
    world = World()
    api = world.api("v3", "meadow")
    assert api.get(f"/participants/ecf/{HANNA}").status == 404
    api.at("2024-11-20T10:00:00Z").confirm_partnership(SIGNPOST, HAWTHORN, "2024")
    assert api.participant(HANNA)["updated_at"] == "2024-11-20T10:00:00Z"
    assert HANNA in api.get("/participants/ecf", **ALL, **{"filter[updated_since]": "2024-11-20T10:00:00Z"}).ids
    new = Backstage(world).person(cohort="2024", place=school(world, SIGNPOST))
    assert through(world, new).id == through(world, HANNA).id


@accepts("part.effect")
def test_it_may_be_confirmed_again_through_another_delivery_partner() -> None:
    world = World()
    api, before = world.api("v3", "meadow"), through(world, HANNA)
    made = api.confirm_partnership(SIGNPOST, LARKRISE, "2024")
    assert (made.id, made.attributes["delivery_partner_id"]) == (before.id, LARKRISE)
    assert api.enrolment(HANNA)["delivery_partner_id"] == LARKRISE


@accepts("part.effect")
def test_another_provider_that_confirms_gets_a_partnership_of_its_own_and_nobody_of_the_first() -> None:
    world = World()
    made = world.api().confirm_partnership(SIGNPOST, OAKFIELD, "2024")
    assert made.id != through(world, HANNA).id
    assert world.api().get(f"/participants/ecf/{HANNA}").status == 404
    assert world.api("v3", "meadow").get(f"/participants/ecf/{HANNA}").status == 404


@accepts("part.effect")
def test_only_a_partnership_of_the_same_cohort_is_revived() -> None:
    world = World()
    made = world.api("v3", "meadow").confirm_partnership(SIGNPOST, LARKRISE, "2025")
    assert made.id != through(world, HANNA).id
    assert partnership(world, through(world, HANNA).id).challenged_at is not None


@accepts("part.effect")
def test_one_made_for_a_single_persons_transfer_becomes_the_schools_if_it_is_through_the_same_delivery_partner() -> (
    None
):
    world = World()
    api, extra = world.api("v3", "meadow"), through(world, ISOBEL)
    assert api.get(f"/partnerships/ecf/{extra.id}").status == 404
    made = api.confirm_partnership(FAIRFIELD, extra.delivery_partner_id, "2023")
    assert made.id == extra.id
    assert api.partnership(extra.id)["status"] == "active"
    assert api.enrolment(ISOBEL)["delivery_partner_id"] == extra.delivery_partner_id


@pytest.mark.parametrize("same", [True, False])
@accepts("part.effect")
def test_a_challenged_one_is_revived_rather_than_one_made_for_a_transfer(same: bool) -> None:
    world = World()
    backstage, api = Backstage(world), world.api("v3", "meadow")
    extra = through(world, ISOBEL)
    own = api.confirm_partnership(FAIRFIELD, LARKRISE, "2023").id
    backstage.change(partnership(world, own), delivery_partner_id=extra.delivery_partner_id if same else LARKRISE)
    backstage.challenge(partnership(world, own))
    assert api.confirm_partnership(FAIRFIELD, extra.delivery_partner_id, "2023").id == own
    assert partnership(world, extra.id).relationship is True
    assert api.change_delivery_partner(own, extra.delivery_partner_id).status == 200, "it has that one already"


@accepts("part.effect", "part.not-anothers")
def test_a_school_changes_its_provider_and_comes_back() -> None:
    world = World()
    backstage, harbour, northgate = Backstage(world), world.api("v3", "harbour"), world.api()
    (first,) = world.store.read().find(Partnership, school_id=ANCHOR_STREET, cohort="2025")
    backstage.challenge(first)
    second = northgate.confirm_partnership(ANCHOR_STREET, TIDEWAY).id
    backstage.challenge(partnership(world, second))
    assert harbour.confirm_partnership(ANCHOR_STREET, TIDEWAY).id == first.id
    assert northgate.partnership(second)["status"] == "challenged"
