"""What is taken back: before it is paid, afterwards, and what that does to mentors who had completed."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    DECLARATIONS,
    PARTNERSHIPS,
    declaration,
    declare,
    is_on,
    pay,
    refused,
    shows,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage

COMPLETED: dict[str, Any] = {"course_identifier": "ecf-mentor", "evidence_held": "75-percent-engagement-met"}
TITLE = "participant_declaration_id"


@refuses("void.once")
@accepts("void.unpaid", "void.once", "void.final", "void.paid-needs-statement")
def test_what_is_unpaid_is_voided_once(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    made = declare(api, ect).is_accepted()
    api.void(made.id).shows(state="voided", statement_id=None, clawback_statement_id=None)
    refused(api, lambda: api.void(made.id), TITLE, of=ect)


@accepts("void.unpaid")
def test_what_is_submitted_or_payable_is_voided_too(api: Api, stage: RegisterBackstage) -> None:
    submitted = declare(api, stage.person(validation="unknown").id).shows(state="submitted")
    payable = declare(api, stage.person().id)
    stage.at("2026-11-01T09:00:00Z")
    require_equal("payable", declaration(api, payable.id)["state"])
    for each in (submitted, payable):
        api.void(each.id).shows(state="voided", statement_id=None)


@accepts("void.unpaid")
def test_in_a_frozen_cohort_something_can_be_voided(api: Api, stage: RegisterBackstage) -> None:
    made = declare(api, stage.person().id)
    stage.act("POST", "/cohorts/2025/close")
    api.void(made.id).shows(state="voided")


@refuses("void.final")
@accepts("void.paid", "void.final", "void.frees-milestone", "pay.paid")
def test_what_is_paid_is_clawed_back(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    made = declare(api, ect)
    on = made.attributes["statement_id"]
    pay(stage, on)
    voided = api.void(made.id).shows(state="awaiting-clawback", statement_id=on)
    is_on(stage, voided.attributes["clawback_statement_id"], cohort="2025", deadline="2026-12-31", output=True)
    refused(api, lambda: api.void(made.id), TITLE, of=ect)
    declare(api, ect).shows(state="eligible")
    pay(stage, voided.attributes["clawback_statement_id"])
    api.get(f"{DECLARATIONS}/{made.id}").shows(state="clawed-back", statement_id=on)
    refused(api, lambda: api.void(made.id), TITLE, of=ect)


@refuses("void.paid-needs-statement")
@accepts("void.paid-needs-statement")
def test_nothing_is_clawed_back_without_a_later_statement(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    made = declare(api, ect)
    pay(stage, made.attributes["statement_id"])
    late = api.at("2028-08-01T09:00:00Z")
    refused(late, lambda: late.void(made.id), TITLE, of=ect)
    api.void(made.id).shows(state="awaiting-clawback")


@accepts("decl.mentor-completes")
def test_a_mentor_who_completes_is_not_funded_any_more(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor").id
    declare(api, mentor, "completed", "2026-07-02T23:30:00Z", **COMPLETED).is_accepted()
    shows(
        api,
        mentor,
        "mentor",
        mentor_funding_end_date="2026-07-03",
        mentor_ineligible_for_funding_reason="completed_declaration_received",
        eligible_for_funding=True,
        participant_status="active",
        training_status="active",
    )
    (shown,) = api.get(PARTNERSHIPS).data
    require_equal(0, shown["attributes"]["participants_currently_training"])


@accepts("void.mentor-reopens")
def test_a_mentor_trains_on_once_that_is_voided(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor").id
    made = declare(api, mentor, "completed", "2026-07-03T09:00:00Z", **COMPLETED)
    api.void(made.id).is_accepted()
    shows(
        api,
        mentor,
        "mentor",
        mentor_funding_end_date=None,
        mentor_ineligible_for_funding_reason=None,
        participant_status="active",
    )
    (shown,) = api.get(PARTNERSHIPS).data
    require_equal(1, shown["attributes"]["participants_currently_training"])


@accepts("void.mentor-reopens")
def test_a_mentor_who_has_left_the_school_does_not_train_on(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor").id
    stage.act("POST", f"/participants/{mentor}/leave", on="2026-09-10")
    made = declare(api, mentor, "completed", "2026-07-03T09:00:00Z", **COMPLETED)
    api.void(made.id).shows(state="voided")
    shows(api, mentor, "mentor", participant_status="left", mentor_funding_end_date=None)
