"""Mentors: which types they are declared for, and what becomes of those who complete."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_BEHAVIOUR, EVERY_VERSION

TYPES = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
MENTORING = {"course_identifier": "ecf-mentor"}
NOT_RETAINED = over("declaration_type", "decl.mentor-types")
ENGAGED = "75-percent-engagement-met"
FUNDED = (None, None)
COMPLETED = ("2024-06-03", "completed_declaration_received")


@pytest.fixture
def november(northgate: Api) -> Api:
    """Northgate, in November 2025."""
    return northgate.at("2025-11-20T09:00:00Z")


@pytest.fixture
def marian(backstage: Backstage) -> str:
    """A mentor of cohort 2022, whose last milestone was open in the summer of 2024."""
    return backstage.person("mentor", cohort="2022")


def funding_ended(api: Api, mentor: str) -> tuple[Any, Any]:
    """When a mentor's funding ended and why, as v3 shows it."""
    enrolment = api.enrolment(mentor, "mentor")
    return enrolment["mentor_funding_end_date"], enrolment["mentor_ineligible_for_funding_reason"]


def complete(api: Api, mentor: str, dated: str = "2024-06-03T23:59:59Z") -> str:
    return api.declare(mentor, "completed", dated, **MENTORING).id


@EVERY_VERSION
@EVERY_BEHAVIOUR
@pytest.mark.parametrize("type", TYPES[1:-1])
@refuses("decl.mentor-types")
def test_mentors_from_cohort_2025_on_are_not_retained(november: Api, backstage: Backstage, type: str) -> None:
    robert = backstage.person("mentor", cohort="2025")
    assert refusal(november, Api.declare, robert, type, "2025-11-10T09:00:00Z", **MENTORING) == NOT_RETAINED


@pytest.mark.parametrize("type", ["extended-1", "extended-2", "extended-3"])
@refuses("decl.mentor-types")
def test_nor_are_they_extended(november: Api, backstage: Backstage, type: str) -> None:
    robert = backstage.person("mentor", cohort="2025")
    backstage.put_on_schedule(robert, "2025/ecf-extended-september")
    assert refusal(november, Api.declare, robert, type, "2025-11-10T09:00:00Z", **MENTORING) == NOT_RETAINED


@EVERY_VERSION
@pytest.mark.parametrize("type", ["started", "completed"])
@accepts("decl.mentor-types")
def test_they_start_and_complete(november: Api, backstage: Backstage, type: str) -> None:
    robert, evidence = backstage.person("mentor", cohort="2025"), ENGAGED if type == "completed" else None
    declared = november.declare(robert, type, "2025-11-10T09:00:00Z", evidence_held=evidence, **MENTORING)
    assert declared.status == 200


@pytest.mark.parametrize("type", TYPES)
@accepts("decl.mentor-types")
def test_mentors_up_to_cohort_2024_reach_every_milestone(november: Api, mentor: str, type: str) -> None:
    assert november.change_schedule(mentor, "ecf-replacement-september", course="ecf-mentor").status == 200
    assert november.declare(mentor, type, "2025-11-10T09:00:00Z", **MENTORING).status == 200


@pytest.mark.parametrize("type", TYPES[1:-1])
@accepts("decl.mentor-types")
def test_ects_of_cohort_2025_reach_every_milestone(november: Api, backstage: Backstage, type: str) -> None:
    ada, evidence = backstage.person(cohort="2025"), ENGAGED if type == "retained-2" else "other"
    assert november.declare(ada, type, "2025-11-10T09:00:00Z", evidence_held=evidence).status == 200


@EVERY_BEHAVIOUR
@accepts("decl.mentor-completes")
def test_a_completed_mentor_is_funded_until_the_day_of_the_declaration(northgate: Api, marian: str) -> None:
    assert funding_ended(northgate, marian) == FUNDED
    complete(northgate, marian)
    assert funding_ended(northgate, marian) == COMPLETED


@pytest.mark.parametrize(("dated", "day"), [("2024-06-03T00:30:00+01:00", "2024-06-02")])
@accepts("decl.mentor-completes")
def test_that_day_is_a_day_in_utc(northgate: Api, marian: str, dated: str, day: str) -> None:
    complete(northgate, marian, dated)
    assert funding_ended(northgate, marian)[0] == day


@accepts("decl.mentor-completes")
def test_completing_moves_when_a_participant_was_last_changed(northgate: Api, marian: str) -> None:
    complete(northgate.at("2024-12-02T10:00:00Z"), marian)
    assert northgate.participant(marian)["updated_at"] == "2024-12-02T10:00:00Z"


@EVERY_BEHAVIOUR
@accepts("decl.mentor-completes", "void.unpaid")
def test_voiding_the_declaration_undoes_it(northgate: Api, marian: str) -> None:
    northgate.void(complete(northgate, marian))
    assert funding_ended(northgate, marian) == FUNDED


@accepts("decl.mentor-completes", "void.paid")
def test_so_does_voiding_it_once_it_is_paid(world: World, northgate: Api, marian: str) -> None:
    assert northgate.declare(marian, "started", "2022-10-03T09:00:00Z", **MENTORING).status == 200
    completed = complete(northgate, marian)
    world.clock.at = datetime(2025, 2, 26, 9, tzinfo=UTC)
    assert northgate.declaration(completed)["state"] == "paid"
    assert funding_ended(northgate, marian) == COMPLETED
    assert northgate.void(completed).attributes["state"] == "awaiting-clawback"
    assert funding_ended(northgate, marian) == FUNDED


@accepts("decl.mentor-completes")
def test_voiding_another_declaration_does_not(northgate: Api, marian: str) -> None:
    started = northgate.declare(marian, "started", "2022-10-03T09:00:00Z", **MENTORING).id
    complete(northgate, marian)
    northgate.void(started)
    assert funding_ended(northgate, marian) == COMPLETED


@EVERY_BEHAVIOUR
@accepts("decl.mentor-completes", "void.unpaid")
def test_nor_does_voiding_one_that_was_ineligible_while_another_stands(northgate: Api, backstage: Backstage) -> None:
    registered_twice = [backstage.person("mentor", cohort="2022", trn="7654321") for _ in range(2)]
    rival, ineligible = (complete(northgate, mentor, "2024-05-01T09:00:00Z") for mentor in registered_twice)
    assert northgate.declaration(ineligible)["state"] == "ineligible"
    northgate.void(rival)
    marian = registered_twice[1]
    standing = complete(northgate, marian)
    assert northgate.void(ineligible).attributes["state"] == "voided"
    assert funding_ended(northgate, marian) == COMPLETED
    northgate.void(standing)
    assert funding_ended(northgate, marian) == FUNDED


@accepts("decl.mentor-completes")
def test_a_mentor_may_complete_again_after_it_was_undone(northgate: Api, marian: str) -> None:
    northgate.void(complete(northgate, marian, "2024-05-01T09:00:00Z"))
    complete(northgate, marian)
    assert funding_ended(northgate, marian) == COMPLETED


@accepts("decl.mentor-completes")
def test_only_completing_ends_the_funding_and_only_a_mentors(northgate: Api, backstage: Backstage, marian: str) -> None:
    northgate.declare(marian, "retained-4", "2024-02-05T09:00:00Z", **MENTORING)
    assert funding_ended(northgate, marian) == FUNDED
    ada = backstage.person(cohort="2022", trn="7000003")
    assert northgate.declare(ada, "completed", "2024-06-03T09:00:00Z").status == 200
    record = backstage.training_record(ada)
    assert (record.mentor_funding_end_date, record.mentor_ineligible_for_funding_reason) == FUNDED


@accepts("decl.mentor-completes")
def test_what_ended_for_another_reason_stays_ended(northgate: Api, backstage: Backstage, marian: str) -> None:
    completed = complete(northgate, marian)
    record = backstage.training_record(marian, "mentor")
    backstage.change(
        record, mentor_funding_end_date=date(2024, 11, 1), mentor_ineligible_for_funding_reason="started_not_completed"
    )
    northgate.void(completed)
    assert funding_ended(northgate, marian) == ("2024-11-01", "started_not_completed")


@DEPLOYED
@accepts("decl.mentor-completes")
def test_in_the_deployed_service_a_duplicate_completes_nobody(northgate: Api, backstage: Backstage) -> None:
    first, second = (backstage.person("mentor", cohort="2022", trn="7654321") for _ in range(2))
    ineligible = [complete(northgate, mentor) for mentor in (first, second)][1]
    assert northgate.declaration(ineligible)["state"] == "ineligible"
    assert funding_ended(northgate, second) == FUNDED


@DEPLOYED
@accepts("decl.mentor-completes")
@pytest.mark.parametrize(
    ("reason", "on", "stays"),
    [("started_not_completed", "2024-07-31", True), ("completed_during_early_roll_out", "2021-04-19", False)],
)
def test_there_nobody_completes_whom_the_dfe_found_not_to(
    northgate: Api, backstage: Backstage, marian: str, reason: str, on: str, stays: bool
) -> None:
    found = {"mentor_funding_end_date": date.fromisoformat(on), "mentor_ineligible_for_funding_reason": reason}
    backstage.change(backstage.training_record(marian, "mentor"), **found)
    completed = complete(northgate, marian)
    assert (funding_ended(northgate, marian) == (on, reason)) is stays
    northgate.void(completed)
    assert funding_ended(northgate, marian) == ((on, reason) if stays else FUNDED)
