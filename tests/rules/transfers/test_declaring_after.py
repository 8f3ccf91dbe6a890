"""What each provider may declare of someone who moved from one to the other."""

from __future__ import annotations

from datetime import date

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import EVERY_VERSION

MOVED_ON = date(2025, 2, 3)
SPRING = "2025-03-10T10:00:00Z"


def moved_to_harbour(world: World) -> str:
    backstage = Backstage(world)
    ada = backstage.person()
    world.api().declare(ada, "started", "2024-10-14T09:00:00Z")
    backstage.transfer(ada, backstage.school("harbour"), MOVED_ON)
    return ada


@EVERY_VERSION
@accepts("transfer.declare-after")
def test_the_previous_provider_declares_for_dates_while_they_were_with_it(version: str) -> None:
    world = World()
    ada = moved_to_harbour(world)
    made = world.api(version).at(SPRING).declare(ada, "retained-1", "2025-01-20T09:00:00Z")
    assert made.attributes["state"] == "eligible"
    if version == "v3":
        assert made.attributes["lead_provider_name"] == "Northgate Teaching Institute"


@EVERY_VERSION
@accepts("transfer.declare-after")
def test_the_new_provider_declares_for_dates_in_its_own_milestones(version: str) -> None:
    world = World()
    ada = moved_to_harbour(world)
    harbour = world.api(version, "harbour").at(SPRING)
    assert harbour.change_schedule(ada, "ecf-extended-september").status == 200
    made = harbour.declare(ada, "extended-1", "2025-03-03T09:00:00Z")
    assert made.attributes["state"] == "eligible"
    assert made.attributes["declaration_type"] == "extended-1"


@EVERY_VERSION
@refuses("decl.milestone-exists")
@accepts("transfer.declare-after")
def test_the_schedule_that_one_puts_them_on_is_not_the_others(version: str) -> None:
    world = World()
    ada = moved_to_harbour(world)
    world.api(version, "harbour").at(SPRING).change_schedule(ada, "ecf-extended-september")
    refused = refusal(
        world.api(version).at(SPRING), Api.declare, ada, "extended-1", "2025-01-20T09:00:00Z", evidence_held="other"
    )
    assert refused == over("declaration_type", "decl.milestone-exists")


@EVERY_VERSION
@refuses("decl.one-per-milestone")
@accepts("transfer.declare-after")
def test_a_milestone_that_one_declared_the_other_cannot_until_it_is_voided(version: str) -> None:
    world = World()
    ada = moved_to_harbour(world)
    northgate, harbour = world.api(version).at(SPRING), world.api(version, "harbour").at(SPRING)
    late = northgate.declare(ada, "retained-1", "2025-01-20T09:00:00Z")
    taken = over("base", "decl.one-per-milestone")
    assert refusal(harbour, Api.declare, ada, "retained-1", "2025-03-03T09:00:00Z") == taken
    northgate.void(late.id)
    assert harbour.declare(ada, "retained-1", "2025-03-03T09:00:00Z").status == 200
    assert refusal(northgate, Api.declare, ada, "retained-1", "2025-01-20T09:00:00Z") == taken
