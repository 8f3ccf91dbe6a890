"""Taking a declaration back: what can be voided, what becomes of it, and what can be voided no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract_tests.api import Api
from contract_tests.errors import ContractBroken, Unavailable
from contract_tests.marks import accepts, refuses
from contract_tests.rules.schools import twins
from contract_tests.rules.statements import (
    deadlines,
    next_open,
    paid_start,
    state_is,
    statement_with,
    wait_until_paid,
    wait_until_payable,
)
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"
DECLARATIONS = "/participant-declarations"


@pytest.mark.parametrize(("validation", "state"), [("checking_qts", "submitted"), ("eligible_to_start", "eligible")])
@accepts("void.unpaid", "void.once", "void.final")
def test_what_is_not_paid_is_voided(api: Api, backstage: Backstage, validation: str, state: str) -> None:
    someone = backstage.person(validation=validation)
    made = api.declare(someone.id, "started", DATED).is_accepted().shows(state=state)
    voided = api.void(made.id).is_accepted().shows(state="voided", declaration_type="started")
    if api.version == "v1":
        voided.shows(voided=True, eligible_for_payment=False)
    if api.version == "v3":
        voided.shows(statement_id=None, clawback_statement_id=None)
    api.get(f"{DECLARATIONS}/{made.id}").shows(**voided.attributes)
    listed = api.get(DECLARATIONS, **{"filter[participant_id]": someone.id})
    if made.id not in listed.ids:
        raise ContractBroken("void.unpaid", f"{made.id} listed still", str(listed.ids), listed.exchange)


@accepts("void.unpaid")
def test_what_is_payable_is_voided_and_not_paid_any_more(api: Api, v3: Api, stage: Backstage) -> None:
    someone = stage.person()
    made = api.declare(someone.id, "started", DATED).is_accepted()
    wait_until_payable(stage, api, made.id)
    state_is(api, made.id, "payable")
    payment_date = statement_with(stage, api, made.id)["payment_date"]
    api.void(made.id).is_accepted().shows(state="voided")
    v3.get(f"{DECLARATIONS}/{made.id}").shows(statement_id=None)
    stage.act("POST", "/time/advance", to=f"{payment_date}T09:00:00Z")
    state_is(api, made.id, "voided")


@accepts("void.unpaid")
def test_what_is_ineligible_is_voided(api: Api, stage: Backstage) -> None:
    katherine, kate = twins(stage)
    api.declare(katherine, "started", DATED).is_accepted()
    made = api.declare(kate, "started", DATED).is_accepted().shows(state="ineligible")
    api.void(made.id).is_accepted().shows(state="voided")


@refuses("void.once")
@accepts("void.once", "void.frees-milestone")
def test_what_is_voided_is_not_voided_again_but_can_be_declared_again(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    api.void(first.id).is_accepted().shows(state="voided")
    with api.nothing_changes(someone.id):
        api.void(first.id).is_refused(422, "Invalid action")
    again = api.declare(someone.id, "started", DATED).is_accepted().shows(state="eligible")
    api.void(again.id).is_accepted()
    with api.nothing_changes(someone.id):
        api.void(again.id).is_refused(422, "Invalid action")


@pytest.mark.parametrize("state", ["awaiting-clawback", "clawed-back"])
@refuses("void.final")
def test_whatever_is_or_was_clawed_back_can_only_be_viewed(api: Api, state: str) -> None:
    found = next((each for each in api.every(DECLARATIONS) if each["attributes"]["state"] == state), None)
    if found is None:
        raise Unavailable(f"no declaration that is {state}")
    with api.nothing_changes(found["attributes"]["participant_id"]):
        api.void(found["id"]).is_refused(422, "Invalid action")
    state_is(api, found["id"], state)


@refuses("void.final")
@accepts("void.paid", "pay.paid")
def test_what_is_paid_awaits_its_clawback_and_is_clawed_back_with_the_next_statement(
    api: Api, v3: Api, stage: Backstage
) -> None:
    someone = stage.person()
    started = paid_start(stage, api, someone)
    payment = v3.get(f"{DECLARATIONS}/{started}").attributes["statement_id"]
    api.void(started).is_accepted().shows(state="awaiting-clawback")
    state_is(api, started, "awaiting-clawback")
    clawback = next_open(v3, someone.cohort, stage.now.date())
    v3.get(f"{DECLARATIONS}/{started}").shows(statement_id=payment, clawback_statement_id=clawback)
    with api.nothing_changes(someone.id):
        api.void(started).is_refused(422, "Invalid action")
    wait_until_payable(stage, api, started, "clawback")
    state_is(api, started, "awaiting-clawback")
    wait_until_paid(stage, api, started, "clawback")
    state_is(api, started, "clawed-back")
    v3.get(f"{DECLARATIONS}/{started}").shows(statement_id=payment, clawback_statement_id=clawback)
    with api.nothing_changes(someone.id):
        api.void(started).is_refused(422, "Invalid action")


@accepts("void.paid", "void.frees-milestone")
def test_while_it_awaits_its_clawback_the_milestone_can_be_declared_again(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    started = paid_start(stage, api, someone)
    api.void(started).is_accepted()
    again = api.declare(someone.id, "started", DATED).is_accepted().shows(state="eligible")
    wait_until_paid(stage, api, again.id)
    state_is(api, started, "clawed-back")
    state_is(api, again.id, "paid")


@refuses("void.paid-needs-statement")
@accepts("void.paid-needs-statement")
def test_without_a_statement_to_come_nothing_is_taken_back(api: Api, v3: Api, stage: Backstage) -> None:
    someone = stage.person()
    started = paid_start(stage, api, someone)
    last_day = max(deadlines(v3, someone.cohort).values())
    day_after = api.at(f"{last_day + timedelta(days=1)}T00:00:00Z")
    with api.nothing_changes(someone.id):
        day_after.void(started).is_refused(422, "Invalid action")
    api.at(f"{last_day}T23:59:59Z").void(started).is_accepted()


@accepts("void.unpaid")
def test_what_is_not_paid_needs_no_statement(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    made = api.declare(someone.id, "started", DATED).is_accepted()
    api.at("2090-01-01T09:00:00Z").void(made.id).is_accepted().shows(state="voided")
