"""An id that the DfE retired leads to the participant that took its place."""

from __future__ import annotations

import pytest

from tests.api import World
from tests.rules.marks import accepts
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
