"""Which provider sees a transfer, at each stage of it."""

from __future__ import annotations

import pytest

from sandbox.model import Partnership, Placement
from tests.api import JANE, PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal

from .moving import ALL, TODAY, TOMORROW, TRANSFERS, join, leave, seen, the_one, urns

NOBODY = "00000000-0000-4000-8000-000000000000"
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # from Northgate to Harbour
RETIRED = "439ac4fe-a003-417f-9694-07c45b3482f8"


def who_sees(world: World, participant_id: str) -> list[str]:
    """The providers that see a transfer of someone's."""
    return [provider for provider in PROVIDERS if seen(world.api("v3", provider), participant_id)]


def partnership_of(world: World, placement: Placement) -> Partnership:
    found = world.store.read().get(Partnership, placement.partnership_id or "")
    assert found is not None
    return found


@accepts("transfer.who-sees", "auth.one-provider")
def test_only_the_provider_that_is_left_sees_it_until_the_joining_side_is_reported_then_both_do() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    assert who_sees(world, ada) == []
    leave(world, backstage.placement(ada), TODAY)
    assert who_sees(world, ada) == ["northgate"]
    join(world, ada, backstage.school("harbour"), TOMORROW)
    assert who_sees(world, ada) == ["northgate", "harbour"]
    assert seen(world.api(), ada) == seen(world.api("v3", "harbour"), ada)


@accepts("transfer.who-sees", "transfer.type")
def test_nobody_sees_one_of_which_the_joining_side_alone_is_reported() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    left = backstage.placement(ada)
    join(world, ada, backstage.school("harbour"), TODAY)
    assert who_sees(world, ada) == []
    leave(world, left, TODAY)
    assert who_sees(world, ada) == ["northgate", "harbour"]
    assert the_one(world.api(), ada)["transfer_type"] == "new_provider"


@pytest.mark.parametrize(("side", "still_seen_by"), [("leaving", ["harbour"]), ("joining", ["northgate"])])
@accepts("transfer.who-sees")
def test_a_provider_whose_partnership_is_challenged_sees_it_no_more_and_the_other_goes_on_seeing_it(
    side: str, still_seen_by: list[str]
) -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    left = backstage.placement(ada)
    leave(world, left, TODAY)
    joined = join(world, ada, backstage.school("harbour"), TODAY)
    before = seen(world.api("v3", still_seen_by[0]), ada)
    backstage.challenge(partnership_of(world, left if side == "leaving" else joined))
    assert who_sees(world, ada) == still_seen_by
    assert seen(world.api("v3", still_seen_by[0]), ada) == before


@accepts("transfer.who-sees")
def test_someone_who_leaves_a_school_that_challenged_its_partnership_is_seen_by_nobody() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    backstage.challenge(partnership_of(world, backstage.placement(ada)))
    leave(world, backstage.placement(ada), TODAY)
    assert who_sees(world, ada) == []


@accepts("transfer.who-sees", "vis.validated-only")
def test_by_the_written_guidance_nobody_sees_one_of_someone_not_validated_and_in_the_deployed_service_they_do() -> None:
    for world, expected in ((World(), []), (World(behaviour="deployed"), ["northgate"])):
        backstage = Backstage(world)
        ada = backstage.person(validated="dfe_checking_eligibility")
        leave(world, backstage.placement(ada), TODAY)
        assert who_sees(world, ada) == expected
        backstage.validate(ada, "checking_qts")
        assert who_sees(world, ada) == ["northgate"]


@accepts("transfer.who-sees")
def test_of_two_moves_each_provider_sees_those_that_concern_it() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    schools = [backstage.school(provider) for provider in PROVIDERS]
    for school in schools[1:]:
        leave(world, backstage.placement(ada), TODAY)
        join(world, ada, school, TODAY)
    first, second, third = (school.urn for school in schools)
    assert urns(world.api("v3", "northgate"), ada) == [(first, second)]
    assert urns(world.api("v3", "harbour"), ada) == [(first, second), (second, third)]
    assert urns(world.api("v3", "meadow"), ada) == [(second, third)]


@pytest.mark.parametrize("id", [JANE, PRIYA, NOBODY, RETIRED, "jane", "%20", "transfers"])
@refuses("path.unknown")
def test_whoever_has_no_transfer_that_the_provider_sees_is_not_found(id: str) -> None:
    api = World().api("v3", "meadow")
    assert refusal(api, Api.get, f"/participants/ecf/{id}/transfers") == NOT_FOUND
    assert id not in api.get(TRANSFERS, **ALL).ids


@accepts("path.unknown")
def test_an_id_may_be_written_in_capitals() -> None:
    assert World().api().get(f"/participants/ecf/{PRIYA.upper()}/transfers").id == PRIYA
