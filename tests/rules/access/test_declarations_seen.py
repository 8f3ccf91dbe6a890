"""Which declarations a provider sees: its own, and the live ones of others about people placed with it now."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.model import Partnership
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # Northgate declared started and retained-1, Harbour retained-2
HARUTO = "395135d8-196e-4335-b5ae-0b20fa244885"  # Northgate declared started; joins Meadow after Christmas
PETER = "65b58798-4c86-4950-9598-bbe4adcccd7d"  # Northgate declared started; then the school challenged
DECLARED_ON = date(2024, 10, 14)


def seen(api: Api, participant_id: str) -> list[str]:
    """The types that the list shows as declared of someone."""
    listed = api.get("/participant-declarations", **{"filter[participant_id]": participant_id}).data
    for declaration in listed:
        assert api.declaration(declaration["id"]) == declaration["attributes"]
    return [declaration["attributes"]["declaration_type"] for declaration in listed]


def started_then_moved_to_harbour(world: World) -> tuple[str, str]:
    """Somebody whom Northgate declared as started and who moved to Harbour: their id, and the declaration's."""
    backstage = Backstage(world)
    ada = backstage.person()
    made = world.api().declare(ada, "started", f"{DECLARED_ON}T23:30:00Z")
    backstage.transfer(ada, backstage.school("harbour"), date(2024, 11, 1))
    return ada, made.id


@EVERY_VERSION
@accepts("vis.declaration")
def test_the_live_declarations_of_the_previous_provider_are_seen_by_the_one_that_trains_them_now(version: str) -> None:
    harbour = World().api(version, "harbour")
    assert seen(harbour, PRIYA) == ["started", "retained-1", "retained-2"]
    if version == "v3":
        listed = harbour.get("/participant-declarations", **{"filter[participant_id]": PRIYA}).data
        names = ["Northgate Teaching Institute", "Northgate Teaching Institute", "Harbour Learning Trust"]
        assert [declaration["attributes"]["lead_provider_name"] for declaration in listed] == names


@EVERY_VERSION
@accepts("vis.declaration")
def test_the_previous_provider_goes_on_seeing_its_own_and_not_what_comes_after(version: str) -> None:
    world = World()
    assert seen(world.api(version), PRIYA) == ["started", "retained-1"]
    everything = world.api(version, "harbour").get("/participant-declarations", **{"filter[participant_id]": PRIYA})
    *_, later = everything.ids
    assert refusal(world.api(version), Api.get, f"/participant-declarations/{later}") == NOT_FOUND


@EVERY_VERSION
@accepts("vis.declaration")
def test_a_provider_that_someone_is_to_join_sees_them_already(version: str) -> None:
    assert seen(World().api(version, "meadow"), HARUTO) == ["started"]


@EVERY_VERSION
@accepts("vis.declaration")
def test_those_who_never_train_someone_see_nothing_declared_of_them(version: str) -> None:
    world = World()
    assert seen(world.api(version, "meadow"), PRIYA) == []
    (made, *_) = world.api(version).get("/participant-declarations", **{"filter[participant_id]": PRIYA}).ids
    assert refusal(world.api(version, "meadow"), Api.get, f"/participant-declarations/{made}") == NOT_FOUND


@EVERY_VERSION
@pytest.mark.parametrize("state", ["voided", "ineligible", "awaiting_clawback", "clawed_back"])
@accepts("vis.declaration")
def test_one_that_is_no_longer_live_is_seen_by_its_maker_alone(version: str, state: str) -> None:
    world = World()
    ada, declaration_id = started_then_moved_to_harbour(world)
    assert seen(world.api(version, "harbour"), ada) == ["started"]
    backstage = Backstage(world)
    backstage.change(backstage.declaration(declaration_id), state=state)
    assert seen(world.api(version, "harbour"), ada) == []
    assert refusal(world.api(version, "harbour"), Api.get, f"/participant-declarations/{declaration_id}") == NOT_FOUND
    assert seen(world.api(version), ada) == ["started"]


@EVERY_VERSION
@pytest.mark.parametrize("state", ["submitted", "eligible", "payable", "paid"])
@accepts("vis.declaration")
def test_one_that_is_live_is_seen_whether_it_is_paid_or_not(version: str, state: str) -> None:
    world = World()
    ada, declaration_id = started_then_moved_to_harbour(world)
    backstage = Backstage(world)
    backstage.change(backstage.declaration(declaration_id), state=state)
    assert seen(world.api(version, "harbour"), ada) == ["started"]


@EVERY_VERSION
@pytest.mark.parametrize(
    ("leaves_on", "seen_in_v3"),
    [(date(2024, 12, 20), True), (DECLARED_ON, True), (date(2024, 10, 13), False)],
)
@accepts("vis.declaration")
def test_once_they_leave_v3_alone_shows_those_dated_no_later_than_the_day_they_leave(
    version: str, leaves_on: date, seen_in_v3: bool
) -> None:
    world = World()
    ada, _ = started_then_moved_to_harbour(world)
    Backstage(world).leave(ada, leaves_on)
    assert seen(world.api(version, "harbour"), ada) == (["started"] if version == "v3" and seen_in_v3 else [])
    assert seen(world.api(version), ada) == ["started"]


@EVERY_VERSION
@accepts("vis.declaration")
def test_once_the_school_has_withdrawn_them_only_the_providers_own_are_seen(version: str) -> None:
    world = World()
    ada, _ = started_then_moved_to_harbour(world)
    Backstage(world).withdraw_from_school(ada)
    assert seen(world.api(version, "harbour"), ada) == []
    assert seen(world.api(version), ada) == ["started"]


@EVERY_VERSION
@accepts("vis.declaration")
def test_with_a_challenged_partnership_those_of_others_vanish_and_the_providers_own_stay(version: str) -> None:
    world = World()
    ada, _ = started_then_moved_to_harbour(world)
    backstage = Backstage(world)
    partnership = world.store.read().get(Partnership, backstage.placement(ada).partnership_id or "")
    assert partnership is not None
    backstage.challenge(partnership)
    assert seen(world.api(version, "harbour"), ada) == []
    assert seen(world.api(version), PETER) == ["started"]


@EVERY_VERSION
@refuses("path.unknown")
@accepts("vis.declaration")
def test_one_of_another_provider_can_be_seen_but_not_voided(version: str) -> None:
    world = World()
    ada, declaration_id = started_then_moved_to_harbour(world)
    assert seen(world.api(version, "harbour"), ada) == ["started"]
    assert refusal(world.api(version, "harbour"), Api.void, declaration_id) == NOT_FOUND
    assert world.api(version).void(declaration_id).attributes["state"] == "voided"
