"""Training that the school has withdrawn: in the deployed service nothing can be reported or declared of it."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.model import Behaviour, ParticipantType
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal

COURSES = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
ACTS = {
    "defer": lambda api, id, course: api.defer(id, course=course),
    "resume": lambda api, id, course: api.resume(id, course),
    "withdraw": lambda api, id, course: api.withdraw(id, course=course),
    "change-schedule": lambda api, id, course: api.change_schedule(id, "ecf-extended-september", course),
    "declare": lambda api, id, course: api.declare(id, "started", "2024-10-01T09:00:00Z", course_identifier=course),
}


def withdrawn(role: ParticipantType, behaviour: Behaviour) -> tuple[World, str]:
    """Somebody whom the school has withdrawn."""
    world = World(behaviour=behaviour)
    backstage = Backstage(world)
    ada = backstage.person(role, starts_on=date(2024, 9, 2))
    backstage.withdraw_from_school(ada)
    return world, ada


@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
@pytest.mark.parametrize("role", ["ect", "mentor"])
@pytest.mark.parametrize("act", [*ACTS])
@refuses("participant.course-matches", "decl.course-matches")
def test_whatever_is_reported_of_it_the_course_is_none_of_theirs(act: str, role: ParticipantType, version: str) -> None:
    world, ada = withdrawn(role, "deployed")
    refused = refusal(world.api(version), lambda api: ACTS[act](api, ada, COURSES[role]))
    rules = "decl.course-matches" if act == "declare" else "participant.course-matches"
    assert (refused.status, refused.titles[0], refused.rules[0]) == (422, "course_identifier", rules)


@pytest.mark.parametrize("act", ["defer", "withdraw", "change-schedule", "declare"])
@accepts("status.independent")
def test_by_the_written_guidance_the_provider_goes_on_reporting(act: str) -> None:
    world, ada = withdrawn("ect", "documented")
    if act == "withdraw":
        assert ACTS["declare"](world.api(), ada, "ecf-induction").status == 200
    assert ACTS[act](world.api(), ada, "ecf-induction").status == 200
    assert world.api().enrolment(ada)["participant_status"] == "withdrawn"


@accepts("status.independent")
def test_other_training_of_the_same_person_goes_on() -> None:
    world, ada = withdrawn("ect", "deployed")
    mentor = Backstage(world).person("mentor", participant_id=ada)
    assert mentor == ada
    assert world.api().defer(ada, course="ecf-mentor").status == 200
    assert world.api().defer(ada).titles == ["course_identifier"]


@accepts("status.independent")
def test_whom_a_withdrawn_mentor_mentored_has_no_mentor_at_once() -> None:
    world = World(behaviour="deployed")
    backstage = Backstage(world)
    mentor = backstage.person("mentor", trn="7000002")
    ada = backstage.person(mentor_id=mentor, starts_on=date(2024, 9, 2))
    elsewhere = backstage.person(place=backstage.school(number=1), mentor_id=mentor, trn="7000003")
    backstage.withdraw_from_school(mentor)
    assert world.api().enrolment(ada)["mentor_id"] is None
    assert backstage.placement(elsewhere).mentor_id == mentor


@accepts("status.independent")
def test_an_ect_who_also_mentors_is_mentor_still_when_the_school_withdraws_the_ect() -> None:
    world = World(behaviour="deployed")
    backstage = Backstage(world)
    both = backstage.person(trn="7000002")
    ect = backstage.placement(both)
    backstage.person("mentor", participant_id=both)
    ada = backstage.person(mentor_id=both)
    backstage.withdraw_from_school(both, ect)
    assert backstage.placement(ada).mentor_id == both


def statuses(api: Api, participant_id: str) -> tuple[str, str]:
    """What v1 and v3 show of somebody's status."""
    v1 = Api(api.world, "v1", api.token).participant(participant_id)
    return v1["status"], api.enrolment(participant_id)["participant_status"]


@pytest.mark.parametrize("programme", ["school_led", "no_early_career_teachers"])
@accepts("status.derive")
def test_whoever_trains_at_a_school_that_chooses_another_programme_has_left_their_provider(programme: str) -> None:
    world = World(behaviour="deployed")
    backstage, api = Backstage(world), world.api()
    ada = backstage.person(starts_on=date(2024, 9, 2))
    backstage.choose_programme(backstage.school(), "2024", "provider_led")
    assert statuses(api, ada) == ("active", "active"), "it is the programme that it had"
    backstage.choose_programme(backstage.school(), "2024", programme)
    assert statuses(api, ada) == ("withdrawn", "left")
    assert api.get("/participants/ecf/" + ada + "/transfers").status == 404
    assert backstage.placement(ada).partnership_id is None


@accepts("status.derive")
def test_whoever_is_still_to_come_or_of_another_cohort_stays_with_their_provider() -> None:
    world = World(behaviour="deployed")
    backstage, api = Backstage(world), world.api()
    later = backstage.person(starts_on=date(2025, 1, 6))
    older = backstage.person(cohort="2023", place=backstage.school(), starts_on=date(2023, 9, 4), trn="7000002")
    backstage.choose_programme(backstage.school(), "2024", "no_early_career_teachers")
    assert statuses(api, later) == ("active", "joining")
    assert backstage.placement(older).ends_on is None
