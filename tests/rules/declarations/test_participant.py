"""Who can be declared: someone the provider sees, for the course they are on, when they train for it with it."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.model import ValidationStatus
from tests.api import Api
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_VERSION

pytestmark = EVERY_VERSION

NOBODY = "00000000-0000-4000-8000-000000000000"
AMELIA, RETIRED = "a9189c4b-7993-4015-bffc-ff9ae8392cdd", "439ac4fe-a003-417f-9694-07c45b3482f8"
UNKNOWN = over("participant_id", "decl.participant-known")
DATED = "2024-10-14T09:00:00Z"


@pytest.mark.parametrize("id", [NOBODY, "ada", "", " "])
@refuses("decl.participant-known")
def test_nobody_known_is_declared(northgate: Api, id: str) -> None:
    assert refusal(northgate, Api.declare, id, "started", DATED) == UNKNOWN


@refuses("decl.participant-known")
@accepts("decl.participant-known")
def test_a_participant_is_declared_by_their_own_provider_and_no_other(harbour: Api, northgate: Api, ect: str) -> None:
    assert refusal(harbour, Api.declare, ect, "started", DATED) == UNKNOWN
    assert northgate.declare(ect, "started", DATED).attributes["participant_id"] == ect


@refuses("decl.participant-known")
def test_nobody_is_declared_through_a_partnership_that_the_school_challenged(
    northgate: Api, backstage: Backstage, ect: str
) -> None:
    school = backstage.school()
    (partnership,) = [p for p in backstage.partnerships("northgate", "2024") if p.school_id == school.id]
    backstage.challenge(partnership)
    assert refusal(northgate, Api.declare, ect, "started", DATED) == UNKNOWN


@accepts("decl.participant-known")
def test_an_id_is_known_whatever_its_capitals(northgate: Api, ect: str) -> None:
    assert northgate.declare(ect.upper(), "started", DATED).attributes["participant_id"] == ect


@accepts("decl.participant-known")
def test_what_is_declared_of_a_retired_id_is_declared_of_the_remaining_one(northgate: Api) -> None:
    spring = northgate.at("2025-02-03T09:00:00Z")
    reply = spring.declare(RETIRED, "retained-1", "2025-02-01T09:00:00Z", course_identifier="ecf-mentor")
    assert reply.attributes["participant_id"] == AMELIA


@pytest.mark.parametrize("status", ["contacted_for_information", "dfe_checking_eligibility"])
@refuses("vis.validated-only")
def test_nobody_is_declared_before_the_dfe_has_validated_them(
    northgate: Api, backstage: Backstage, status: ValidationStatus
) -> None:
    waiting = backstage.person(validated=status)
    assert refusal(northgate, Api.declare, waiting, "started", DATED) == over("participant_id", "vis.validated-only")


@DEPLOYED
@pytest.mark.parametrize("status", ["contacted_for_information", "dfe_checking_eligibility"])
@accepts("decl.participant-known", "decl.eligible")
def test_the_deployed_service_takes_them_and_leaves_them_submitted(
    northgate: Api, backstage: Backstage, status: ValidationStatus
) -> None:
    waiting = backstage.person(validated=status)
    assert northgate.declare(waiting, "started", DATED).attributes["state"] == "submitted"


@pytest.mark.parametrize("course", ["ecf-mentor", "ecf-headship", "ECF-INDUCTION", "npq", ""])
@refuses("decl.course-matches")
def test_an_ect_is_declared_for_no_other_course(northgate: Api, ect: str, course: str) -> None:
    refused = refusal(northgate, Api.declare, ect, "started", DATED, course_identifier=course)
    assert refused == over("course_identifier", "decl.course-matches")


@refuses("decl.course-matches")
def test_a_mentor_is_not_declared_for_induction(northgate: Api, mentor: str) -> None:
    assert refusal(northgate, Api.declare, mentor, "started", DATED) == over("course_identifier", "decl.course-matches")


@accepts("decl.course-matches", "decl.npq-retired")
def test_an_ect_is_declared_for_induction_and_a_mentor_for_mentoring(northgate: Api, ect: str, mentor: str) -> None:
    assert northgate.declare(ect, "started", DATED).status == 200
    assert northgate.declare(mentor, "started", DATED, course_identifier="ecf-mentor").status == 200


@pytest.mark.parametrize("validated", ["eligible_to_start", "checking_qts"])
@refuses("decl.placed-with-provider")
@accepts("decl.placed-with-provider")
def test_an_ect_who_mentors_with_another_provider_is_declared_by_each_for_its_own_course(
    northgate: Api, harbour: Api, backstage: Backstage, ect: str, validated: ValidationStatus
) -> None:
    backstage.person("mentor", provider="harbour", validated=validated, participant_id=ect)
    elsewhere = over("participant_id", "decl.placed-with-provider")
    assert refusal(northgate, Api.declare, ect, "started", DATED, course_identifier="ecf-mentor") == elsewhere
    assert refusal(harbour, Api.declare, ect, "started", DATED) == elsewhere
    assert northgate.declare(ect, "started", DATED).status == 200
    assert harbour.declare(ect, "started", DATED, course_identifier="ecf-mentor").status == 200


@pytest.mark.parametrize("course", ["npq-leading-teaching", "npq-"])
@refuses("decl.npq-retired")
def test_npq_courses_are_refused_before_anything_else_is_looked_at(northgate: Api, course: str) -> None:
    refused = refusal(northgate, Api.declare, NOBODY, "", "", course_identifier=course)
    assert refused == over("course_identifier", "decl.npq-retired")


@DEPLOYED
@refuses("decl.placed-with-provider", "decl.milestone-end", "decl.course-matches")
def test_the_deployed_service_asks_whose_they_are_after_the_date_and_the_course(harbour: Api, ect: str) -> None:
    assert refusal(harbour, Api.declare, ect, "started", DATED) == over("participant_id", "decl.placed-with-provider")
    spring = harbour.at("2025-02-03T09:00:00Z")
    too_late = over("declaration_date", "decl.milestone-end")
    assert refusal(spring, Api.declare, ect, "started", "2025-01-06T09:00:00Z") == too_late
    other_course = refusal(harbour, Api.declare, ect, "started", DATED, course_identifier="ecf-mentor")
    assert other_course == over("course_identifier", "decl.course-matches")


@DEPLOYED
@refuses("decl.participant-known", "decl.type-given")
def test_of_somebody_unknown_it_judges_the_date_and_the_type_alone(northgate: Api) -> None:
    refused = refusal(northgate, Api.declare, NOBODY, "", DATED, course_identifier="ecf-headship")
    assert refused.rules == ["decl.participant-known", "decl.type-given"]


@DEPLOYED
@refuses("decl.participant-known")
@accepts("id-change")
def test_there_a_retired_id_is_declared_for_the_courses_trained_under_it_only(northgate: Api) -> None:
    spring = northgate.at("2025-02-03T09:00:00Z")
    assert refusal(spring, Api.declare, RETIRED, "retained-1", "2025-02-01T09:00:00Z") == UNKNOWN
    reply = spring.declare(RETIRED, "retained-1", "2025-02-01T09:00:00Z", course_identifier="ecf-mentor")
    assert reply.attributes["participant_id"] == AMELIA


@DEPLOYED
@refuses("decl.placed-with-provider")
@accepts("decl.placed-with-provider", "transfer.declare-after", "decl.milestone-exists")
def test_there_a_former_provider_declares_until_the_new_one_changes_the_schedule(
    northgate: Api, harbour: Api, backstage: Backstage, ect: str
) -> None:
    backstage.transfer(ect, backstage.school("harbour"), date(2024, 11, 4))
    first = northgate.declare(ect, "started", DATED)
    assert first.status == 200
    assert northgate.void(first.id).status == 200
    assert harbour.change_schedule(ect, "ecf-extended-september").status == 200
    refused = refusal(northgate, Api.declare, ect, "started", DATED)
    assert refused == over("participant_id", "decl.placed-with-provider")
