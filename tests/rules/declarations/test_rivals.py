"""One live declaration for each participant, course and type, whoever makes it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

ALREADY = over("base", "decl.one-per-milestone")
DATED, ANOTHER_DATE = "2024-10-14T09:00:00Z", "2024-10-15T09:00:00Z"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@refuses("decl.one-per-milestone")
@accepts("decl.one-per-milestone")
def test_a_milestone_is_declared_once(northgate: Api, ect: str) -> None:
    assert northgate.declare(ect, "started", DATED).status == 200
    assert refusal(northgate, Api.declare, ect, "started", ANOTHER_DATE) == ALREADY


@EVERY_VERSION
@refuses("decl.one-per-milestone")
def test_another_providers_declaration_stands_in_the_way_too(
    northgate: Api, harbour: Api, backstage: Backstage, ect: str
) -> None:
    assert northgate.declare(ect, "started", DATED).status == 200
    backstage.transfer(ect, backstage.school("harbour"), date(2024, 11, 4))
    assert refusal(harbour, Api.declare, ect, "started", ANOTHER_DATE) == ALREADY


@accepts("decl.one-per-milestone")
def test_the_next_provider_declares_what_the_previous_one_left_undeclared(
    northgate: Api, harbour: Api, backstage: Backstage, ect: str
) -> None:
    assert northgate.declare(ect, "started", DATED).status == 200
    backstage.transfer(ect, backstage.school("harbour"), date(2024, 11, 4))
    spring = "2025-02-03T09:00:00Z"
    assert harbour.at(spring).declare(ect, "retained-1", spring).status == 200
    assert refusal(northgate.at(spring), Api.declare, ect, "retained-1", "2025-02-01T09:00:00Z") == ALREADY


@refuses("decl.one-per-milestone")
def test_submitted_payable_and_paid_declarations_are_live(
    world: World, northgate: Api, backstage: Backstage, ect: str
) -> None:
    unpaid = backstage.person(validated="checking_qts", trn="7000003")
    submitted = northgate.declare(unpaid, "started", DATED)
    eligible = northgate.declare(ect, "started", DATED)
    assert submitted.attributes["state"] == "submitted"
    assert refusal(northgate, Api.declare, unpaid, "started", ANOTHER_DATE) == ALREADY
    for day, state in ((datetime(2025, 1, 2, tzinfo=UTC), "payable"), (datetime(2025, 1, 26, tzinfo=UTC), "paid")):
        world.clock.at = day
        assert northgate.declaration(eligible.id)["state"] == state
        assert refusal(northgate, Api.declare, ect, "started", ANOTHER_DATE) == ALREADY


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_a_voided_one_makes_room_for_another(northgate: Api, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    northgate.void(first.id)
    second = northgate.declare(ect, "started", ANOTHER_DATE)
    assert second.id != first.id
    assert northgate.declaration(first.id)["state"] == "voided"


@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_so_does_one_that_is_clawed_back(northgate: Api, world: World, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    world.clock.at = datetime(2025, 1, 26, tzinfo=UTC)
    assert northgate.void(first.id).attributes["state"] == "awaiting-clawback"
    second = northgate.declare(ect, "started", ANOTHER_DATE)
    world.clock.at = datetime(2025, 4, 26, tzinfo=UTC)
    assert northgate.declaration(first.id)["state"] == "clawed-back"
    assert northgate.declaration(second.id)["state"] == "paid"
    assert refusal(northgate, Api.declare, ect, "started", "2024-10-16T09:00:00Z") == ALREADY


@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_what_another_provider_voided_can_be_declared_by_the_next(
    northgate: Api, harbour: Api, backstage: Backstage, ect: str
) -> None:
    first = northgate.declare(ect, "started", DATED)
    backstage.transfer(ect, backstage.school("harbour"), date(2024, 11, 4))
    northgate.void(first.id)
    assert harbour.declare(ect, "started", DATED).status == 200


@accepts("decl.one-per-milestone")
def test_someone_who_is_ect_and_mentor_starts_both(northgate: Api, backstage: Backstage, ect: str) -> None:
    backstage.person("mentor", participant_id=ect)
    assert northgate.declare(ect, "started", DATED).status == 200
    assert northgate.declare(ect, "started", DATED, course_identifier="ecf-mentor").status == 200
