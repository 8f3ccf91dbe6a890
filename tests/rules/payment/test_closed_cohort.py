"""Once the DfE closes a cohort none of its statements is open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.actions.call import Moment
from sandbox.actors import dfe
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import Cohort, DeclarationState
from sandbox.worlds.world import new_id
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_VERSION

from .personas import declaration_in

CLOSED = over("cohort", "decl.cohort-open")
DATED = "2024-10-14T09:00:00Z"
NOON = datetime(2024, 11, 15, 12, tzinfo=UTC)


def close(world: World, cohort: str, at: datetime = NOON) -> None:
    with world.writing() as unit:
        open_cohort = unit.get(Cohort, cohort)
        assert open_cohort is not None
        dfe.close_cohort(unit, Moment(now=at, rules=BOOKS[world.behaviour], new_id=new_id), open_cohort)


@EVERY_VERSION
@refuses("decl.cohort-open")
@accepts("pay.frozen-cohort")
def test_from_that_moment_nothing_payable_is_declared(northgate: Api, world: World, ect: str) -> None:
    close(world, "2024")
    before, since = northgate.at("2024-11-15T11:59:59Z"), northgate.at("2024-11-15T12:00:00Z")
    assert refusal(since, Api.declare, ect, "started", DATED) == CLOSED
    assert before.declare(ect, "started", DATED).attributes["state"] == "eligible"


@DEPLOYED
@accepts("pay.frozen-cohort")
def test_in_the_deployed_service_its_statements_go_on_taking_declarations(
    northgate: Api, world: World, ect: str
) -> None:
    close(world, "2024")
    assert northgate.at("2024-11-15T12:00:00Z").declare(ect, "started", DATED).attributes["state"] == "eligible"


@EVERY_VERSION
@refuses("void.paid-needs-statement")
@accepts("pay.frozen-cohort")
def test_from_that_moment_nothing_is_taken_back(northgate: Api, world: World) -> None:
    paid = declaration_in(world, "paid")
    close(world, paid.cohort)
    before, since = northgate.at("2024-11-15T11:59:59Z"), northgate.at("2024-11-15T12:00:00Z")
    assert refusal(since, Api.void, paid.id) == over("Invalid action", "void.paid-needs-statement")
    assert before.void(paid.id).attributes["state"] == "awaiting-clawback"


@pytest.mark.parametrize("state", ["submitted", "eligible", "payable", "ineligible"])
@accepts("pay.frozen-cohort", "void.unpaid")
def test_what_is_not_paid_can_be_voided_still(northgate: Api, world: World, state: DeclarationState) -> None:
    unpaid = declaration_in(world, state)
    close(world, unpaid.cohort)
    assert northgate.at("2024-11-18T09:00:00Z").void(unpaid.id).attributes["state"] == "voided"


@accepts("pay.frozen-cohort", "decl.becomes-eligible")
def test_whoever_is_found_eligible_afterwards_comes_too_late(
    northgate: Api, world: World, backstage: Backstage
) -> None:
    ada = backstage.person(validated="checking_qts")
    submitted = northgate.declare(ada, "started", DATED)
    close(world, "2024")
    world.clock.at = NOON
    backstage.validate(ada, "eligible_to_start")
    assert northgate.declaration(submitted.id)["state"] == "submitted"


@accepts("pay.frozen-cohort")
def test_other_cohorts_stay_open(northgate: Api, world: World, ect: str) -> None:
    close(world, "2023")
    paid = declaration_in(world, "paid")
    later = northgate.at("2024-11-18T09:00:00Z")
    assert later.declare(ect, "started", DATED).status == 200
    assert later.void(paid.id).attributes["state"] == "awaiting-clawback"
