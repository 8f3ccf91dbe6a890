"""Statements: what the DfE's accepting and paying them does to the declarations on them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.model import DeclarationState
from sandbox.rules.payments import made_paid, made_payable
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

from .personas import STATES, declaration_in

DATED = "2024-10-14T09:00:00Z"
DEADLINE_PASSED, PAYMENT_DAY = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 25, tzinfo=UTC)


@pytest.fixture
def started(northgate: Api, ect: str) -> str:
    """A declaration on Northgate's statement of January 2025 for cohort 2024."""
    return northgate.declare(ect, "started", DATED).id


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("pay.payable", "pay.paid")
def test_what_is_eligible_becomes_payable_and_then_paid(northgate: Api, backstage: Backstage, started: str) -> None:
    on = backstage.declaration(started).statement_id
    backstage.make_payable(backstage.statement(on), at=DEADLINE_PASSED)
    shown = northgate.declaration(started)
    assert (shown["state"], shown["updated_at"]) == ("payable", "2025-01-01T00:00:00Z")
    backstage.pay(backstage.statement(on), at=PAYMENT_DAY)
    shown = northgate.declaration(started)
    assert (shown["state"], shown["updated_at"]) == ("paid", "2025-01-25T00:00:00Z")
    assert backstage.declaration(started).statement_id == on
    assert backstage.statement(on).state == "paid"


@accepts("pay.payable")
def test_only_what_is_on_the_statement_becomes_payable(
    northgate: Api, harbour: Api, backstage: Backstage, started: str
) -> None:
    theirs = harbour.declare(backstage.person(provider="harbour", trn="7000003"), "started", DATED).id
    unpaid = northgate.declare(backstage.person(validated="checking_qts", trn="7000004"), "started", DATED).id
    next_one = northgate.at("2025-01-06T09:00:00Z").declare(backstage.person(trn="7000005"), "started", DATED).id
    backstage.make_payable(backstage.statement(backstage.declaration(started).statement_id))
    assert northgate.declaration(started)["state"] == "payable"
    assert harbour.declaration(theirs)["state"] == "eligible"
    assert northgate.declaration(unpaid)["state"] == "submitted"
    assert northgate.declaration(next_one)["state"] == "eligible"


@accepts("pay.paid")
def test_only_what_is_on_the_statement_is_paid(northgate: Api, backstage: Backstage, started: str) -> None:
    second = northgate.at("2025-01-06T09:00:00Z").declare(backstage.person(trn="7000003"), "started", DATED).id
    first_one, next_one = (backstage.statement(backstage.declaration(id).statement_id) for id in (started, second))
    backstage.make_payable(first_one)
    backstage.make_payable(next_one)
    backstage.pay(backstage.statement(first_one.id))
    assert northgate.declaration(started)["state"] == "paid"
    assert northgate.declaration(second)["state"] == "payable"


@EVERY_BEHAVIOUR
@accepts("pay.payable", "pay.paid")
def test_in_time_all_this_happens_by_itself(northgate: Api, world: World, started: str) -> None:
    for now, state in (
        (datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), "eligible"),
        (DEADLINE_PASSED, "payable"),
        (datetime(2025, 1, 24, 23, 59, 59, tzinfo=UTC), "payable"),
        (PAYMENT_DAY, "paid"),
    ):
        world.clock.at = now
        assert northgate.declaration(started)["state"] == state


@accepts("pay.paid")
def test_whoever_asks_late_sees_when_it_happened(northgate: Api, world: World, started: str) -> None:
    world.clock.at = datetime(2025, 6, 2, 9, tzinfo=UTC)
    shown = northgate.declaration(started)
    assert (shown["state"], shown["updated_at"]) == ("paid", "2025-01-25T00:00:00Z")


@EVERY_VERSION
@accepts("pay.payable", "pay.paid")
def test_what_is_declared_as_of_before_a_paid_statement_closed_is_paid_the_next_day(
    northgate: Api, world: World, backstage: Backstage, ect: str
) -> None:
    world.clock.at = datetime(2025, 6, 2, 9, tzinfo=UTC)
    late = northgate.at("2024-11-20T09:00:00Z").declare(ect, "started", DATED).id
    statement = backstage.statement(backstage.declaration(late).statement_id)
    assert (statement.state, northgate.declaration(late)["state"]) == ("paid", "eligible")
    world.clock.at = datetime(2025, 6, 3, 9, tzinfo=UTC)
    shown = northgate.declaration(late)
    assert (shown["state"], shown["updated_at"]) == ("paid", "2025-06-03T09:00:00Z")
    assert backstage.declaration(late).statement_id == statement.id


@accepts("pay.payable")
def test_a_request_from_the_future_pays_nothing(northgate: Api, started: str) -> None:
    assert northgate.at("2025-06-02T09:00:00Z").declaration(started)["state"] == "eligible"


@pytest.mark.parametrize("state", STATES)
def test_only_what_is_eligible_can_become_payable_and_only_what_is_payable_paid(
    world: World, state: DeclarationState
) -> None:
    declaration = declaration_in(world, state)
    payable, paid = made_payable(declaration, PAYMENT_DAY), made_paid(declaration, PAYMENT_DAY)
    assert payable.state == "payable" if state == "eligible" else payable == declaration
    settled = {"payable": "paid", "awaiting_clawback": "clawed_back"}
    assert paid.state == settled[state] if state in settled else paid == declaration
