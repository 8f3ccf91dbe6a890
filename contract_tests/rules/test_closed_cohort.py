"""A cohort that is over, or that the DfE has closed for payments: nothing of it is paid or taken back any more."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.statements import paid_start, state_is
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"
FAR_OFF = "2090-01-01T09:00:00Z"
MOMENT_BEFORE, CLOSED_AT, MOMENT_AFTER = "2024-11-18T11:59:58Z", "2024-11-18T12:00:00Z", "2024-11-18T12:00:01Z"
CLOSED_AGAIN_AT = "2024-11-19T12:00:00Z"


@refuses("decl.cohort-open")
@accepts("decl.cohort-open")
def test_once_its_last_deadline_has_passed_a_cohort_takes_no_more(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    dated = someone.milestone().middle
    with api.nothing_changes(someone.id):
        api.at(FAR_OFF).declare(someone.id, "started", dated).is_refused(422, "cohort")
    made = api.at(dated).declare(someone.id, "started", dated)
    api.void(made.is_accepted().id).is_accepted()


@pytest.mark.parametrize("validation", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.cohort-open")
def test_but_what_would_not_be_paid_for_anyway(api: Api, backstage: Backstage, validation: str) -> None:
    someone = backstage.person(validation=validation)
    dated = someone.milestone().middle
    made = api.at(FAR_OFF).declare(someone.id, "started", dated)
    made.is_accepted().shows(state="submitted")
    api.void(made.id).is_accepted()


@behaviour("documented")
@refuses("decl.cohort-open")
@accepts("decl.cohort-open", "pay.frozen-cohort")
def test_from_the_moment_the_dfe_closes_it_nothing_is_declared(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    for at in (CLOSED_AT, CLOSED_AGAIN_AT):
        stage.act("POST", f"/cohorts/{someone.cohort}/close", at=at)
    with api.nothing_changes(someone.id):
        api.at(MOMENT_AFTER).declare(someone.id, "started", DATED).is_refused(422, "cohort")
    made = api.at(MOMENT_BEFORE).declare(someone.id, "started", DATED)
    made.is_accepted().shows(state="eligible")


@behaviour("deployed")
@accepts("pay.frozen-cohort")
def test_in_the_deployed_service_that_alone_ends_nothing(api: Api, stage: Backstage) -> None:
    someone, late = stage.person(), stage.person(validation="checking_qts")
    found = api.declare(late.id, "started", DATED).is_accepted()
    stage.act("POST", f"/cohorts/{someone.cohort}/close")
    api.declare(someone.id, "started", DATED).is_accepted().shows(state="eligible")
    stage.act("POST", f"/participants/{late.id}/validate", status="eligible_to_start")
    state_is(api, found.id, "eligible")


@behaviour("documented")
@refuses("void.paid-needs-statement")
@accepts("pay.frozen-cohort", "void.paid-needs-statement")
def test_nor_is_anything_taken_back_until_it_is_opened_again(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    started = paid_start(stage, api, someone)
    stage.act("POST", f"/cohorts/{someone.cohort}/close")
    with api.nothing_changes(someone.id):
        api.void(started).is_refused(422, "Invalid action")
    state_is(api, started, "paid")
    stage.act("POST", f"/cohorts/{someone.cohort}/open")
    api.void(started).is_accepted()


@accepts("pay.frozen-cohort", "void.unpaid")
def test_what_is_not_paid_can_be_voided_still(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    made = api.declare(someone.id, "started", DATED).is_accepted()
    stage.act("POST", f"/cohorts/{someone.cohort}/close")
    api.void(made.id).is_accepted().shows(state="voided")


@behaviour("documented")
@accepts("pay.frozen-cohort")
def test_whoever_is_found_eligible_afterwards_comes_too_late(api: Api, stage: Backstage) -> None:
    someone = stage.person(validation="checking_qts")
    made = api.declare(someone.id, "started", DATED).is_accepted()
    stage.act("POST", f"/cohorts/{someone.cohort}/close")
    stage.act("POST", f"/participants/{someone.id}/validate", status="eligible_to_start")
    state_is(api, made.id, "submitted")


@accepts("pay.frozen-cohort")
def test_other_cohorts_stay_open(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    stage.act("POST", "/cohorts/2023/close")
    api.declare(someone.id, "started", DATED).is_accepted().shows(state="eligible")
