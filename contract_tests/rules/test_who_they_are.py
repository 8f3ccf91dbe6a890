"""What is known of somebody as a person, whatever training they are in."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.lists import PARTICIPANTS
from contract_tests.marks import accepts
from contract_tests.rules.schools import A_DAY_LATER, SEPTEMBER, register
from contract_tests.target.backstage import Backstage

TRN, ANOTHER_TRN = "7654321", "7654322"
TOMORROW, DAY_AFTER = "2024-11-16", "2024-11-17T00:00:00Z"


@accepts("vis.participant")
def test_a_new_address_is_that_of_training_that_ends_later_too(api: Api, stage: Backstage) -> None:
    someone = register(stage, email="ada@first.example")
    stage.act("POST", f"/participants/{someone}/leave", on=TOMORROW)
    stage.act("PATCH", f"/participants/{someone}", email="ada@second.example")
    api.shows_training(someone, email="ada@second.example")


@accepts("vis.participant")
def test_but_not_that_of_training_that_has_ended(api: Api, stage: Backstage) -> None:
    someone = register(stage, email="ada@first.example")
    stage.act("POST", f"/participants/{someone}/leave", on=TOMORROW)
    stage.act("PATCH", f"/participants/{someone}", at=DAY_AFTER, email="ada@second.example")
    api.at(DAY_AFTER).shows_training(someone, email="ada@first.example")


@accepts("vis.participant")
def test_whoever_is_registered_again_keeps_their_trn(api: Api, stage: Backstage) -> None:
    someone = register(stage, trn=TRN)
    register(stage, role="mentor", participant_id=someone, trn=ANOTHER_TRN)
    api.get(f"{PARTICIPANTS}/{someone}").shows(teacher_reference_number=TRN)


@accepts("decl.eligible")
def test_whoever_has_no_trn_may_be_registered_again_is_found_eligible_and_is_nobody_else(
    api: Api, stage: Backstage
) -> None:
    unasked: dict[str, Any] = {"trn": None, "validation": "contacted_for_information"}
    both = [register(stage, at=at, **unasked) for at in (SEPTEMBER, A_DAY_LATER)]
    for someone in both:
        register(stage, role="mentor", participant_id=someone)
    for someone in both:
        api.shows_training(someone, "ecf-mentor", eligible_for_funding=True, teacher_reference_number=None)
