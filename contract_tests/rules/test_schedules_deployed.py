"""A change of schedule in the deployed service: nearly everything wrong is said at once, an unknown name last."""

from __future__ import annotations

from datetime import date

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import move, partnerships, register
from contract_tests.target.backstage import STANDARD, Backstage

REDUCED, EXTENDED, APRIL = "ecf-reduced-september", "ecf-extended-september", "ecf-extended-april"
NO_SCHEDULES = ("ecf-standard-june", "standard-january", "x")


@refuses("sched.known")
@accepts("sched.known")
def test_a_name_that_no_schedule_has_is_no_action(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for name in NO_SCHEDULES:
            api.change_schedule(someone.id, name).is_refused(422, "Invalid action")
    api.change_schedule(someone.id, REDUCED).is_accepted()
    api.change_schedule(someone.id, STANDARD).is_accepted()


@refuses("sched.not-withdrawn")
@accepts("sched.known")
def test_and_is_not_looked_at_while_anything_else_is_wrong(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    with api.nothing_changes(someone.id):
        for name in NO_SCHEDULES:
            api.change_schedule(someone.id, name).is_refused(422, "participant_id")


@refuses("sched.cohort")
@accepts("sched.cohort")
def test_of_a_cohort_that_there_is_not_that_alone_is_said(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for cohort in ("1999", "2099", "next"):
            api.change_schedule(someone.id, REDUCED, cohort=cohort).is_refused(422, "cohort")
    api.change_schedule(someone.id, REDUCED, cohort=someone.cohort).is_accepted()
    api.change_schedule(someone.id, STANDARD).is_accepted()


@behaviour("deployed")
@refuses("participant.course-matches", "sched.course")
def test_of_a_course_that_there_is_not_it_says_that_no_schedule_serves_it(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for course in ("", "ecf"):
            changing = api.change_schedule(someone.id, REDUCED, course)
            changing.is_refused(422, "course_identifier", "schedule_identifier")
        api.change_schedule(someone.id, REDUCED, "ecf-mentor").is_refused(422, "course_identifier")


@behaviour("documented")
@refuses("participant.course-matches")
def test_by_the_guidance_the_course_alone_is_wrong(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for course in ("", "ecf", "ecf-mentor"):
            api.change_schedule(someone.id, REDUCED, course).is_refused(422, "course_identifier")


@refuses("sched.declared-milestone")
@accepts("sched.declared-milestone")
def test_a_schedule_without_what_was_declared_is_not_found(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2023", schedule=EXTENDED, declared=["started"])
    dated = someone.milestone("extended-1").middle
    extended = api.at(dated).declare(someone.id, "extended-1", dated).is_accepted()
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, REDUCED).is_refused(404)
    api.void(extended.id).is_accepted()
    api.change_schedule(someone.id, REDUCED).is_accepted()


@behaviour("deployed")
@refuses("sched.different")
@accepts("sched.different")
def test_after_a_move_each_provider_may_set_its_own_again(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person().id
    move(stage, someone, partnerships(rival)[0]["urn"], date(2024, 11, 4))
    rival.change_schedule(someone, APRIL).is_accepted()
    api.change_schedule(someone, STANDARD).is_accepted()
    with api.nothing_changes(someone):
        api.change_schedule(someone, STANDARD).is_refused(422, "schedule_identifier")


@behaviour("documented")
@refuses("sched.different")
def test_by_the_guidance_the_schedule_of_its_own_placement_is_the_same(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person().id
    move(stage, someone, partnerships(rival)[0]["urn"], date(2024, 11, 4))
    rival.change_schedule(someone, APRIL).is_accepted()
    with api.nothing_changes(someone):
        api.change_schedule(someone, STANDARD).is_refused(422, "schedule_identifier")


@behaviour("deployed")
@refuses("participant.placed-with-provider", "sched.partnership", "sched.different", "sched.identifier")
def test_of_another_providers_participant_everything_wrong_is_said_at_once(api: Api, stage: Backstage) -> None:
    theirs = register(stage, provider=stage.name_of(1))
    for name in (APRIL, "ecf-standard-june"):
        api.change_schedule(theirs, name).is_refused(422, "participant_id", "cohort")
    for name in (STANDARD, ""):
        api.change_schedule(theirs, name).is_refused(422, "participant_id", "schedule_identifier", "cohort")


@behaviour("documented")
@refuses("vis.participant")
def test_by_the_guidance_of_another_providers_participant_that_is_all_that_is_said(api: Api, stage: Backstage) -> None:
    theirs = register(stage, provider=stage.name_of(1))
    api.change_schedule(theirs, APRIL).is_refused(422, "participant_id")


@behaviour("deployed")
@refuses("participant.placed-with-provider", "withdraw.reason", "defer.reason")
def test_nor_is_a_reason_forgotten_of_somebody_elses(api: Api, stage: Backstage) -> None:
    theirs = register(stage, provider=stage.name_of(1))
    api.withdraw(theirs, reason="").is_refused(422, "participant_id", "reason")
    api.defer(theirs, reason="").is_refused(422, "participant_id", "reason")


@behaviour("deployed")
@refuses("sched.cohort-fixed", "sched.fits-declarations")
@accepts("sched.frozen-cohort", "sched.fits-declarations")
def test_after_a_move_out_of_a_closed_cohort_what_was_declared_there_binds_no_schedule(
    api: Api, stage: Backstage
) -> None:
    someone = _moved_out(api, stage)
    with api.nothing_changes(someone):
        api.change_schedule(someone, STANDARD, cohort="2025").is_refused(422, "cohort")
    api.change_schedule(someone, APRIL).is_accepted()


@behaviour("documented")
@refuses("sched.fits-declarations")
@accepts("sched.frozen-cohort")
def test_by_the_guidance_it_binds_still(api: Api, stage: Backstage) -> None:
    someone = _moved_out(api, stage)
    with api.nothing_changes(someone):
        api.change_schedule(someone, APRIL).is_refused(422, "schedule_identifier")


@refuses("sched.cohort-fixed", "sched.fits-declarations")
@accepts("sched.frozen-cohort")
def test_straight_out_of_a_closed_cohort_nobody_moves_to_2025(api: Api, stage: Backstage) -> None:
    someone = _stopped_halfway(stage)
    with api.nothing_changes(someone):
        moving = api.change_schedule(someone, STANDARD, cohort="2025")
        moving.is_refused(422, "schedule_identifier", "cohort")
    api.change_schedule(someone, STANDARD, cohort="2024").is_accepted()


@pytest.mark.parametrize("voided", [False, True])
@accepts("sched.frozen-cohort")
def test_what_is_said_of_the_move_goes_when_they_go_back_unless_nothing_billable_is_left(
    api: Api, v3: Api, stage: Backstage, voided: bool
) -> None:
    someone = _moved_out(api, stage)
    if voided:
        (declared,) = api.get("/participant-declarations", **{"filter[participant_id]": someone}).ids
        api.void(declared).is_accepted()
    api.change_schedule(someone, STANDARD, cohort="2023").is_accepted()
    expected = voided and stage.behaviour == "deployed"
    shown = v3.enrolment(someone)
    require_equal(("2023", expected), (shown["cohort"], shown["cohort_changed_after_payments_frozen"]))


def _stopped_halfway(stage: Backstage) -> str:
    """An ECT of 2023 who has started, and whose cohort the DfE has closed since."""
    someone = stage.person(cohort="2023", declared=["started"]).id
    stage.act("POST", "/cohorts/2023/close")
    return someone


def _moved_out(api: Api, stage: Backstage) -> str:
    """The same, once they have moved to 2024."""
    someone = _stopped_halfway(stage)
    api.change_schedule(someone, STANDARD, cohort="2024").is_accepted()
    return someone
