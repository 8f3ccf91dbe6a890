"""Two participants with one TRN: what is declared of the second is stored, and ineligible."""

from __future__ import annotations

import pytest

from tests.api import Api
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

DATED = "2024-10-14T09:00:00Z"


@pytest.fixture
def katherine(backstage: Backstage) -> str:
    """An ECT, with Harbour."""
    return backstage.person(provider="harbour", trn="7654321")


@pytest.fixture
def kate(backstage: Backstage) -> str:
    """An ECT, with Northgate and with the same TRN."""
    return backstage.person(provider="northgate", trn="7654321")


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("decl.duplicate-person")
def test_what_is_declared_of_the_second_is_ineligible(northgate: Api, harbour: Api, katherine: str, kate: str) -> None:
    assert harbour.declare(katherine, "started", DATED).attributes["state"] == "eligible"
    assert northgate.declare(kate, "started", DATED).attributes["state"] == "ineligible"


@accepts("decl.duplicate-person")
def test_it_is_on_no_statement_and_says_why(northgate: Api, harbour: Api, katherine: str, kate: str) -> None:
    harbour.declare(katherine, "started", DATED)
    shown = northgate.declare(kate, "started", DATED).attributes
    assert shown["ineligible_for_funding_reason"] == "duplicate_declaration"
    assert shown["statement_id"] is None


@accepts("decl.duplicate-person")
def test_a_submitted_declaration_of_the_first_is_enough(northgate: Api, backstage: Backstage, kate: str) -> None:
    unpaid = backstage.person(validated="checking_qts", trn="7654321")
    northgate.declare(unpaid, "started", DATED)
    assert northgate.declare(kate, "started", DATED).attributes["state"] == "ineligible"


@accepts("decl.duplicate-person")
def test_another_type_or_another_course_is_no_duplicate(
    northgate: Api, harbour: Api, backstage: Backstage, katherine: str, kate: str
) -> None:
    harbour.declare(katherine, "started", DATED)
    spring = northgate.at("2025-02-03T09:00:00Z")
    assert spring.declare(kate, "retained-1", "2025-02-03T09:00:00Z").attributes["state"] == "eligible"
    mentor = backstage.person("mentor", trn="7654321")
    declared = northgate.declare(mentor, "started", DATED, course_identifier="ecf-mentor")
    assert declared.attributes["state"] == "eligible"


@accepts("decl.duplicate-person")
def test_once_the_first_is_voided_the_second_counts(northgate: Api, harbour: Api, katherine: str, kate: str) -> None:
    first = harbour.declare(katherine, "started", DATED)
    harbour.void(first.id)
    assert northgate.declare(kate, "started", DATED).attributes["state"] == "eligible"


@accepts("decl.duplicate-person", "decl.one-per-milestone", "void.unpaid")
def test_an_ineligible_one_is_not_live_and_can_be_declared_again(
    northgate: Api, harbour: Api, katherine: str, kate: str
) -> None:
    first = harbour.declare(katherine, "started", DATED)
    ineligible = northgate.declare(kate, "started", DATED)
    harbour.void(first.id)
    again = northgate.declare(kate, "started", DATED)
    assert again.id != ineligible.id
    assert again.attributes["state"] == "eligible"
    assert northgate.declaration(ineligible.id)["state"] == "ineligible"
    assert northgate.void(ineligible.id).attributes["state"] == "voided"
    assert northgate.declaration(again.id)["state"] == "eligible"


@accepts("decl.duplicate-person")
def test_people_without_a_trn_are_not_the_same_person(northgate: Api, backstage: Backstage) -> None:
    for person in (backstage.person(trn=None), backstage.person(trn=None)):
        assert northgate.declare(person, "started", DATED).attributes["state"] == "eligible"
