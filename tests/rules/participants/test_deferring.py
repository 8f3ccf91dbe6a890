"""`PUT …/defer`: a participant takes a break."""

from __future__ import annotations

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import status, training

REASONS = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")
ROSALIND = "85046c2b-bb33-4b95-a4d1-86078b417c55"  # deferred
KIERAN = "15d260e5-fb59-4196-9ed8-79a2ea44defb"  # withdrawn
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # from Northgate to Harbour
NOBODY = "00000000-0000-4000-8000-000000000000"
AT = "2024-11-20T16:45:30Z"


@EVERY_VERSION
@pytest.mark.parametrize("reason", ["", "boredom", "Other", "moved-school", "left-teaching-profession", "career break"])
@refuses("defer.reason")
def test_a_reason_that_is_missing_or_none_of_those_allowed_is_refused(version: str, reason: str) -> None:
    assert refusal(World().api(version), Api.defer, JANE, reason) == (422, ["reason"], ["defer.reason"])


@EVERY_VERSION
@pytest.mark.parametrize("reason", REASONS)
@accepts("defer.reason", "defer.effect")
def test_each_reason_allowed_defers_the_training(version: str, reason: str) -> None:
    world = World()
    shown = world.api(version).at(AT).defer(JANE, reason).attributes
    assert (training(shown)["training_status"], shown["updated_at"]) == ("deferred", AT)
    assert world.api(version).participant(JANE) == shown
    enrolment = world.api("v3").enrolment(JANE)
    assert enrolment["deferral"] == {"reason": reason, "date": AT}
    assert enrolment["withdrawal"] is None


@EVERY_VERSION
@accepts("defer.effect")
def test_deferring_changes_nothing_else(version: str) -> None:
    world = World()
    before = world.api("v3").participant(JANE)
    world.api(version).at(AT).defer(JANE)
    expected = {"training_status": "deferred", "deferral": {"reason": "career-break", "date": AT}}
    assert world.api("v3").participant(JANE) == {
        **before,
        "updated_at": AT,
        "ecf_enrolments": [before["ecf_enrolments"][0] | expected],
    }


@EVERY_VERSION
@accepts("defer.effect")
def test_a_mentor_can_take_a_break_too(version: str) -> None:
    world = World()
    world.api(version).defer(MENTOR, course="ecf-mentor")
    assert status(world.api(version), MENTOR, "mentor") == "deferred"


@EVERY_VERSION
@refuses("defer.not-deferred")
def test_a_deferred_participant_is_not_deferred_again_not_even_for_another_reason(version: str) -> None:
    api = World().api(version)
    refused = refusal(api, Api.defer, ROSALIND, "other")
    assert refused == (422, ["participant_profile"], ["defer.not-deferred"])


@EVERY_VERSION
@accepts("defer.not-deferred")
def test_a_participant_who_came_back_can_be_deferred_again(version: str) -> None:
    api = World().api(version)
    assert api.resume(ROSALIND).status == 200
    assert api.defer(ROSALIND, "other").status == 200


@EVERY_VERSION
@refuses("defer.not-withdrawn")
def test_a_withdrawn_participant_is_not_deferred(version: str) -> None:
    refused = refusal(World().api(version), Api.defer, KIERAN)
    assert refused == (422, ["participant_profile"], ["defer.not-withdrawn"])


@EVERY_VERSION
@accepts("defer.not-withdrawn", "defer.not-deferred")
def test_it_is_the_provider_that_asks_with_whom_they_are_not_to_be_deferred_or_withdrawn(version: str) -> None:
    world = World()
    northgate, harbour = world.api(version), world.api(version, "harbour")
    assert northgate.defer(PRIYA).status == 200
    assert harbour.defer(PRIYA).status == 200
    assert harbour.withdraw(PRIYA).status == 200
    assert northgate.resume(PRIYA).status == 200
    assert northgate.defer(PRIYA).status == 200


@EVERY_VERSION
@refuses("defer.reason", "vis.participant", "participant.course-matches", "defer.not-deferred")
def test_everything_at_fault_is_said_at_once_in_order(version: str) -> None:
    api = World().api(version)
    assert refusal(api, Api.defer, NOBODY, "", "") == (
        422,
        ["participant_id", "course_identifier", "reason"],
        ["vis.participant", "participant.course-matches", "defer.reason"],
    )
    assert refusal(api, Api.defer, ROSALIND, "") == (
        422,
        ["reason", "participant_profile"],
        ["defer.reason", "defer.not-deferred"],
    )
    assert refusal(api, Api.defer, ROSALIND, "", "") == (
        422,
        ["course_identifier", "reason"],
        ["participant.course-matches", "defer.reason"],
    )
