"""As documented, nothing is paid for whoever has not started."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import DEPLOYED

DYLAN = "fdcde722-0f67-4663-b3ab-8595b4266b2e"  # cohort 2023: declared as retained in February 2024, never as started
SPRING = "2025-02-03T09:00:00Z"


@pytest.fixture
def retained(northgate: Api, ect: str) -> str:
    """A declaration on the statement of April 2025, about somebody never declared as started."""
    return northgate.at(SPRING).declare(ect, "retained-1", SPRING).id


def make_payable(backstage: Backstage, declaration_id: str) -> None:
    """The DfE accepts the statement that a declaration is on, once its deadline has passed."""
    statement = backstage.statement(backstage.declaration(declaration_id).statement_id)
    backstage.make_payable(statement, at=datetime.combine(statement.deadline + timedelta(days=1), time(), UTC))


def month_of(backstage: Backstage, declaration_id: str) -> tuple[int, int]:
    statement = backstage.statement(backstage.declaration(declaration_id).statement_id)
    return statement.year, statement.month


@accepts("pay.needs-started")
def test_it_stays_eligible_and_moves_to_the_next_statement(northgate: Api, backstage: Backstage, retained: str) -> None:
    assert month_of(backstage, retained) == (2025, 4)
    for next_month in ((2025, 8), (2025, 10), (2026, 1)):
        make_payable(backstage, retained)
        assert northgate.declaration(retained)["state"] == "eligible"
        assert month_of(backstage, retained) == next_month


@accepts("pay.needs-started")
def test_once_the_start_is_declared_it_is_paid(northgate: Api, backstage: Backstage, ect: str, retained: str) -> None:
    make_payable(backstage, retained)
    assert northgate.at("2025-06-02T09:00:00Z").declare(ect, "started", "2024-10-14T09:00:00Z").status == 200
    make_payable(backstage, retained)
    assert northgate.declaration(retained)["state"] == "payable"
    assert month_of(backstage, retained) == (2025, 8)


@accepts("pay.needs-started")
def test_a_start_that_was_voided_is_none(northgate: Api, backstage: Backstage, ect: str, retained: str) -> None:
    started = northgate.declare(ect, "started", "2024-10-14T09:00:00Z")
    northgate.void(started.id)
    make_payable(backstage, retained)
    assert northgate.declaration(retained)["state"] == "eligible"


@accepts("pay.needs-started")
def test_a_start_that_is_not_paid_for_yet_will_do(
    northgate: Api, backstage: Backstage, ect: str, retained: str
) -> None:
    started = northgate.at(SPRING).declare(ect, "started", "2024-10-14T09:00:00Z")
    make_payable(backstage, retained)
    assert [northgate.declaration(id)["state"] for id in (started.id, retained)] == ["payable", "payable"]


@accepts("pay.needs-started")
def test_a_start_declared_by_another_provider_will_do(
    northgate: Api, harbour: Api, backstage: Backstage, ect: str
) -> None:
    assert northgate.declare(ect, "started", "2024-10-14T09:00:00Z").status == 200
    backstage.transfer(ect, backstage.school("harbour"), date(2025, 1, 6))
    retained = harbour.at(SPRING).declare(ect, "retained-1", SPRING).id
    make_payable(backstage, retained)
    assert harbour.declaration(retained)["state"] == "payable"


@accepts("pay.needs-started")
def test_a_start_in_another_course_will_not(northgate: Api, backstage: Backstage, ect: str, retained: str) -> None:
    backstage.person("mentor", participant_id=ect)
    started = northgate.declare(ect, "started", "2024-10-14T09:00:00Z", course_identifier="ecf-mentor")
    assert started.status == 200
    make_payable(backstage, retained)
    assert northgate.declaration(retained)["state"] == "eligible"


@accepts("pay.needs-started")
def test_paying_a_statement_holds_it_back_as_well(northgate: Api, backstage: Backstage, retained: str) -> None:
    april = backstage.statement(backstage.declaration(retained).statement_id)
    backstage.pay(april, at=datetime(2025, 4, 25, tzinfo=UTC))
    assert northgate.declaration(retained)["state"] == "eligible"
    assert month_of(backstage, retained) == (2025, 8)


@accepts("pay.needs-started")
def test_without_a_next_statement_it_stays_unpaid_where_it_is(northgate: Api, backstage: Backstage) -> None:
    bea = backstage.person(cohort="2022", trn="7000003")
    last_day = northgate.at("2025-07-31T12:00:00Z")
    completed = last_day.declare(bea, "completed", "2024-06-03T09:00:00Z").id
    august = backstage.statement(backstage.declaration(completed).statement_id)
    backstage.pay(august, at=datetime(2025, 8, 25, tzinfo=UTC))
    assert northgate.declaration(completed)["state"] == "eligible"
    assert month_of(backstage, completed) == (2025, 8)


@accepts("pay.needs-started")
def test_it_goes_from_statement_to_statement_by_itself(northgate: Api, world: World, backstage: Backstage) -> None:
    (dylans,) = northgate.get("/participant-declarations", **{"filter[participant_id]": DYLAN}).ids
    assert month_of(backstage, dylans) == (2025, 1)
    world.clock.at = datetime(2026, 2, 2, 9, tzinfo=UTC)
    shown = northgate.declaration(dylans)
    assert (shown["state"], shown["updated_at"]) == ("eligible", "2026-01-01T00:00:00Z")
    assert month_of(backstage, dylans) == (2026, 4)


@DEPLOYED
@accepts("pay.payable")
def test_the_deployed_service_pays_all_the_same(northgate: Api, backstage: Backstage, retained: str) -> None:
    make_payable(backstage, retained)
    assert northgate.declaration(retained)["state"] == "payable"
    assert month_of(backstage, retained) == (2025, 4)
