"""The DfE's statements, as a sandbox lets a scenario see and pay them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contract_tests.api import Api
from contract_tests.backstage import Backstage, Person
from contract_tests.broken import NotHere


def statement_with(backstage: Backstage, declaration_id: str, kind: str = "payment") -> dict[str, Any]:
    """The statement that pays for a declaration, or (`clawback`) takes its payment back, with all it holds.

    Raises NotHere when it is on none.
    """
    for known in backstage.act("GET", "/statements")["statements"]:
        if known["output"] and known["state"] != "paid":
            statement: dict[str, Any] = backstage.act("GET", f"/statements/{known['id']}")["statement"]
            if (declaration_id, kind) in [(line["id"], line["kind"]) for line in statement["declarations"]]:
                return statement
    raise NotHere(f"a statement with a {kind} for {declaration_id}")


def make_payable(backstage: Backstage, declaration_id: str, *, at: datetime | str | None = None) -> None:
    """The DfE accepts the statement that a declaration is on for payment."""
    backstage.act("POST", f"/statements/{statement_with(backstage, declaration_id)['id']}/payable", at=at)


def pay(backstage: Backstage, declaration_id: str, kind: str = "payment", *, at: datetime | str | None = None) -> None:
    """The DfE pays the statement that a declaration is on."""
    backstage.act("POST", f"/statements/{statement_with(backstage, declaration_id, kind)['id']}/pay", at=at)


def paid_start(backstage: Backstage, api: Api, someone: Person) -> str:
    """The id of a `started` declaration that has been paid."""
    dated = someone.milestone().middle
    started = api.at(dated).declare(someone.id, "started", dated, course_identifier=someone.course).id
    pay(backstage, started)
    state_of(api, started, "paid")
    return started


def state_of(api: Api, declaration_id: str, state: str) -> None:
    """Raises ContractBroken unless a declaration is shown in this state."""
    api.get(f"/participant-declarations/{declaration_id}").shows(state=state)
