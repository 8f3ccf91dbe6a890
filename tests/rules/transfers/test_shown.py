"""What is shown of a transfer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts

from .moving import FAIRFIELD, TODAY, TRANSFERS, join, leave, name_of, person_at, school_of, the_one

MEGAN = "87a14b73-4def-4de0-ac82-7c77ff1fb4cf"  # from one of Northgate's schools to another
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # from Northgate to Harbour
BEATRIZ = "49e1361d-58d6-419f-9f53-f7306f263332"  # from Harbour to Northgate
HARUTO = "395135d8-196e-4335-b5ae-0b20fa244885"  # on the way from Northgate to Meadow
CHARLOTTE = "5b5c4bcb-fe39-4317-88c8-3961f300f55e"  # leaving Northgate for nobody knows where
EWAN = "9693142e-d703-4757-a74e-9e123c25ae08"  # the same, and gone
ROWAN = "90c2f528-7b5e-4fb0-a176-40b4af3ff9ea"  # between two of Northgate's schools
IMRAN = "7d5dc21b-097c-49ed-a9f2-7a9877ea0328"  # from a school without a provider to Northgate
ISOBEL = "1cbde7f3-256d-4f4d-a82f-1629a028e962"  # kept Meadow at a school that trains its own people


@accepts("transfer.type", "transfer.status")
def test_a_transfer_is_shown_with_both_its_sides() -> None:
    api = World().api()
    assert api.get(f"/participants/ecf/{PRIYA}/transfers").data == {
        "id": PRIYA,
        "type": "participant-transfer",
        "attributes": {
            "updated_at": api.participant(PRIYA)["updated_at"],
            "transfers": [
                {
                    "training_record_id": api.enrolment(PRIYA)["training_record_id"],
                    "transfer_type": "new_provider",
                    "status": "complete",
                    "created_at": "2023-08-30T11:10:00Z",
                    "leaving": {
                        "school_urn": "900107",
                        "provider": "Northgate Teaching Institute",
                        "date": "2024-04-12",
                    },
                    "joining": {"school_urn": "900204", "provider": "Harbour Learning Trust", "date": "2024-04-15"},
                }
            ],
        },
    }


@accepts("transfer.type", "transfer.status")
def test_until_somebody_reports_the_joining_side_it_is_null() -> None:
    shown = the_one(World().api(), CHARLOTTE)
    assert (shown["transfer_type"], shown["status"], shown["joining"]) == ("unknown", "incomplete", None)
    assert shown["leaving"] == {
        "school_urn": "900104",
        "provider": "Northgate Teaching Institute",
        "date": "2024-12-20",
    }


@pytest.mark.parametrize(
    ("id", "provider", "type", "status"),
    [
        (MEGAN, "northgate", "new_school", "complete"),
        (PRIYA, "northgate", "new_provider", "complete"),
        (PRIYA, "harbour", "new_provider", "complete"),
        (BEATRIZ, "northgate", "new_provider", "complete"),
        (HARUTO, "northgate", "new_provider", "incomplete"),
        (HARUTO, "meadow", "new_provider", "incomplete"),
        (CHARLOTTE, "northgate", "unknown", "incomplete"),
        (EWAN, "northgate", "unknown", "complete"),
        (ROWAN, "northgate", "new_school", "incomplete"),
        (IMRAN, "northgate", "new_school", "complete"),
        (ISOBEL, "meadow", "new_school", "complete"),
    ],
)
@accepts("transfer.type", "transfer.status", "transfer.who-sees")
def test_the_seeds_have_transfers_of_every_kind(id: str, provider: str, type: str, status: str) -> None:
    shown = the_one(World().api("v3", provider), id)
    assert (shown["transfer_type"], shown["status"]) == (type, status)


@accepts("transfer.type")
def test_a_side_at_a_school_that_trains_its_own_people_has_no_provider() -> None:
    shown = the_one(World().api(), IMRAN)
    assert shown["leaving"] == {"school_urn": FAIRFIELD, "provider": None, "date": "2024-03-28"}
    assert shown["joining"]["provider"] == "Northgate Teaching Institute"


@accepts("transfer.type")
def test_whoever_goes_to_a_school_without_a_provider_changes_school_and_no_provider() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    leave(world, backstage.placement(ada), TODAY)
    join(world, ada, school_of(world, FAIRFIELD), TODAY)
    shown = the_one(api, ada)
    assert shown["transfer_type"] == "new_school"
    assert (shown["leaving"]["provider"], shown["joining"]["provider"]) == (name_of(world, "northgate"), None)


@accepts("transfer.type", "transfer.who-sees")
def test_between_two_schools_without_a_provider_nobody_sees_anything() -> None:
    world = World()
    ada = person_at(world, school_of(world, FAIRFIELD))
    leave(world, Backstage(world).placement(ada), TODAY)
    join(world, ada, school_of(world, "900405"), TODAY)
    for provider in ("northgate", "harbour", "meadow"):
        assert world.api("v3", provider).get(f"/participants/ecf/{ada}/transfers").status == 404


@accepts("transfer.type")
def test_whoever_keeps_their_provider_at_a_school_of_anothers_changes_school_only() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    leave(world, backstage.placement(ada), TODAY)
    join(world, ada, backstage.school("harbour"), TODAY, keeps_provider=True)
    shown = the_one(world.api(), ada)
    assert shown["transfer_type"] == "new_school"
    assert shown["leaving"]["provider"] == shown["joining"]["provider"] == name_of(world, "northgate")
    assert world.api("v3", "harbour").get(f"/participants/ecf/{ada}/transfers").status == 404


def test_it_dates_from_when_the_enrolment_that_is_left_was_made() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    world.clock.at = datetime(2024, 11, 20, 12, tzinfo=UTC)
    leave(world, backstage.placement(ada), date(2024, 12, 20))
    shown = world.api().get(f"/participants/ecf/{ada}/transfers").attributes
    assert shown["updated_at"] == "2024-11-20T12:00:00Z"
    assert shown["transfers"][0]["created_at"] == "2024-11-15T09:00:00Z"


@accepts("transfer.who-sees")
def test_everyone_is_listed_once_whoever_moved_and_nobody_else() -> None:
    api = World().api()
    listed = api.get(TRANSFERS).ids
    assert {MEGAN, PRIYA, BEATRIZ, HARUTO, CHARLOTTE, EWAN, ROWAN, IMRAN} <= set(listed)
    assert len(listed) == len(set(listed))
    moved = {"leaving", "left"}
    for person in api.get("/participants/ecf", **{"page[per_page]": "3000"}).data:
        enrolments = person["attributes"]["ecf_enrolments"]
        if any(enrolment["participant_status"] in moved for enrolment in enrolments):
            assert person["id"] in listed
    assert api.get("/participants/ecf/transfers", sort="-created_at").ids == listed, "there is no sorting here"
