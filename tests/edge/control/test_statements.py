"""Statements: what they hold can be read back, and the DfE accepts and pays them when it likes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.model import Statement
from tests.api import Api, World
from tests.rules.payment.personas import declaration_in

from .console import Console
from .test_schools import NOBODY


@pytest.fixture
def ect(console: Console) -> str:
    return str(console.register()["id"])


@pytest.fixture
def started(northgate: Api, ect: str) -> str:
    return northgate.declare(ect, "started", "2024-11-15T08:00:00Z").id


@pytest.fixture
def statement(northgate: Api, started: str) -> str:
    """The one that this is on."""
    return str(northgate.declaration(started)["statement_id"])


def line(console: Console, statement: str, declaration: str) -> Any:
    """What a statement says of one declaration."""
    lines = console.get(f"/statements/{statement}")["statement"]["declarations"]
    return next((line for line in lines if line["id"] == declaration), None)


def test_every_statement_is_listed_by_payment_date(world: World, console: Console) -> None:
    statements = console.get("/statements")["statements"]
    assert len(statements) == world.store.read().count(Statement)
    assert [each["payment_date"] for each in statements] == sorted(each["payment_date"] for each in statements)


@pytest.mark.parametrize(
    ("filter", "value", "shown"),
    [("provider", "harbour", "Harbour Learning Trust"), ("cohort", "2023", "2023"), ("state", "payable", "payable")],
)
def test_some_can_be_asked_for(console: Console, filter: str, value: str, shown: str) -> None:
    every = console.get("/statements")["statements"]
    some = console.get("/statements", **{filter: value})["statements"]
    assert 0 < len(some) < len(every)
    for statement in some:
        found = statement[filter]["name"] if filter == "provider" else statement[filter]
        assert found == shown


def test_a_statement_tells_what_it_holds(console: Console, ect: str, started: str, statement: str) -> None:
    shown = console.get(f"/statements/{statement}")["statement"]
    assert (shown["provider"]["name"], shown["cohort"]) == ("Northgate Teaching Institute", "2024")
    assert (shown["year"], shown["month"], shown["state"]) == (2025, 1, "open")
    assert line(console, statement, started) == {
        "id": started,
        "participant_id": ect,
        "course_identifier": "ecf-induction",
        "declaration_type": "started",
        "state": "eligible",
        "kind": "payment",
    }


def test_the_shares_of_the_milestones_add_up_to_one(world: World, console: Console) -> None:
    held = 0
    for each in world.store.read().all(Statement):
        shown = console.get(f"/statements/{each.id}")["statement"]
        number = len(shown["declarations"])
        assert sum(total["count"] for total in shown["totals"]) == number
        assert sum(total["share"] for total in shown["totals"]) == pytest.approx(1 if number else 0)
        assert all(total["share"] == total["count"] / number for total in shown["totals"])
        held += len({line["declaration_type"] for line in shown["declarations"]}) == len(shown["totals"]) > 1
    assert held > 5


def test_a_clawback_is_told_from_a_payment(world: World, console: Console, northgate: Api) -> None:
    paid = declaration_in(world, "paid")
    clawed = northgate.void(paid.id).attributes
    assert line(console, clawed["clawback_statement_id"], paid.id)["kind"] == "clawback"
    assert line(console, clawed["statement_id"], paid.id)["kind"] == "payment"
    console.post(f"/statements/{clawed['clawback_statement_id']}/pay")
    assert northgate.declaration(paid.id)["state"] == "clawed-back"
    assert line(console, clawed["clawback_statement_id"], paid.id)["state"] == "clawed-back"


def test_a_statement_is_made_payable_and_paid(console: Console, northgate: Api, started: str, statement: str) -> None:
    payable = console.at("2024-11-20T09:00:00Z").post(f"/statements/{statement}/payable")["statement"]
    assert payable["state"] == "payable"
    assert northgate.declaration(started)["state"] == "payable"
    assert northgate.declaration(started)["updated_at"] == "2024-11-20T09:00:00Z"
    paid = console.post(f"/statements/{statement}/pay")["statement"]
    assert paid["state"] == "paid"
    assert {each["state"] for each in paid["declarations"]} == {"paid"}
    assert northgate.declaration(started)["state"] == "paid"


def test_an_open_one_can_be_paid_at_once(console: Console, northgate: Api, started: str, statement: str) -> None:
    console.post(f"/statements/{statement}/pay")
    assert northgate.declaration(started)["state"] == "paid"
    assert console.refused(422, f"/statements/{statement}/pay")[0] == "Impossible"
    assert console.refused(422, f"/statements/{statement}/payable")[0] == "Impossible"


def test_what_has_fallen_due_is_shown_as_done(world: World, console: Console, started: str, statement: str) -> None:
    world.clock.at = datetime(2025, 1, 1, 9, tzinfo=UTC)
    listed = console.get("/statements", provider="northgate", cohort="2024", state="payable")["statements"]
    assert statement in {each["id"] for each in listed}
    world.clock.at = datetime(2025, 1, 25, 9, tzinfo=UTC)
    assert console.get(f"/statements/{statement}")["statement"]["state"] == "paid"
    assert line(console, statement, started)["state"] == "paid"


def test_what_lacks_a_start_moves_on(console: Console, northgate: Api, ect: str, statement: str, started: str) -> None:
    retained = northgate.at("2025-01-10T09:00:00Z").declare(ect, "retained-1", "2025-01-09T09:00:00Z").id
    onto = northgate.declaration(retained)["statement_id"]
    northgate.void(started)
    console.post(f"/statements/{onto}/payable")
    moved = northgate.declaration(retained)
    assert moved["state"] == "eligible"
    assert moved["statement_id"] != onto
    assert line(console, onto, retained) is None
    assert line(console, moved["statement_id"], retained)["kind"] == "payment"


@pytest.mark.parametrize(
    ("status", "title", "method", "path"),
    [
        (404, "statement", "GET", f"/statements/{NOBODY}"),
        (404, "statement", "POST", f"/statements/{NOBODY}/pay"),
        (404, "statement", "POST", "/statements/none/payable"),
        (404, "provider", "GET", "/statements?provider=westgate"),
        (422, "state", "GET", "/statements?state=voided"),
        (422, "cohort", "GET", "/statements?cohort=next"),
        (422, "month", "GET", "/statements?month=3"),
    ],
)
def test_what_is_no_statement_is_refused(console: Console, status: int, title: str, method: str, path: str) -> None:
    path, _, asked = path.partition("?")
    query = dict([asked.split("=")]) if asked else {}
    reply = console.ask(method, path, query=query)
    assert (reply.status, reply.titles) == (status, [title])
