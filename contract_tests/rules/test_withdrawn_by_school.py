"""Training that a school has withdrawn: in the deployed service nothing is reported or declared of it."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage, Role

DATED = "2024-10-14T09:00:00Z"
EXTENDED = "ecf-extended-september"


@pytest.mark.parametrize("role", ["ect", "mentor"])
@behaviour("deployed")
@refuses("participant.course-matches", "decl.course-matches")
@accepts("participant.course-matches", "decl.course-matches")
def test_the_course_is_none_of_theirs_until_they_join_a_school(api: Api, stage: Backstage, role: Role) -> None:
    someone = stage.person(role)
    course, here = someone.course, api.enrolment(someone.id, someone.course)["school_urn"]
    stage.act("POST", f"/participants/{someone.id}/withdraw")
    with api.nothing_changes(someone.id):
        api.defer(someone.id, course=course).is_refused(422, "course_identifier")
        api.resume(someone.id, course).is_refused(422, "course_identifier")
        api.withdraw(someone.id, course=course).is_refused(422, "course_identifier")
        api.change_schedule(someone.id, EXTENDED, course).is_refused(422, "course_identifier")
        declaring = api.declare(someone.id, "started", DATED, course_identifier=course)
        declaring.is_refused(422, "course_identifier")
    urn = next(each["urn"] for each in partnerships(api) if each["urn"] != here)
    stage.act("POST", f"/participants/{someone.id}/join", urn=urn, on="2024-11-14")
    api.shows_training(someone.id, course, training_status="active", participant_status="active")
    api.change_schedule(someone.id, EXTENDED, course).is_accepted()
    api.declare(someone.id, "started", DATED, course_identifier=course).is_accepted()


@behaviour("documented")
@accepts("participant.course-matches", "decl.course-matches", "status.independent")
def test_by_the_guidance_the_provider_goes_on_reporting(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    stage.act("POST", f"/participants/{someone.id}/withdraw")
    api.declare(someone.id, "started", DATED).is_accepted()
    api.change_schedule(someone.id, EXTENDED).is_accepted()
    api.defer(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="deferred", participant_status="withdrawn")


@behaviour("deployed")
@refuses("participant.course-matches")
@accepts("status.independent")
def test_other_training_of_the_same_person_goes_on(api: Api, stage: Backstage) -> None:
    someone = stage.person().id
    stage.act("POST", f"/participants/{someone}/withdraw")
    stage.act("POST", "/participants", participant_id=someone, participant_type="mentor", cohort="2024")
    require_equal(someone, api.defer(someone, course="ecf-mentor").id)
    api.defer(someone).is_refused(422, "course_identifier")


@behaviour("deployed")
@accepts("status.independent")
def test_whom_a_withdrawn_mentor_mentored_has_no_mentor_at_once(api: Api, stage: Backstage) -> None:
    urn = partnerships(api)[0]["urn"]
    mentor = register(stage, urn, role="mentor")
    someone = register(stage, urn, mentor_id=mentor)
    stage.act("POST", f"/participants/{mentor}/withdraw")
    api.shows_training(someone, mentor_id=None)
