"""The DfE's statements, as a sandbox lets a scenario see them, and wait for their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.target.backstage import Backstage, Person

FIELDS = {"payment": "statement_id", "clawback": "clawback_statement_id"}


def statement_with(stage: Backstage, api: Api, declaration_id: str, kind: str = "payment") -> dict[str, Any]:
    """The statement that pays for a declaration or (`clawback`) takes its payment back, as the DfE sees it.

    Raises ContractBroken when there is none.
    """
    shown = api.in_version("v3").get(f"/participant-declarations/{declaration_id}")
    statement_id = shown.attributes[FIELDS[kind]]
    if statement_id is None:
        raise ContractBroken("check.statement", f"a statement with the {kind}", "none", shown.exchange)
    statement: dict[str, Any] = stage.act("GET", f"/statements/{statement_id}")["statement"]
    if (declaration_id, kind) not in [(line["id"], line["kind"]) for line in statement["declarations"]]:
        raise ContractBroken("check.statement", f"the {kind} on statement {statement_id}", str(statement))
    return statement


def wait_until_payable(stage: Backstage, api: Api, declaration_id: str, kind: str = "payment") -> None:
    """The deadline of the statement that a declaration is on passes."""
    deadline = date.fromisoformat(statement_with(stage, api, declaration_id, kind)["deadline"])
    stage.act("POST", "/time/advance", to=f"{deadline + timedelta(days=1)}T09:00:00Z")


def wait_until_paid(stage: Backstage, api: Api, declaration_id: str, kind: str = "payment") -> None:
    """The payment date of the statement that a declaration is on comes."""
    payment_date = statement_with(stage, api, declaration_id, kind)["payment_date"]
    stage.act("POST", "/time/advance", to=f"{payment_date}T09:00:00Z")


def paid_start(stage: Backstage, api: Api, someone: Person) -> str:
    """The id of a `started` declaration, once it has been paid."""
    dated = someone.milestone().middle
    started = api.declare(someone.id, "started", dated, course_identifier=someone.course).is_accepted().id
    wait_until_paid(stage, api, started)
    state_is(api, started, "paid")
    return started


def state_is(api: Api, declaration_id: str, state: str) -> None:
    """Raises ContractBroken unless a declaration is shown in this state."""
    api.get(f"/participant-declarations/{declaration_id}").shows(state=state)


def deadlines(v3: Api, cohort: str) -> dict[str, date]:
    """The last days of the provider's output statements of a cohort, by their ids, the earliest first."""
    found = v3.every("/statements", **{"filter[cohort]": cohort})
    last_days = {each["id"]: date.fromisoformat(each["attributes"]["cut_off_date"]) for each in found}
    return dict(sorted(last_days.items(), key=lambda item: item[1]))


def next_open(v3: Api, cohort: str, today: date) -> str:
    """The id of the output statement with the earliest deadline today or later."""
    return next(id for id, last_day in deadlines(v3, cohort).items() if last_day >= today)
