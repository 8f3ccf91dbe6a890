"""A declaration that is paid for joins the provider's next open output statement, at once or when that is known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sandbox.editions.ecf.rules.documented import next_open
from sandbox.model import Cohort, Statement, ValidationStatus
from sandbox.rules.payments import found_eligible
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import DEPLOYED, EVERY_BEHAVIOUR, EVERY_VERSION

DATED = "2024-10-14T09:00:00Z"


def month_of(backstage: Backstage, declaration_id: str) -> str | None:
    """The month of the statement a declaration is on; it must be one of its provider's, for cohort 2024."""
    made = backstage.declaration(declaration_id)
    if made.statement_id is None:
        return None
    statement = backstage.statement(made.statement_id)
    assert (statement.lead_provider_id, statement.cohort) == (made.lead_provider_id, "2024")
    return f"{statement.year}-{statement.month:02}"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("decl.eligible", "decl.statement")
def test_of_someone_eligible_it_is_eligible_and_on_a_statement(northgate: Api, backstage: Backstage, ect: str) -> None:
    declared = northgate.declare(ect, "started", DATED)
    assert declared.attributes["state"] == "eligible"
    assert month_of(backstage, declared.id) == "2025-01"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@pytest.mark.parametrize("status", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.eligible")
def test_of_someone_who_is_not_it_is_submitted_and_on_none(
    northgate: Api, backstage: Backstage, status: ValidationStatus
) -> None:
    declared = northgate.declare(backstage.person(validated=status), "started", DATED)
    assert declared.attributes["state"] == "submitted"
    assert month_of(backstage, declared.id) is None


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2024-11-15T09:00:00Z", "2025-01"),
        ("2024-12-31T23:59:59Z", "2025-01"),
        ("2025-01-01T00:00:00Z", "2025-04"),
        ("2025-03-31T23:59:59Z", "2025-04"),
        ("2025-04-01T00:00:00Z", "2025-08"),
        ("2026-12-31T12:00:00Z", "2027-01"),
        ("2027-03-31T23:59:59Z", "2027-04"),
    ],
)
@accepts("decl.statement")
def test_it_is_the_output_statement_with_the_earliest_deadline_today_or_later(
    northgate: Api, backstage: Backstage, ect: str, now: str, month: str
) -> None:
    declared = northgate.at(now).declare(ect, "started", DATED)
    assert month_of(backstage, declared.id) == month


@pytest.mark.parametrize("action", ["make_payable", "pay"])
@accepts("decl.statement")
def test_one_that_the_dfe_has_accepted_before_its_deadline_takes_no_more(
    northgate: Api, backstage: Backstage, ect: str, mentor: str, action: str
) -> None:
    first = northgate.declare(ect, "started", DATED)
    statement = backstage.statement(backstage.declaration(first.id).statement_id)
    getattr(backstage, action)(statement, at=datetime(2024, 11, 15, 9, tzinfo=UTC))
    later = northgate.declare(mentor, "started", DATED, course_identifier="ecf-mentor")
    assert (month_of(backstage, first.id), month_of(backstage, later.id)) == ("2025-01", "2025-04")


@accepts("decl.statement")
def test_but_before_that_it_took_them(northgate: Api, backstage: Backstage, ect: str, mentor: str) -> None:
    first = northgate.declare(ect, "started", DATED)
    statement = backstage.statement(backstage.declaration(first.id).statement_id)
    backstage.make_payable(statement, at=datetime(2024, 11, 15, 9, tzinfo=UTC))
    earlier = northgate.at("2024-11-15T08:59:59Z").declare(mentor, "started", DATED, course_identifier="ecf-mentor")
    assert month_of(backstage, earlier.id) == "2025-01"


@DEPLOYED
@pytest.mark.parametrize("action", ["make_payable", "pay"])
@accepts("decl.statement")
def test_in_the_deployed_service_it_takes_none_even_before_that(
    northgate: Api, backstage: Backstage, ect: str, mentor: str, action: str
) -> None:
    first = northgate.declare(ect, "started", DATED)
    statement = backstage.statement(backstage.declaration(first.id).statement_id)
    getattr(backstage, action)(statement, at=datetime(2024, 11, 15, 9, tzinfo=UTC))
    earlier = northgate.at("2024-11-15T08:59:59Z").declare(mentor, "started", DATED, course_identifier="ecf-mentor")
    assert month_of(backstage, earlier.id) == "2025-04"


@DEPLOYED
@accepts("void.paid", "decl.statement")
def test_so_it_is_with_what_is_clawed_back(northgate: Api, backstage: Backstage, ect: str) -> None:
    declared = northgate.declare(ect, "started", DATED)
    statement = backstage.statement(backstage.declaration(declared.id).statement_id)
    backstage.pay(statement, at=datetime(2024, 11, 15, 9, tzinfo=UTC))
    northgate.at("2024-11-15T08:59:59Z").void(declared.id)
    clawback = backstage.declaration(declared.id).clawback_statement_id
    assert clawback is not None
    assert clawback != statement.id


@accepts("decl.statement")
def test_it_is_the_statement_of_the_provider_that_declares(harbour: Api, backstage: Backstage) -> None:
    declared = harbour.declare(backstage.person(provider="harbour"), "started", DATED)
    assert month_of(backstage, declared.id) == "2025-01"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@pytest.mark.parametrize("before", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.becomes-eligible", "decl.statement")
def test_whoever_is_found_eligible_later_has_their_declarations_paid_then(
    northgate: Api, backstage: Backstage, world: World, before: ValidationStatus
) -> None:
    ada = backstage.person(validated=before)
    declared = northgate.declare(ada, "started", DATED)
    world.clock.at = datetime(2025, 1, 6, 10, tzinfo=UTC)
    backstage.validate(ada, "eligible_to_start")
    shown = northgate.declaration(declared.id)
    assert (shown["state"], shown["updated_at"]) == ("eligible", "2025-01-06T10:00:00Z")
    assert month_of(backstage, declared.id) == "2025-04"


@accepts("decl.becomes-eligible")
def test_whoever_is_found_not_to_be_has_not(northgate: Api, backstage: Backstage) -> None:
    ada = backstage.person(validated="checking_qts")
    declared = northgate.declare(ada, "started", DATED)
    backstage.validate(ada, "not_eligible_for_funded_training")
    assert northgate.declaration(declared.id)["state"] == "submitted"


@accepts("decl.becomes-eligible")
def test_what_was_voided_meanwhile_stays_voided(northgate: Api, backstage: Backstage) -> None:
    ada = backstage.person(validated="checking_qts")
    declared = northgate.declare(ada, "started", DATED)
    northgate.void(declared.id)
    backstage.validate(ada, "eligible_to_start")
    assert northgate.declaration(declared.id)["state"] == "voided"


@accepts("decl.becomes-eligible")
def test_to_be_eligible_as_a_mentor_is_not_to_be_eligible_as_an_ect(northgate: Api, backstage: Backstage) -> None:
    ada = backstage.person(validated="checking_qts")
    backstage.person("mentor", validated="checking_qts", participant_id=ada)
    as_ect = northgate.declare(ada, "started", DATED)
    as_mentor = northgate.declare(ada, "started", DATED, course_identifier="ecf-mentor")
    backstage.validate(ada, "eligible_to_start", "mentor")
    assert northgate.declaration(as_ect.id)["state"] == "submitted"
    assert northgate.declaration(as_mentor.id)["state"] == "eligible"


@accepts("decl.becomes-eligible")
def test_what_two_providers_declared_joins_a_statement_of_each(
    northgate: Api, harbour: Api, backstage: Backstage
) -> None:
    ada = backstage.person(validated="checking_qts")
    started = northgate.declare(ada, "started", DATED)
    backstage.transfer(ada, backstage.school("harbour"), date(2024, 11, 4))
    spring = "2025-02-03T09:00:00Z"
    retained = harbour.at(spring).declare(ada, "retained-1", spring)
    backstage.validate(ada, "eligible_to_start")
    assert month_of(backstage, started.id) == "2025-01"
    assert month_of(backstage, retained.id) == "2025-01"


def test_what_becomes_eligible_when_nothing_is_open_stays_submitted(northgate: Api, backstage: Backstage) -> None:
    declared = northgate.declare(backstage.person(validated="checking_qts"), "started", DATED)
    submitted = backstage.declaration(declared.id)
    assert found_eligible(submitted, None, datetime(2027, 5, 1, tzinfo=UTC)) == submitted


def test_of_a_cohort_that_is_not_known_nothing_is_open(world: World) -> None:
    statements, now = list(world.store.read().all(Statement)), datetime(2024, 11, 15, tzinfo=UTC)
    assert next_open(statements, None, now) is None
    assert next_open([], world.store.read().get(Cohort, "2024"), now) is None
