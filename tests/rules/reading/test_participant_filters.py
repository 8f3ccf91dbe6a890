"""`filter[training_status]` and `filter[from_participant_id]`, which v3's participants alone have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import FLAT

from .mergers import retire

PEOPLE = "/participants/ecf"
ALL = {"page[per_page]": "3000"}
OWEN = "d1dd50c8-71ef-4b62-bc3c-b498c5ca7052"  # both an ECT of cohort 2021 and a mentor of 2024
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # from Northgate to Harbour
AMELIA = "a9189c4b-7993-4015-bffc-ff9ae8392cdd"
RETIRED = "439ac4fe-a003-417f-9694-07c45b3482f8"


def of_status(api: Api, status: str) -> list[str]:
    return api.get(PEOPLE, **ALL, **{"filter[training_status]": status}).ids


def statuses(participant: dict[str, Any]) -> set[str]:
    return {enrolment["training_status"] for enrolment in participant["attributes"]["ecf_enrolments"]}


@pytest.mark.parametrize("path", [PEOPLE, f"{PEOPLE}/{JANE}"])
@pytest.mark.parametrize("value", ["resting", "Active", "active,deferred", "joining", " active"])
@refuses("read.training-status")
def test_a_status_that_training_does_not_have_is_refused(path: str, value: str) -> None:
    refused = refusal(World().api(), Api.get, path, **{"filter[training_status]": value})
    assert refused == (400, ["Bad request"], ["read.training-status"])


@pytest.mark.parametrize("status", ["active", "deferred", "withdrawn"])
@accepts("read.training-status")
def test_everyone_with_a_training_of_that_status_is_listed_and_nobody_else(status: str) -> None:
    api = World().api()
    api.defer(MENTOR, course="ecf-mentor")
    everyone = api.get(PEOPLE, **ALL).data
    expected = [participant["id"] for participant in everyone if status in statuses(participant)]
    assert of_status(api, status) == expected != []


@accepts("read.training-status")
def test_someone_with_two_trainings_is_listed_under_the_status_of_either() -> None:
    api = World().api()
    api.defer(OWEN, course="ecf-mentor")
    assert OWEN in of_status(api, "active")
    assert OWEN in of_status(api, "deferred")
    assert OWEN not in of_status(api, "withdrawn")


@refuses("path.unknown")
@accepts("read.training-status", "read.cohort-filter")
def test_the_status_and_the_cohort_asked_for_must_be_those_of_one_training() -> None:
    api = World().api()
    api.defer(OWEN, course="ecf-mentor")
    for cohort, status, found in (
        ("2021", "active", True),
        ("2024", "deferred", True),
        ("2021", "deferred", False),
        ("2024", "active", False),
    ):
        asked = {"filter[cohort]": cohort, "filter[training_status]": status}
        assert (OWEN in api.get(PEOPLE, **ALL, **asked).ids) is found
        assert (api.get(f"{PEOPLE}/{OWEN}", **asked).status == 200) is found


@accepts("read.training-status")
def test_it_is_the_status_with_the_provider_that_asks() -> None:
    world = World()
    world.api(provider="harbour").defer(PRIYA)
    assert PRIYA in of_status(world.api(), "active")
    assert PRIYA in of_status(world.api(provider="harbour"), "deferred")


@refuses("path.unknown")
@accepts("read.training-status")
def test_someone_of_another_status_is_not_found_by_their_id_either() -> None:
    api, one = World().api(), f"{PEOPLE}/{JANE}"
    assert api.get(one, **{"filter[training_status]": "active"}).id == JANE
    assert refusal(api, Api.get, one, **{"filter[training_status]": "deferred"}) == NOT_FOUND


@accepts("read.training-status")
def test_a_blank_status_filters_nothing() -> None:
    api = World().api()
    assert of_status(api, "") == api.get(PEOPLE, **ALL).ids


@FLAT
@accepts("read.training-status", "read.from-participant-id")
def test_v1_and_v2_have_neither_filter(version: str) -> None:
    api = World().api(version)
    for query in ({"filter[training_status]": "resting"}, {"filter[from_participant_id]": RETIRED}):
        assert api.get(PEOPLE, **query).data == api.get(PEOPLE).data


@pytest.mark.parametrize("id", [RETIRED, RETIRED.upper()])
@accepts("read.from-participant-id")
def test_the_participant_that_took_the_place_of_a_retired_id_is_found(id: str) -> None:
    api = World().api()
    (found,) = api.get(PEOPLE, **{"filter[from_participant_id]": id}).data
    assert found["id"] == AMELIA
    (change,) = found["attributes"]["participant_id_changes"]
    assert (change["from_participant_id"], change["to_participant_id"]) == (RETIRED, AMELIA)
    assert api.get(f"{PEOPLE}/{AMELIA}", **{"filter[from_participant_id]": id}).id == AMELIA
    assert refusal(api, Api.get, f"{PEOPLE}/{JANE}", **{"filter[from_participant_id]": id}) == NOT_FOUND


@pytest.mark.parametrize("id", [AMELIA, JANE, "00000000-0000-4000-8000-000000000000", "amelia", RETIRED[:-1]])
@accepts("read.from-participant-id")
def test_an_id_that_was_never_retired_finds_nobody(id: str) -> None:
    assert World().api().get(PEOPLE, **{"filter[from_participant_id]": id}).data == []


@accepts("read.from-participant-id")
def test_a_provider_that_does_not_train_them_does_not_find_them() -> None:
    assert World().api(provider="harbour").get(PEOPLE, **{"filter[from_participant_id]": RETIRED}).data == []


@accepts("read.from-participant-id")
def test_after_a_second_merger_every_earlier_id_finds_the_one_that_remains_and_the_newest_change_comes_first() -> None:
    world = World()
    backstage = Backstage(world)
    first, second = backstage.person("ect", trn="7000401"), backstage.person("mentor", trn="7000402")
    third = backstage.person("ect", trn="7000403")
    retire(world, first, second)
    world.clock.at += timedelta(minutes=1)
    retire(world, second, third)
    for id in (first, second):
        (found,) = world.api().get(PEOPLE, **{"filter[from_participant_id]": id}).data
        assert found["id"] == third
        changes = found["attributes"]["participant_id_changes"]
        told = [(change["from_participant_id"], change["to_participant_id"]) for change in changes]
        assert told == [(second, third), (first, second)]
