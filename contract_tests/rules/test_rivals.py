"""One live declaration for each participant, course and type; a copy of one; and people who are there twice."""

from __future__ import annotations

from datetime import date, timedelta

from contract_tests.api import Api, Reply
from contract_tests.errors import ContractBroken
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import move, partnerships, register
from contract_tests.rules.statements import state_is, wait_until_paid, wait_until_payable
from contract_tests.target.backstage import Backstage

DATED, ANOTHER_DATE = "2024-10-14T09:00:00Z", "2024-10-15T09:00:00Z"
TRN = "7654321"


@refuses("decl.one-per-milestone")
@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_a_milestone_is_declared_once_until_that_is_voided(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "started", ANOTHER_DATE).is_refused(422, "base")
    api.void(first.id).is_accepted()
    second = api.declare(someone.id, "started", ANOTHER_DATE)
    second.is_accepted().shows(state="eligible")
    state_is(api, first.id, "voided")
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "started", DATED).is_refused(422, "base")
    api.void(second.id).is_accepted()


@accepts("decl.one-per-milestone")
def test_other_milestones_are_declared_as_well_in_any_order(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    made = []
    for declaration_type in ("retained-2", "started", "retained-1"):
        dated = someone.milestone(declaration_type).middle
        made.append(api.at(dated).declare(someone.id, declaration_type, dated).is_accepted())
    for declaration in made:
        api.void(declaration.id).is_accepted()


@refuses("decl.one-per-milestone")
def test_what_is_submitted_stands_in_the_way(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(validation="checking_qts")
    first = api.declare(someone.id, "started", DATED).is_accepted().shows(state="submitted")
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "started", ANOTHER_DATE).is_refused(422, "base")
    api.void(first.id).is_accepted()


@refuses("decl.one-per-milestone")
def test_so_does_what_is_payable_and_what_is_paid(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    for wait, state in ((wait_until_payable, "payable"), (wait_until_paid, "paid")):
        wait(stage, api, first.id)
        state_is(api, first.id, state)
        with api.nothing_changes(someone.id):
            api.declare(someone.id, "started", ANOTHER_DATE).is_refused(422, "base")


@refuses("decl.one-per-milestone")
@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_and_what_another_provider_declared(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    move(stage, someone.id, partnerships(rival)[0]["urn"], date(2024, 11, 4))
    with api.nothing_changes(someone.id):
        rival.declare(someone.id, "started", ANOTHER_DATE).is_refused(422, "base")
        rival.declare(someone.id, "started", DATED).is_refused(422, "base")
    api.void(first.id).is_accepted()
    rival.declare(someone.id, "started", ANOTHER_DATE).is_accepted()


@accepts("decl.idempotent")
def test_a_copy_is_answered_as_the_first_time_and_stores_nothing(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    later = api.at(backstage.now + timedelta(days=7))
    with api.nothing_changes(someone.id):
        is_the_same(first, api.declare(someone.id, "started", DATED))
        is_the_same(first, later.declare(someone.id, "started", DATED))
        is_the_same(first, api.declare(someone.id, "started", "2024-10-14T10:00:00.000+01:00"))
        is_the_same(first, api.declare(someone.id, "started", DATED, evidence_held="other"))
    api.void(first.id).is_accepted()
    second = api.declare(someone.id, "started", DATED).is_accepted()
    if second.id == first.id:
        raise ContractBroken("decl.idempotent", "another declaration, as the first was voided", second.id)
    api.void(second.id).is_accepted()


@refuses("decl.one-per-milestone")
@accepts("decl.idempotent")
def test_evidence_is_part_of_a_copy(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    dated = someone.milestone("retained-1").middle
    spring = api.at(dated)
    first = spring.declare(someone.id, "retained-1", dated).is_accepted()
    with api.nothing_changes(someone.id):
        is_the_same(first, spring.declare(someone.id, "retained-1", dated))
        other = spring.declare(someone.id, "retained-1", dated, evidence_held="training-event-attended")
        other.is_refused(422, "base")
        spring.declare(someone.id, "retained-1", dated + timedelta(seconds=1)).is_refused(
            422, "declaration_date", "base"
        )
    spring.void(first.id).is_accepted()


@accepts("decl.idempotent")
def test_a_copy_of_what_is_payable_or_paid_is_answered_as_the_first_time(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    for wait, state in ((wait_until_payable, "payable"), (wait_until_paid, "paid")):
        wait(stage, api, first.id)
        state_is(api, first.id, state)
        with api.nothing_changes(someone.id):
            is_the_same(first, api.declare(someone.id, "started", DATED))


@behaviour("deployed")
@refuses("decl.one-per-milestone")
def test_the_deployed_service_refuses_a_copy(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    first = api.declare(someone.id, "started", DATED).is_accepted()
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "started", DATED).is_refused(422, "base")
    api.void(first.id).is_accepted()


@accepts("decl.duplicate-person")
def test_what_is_declared_of_someone_registered_twice_is_ineligible(api: Api, rival: Api, stage: Backstage) -> None:
    katherine = register(stage, partnerships(rival)[0]["urn"], trn=TRN)
    kate = register(stage, trn=TRN)
    theirs = rival.declare(katherine, "started", DATED).is_accepted().shows(state="eligible")
    ours = api.declare(kate, "started", DATED).is_accepted().shows(state="ineligible")
    if api.version == "v1":
        ours.shows(eligible_for_payment=False)
    state_is(api, ours.id, "ineligible")
    state_is(rival, theirs.id, "eligible")


@only("v3")
@accepts("decl.duplicate-person")
def test_it_is_on_no_statement_and_says_why(api: Api, stage: Backstage) -> None:
    katherine, kate = register(stage, trn=TRN), register(stage, trn=TRN)
    api.declare(katherine, "started", DATED).is_accepted().shows(ineligible_for_funding_reason=None)
    ours = api.declare(kate, "started", DATED).is_accepted()
    ours.shows(state="ineligible", ineligible_for_funding_reason="duplicate_declaration", statement_id=None)


@accepts("decl.duplicate-person", "decl.one-per-milestone", "void.unpaid")
def test_an_ineligible_one_is_not_live_and_can_be_declared_again(api: Api, stage: Backstage) -> None:
    katherine, kate = register(stage, trn=TRN), register(stage, trn=TRN)
    first = api.declare(katherine, "started", DATED).is_accepted()
    ineligible = api.declare(kate, "started", DATED).is_accepted()
    api.void(first.id).is_accepted()
    again = api.declare(kate, "started", DATED).is_accepted().shows(state="eligible")
    state_is(api, ineligible.id, "ineligible")
    api.void(ineligible.id).is_accepted().shows(state="voided")
    state_is(api, again.id, "eligible")


@accepts("decl.duplicate-person")
def test_another_type_or_another_course_is_no_duplicate(api: Api, stage: Backstage) -> None:
    katherine, kate = register(stage, trn=TRN), register(stage, trn=TRN)
    mentor = register(stage, role="mentor", trn=TRN)
    api.declare(katherine, "started", DATED).is_accepted()
    spring = "2025-02-03T09:00:00Z"
    api.at(spring).declare(kate, "retained-1", spring).is_accepted().shows(state="eligible")
    api.declare(mentor, "started", DATED, course_identifier="ecf-mentor").is_accepted().shows(state="eligible")


def is_the_same(first: Reply, again: Reply) -> None:
    """Raises ContractBroken unless the second answer is the first."""
    if (again.status, again.exchange.json) != (200, first.exchange.json):
        received = f"{again.status} {again.exchange.content.decode('utf-8', 'replace')}"
        raise ContractBroken("decl.idempotent", str(first.exchange.json), received, again.exchange)
