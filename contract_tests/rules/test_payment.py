"""What the DfE pays, and when: statements become payable after their deadline, and are paid on their date."""

from __future__ import annotations

from datetime import date, timedelta

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.marks import accepts, behaviour, only
from contract_tests.rules.schools import move, partnerships
from contract_tests.rules.statements import paid_start, state_is, statement_with, wait_until_paid, wait_until_payable
from contract_tests.target.backstage import Backstage, Person

DATED = "2024-10-14T09:00:00Z"
DECLARATIONS = "/participant-declarations"


@accepts("pay.payable", "pay.paid")
def test_what_is_eligible_becomes_payable_after_the_deadline_and_is_paid_on_the_payment_date(
    api: Api, v3: Api, stage: Backstage
) -> None:
    someone = stage.person()
    made = api.declare(someone.id, "started", DATED).is_accepted()
    statement = statement_with(stage, api, made.id)
    day_after = date.fromisoformat(statement["deadline"]) + timedelta(days=1)
    before_payment = date.fromisoformat(statement["payment_date"]) - timedelta(days=1)
    for now, state in (
        (f"{statement['deadline']}T23:59:59Z", "eligible"),
        (f"{day_after}T00:00:00Z", "payable"),
        (f"{before_payment}T23:59:59Z", "payable"),
        (f"{statement['payment_date']}T00:00:00Z", "paid"),
    ):
        stage.act("POST", "/time/advance", to=now)
        shown = api.get(f"{DECLARATIONS}/{made.id}").shows(state=state)
        if api.version == "v1":
            shown.shows(eligible_for_payment=state != "paid", voided=False)
        v3.get(f"{DECLARATIONS}/{made.id}").shows(statement_id=statement["id"])
        v3.get(f"/statements/{statement['id']}").shows(paid=state == "paid")


@accepts("pay.payable", "pay.paid")
def test_the_dfe_may_do_so_earlier_and_only_what_is_on_the_statement_follows(
    api: Api, v3: Api, stage: Backstage
) -> None:
    first, second = (stage.person() for _ in range(2))
    made = api.declare(first.id, "started", DATED).is_accepted()
    statement = statement_with(stage, api, made.id)
    later = api.at(f"{date.fromisoformat(statement['deadline']) + timedelta(days=1)}T09:00:00Z")
    on_the_next = later.declare(second.id, "started", DATED).is_accepted()
    for action, state in (("payable", "payable"), ("pay", "paid")):
        stage.act("POST", f"/statements/{statement['id']}/{action}")
        state_is(api, made.id, state)
        state_is(api, on_the_next.id, "eligible")
        v3.get(f"/statements/{statement['id']}").shows(paid=state == "paid")


@behaviour("documented")
@accepts("pay.payable", "pay.paid")
def test_what_joins_a_statement_after_its_turn_is_paid_as_soon_as_time_goes_on(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    stage.act("POST", "/time/advance", to="2025-02-01T09:00:00Z")
    made = api.at("2024-12-01T09:00:00Z").declare(someone.id, "started", DATED).is_accepted()
    stage.act("POST", "/time/advance", days=1)
    state_is(api, made.id, "paid")


@behaviour("documented")
@accepts("pay.paid")
def test_so_is_what_is_to_be_clawed_back_on_one_that_is_paid_by_then(api: Api, stage: Backstage) -> None:
    started = paid_start(stage, api, stage.person())
    then = api.at(f"{stage.now:%Y-%m-%dT%H:%M:%SZ}")
    stage.act("POST", "/time/advance", days=100)
    then.void(started).is_accepted().shows(state="awaiting-clawback")
    stage.act("POST", "/time/advance", days=1)
    state_is(api, started, "clawed-back")


@only("v3")
@behaviour("documented")
@accepts("pay.payable")
def test_or_is_payable_where_it_joins_one_that_is_accepted_and_not_paid_yet(api: Api, stage: Backstage) -> None:
    first, someone = stage.person(), stage.person()
    taken = api.declare(first.id, "started", DATED).attributes["statement_id"]
    stage.act("POST", f"/statements/{taken}/payable")
    made = api.at("2024-11-15T08:00:00Z").declare(someone.id, "started", DATED).is_accepted()
    stage.act("POST", "/time/advance", days=1)
    state_is(api, made.id, "payable")


@accepts("pay.payable")
def test_what_is_submitted_is_not_paid_for(api: Api, stage: Backstage) -> None:
    unpaid, paid = stage.person(validation="checking_qts"), stage.person()
    submitted = api.declare(unpaid.id, "started", DATED).is_accepted()
    eligible = api.declare(paid.id, "started", DATED).is_accepted()
    wait_until_paid(stage, api, eligible.id)
    state_is(api, eligible.id, "paid")
    state_is(api, submitted.id, "submitted")


def retained_in_spring(api: Api, someone: Person) -> str:
    """The id of a declaration that someone was retained."""
    dated = someone.milestone("retained-1").middle
    return api.at(dated).declare(someone.id, "retained-1", dated).is_accepted().shows(state="eligible").id


@accepts("pay.needs-started")
def test_of_someone_who_has_not_started_it_moves_to_the_next_statement(api: Api, v3: Api, stage: Backstage) -> None:
    someone = stage.person()
    retained = retained_in_spring(api, someone)
    first = statement_with(stage, api, retained)
    wait_until_payable(stage, api, retained)
    state_is(api, retained, "eligible")
    second = statement_with(stage, api, retained)
    v3.get(f"{DECLARATIONS}/{retained}").shows(statement_id=second["id"])
    if not (second["deadline"] > first["deadline"] and second["cohort"] == first["cohort"]):
        raise ContractBroken("pay.needs-started", f"a statement after {first}", str(second))
    api.declare(someone.id, "started", DATED).is_accepted()
    wait_until_payable(stage, api, retained)
    state_is(api, retained, "payable")
    wait_until_paid(stage, api, retained)
    state_is(api, retained, "paid")


@accepts("pay.needs-started")
def test_whoever_has_started_is_paid_for_at_once(api: Api, stage: Backstage) -> None:
    someone = stage.person(declared=["started"])
    retained = retained_in_spring(api, someone)
    wait_until_payable(stage, api, retained)
    state_is(api, retained, "payable")


@accepts("pay.needs-started")
def test_a_start_that_was_voided_is_none(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    started = api.declare(someone.id, "started", DATED).is_accepted()
    retained = retained_in_spring(api, someone)
    api.void(started.id).is_accepted()
    wait_until_payable(stage, api, retained)
    state_is(api, retained, "eligible")


@accepts("pay.needs-started")
def test_a_start_that_another_provider_declared_will_do(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person()
    api.declare(someone.id, "started", DATED).is_accepted()
    move(stage, someone.id, partnerships(rival)[0]["urn"], date(2025, 1, 6))
    retained = retained_in_spring(rival, someone)
    wait_until_payable(stage, rival, retained)
    state_is(rival, retained, "payable")


@behaviour("deployed")
@accepts("pay.payable")
def test_the_deployed_service_pays_without_a_start(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    retained = retained_in_spring(api, someone)
    wait_until_payable(stage, api, retained)
    state_is(api, retained, "payable")
