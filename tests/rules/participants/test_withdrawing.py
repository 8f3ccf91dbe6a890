"""`PUT …/withdraw`: a participant leaves training."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.model import Behaviour
from tests.api import MENTOR, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import BOTH_BEHAVIOURS, STARTED_AT, status, training

REASONS = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "other",
)
JANE = "db3a7848-7308-4879-942a-c4a70ced400a"  # nothing was ever declared of her
JOSHUA = "1c8ab5f6-91dc-46bb-93d5-976d365e8164"  # started
KIERAN = "15d260e5-fb59-4196-9ed8-79a2ea44defb"  # withdrawn
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # Northgate declared started; now with Harbour
OLIVER = "c473be0e-cb0b-4a55-b4e6-3d9fd5370413"  # started, and only submitted
KATE = "41a6c284-2909-4c2c-beb0-709076d63069"  # started, and ineligible
DYLAN = "fdcde722-0f67-4663-b3ab-8595b4266b2e"  # retained-1 and never started
NOBODY = "00000000-0000-4000-8000-000000000000"
AT = "2024-11-20T16:45:30Z"
NEVER_STARTED = (422, ["participant_id"], ["withdraw.needs-started"])


@EVERY_VERSION
@BOTH_BEHAVIOURS
@pytest.mark.parametrize("reason", ["", "boredom", "Other", "career-break", "started-in-error", "school_left_fip"])
@refuses("withdraw.reason")
def test_a_reason_that_is_missing_or_none_of_those_allowed_is_refused(
    version: str, behaviour: Behaviour, reason: str
) -> None:
    api = World(behaviour=behaviour).api(version)
    assert refusal(api, Api.withdraw, JOSHUA, reason) == (422, ["reason"], ["withdraw.reason"])


@EVERY_VERSION
@pytest.mark.parametrize("reason", REASONS)
@accepts("withdraw.reason", "withdraw.effect")
def test_each_reason_allowed_withdraws_the_participant(version: str, reason: str) -> None:
    world = World()
    shown = world.api(version).at(AT).withdraw(JOSHUA, reason).attributes
    assert (training(shown)["training_status"], shown["updated_at"]) == ("withdrawn", AT)
    assert world.api(version).participant(JOSHUA) == shown
    enrolment = world.api("v3").enrolment(JOSHUA)
    assert enrolment["withdrawal"] == {"reason": reason, "date": AT}
    assert enrolment["deferral"] is None


@EVERY_VERSION
@refuses("withdraw.reason")
def test_the_deployed_service_knows_school_left_fip_no_more(version: str) -> None:
    api = World(behaviour="deployed").api(version)
    assert refusal(api, Api.withdraw, JOSHUA, "school-left-fip") == (422, ["reason"], ["withdraw.reason"])


@EVERY_VERSION
@accepts("withdraw.reason")
def test_school_left_fip_is_accepted_and_shown_under_its_new_name(version: str) -> None:
    world = World()
    assert world.api(version).withdraw(JOSHUA, "school-left-fip").status == 200
    assert world.api("v3").enrolment(JOSHUA)["withdrawal"]["reason"] == "switched-to-school-led"


@EVERY_VERSION
@accepts("withdraw.effect")
def test_withdrawing_changes_nothing_else(version: str) -> None:
    world = World()
    before = world.api("v3").participant(JOSHUA)
    world.api(version).at(AT).withdraw(JOSHUA)
    expected = {"training_status": "withdrawn", "withdrawal": {"reason": "moved-school", "date": AT}}
    assert world.api("v3").participant(JOSHUA) == {
        **before,
        "updated_at": AT,
        "ecf_enrolments": [before["ecf_enrolments"][0] | expected],
    }


@EVERY_VERSION
@accepts("withdraw.effect")
def test_a_mentor_can_be_withdrawn_and_so_can_someone_on_a_break(version: str) -> None:
    api = World().api(version)
    assert api.defer(MENTOR, course="ecf-mentor").status == 200
    assert api.withdraw(MENTOR, "mentor-no-longer-being-mentor", "ecf-mentor").status == 200
    assert status(api, MENTOR, "mentor") == "withdrawn"


@EVERY_VERSION
@BOTH_BEHAVIOURS
@refuses("withdraw.not-withdrawn")
def test_a_withdrawn_participant_is_not_withdrawn_again(version: str, behaviour: Behaviour) -> None:
    refused = refusal(World(behaviour=behaviour).api(version), Api.withdraw, KIERAN, "other")
    assert refused == (422, ["participant_profile"], ["withdraw.not-withdrawn"])


@EVERY_VERSION
@accepts("withdraw.not-withdrawn")
def test_another_providers_withdrawal_does_not_stand_in_the_way(version: str) -> None:
    world = World()
    assert world.api(version).withdraw(PRIYA).status == 200
    assert world.api(version, "harbour").withdraw(PRIYA).status == 200


@EVERY_VERSION
@pytest.mark.parametrize("id", [JANE, DYLAN, KATE])
@refuses("withdraw.needs-started")
def test_by_the_written_guidance_nobody_is_withdrawn_without_a_live_started_declaration(version: str, id: str) -> None:
    assert refusal(World().api(version), Api.withdraw, id) == NEVER_STARTED


@EVERY_VERSION
@pytest.mark.parametrize("id", [JANE, DYLAN, KATE])
@accepts("withdraw.needs-started")
def test_the_deployed_service_withdraws_them_all_the_same(version: str, id: str) -> None:
    assert World(behaviour="deployed").api(version).withdraw(id).status == 200


@EVERY_VERSION
@pytest.mark.parametrize("id", [JOSHUA, OLIVER])
@accepts("withdraw.needs-started")
def test_any_started_declaration_that_is_live_will_do_submitted_or_eligible(version: str, id: str) -> None:
    assert World().api(version).withdraw(id).status == 200


@EVERY_VERSION
@accepts("withdraw.needs-started")
def test_one_made_by_an_earlier_provider_will_do(version: str) -> None:
    assert World().api(version, "harbour").withdraw(PRIYA).status == 200


@EVERY_VERSION
@pytest.mark.parametrize("state", ["voided", "ineligible", "awaiting_clawback", "clawed_back"])
@refuses("withdraw.needs-started")
@accepts("withdraw.needs-started")
def test_one_that_is_no_longer_live_will_not_do(version: str, state: Any) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person()
    made = api.declare(ada, "started", STARTED_AT)
    backstage.change(backstage.declaration(made.id), state=state)
    assert refusal(api, Api.withdraw, ada) == NEVER_STARTED
    backstage.change(backstage.declaration(made.id), state="paid")
    assert api.withdraw(ada).status == 200


@EVERY_VERSION
@refuses("withdraw.needs-started")
@accepts("withdraw.needs-started")
def test_one_for_the_other_course_will_not_do(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person("ect")
    backstage.person("mentor", participant_id=ada)
    api.declare(ada, "started", STARTED_AT, course_identifier="ecf-mentor")
    assert refusal(api, Api.withdraw, ada) == NEVER_STARTED
    assert api.withdraw(ada, course="ecf-mentor").status == 200


@EVERY_VERSION
@refuses("withdraw.reason", "withdraw.needs-started", "withdraw.not-withdrawn", "vis.participant")
def test_everything_at_fault_is_said_at_once_in_order(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    assert refusal(api, Api.withdraw, NOBODY, "", "") == (
        422,
        ["participant_id", "course_identifier"],
        ["vis.participant", "participant.course-matches"],
    )
    ada = backstage.person()
    made = api.declare(ada, "started", STARTED_AT)
    api.withdraw(ada)
    api.void(made.id)
    assert refusal(api, Api.withdraw, ada, "") == (
        422,
        ["reason", "participant_id", "participant_profile"],
        ["withdraw.reason", "withdraw.needs-started", "withdraw.not-withdrawn"],
    )
