"""The DfE's statements, as a sandbox lets a scenario see them, and wait for their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from contract_tests.api import Api
from contract_tests.backstage import Backstage, Person
from contract_tests.broken import ContractBroken


def statement_with(backstage: Backstage, declaration_id: str, kind: str = "payment") -> dict[str, Any]:
    """The statement that pays for a declaration or (`clawback`) takes its payment back, with all it holds.

    Raises ContractBroken when it is on none that is still to be paid.
    """
    for known in backstage.act("GET", "/statements")["statements"]:
        if known["output"] and known["state"] != "paid":
            statement: dict[str, Any] = backstage.act("GET", f"/statements/{known['id']}")["statement"]
            if (declaration_id, kind) in [(line["id"], line["kind"]) for line in statement["declarations"]]:
                return statement
    raise ContractBroken("check.statement", f"declaration {declaration_id} on a statement, as {kind}", "it is on none")


def wait_until_payable(backstage: Backstage, declaration_id: str) -> None:
    """The deadline of the statement that a declaration is on passes."""
    deadline = date.fromisoformat(statement_with(backstage, declaration_id)["deadline"])
    backstage.act("POST", "/time/advance", to=f"{deadline + timedelta(days=1)}T09:00:00Z")


def wait_until_paid(backstage: Backstage, declaration_id: str, kind: str = "payment") -> None:
    """The payment date of the statement that a declaration is on comes."""
    payment_date = statement_with(backstage, declaration_id, kind)["payment_date"]
    backstage.act("POST", "/time/advance", to=f"{payment_date}T09:00:00Z")


def paid_start(backstage: Backstage, api: Api, someone: Person) -> str:
    """The id of a `started` declaration, once it has been paid."""
    dated = someone.milestone().middle
    started = api.declare(someone.id, "started", dated, course_identifier=someone.course).id
    wait_until_paid(backstage, started)
    state_is(api, started, "paid")
    return started


def state_is(api: Api, declaration_id: str, state: str) -> None:
    """Raises ContractBroken unless a declaration is shown in this state."""
    api.get(f"/participant-declarations/{declaration_id}").shows(state=state)
