"""On deployments that are no sandbox some things cannot be had: a scenario that needs them is skipped, not failed."""

from __future__ import annotations

import pytest

from contract_tests.api import Api, Reply
from contract_tests.config import RunConfig
from contract_tests.conformance import test_order as order
from contract_tests.conformance import test_references as references
from contract_tests.documents import SCOPE
from contract_tests.errors import ContractBroken, Unavailable
from contract_tests.target import Target
from contract_tests.wire import Wire
from tests.contract.exchanges import answer

DECLARATIONS = "/api/v3/participant-declarations"


def declared(*titles: str, elsewhere: bool = True, method: str = "POST") -> Reply:
    errors = [{"title": title, "detail": "Look at it again."} for title in titles]
    return Reply(answer(method, DECLARATIONS, 422, {"errors": errors}), elsewhere)


def test_a_cohort_that_is_over_is_nobodys_fault() -> None:
    with pytest.raises(Unavailable, match="statement to come"):
        declared("cohort").is_accepted()
    with pytest.raises(Unavailable):
        declared("declaration_date", "cohort").is_refused(422, "declaration_date")


def test_unless_a_sandbox_made_it_or_it_is_what_was_to_be_seen() -> None:
    declared("cohort").is_refused(422, "cohort")
    with pytest.raises(ContractBroken):
        declared("cohort", elsewhere=False).is_accepted()
    with pytest.raises(ContractBroken):
        declared("cohort", method="PUT").is_accepted()


def test_in_production_no_scenario_sets_the_time() -> None:
    api = Api(Wire(RunConfig(base_url="http://127.0.0.1:1", production=True)), "v3", "token")
    with pytest.raises(Unavailable, match="time"):
        api.at("2024-11-15T09:00:00Z")
    assert api.told("2024-11-15T09:00:00Z").time == "2024-11-15T09:00:00Z"


def test_where_a_run_makes_things_at_times_of_its_own_nobody_looks_when_they_were_made() -> None:
    wire = Wire(RunConfig(base_url="http://127.0.0.1:1"))
    with pytest.raises(Unavailable, match="at times of its own"):
        references.test_nothing_changed_before_it_was_created(Api(wire, "v3", "token", elsewhere=True))


def test_where_v3_is_not_tested_nothing_is_looked_up_in_it() -> None:
    wire = Wire(RunConfig(base_url="http://127.0.0.1:1"))
    target = Target(config=RunConfig(versions=("v1",)), sandbox=False, writes=False)
    with pytest.raises(Unavailable, match="v3, which this run does not test"):
        order.test_declarations_come_in_the_order_in_which_they_were_made(Api(wire, "v1", "token"), target)


def test_an_operation_that_the_run_is_not_about_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SCOPE, "operations", ["list_*"])
    with pytest.raises(Unavailable, match=r"GET /api/v3/participants/ecf/\{id\}"):
        Api(Wire(RunConfig(base_url="http://127.0.0.1:1")), "v3", "token").get("/participants/ecf/x?sort=id")
