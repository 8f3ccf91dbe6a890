"""An exact copy of a live declaration is answered as the first time, and stores nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.api import Api, Reply, World
from tests.backstage import Backstage
from tests.openapi.documents import VERSIONS
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_VERSION

pytestmark = EVERY_VERSION

ALREADY = over("base", "decl.one-per-milestone")
DATED, SPRING = "2024-10-14T09:00:00Z", "2025-02-03T09:00:00Z"


def copied(api: Api, first: Reply, participant_id: str, type: str = "started", dated: str = DATED) -> None:
    """Send a declaration again: the answer is the first one to the byte, and no record has changed."""
    before = api.world.store.revision
    again = api.declare(participant_id, type, dated)
    assert again.status == 200
    assert again.response.content == first.response.content
    assert api.world.store.revision == before


@accepts("decl.idempotent")
def test_a_copy_is_answered_as_the_first_time(northgate: Api, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    copied(northgate, first, ect)
    copied(northgate.at("2024-12-02T09:00:00Z"), first, ect)


@accepts("decl.idempotent")
def test_also_when_it_has_since_been_made_payable_and_paid(northgate: Api, world: World, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    for day, state in ((datetime(2025, 1, 2, tzinfo=UTC), "payable"), (datetime(2025, 1, 26, tzinfo=UTC), "paid")):
        world.clock.at = day
        assert northgate.declaration(first.id)["state"] == state
        copied(northgate, first, ect)


@accepts("decl.idempotent")
def test_also_when_the_participant_has_since_been_found_eligible(northgate: Api, backstage: Backstage) -> None:
    ada = backstage.person(validated="checking_qts")
    first = northgate.declare(ada, "started", DATED)
    backstage.validate(ada, "eligible_to_start")
    assert northgate.declaration(first.id)["state"] == "eligible"
    assert first.attributes["state"] == "submitted"
    copied(northgate, first, ada)


@accepts("decl.idempotent")
def test_also_when_it_could_no_longer_be_made(northgate: Api, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    assert northgate.at("2024-10-14T08:00:00Z").withdraw(ect).status == 200
    copied(northgate, first, ect)
    copied(northgate.at("2027-06-01T09:00:00Z"), first, ect)


@accepts("decl.idempotent")
def test_with_evidence_too(northgate: Api, ect: str) -> None:
    spring = northgate.at(SPRING)
    copied(spring, spring.declare(ect, "retained-1", SPRING), ect, "retained-1", SPRING)


@accepts("decl.idempotent")
def test_the_same_time_written_otherwise_is_the_same_time(northgate: Api, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    copied(northgate, first, ect, dated="2024-10-14T10:00:00.000+01:00")


@accepts("decl.idempotent")
def test_evidence_that_was_dropped_makes_no_difference(northgate: Api, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    again = northgate.declare(ect, "started", DATED, evidence_held="other")
    assert again.response.content == first.response.content


@pytest.mark.parametrize("other", VERSIONS)
@accepts("decl.idempotent")
def test_another_version_knows_the_declaration(world: World, northgate: Api, ect: str, other: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    assert world.api(other).declare(ect, "started", DATED).id == first.id


@pytest.mark.parametrize("dated", ["2024-10-14T09:00:01Z", "2024-10-14T09:00:00.000001Z", "2024-10-15T09:00:00Z"])
@refuses("decl.one-per-milestone")
def test_another_date_makes_no_copy(northgate: Api, ect: str, dated: str) -> None:
    northgate.declare(ect, "started", DATED)
    assert refusal(northgate, Api.declare, ect, "started", dated) == ALREADY


@refuses("decl.one-per-milestone")
def test_other_evidence_makes_no_copy(northgate: Api, ect: str) -> None:
    spring, other = northgate.at(SPRING), "training-event-attended"
    spring.declare(ect, "retained-1", SPRING)
    assert refusal(spring, Api.declare, ect, "retained-1", SPRING, evidence_held=other) == ALREADY


@refuses("decl.one-per-milestone")
def test_another_provider_makes_no_copy(northgate: Api, harbour: Api, backstage: Backstage, ect: str) -> None:
    northgate.declare(ect, "started", DATED)
    backstage.transfer(ect, backstage.school("harbour"), date(2024, 11, 4))
    assert refusal(harbour, Api.declare, ect, "started", DATED) == ALREADY


@accepts("decl.idempotent", "void.frees-milestone")
def test_a_copy_of_what_was_voided_is_a_new_declaration(northgate: Api, ect: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    northgate.void(first.id)
    second = northgate.declare(ect, "started", DATED)
    assert second.id != first.id
    copied(northgate, second, ect)


@DEPLOYED
@refuses("decl.one-per-milestone")
def test_the_deployed_service_refuses_a_copy(northgate: Api, ect: str) -> None:
    northgate.declare(ect, "started", DATED)
    assert refusal(northgate, Api.declare, ect, "started", DATED) == ALREADY
