"""Of whom a declaration may be made, for which course, and what is named when several things are at fault."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.marks import accepts, refuses
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage, Role

NOBODY = "00000000-0000-4000-8000-000000000000"
DATED = "2024-10-14T09:00:00Z"
LONG_AGO = "2021-09-15T09:00:00Z"  # past wherever there is anybody to declare
FUTURE = "2090-01-01T00:00:00Z"
DECLARATIONS = "/participant-declarations"
NPQ = ("npq-leading-teaching", "npq-senior-leadership", "npq-headship", "npq-")


@refuses("decl.npq-retired")
def test_npq_courses_are_refused_before_anything_else_is_looked_at(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for course in NPQ:
            api.declare(someone.id, "started", DATED, course_identifier=course).is_refused(422, "course_identifier")
            api.declare(NOBODY, "", "", course_identifier=course).is_refused(422, "course_identifier")


@accepts("decl.npq-retired", "decl.course-matches", "decl.placed-with-provider", "decl.type-given")
def test_an_ect_is_declared_for_induction_and_a_mentor_for_mentoring(api: Api, backstage: Backstage) -> None:
    for someone in (backstage.person("ect"), backstage.person("mentor")):
        made = api.declare(someone.id, "started", DATED, course_identifier=someone.course)
        made.is_accepted().shows(course_identifier=someone.course, declaration_type="started")
        api.void(made.id).is_accepted()


@refuses("decl.participant-known")
def test_nobody_unknown_is_declared(api: Api) -> None:
    of_nobody = {"declaration_type": "started", "declaration_date": LONG_AGO, "course_identifier": "ecf-induction"}
    with api.nothing_changes():
        api.post(DECLARATIONS, **of_nobody).is_refused(422, "participant_id")
        for id in (NOBODY, "ada", ""):
            api.post(DECLARATIONS, **of_nobody, participant_id=id).is_refused(422, "participant_id")


@refuses("decl.participant-known", "decl.placed-with-provider")
@accepts("decl.participant-known")
def test_a_participant_is_declared_by_their_own_provider_and_no_other(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        rival.declare(someone.id, "started", DATED).is_refused(422, "participant_id")
    made = api.declare(someone.id, "started", DATED)
    made.is_accepted().shows(participant_id=someone.id)
    api.void(made.id).is_accepted()


@refuses("decl.type-given")
def test_a_declaration_without_a_type_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    untyped = {"participant_id": someone.id, "declaration_date": DATED, "course_identifier": someone.course}
    with api.nothing_changes(someone.id):
        api.post(DECLARATIONS, **untyped).is_refused(422, "declaration_type")
        api.post(DECLARATIONS, **untyped, declaration_type="").is_refused(422, "declaration_type")


@refuses("decl.participant-known", "decl.date-given", "decl.type-given")
def test_without_attributes_three_things_are_at_fault_in_this_order(api: Api, backstage: Backstage) -> None:
    names = ("participant_id", "declaration_date", "declaration_type", "course_identifier", "evidence_held")
    nothing: list[dict[str, Any]] = [
        {"type": "participant-declaration"},
        *({"attributes": attributes} for attributes in ({}, dict.fromkeys(names), dict.fromkeys(names, ""))),
    ]
    with api.nothing_changes():
        for data in nothing:
            refused = api.send("POST", DECLARATIONS, json={"data": data})
            refused.is_refused(422, "participant_id", "declaration_date", "declaration_type")


@pytest.mark.parametrize(
    ("role", "courses"),
    [("ect", ("ecf-mentor", "ecf-headship", "ECF-INDUCTION", "")), ("mentor", ("ecf-induction",))],
)
@refuses("decl.course-matches")
def test_nobody_is_declared_for_a_course_they_are_not_on(
    api: Api, backstage: Backstage, role: Role, courses: tuple[str, ...]
) -> None:
    someone = backstage.person(role)
    with api.nothing_changes(someone.id):
        for course in courses:
            refused = api.declare(someone.id, "started", DATED, course_identifier=course)
            refused.is_refused(422, "course_identifier")


@refuses("decl.placed-with-provider")
@accepts("decl.placed-with-provider")
def test_an_ect_who_mentors_with_another_provider_is_declared_by_each_for_its_own_course(
    api: Api, rival: Api, stage: Backstage
) -> None:
    ada = stage.person()
    elsewhere = partnerships(rival)[0]["urn"]
    register(stage, elsewhere, role="mentor", participant_id=ada.id)
    mentoring = {"course_identifier": "ecf-mentor"}
    with api.nothing_changes(ada.id):
        api.declare(ada.id, "started", DATED, **mentoring).is_refused(422, "participant_id")
        rival.declare(ada.id, "started", DATED).is_refused(422, "participant_id")
    api.declare(ada.id, "started", DATED).is_accepted()
    rival.declare(ada.id, "started", DATED, **mentoring).is_accepted()


@refuses("decl.participant-known", "decl.date-not-future")
def test_of_someone_unknown_the_date_is_looked_at_all_the_same(api: Api, backstage: Backstage) -> None:
    api.declare(NOBODY, "retained-9", FUTURE).is_refused(422, "participant_id", "declaration_date")


@refuses("decl.type-given", "decl.date-format")
def test_a_missing_type_is_named_before_a_date_that_is_none(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.declare(someone.id, "", "2024-10-14").is_refused(422, "declaration_type", "declaration_date")


@refuses("decl.date-not-future", "decl.milestone-end")
def test_two_faults_of_one_attribute_share_an_entry(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.declare(someone.id, "started", FUTURE).is_refused(422, "declaration_date")


@refuses("decl.milestone-start", "decl.milestone-exists", "decl.one-per-milestone")
def test_what_is_at_fault_is_named_in_the_order_of_the_rules(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    early = f"{someone.milestone().starts.year}-01-01T00:00:00Z"
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "started", early).is_refused(422, "declaration_date", "base")
        api.declare(someone.id, "extended-1", FUTURE).is_refused(422, "declaration_date", "declaration_type")


@refuses("decl.date-given", "decl.type-given", "decl.milestone-exists", "decl.one-per-milestone")
@accepts("decl.course-matches")
def test_whatever_is_missing_the_rest_is_judged(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "", "").is_refused(422, "declaration_date", "declaration_type")
        api.declare(someone.id, "started", "").is_refused(422, "declaration_date", "base")
        api.declare(someone.id, "extended-1", "").is_refused(422, "declaration_date", "declaration_type")
        api.declare(someone.id, "", FUTURE).is_refused(422, "declaration_type", "declaration_date")
        unmatched = api.declare(someone.id, "", DATED, course_identifier="ecf-mentor")
        unmatched.is_refused(422, "declaration_type")


@refuses("decl.cohort-open", "decl.one-per-milestone", "decl.milestone-exists")
def test_that_a_cohort_is_over_is_said_before_what_the_type_is_refused_for(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    over = api.at("2090-06-01T09:00:00Z")
    with api.nothing_changes(someone.id):
        over.declare(someone.id, "started", "2024-10-15T09:00:00Z").is_refused(422, "cohort", "base")
        over.declare(someone.id, "extended-1", DATED).is_refused(422, "cohort", "declaration_type")
        over.declare(someone.id, "started", LONG_AGO).is_refused(422, "declaration_date", "cohort", "base")


@refuses("decl.date-not-future")
@accepts("decl.course-matches")
def test_the_course_is_looked_at_only_when_nothing_before_it_is_at_fault(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        refused = api.declare(someone.id, "started", FUTURE, course_identifier="ecf-headship")
        refused.is_refused(422, "declaration_date")


@refuses("decl.course-matches", "decl.one-per-milestone")
def test_the_evidence_is_looked_at_last(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    dated = someone.milestone("retained-1").middle
    later, wrong = api.at(dated), {"evidence_held": "hearsay"}
    elsewhere = later.declare(someone.id, "retained-1", dated, course_identifier="ecf-mentor", **wrong)
    elsewhere.is_refused(422, "course_identifier")
    made = later.declare(someone.id, "retained-1", dated).is_accepted()
    later.declare(someone.id, "retained-1", dated, **wrong).is_refused(422, "base")
    later.void(made.id).is_accepted()
