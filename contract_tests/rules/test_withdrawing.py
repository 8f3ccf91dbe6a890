"""A participant is withdrawn by the provider."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import move, partnerships
from contract_tests.target.backstage import Backstage

REASONS: Final = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "other",
)


@refuses("withdraw.reason")
def test_a_reason_that_is_missing_or_none_of_those_allowed_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    with api.nothing_changes(someone.id):
        for reason in ("", "boredom", "career-break"):
            api.withdraw(someone.id, reason).is_refused(422, "reason")


@accepts("withdraw.reason", "withdraw.not-withdrawn")
def test_each_reason_allowed_withdraws_someone(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    for reason in REASONS:
        api.withdraw(someone.id, reason).is_accepted()
        api.shows_training(someone.id, training_status="withdrawn", deferral=None)
        api.resume(someone.id).is_accepted()


@refuses("withdraw.needs-started")
def test_who_has_not_started_is_not_withdrawn(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.withdraw(someone.id).is_refused(422, "participant_id")


@pytest.mark.parametrize("validation", ["eligible_to_start", "checking_qts"])
@accepts("withdraw.needs-started")
def test_who_has_started_is(api: Api, backstage: Backstage, validation: str) -> None:
    someone = backstage.person(declared=["started"], validation=validation)
    api.withdraw(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="withdrawn")
    api.resume(someone.id).is_accepted()


@accepts("withdraw.needs-started")
def test_a_start_that_another_provider_declared_will_do(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person(declared=["started"])
    move(stage, someone.id, partnerships(rival)[0]["urn"], date(2024, 11, 4))
    rival.withdraw(someone.id).is_accepted()
    rival.shows_training(someone.id, training_status="withdrawn")


@refuses("withdraw.needs-started")
def test_a_start_that_was_voided_is_none(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.void(api.declare(someone.id, "started", someone.milestone().middle).id).is_accepted()
    with api.nothing_changes(someone.id):
        api.withdraw(someone.id).is_refused(422, "participant_id")


@behaviour("deployed")
@accepts("withdraw.effect")
def test_the_deployed_service_withdraws_who_has_not_started_as_well(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.withdraw(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="withdrawn")
    api.resume(someone.id).is_accepted()


@behaviour("documented")
@accepts("withdraw.reason")
def test_an_old_name_of_a_reason_is_taken_for_the_new_one(api: Api, v3: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    api.withdraw(someone.id, "school-left-fip").is_accepted()
    require_equal("switched-to-school-led", v3.enrolment(someone.id)["withdrawal"]["reason"])


@behaviour("deployed")
@refuses("withdraw.reason")
def test_the_deployed_service_does_not_know_it_any_more(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    with api.nothing_changes(someone.id):
        api.withdraw(someone.id, "school-left-fip").is_refused(422, "reason")


@refuses("withdraw.not-withdrawn")
def test_who_is_withdrawn_is_not_withdrawn_again(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    with api.nothing_changes(someone.id):
        for reason in ("moved-school", "other"):
            api.withdraw(someone.id, reason).is_refused(422, "participant_profile")


@accepts("withdraw.effect")
def test_who_is_on_a_break_can_be_withdrawn_and_what_was_declared_stays(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="deferred")
    about = {"filter[participant_id]": someone.id}
    before, declared = api.enrolment(someone.id), api.get(DECLARATIONS, **about).data
    api.withdraw(someone.id).is_accepted()
    after = api.enrolment(someone.id)
    require_equal("withdrawn", after["training_status"])
    changed = {"training_status", "updated_at", "deferral", "withdrawal"}
    require_equal(
        {n: v for n, v in before.items() if n not in changed}, {n: v for n, v in after.items() if n not in changed}
    )
    require_equal(declared, api.get(DECLARATIONS, **about).data)


@only("v3")
@accepts("withdraw.effect")
def test_the_withdrawal_is_shown_with_its_reason_and_date(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    withdrawn = api.withdraw(someone.id, "left-teaching-profession").is_accepted()
    shown = api.enrolment(someone.id)
    require_equal(None, shown["deferral"])
    require_equal("left-teaching-profession", shown["withdrawal"]["reason"])
    require_equal(withdrawn.attributes["updated_at"][:10], shown["withdrawal"]["date"][:10])
    api.resume(someone.id).is_accepted()
