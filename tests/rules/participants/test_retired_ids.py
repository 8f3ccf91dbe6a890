"""An id that the DfE retired leads to the participant that took its place."""

from __future__ import annotations

import pytest

from tests.api import Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

from .training import training

AMELIA = "a9189c4b-7993-4015-bffc-ff9ae8392cdd"
RETIRED = "439ac4fe-a003-417f-9694-07c45b3482f8"
RAFAEL = "6300879a-0457-4e9b-99dd-5d3c793f738e"  # mentored by the retired id


@EVERY_VERSION
@pytest.mark.parametrize("id", [RETIRED, RETIRED.upper()])
@accepts("vis.participant", "sched.effect")
def test_every_change_asked_for_under_it_is_made_to_the_one_that_remains(version: str, id: str) -> None:
    api = World().api(version)
    changes = [
        (api.defer(id, course="ecf-mentor"), "training_status", "deferred"),
        (api.resume(id, course="ecf-mentor"), "training_status", "active"),
        (
            api.change_schedule(id, "ecf-replacement-september", course="ecf-mentor"),
            "schedule_identifier",
            "ecf-replacement-september",
        ),
        (api.withdraw(id, course="ecf-mentor"), "training_status", "withdrawn"),
    ]
    for reply, name, expected in changes:
        assert reply.id == AMELIA
        assert training(reply.attributes, "mentor")[name] == expected


@EVERY_VERSION
@accepts("vis.participant")
def test_the_training_she_had_under_the_other_id_can_be_changed_under_it_too(version: str) -> None:
    reply = World().api(version).defer(RETIRED, course="ecf-induction")
    assert reply.id == AMELIA
    assert training(reply.attributes)["training_status"] == "deferred"


@EVERY_VERSION
@accepts("vis.participant")
def test_it_is_listed_no_more_and_whoever_it_mentored_is_mentored_by_the_one_that_remains(version: str) -> None:
    api = World().api(version)
    listed = api.get("/participants/ecf", **{"page[per_page]": "3000"}).ids
    assert RETIRED not in listed
    assert AMELIA in listed
    assert training(api.participant(RAFAEL))["mentor_id"] == AMELIA


@accepts("id-change")
def test_v3_lists_the_change_with_the_one_that_remains() -> None:
    (change,) = World().api().participant(AMELIA)["participant_id_changes"]
    assert (change["from_participant_id"], change["to_participant_id"]) == (RETIRED, AMELIA)
    assert change["changed_at"] < "2024-11-15T09:00:00Z"


@EVERY_VERSION
@accepts("id-change")
def test_what_was_declared_under_it_is_found_under_the_one_that_remains(version: str) -> None:
    api = World().api(version)
    of_amelia = api.get("/participant-declarations", **{"filter[participant_id]": AMELIA}).data
    assert "ecf-mentor" in [declaration["attributes"]["course_identifier"] for declaration in of_amelia]
    assert {declaration["attributes"]["participant_id"] for declaration in of_amelia} == {AMELIA}
    assert api.get("/participant-declarations", **{"filter[participant_id]": RETIRED}).data == []


@EVERY_VERSION
@accepts("id-change")
def test_what_is_declared_under_it_counts_for_the_one_that_remains(version: str) -> None:
    api = World().api(version).at("2025-01-20T10:00:00Z")
    made = api.declare(RETIRED, "retained-1", "2025-01-20T09:00:00Z", course_identifier="ecf-mentor")
    assert made.attributes["participant_id"] == AMELIA


@EVERY_VERSION
@refuses("path.unknown")
@accepts("id-change")
def test_it_cannot_be_looked_up(version: str) -> None:
    assert refusal(World().api(version), Api.get, f"/participants/ecf/{RETIRED}") == NOT_FOUND
