"""`PUT …/resume`: a participant is back in training."""

from __future__ import annotations

from tests.api import JANE, MENTOR, Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import status, training

ROSALIND = "85046c2b-bb33-4b95-a4d1-86078b417c55"  # deferred
KIERAN = "15d260e5-fb59-4196-9ed8-79a2ea44defb"  # withdrawn
DANIEL = "0bba7aa7-fb81-4422-a8f5-d504c5f91826"  # deferred and back again
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # from Northgate to Harbour
NOBODY = "00000000-0000-4000-8000-000000000000"
AT = "2024-11-20T16:45:30Z"
IN_TRAINING = (422, ["participant_profile"], ["resume.was-paused"])


@EVERY_VERSION
@refuses("resume.was-paused")
def test_a_participant_in_active_training_has_nothing_to_resume(version: str) -> None:
    api = World().api(version)
    assert refusal(api, Api.resume, JANE) == IN_TRAINING
    assert refusal(api, Api.resume, MENTOR, course="ecf-mentor") == IN_TRAINING
    assert refusal(api, Api.resume, DANIEL) == IN_TRAINING


@EVERY_VERSION
@accepts("resume.was-paused", "resume.effect")
def test_a_deferred_or_a_withdrawn_participant_resumes(version: str) -> None:
    world = World()
    for id in (ROSALIND, KIERAN):
        shown = world.api(version).at(AT).resume(id).attributes
        assert (training(shown)["training_status"], shown["updated_at"]) == ("active", AT)
        assert world.api(version).participant(id) == shown
        enrolment = world.api("v3").enrolment(id)
        assert enrolment["deferral"] is None
        assert enrolment["withdrawal"] is None
        assert refusal(world.api(version), Api.resume, id) == IN_TRAINING


@EVERY_VERSION
@accepts("resume.effect")
def test_resuming_changes_nothing_else(version: str) -> None:
    world = World()
    before = world.api("v3").participant(ROSALIND)
    world.api(version).at(AT).resume(ROSALIND)
    assert world.api("v3").participant(ROSALIND) == {
        **before,
        "updated_at": AT,
        "ecf_enrolments": [before["ecf_enrolments"][0] | {"training_status": "active", "deferral": None}],
    }


@EVERY_VERSION
@refuses("resume.was-paused")
def test_a_break_reported_by_another_provider_is_not_this_ones_to_end(version: str) -> None:
    world = World()
    assert world.api(version).defer(PRIYA).status == 200
    assert refusal(world.api(version, "harbour"), Api.resume, PRIYA) == IN_TRAINING
    assert status(world.api(version), PRIYA) == "deferred"


@EVERY_VERSION
@accepts("resume.was-paused")
def test_no_reason_is_asked_for(version: str) -> None:
    attributes = {"course_identifier": "ecf-induction", "reason": "boredom"}
    assert World().api(version).put(f"/participants/ecf/{ROSALIND}/resume", **attributes).status == 200


@EVERY_VERSION
@refuses("vis.participant", "participant.course-matches")
def test_everything_at_fault_is_said_at_once_in_order(version: str) -> None:
    assert refusal(World().api(version), Api.resume, NOBODY, "") == (
        422,
        ["participant_id", "course_identifier"],
        ["vis.participant", "participant.course-matches"],
    )
