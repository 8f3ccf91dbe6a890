"""Voiding what is paid: the money is taken back on the next output statement, if there is one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

from .personas import CHIDI, RUTH, declaration_in, declaration_of

NO_STATEMENT = over("Invalid action", "void.paid-needs-statement")


@pytest.fixture
def paid(world: World) -> str:
    """A declaration of Ruth, of cohort 2022, whose last output statement closes on 31 July 2025."""
    return declaration_in(world, "paid").id


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("void.paid", "void.paid-needs-statement")
def test_what_is_paid_awaits_its_clawback(northgate: Api, backstage: Backstage, paid: str) -> None:
    on = backstage.declaration(paid).statement_id
    voided = northgate.at("2024-11-20T10:00:00Z").void(paid)
    assert voided.attributes["state"] == "awaiting-clawback"
    assert voided.attributes["updated_at"] == "2024-11-20T10:00:00Z"
    assert voided.json == northgate.get(f"/participant-declarations/{paid}").json
    assert backstage.declaration(paid).statement_id == on


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2024-11-15T09:00:00Z", (2025, 2)),
        ("2025-01-31T23:59:59Z", (2025, 2)),
        ("2025-02-01T00:00:00Z", (2025, 5)),
        ("2025-07-31T23:59:59Z", (2025, 8)),
    ],
)
@accepts("void.paid", "decl.statement")
def test_it_joins_the_providers_next_output_statement_of_its_cohort(
    northgate: Api, backstage: Backstage, paid: str, now: str, month: tuple[int, int]
) -> None:
    shown = northgate.at(now).void(paid).attributes
    clawback, payment = (backstage.statement(shown[name]) for name in ("clawback_statement_id", "statement_id"))
    assert (clawback.year, clawback.month) == month
    assert clawback.output
    assert (clawback.cohort, clawback.lead_provider_id) == (payment.cohort, payment.lead_provider_id)


@EVERY_VERSION
@EVERY_BEHAVIOUR
@refuses("void.paid-needs-statement")
@accepts("void.paid-needs-statement")
def test_without_a_statement_to_come_nothing_is_taken_back(northgate: Api, paid: str) -> None:
    last_day, day_after = northgate.at("2025-07-31T23:59:59Z"), northgate.at("2025-08-01T00:00:00Z")
    assert refusal(day_after, Api.void, paid) == NO_STATEMENT
    assert northgate.declaration(paid)["state"] == "paid"
    assert last_day.void(paid).attributes["state"] == "awaiting-clawback"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@refuses("void.paid-needs-statement")
def test_nor_in_a_closed_cohort(northgate: Api, world: World) -> None:
    paid = declaration_of(world, CHIDI, "started", "paid")
    assert refusal(northgate, Api.void, paid.id) == NO_STATEMENT


@accepts("void.unpaid")
def test_what_is_not_paid_needs_no_statement(northgate: Api, world: World) -> None:
    payable = declaration_in(world, "payable")
    assert northgate.at("2029-01-01T00:00:00Z").void(payable.id).attributes["state"] == "voided"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("pay.paid", "void.paid")
def test_it_is_clawed_back_when_that_statement_is_paid_and_not_before(
    northgate: Api, backstage: Backstage, paid: str
) -> None:
    northgate.void(paid)
    clawback = backstage.declaration(paid).clawback_statement_id
    backstage.make_payable(backstage.statement(clawback))
    assert northgate.declaration(paid)["state"] == "awaiting-clawback"
    backstage.pay(backstage.statement(clawback), at=datetime(2025, 2, 25, tzinfo=UTC))
    shown = northgate.declaration(paid)
    assert (shown["state"], shown["updated_at"]) == ("clawed-back", "2025-02-25T00:00:00Z")
    kept = backstage.declaration(paid)
    assert kept.clawback_statement_id == clawback
    assert kept.statement_id not in (None, clawback)


@EVERY_VERSION
@accepts("pay.paid", "void.paid")
def test_voided_as_of_before_that_statement_was_paid_it_is_clawed_back_the_next_day(
    northgate: Api, world: World, paid: str
) -> None:
    world.clock.at = datetime(2025, 3, 3, 9, tzinfo=UTC)
    assert northgate.at("2025-01-20T10:00:00Z").void(paid).attributes["state"] == "awaiting-clawback"
    world.clock.at = datetime(2025, 3, 4, 9, tzinfo=UTC)
    assert northgate.declaration(paid)["state"] == "clawed-back"


@accepts("void.frees-milestone", "void.paid")
def test_while_it_awaits_its_clawback_the_milestone_can_be_declared_again(northgate: Api, paid: str) -> None:
    northgate.void(paid)
    again = northgate.declare(RUTH, "started", "2022-10-12T09:00:00Z")
    assert again.attributes["state"] == "eligible"
    assert again.attributes["statement_id"] == northgate.declaration(paid)["clawback_statement_id"]
