"""What each version shows of a declaration in each state."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from sandbox.model import DeclarationState
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_BEHAVIOUR

from .personas import STATES, declaration_in

ALWAYS = ["participant_id", "declaration_type", "course_identifier", "declaration_date", "updated_at", "state"]
MEMBERS = {
    "v1": {*ALWAYS, "has_passed", "eligible_for_payment", "voided"},
    "v2": {*ALWAYS, "has_passed"},
    "v3": {
        *ALWAYS,
        "has_passed",
        "created_at",
        "delivery_partner_id",
        "statement_id",
        "clawback_statement_id",
        "ineligible_for_funding_reason",
        "mentor_id",
        "uplift_paid",
        "evidence_held",
        "lead_provider_name",
    },
}
DATED = "2024-10-14T09:00:00Z"


class Shown(NamedTuple):
    """What a state means to v1, and which statements v3 names."""

    eligible_for_payment: bool = False
    voided: bool = False
    on_a_statement: bool = False
    on_a_clawback_statement: bool = False


SHOWN: dict[DeclarationState, Shown] = {
    "submitted": Shown(),
    "eligible": Shown(eligible_for_payment=True, on_a_statement=True),
    "payable": Shown(eligible_for_payment=True, on_a_statement=True),
    "paid": Shown(on_a_statement=True),
    "voided": Shown(voided=True),
    "ineligible": Shown(),
    "awaiting_clawback": Shown(on_a_statement=True, on_a_clawback_statement=True),
    "clawed_back": Shown(on_a_statement=True, on_a_clawback_statement=True),
}
each_state = pytest.mark.parametrize("state", STATES)


@each_state
@EVERY_BEHAVIOUR
@pytest.mark.parametrize("version", MEMBERS)
def test_every_version_names_the_state_and_has_its_own_members(
    northgate: Api, world: World, version: str, state: DeclarationState
) -> None:
    shown = northgate.declaration(declaration_in(world, state).id)
    assert shown["state"] == state.replace("_", "-")
    assert shown["has_passed"] is None
    assert set(shown) == MEMBERS[version]


@each_state
@accepts("pay.payable", "pay.paid", "void.unpaid", "void.paid", "decl.eligible")
def test_v1_says_what_is_eligible_for_payment_and_what_is_voided(world: World, state: DeclarationState) -> None:
    shown = world.api("v1").declaration(declaration_in(world, state).id)
    assert shown["eligible_for_payment"] is SHOWN[state].eligible_for_payment
    assert shown["voided"] is SHOWN[state].voided


@each_state
@accepts("decl.statement", "void.unpaid", "void.paid", "decl.duplicate-person")
def test_v3_names_the_statements_and_why_nothing_is_paid(northgate: Api, world: World, state: DeclarationState) -> None:
    shown = northgate.declaration(declaration_in(world, state).id)
    assert (shown["statement_id"] is not None) is SHOWN[state].on_a_statement
    assert (shown["clawback_statement_id"] is not None) is SHOWN[state].on_a_clawback_statement
    reason = "duplicate_declaration" if state == "ineligible" else None
    assert shown["ineligible_for_funding_reason"] == reason
    assert shown["lead_provider_name"] == "Northgate Teaching Institute"


@accepts("void.unpaid", "decl.duplicate-person")
def test_a_voided_duplicate_no_longer_says_why(northgate: Api, world: World) -> None:
    voided = northgate.void(declaration_in(world, "ineligible").id)
    assert voided.attributes["ineligible_for_funding_reason"] is None


@accepts("pay.paid", "void.paid")
def test_an_uplift_is_paid_with_the_start_and_stays_so_when_that_is_clawed_back(
    northgate: Api, world: World, backstage: Backstage, ect: str
) -> None:
    backstage.change(backstage.training_record(ect), pupil_premium_uplift=True)
    started = northgate.declare(ect, "started", DATED).id

    def state_and_uplift() -> tuple[Any, Any]:
        shown = northgate.declaration(started)
        return shown["state"], shown["uplift_paid"]

    assert state_and_uplift() == ("eligible", False)
    world.clock.at = datetime(2025, 1, 2, tzinfo=UTC)
    assert state_and_uplift() == ("payable", False)
    world.clock.at = datetime(2025, 1, 26, tzinfo=UTC)
    assert state_and_uplift() == ("paid", True)
    northgate.void(started)
    assert state_and_uplift() == ("awaiting-clawback", True)
    world.clock.at = datetime(2025, 4, 26, tzinfo=UTC)
    assert state_and_uplift() == ("clawed-back", True)


@accepts("void.unpaid")
def test_no_uplift_is_paid_with_what_is_voided(northgate: Api, backstage: Backstage, ect: str) -> None:
    backstage.change(backstage.training_record(ect), sparsity_uplift=True)
    assert northgate.void(northgate.declare(ect, "started", DATED).id).attributes["uplift_paid"] is False


@accepts("pay.paid")
def test_no_uplift_is_paid_without_one_or_with_another_milestone_or_for_a_mentor(
    northgate: Api, world: World, backstage: Backstage, ect: str, mentor: str
) -> None:
    bea = backstage.person(trn="7000003")
    backstage.change(backstage.training_record(ect), pupil_premium_uplift=False, sparsity_uplift=False)
    for record in (backstage.training_record(bea), backstage.training_record(mentor, "mentor")):
        backstage.change(record, pupil_premium_uplift=True, sparsity_uplift=True)
    spring = northgate.at("2025-02-03T09:00:00Z")
    declared = [
        northgate.declare(ect, "started", DATED).id,
        northgate.declare(mentor, "started", DATED, course_identifier="ecf-mentor").id,
        northgate.declare(bea, "started", DATED).id,
        spring.declare(bea, "retained-1", "2025-02-03T09:00:00Z").id,
    ]
    world.clock.at = datetime(2025, 4, 26, tzinfo=UTC)
    shown = [northgate.declaration(id) for id in declared]
    assert [declaration["state"] for declaration in shown] == ["paid"] * 4
    assert [declaration["uplift_paid"] for declaration in shown] == [False, False, True, False]
