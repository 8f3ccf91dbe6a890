"""Voiding what is not paid yet; and what can be voided no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.model import DeclarationState
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, over, refusal
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

from .personas import PRIYA, STATES, declaration_in, declaration_of

UNPAID = ("submitted", "eligible", "payable", "ineligible")
PATH = "/participant-declarations"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@pytest.mark.parametrize("state", UNPAID)
@accepts("void.unpaid", "void.once", "void.final")
def test_what_is_not_paid_is_voided_and_leaves_its_statement(
    northgate: Api, world: World, backstage: Backstage, state: DeclarationState
) -> None:
    unpaid = declaration_in(world, state)
    voided = northgate.at("2024-11-20T10:00:00Z").void(unpaid.id)
    assert (voided.attributes["state"], voided.attributes["updated_at"]) == ("voided", "2024-11-20T10:00:00Z")
    assert voided.json == northgate.get(f"{PATH}/{unpaid.id}").json
    kept = backstage.declaration(unpaid.id)
    assert (kept.statement_id, kept.clawback_statement_id) == (None, None)
    assert kept.declaration_date == unpaid.declaration_date


@accepts("void.unpaid")
def test_a_voided_declaration_is_not_paid_with_the_statement_it_was_on(
    northgate: Api, backstage: Backstage, ect: str
) -> None:
    declared = northgate.declare(ect, "started", "2024-10-14T09:00:00Z")
    statement = backstage.statement(declared.attributes["statement_id"])
    backstage.make_payable(statement)
    assert northgate.declaration(declared.id)["state"] == "payable"
    northgate.void(declared.id)
    backstage.pay(backstage.statement(statement.id))
    assert northgate.declaration(declared.id)["state"] == "voided"


@accepts("void.unpaid")
def test_nothing_is_removed(northgate: Api, world: World) -> None:
    eligible = declaration_in(world, "eligible")
    northgate.void(eligible.id)
    assert eligible.id in northgate.get(PATH, **{"filter[participant_id]": eligible.participant_id}).ids


@accepts("void.unpaid")
def test_an_id_may_be_written_in_capitals(northgate: Api, world: World) -> None:
    assert northgate.void(declaration_in(world, "eligible").id.upper()).attributes["state"] == "voided"


@EVERY_VERSION
@accepts("void.unpaid")
def test_a_body_is_not_looked_at(northgate: Api, world: World) -> None:
    path = f"{PATH}/{declaration_in(world, 'eligible').id}/void"
    assert northgate.send("PUT", path, content=b"{").attributes["state"] == "voided"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@refuses("void.once")
def test_what_is_voided_is_not_voided_again(northgate: Api, world: World) -> None:
    voided = declaration_in(world, "voided")
    assert refusal(northgate, Api.void, voided.id) == over("Invalid action", "void.once")


@EVERY_VERSION
@EVERY_BEHAVIOUR
@pytest.mark.parametrize("state", ["awaiting_clawback", "clawed_back"])
@refuses("void.final")
def test_what_is_being_clawed_back_can_only_be_viewed(northgate: Api, world: World, state: DeclarationState) -> None:
    final = declaration_in(world, state)
    assert refusal(northgate, Api.void, final.id) == over("Invalid action", "void.final")
    assert northgate.declaration(final.id)["state"] == state.replace("_", "-")


@refuses("void.final")
def test_not_even_when_its_cohort_is_over(northgate: Api, world: World) -> None:
    final = declaration_in(world, "awaiting_clawback")
    assert refusal(northgate.at("2026-01-05T09:00:00Z"), Api.void, final.id) == over("Invalid action", "void.final")


@EVERY_VERSION
@pytest.mark.parametrize("state", STATES)
@refuses("path.unknown")
def test_to_another_provider_there_is_nothing_to_void(harbour: Api, world: World, state: DeclarationState) -> None:
    assert refusal(harbour, Api.void, declaration_in(world, state).id) == NOT_FOUND


@EVERY_VERSION
@refuses("path.unknown")
def test_the_next_provider_sees_a_declaration_and_cannot_void_it(harbour: Api, world: World) -> None:
    started = declaration_of(world, PRIYA, "started", "paid")
    assert harbour.declaration(started.id)["state"] == "paid"
    assert refusal(harbour, Api.void, started.id) == NOT_FOUND


@EVERY_VERSION
@pytest.mark.parametrize("id", ["00000000-0000-4000-8000-000000000000", "started", "%20"])
@refuses("path.unknown")
def test_what_does_not_exist_cannot_be_voided(northgate: Api, id: str) -> None:
    assert refusal(northgate, Api.void, id) == NOT_FOUND


@accepts("void.unpaid", "void.once")
def test_what_was_payable_at_the_deadline_can_be_voided_until_it_is_paid(
    northgate: Api, world: World, ect: str
) -> None:
    declared = northgate.declare(ect, "started", "2024-10-14T09:00:00Z")
    world.clock.at = datetime(2025, 1, 24, 23, 59, 59, tzinfo=UTC)
    assert northgate.declaration(declared.id)["state"] == "payable"
    assert northgate.void(declared.id).attributes["state"] == "voided"
