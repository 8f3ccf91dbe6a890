"""Who may not move out of a closed cohort, or back into it: each condition of the exception by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import register
from contract_tests.target.backstage import STANDARD, Backstage, Person

CLOSED: Final = "2023"
JANUARY: Final = "ecf-standard-january"
BOTH: Final = ("schedule_identifier", "cohort")
NOVEMBER: Final = "2024-11-12T09:00:00Z"
MOMENT_BEFORE, CLOSED_AT, MOMENT_AFTER = "2024-11-18T11:59:59Z", "2024-11-18T12:00:00Z", "2024-11-18T12:00:01Z"


def _a_mentor(stage: Backstage) -> Person:
    return stage.person("mentor", cohort=CLOSED, declared=["started"])


def _whose_induction_has_ended(stage: Backstage) -> Person:
    someone = stage.person(cohort=CLOSED, declared=["started"])
    stage.act("PUT", f"/participants/{someone.id}/induction-end", on="2024-11-01")
    return someone


def _of_whom_nothing_is_billable(stage: Backstage) -> Person:
    return stage.person(cohort=CLOSED, declared=["started"], validation="checking_qts")


@only("v3")
@refuses("sched.cohort-fixed", "sched.fits-declarations")
@accepts("sched.frozen-cohort")
@pytest.mark.parametrize("who", [_a_mentor, _whose_induction_has_ended, _of_whom_nothing_is_billable])
def test_not_everybody_moves_out_of_a_closed_cohort(
    api: Api, stage: Backstage, who: Callable[[Backstage], Person]
) -> None:
    someone, anybody = who(stage), stage.person(cohort=CLOSED, declared=["started"])
    with api.nothing_changes(anybody.id):
        api.change_schedule(anybody.id, STANDARD, cohort="2024").is_refused(422, *BOTH)
    stage.act("POST", f"/cohorts/{CLOSED}/close")
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, STANDARD, someone.course, cohort="2024").is_refused(422, *BOTH)
    api.change_schedule(anybody.id, STANDARD, cohort="2024").is_accepted()


@only("v3")
@refuses("sched.cohort-fixed", "sched.fits-declarations")
@accepts("sched.frozen-cohort")
def test_whoever_moved_out_goes_back_while_nothing_is_declared_of_2024(api: Api, stage: Backstage) -> None:
    someone = stage.person(cohort=CLOSED, declared=["started"])
    stage.act("POST", f"/cohorts/{CLOSED}/close")
    api.change_schedule(someone.id, STANDARD, cohort="2024").is_accepted()
    spring = api.at("2025-02-12T09:00:00Z")
    made = spring.declare(someone.id, "retained-1", "2025-02-11T09:00:00Z").is_accepted()
    with spring.nothing_changes(someone.id):
        spring.change_schedule(someone.id, STANDARD, cohort=CLOSED).is_refused(422, *BOTH)
    spring.void(made.id).is_accepted()
    spring.change_schedule(someone.id, STANDARD, cohort=CLOSED).is_accepted()
    api.shows_training(someone.id, cohort=CLOSED, cohort_changed_after_payments_frozen=False)


@only("v3")
@refuses("sched.cohort-fixed")
@accepts("sched.frozen-cohort")
def test_at_a_time_before_it_is_closed_nobody_moves_out_or_goes_back(api: Api, stage: Backstage) -> None:
    stays, moves = (stage.person(cohort=CLOSED, declared=["started"]) for _ in range(2))
    stage.act("POST", f"/cohorts/{CLOSED}/close", at=CLOSED_AT)
    before, after = api.at(MOMENT_BEFORE), api.at(MOMENT_AFTER)
    api.at(CLOSED_AT).change_schedule(moves.id, STANDARD, cohort="2024").is_accepted()
    for someone, cohort, titles in ((stays, "2024", BOTH), (moves, CLOSED, ["cohort"])):
        with after.nothing_changes(someone.id):
            before.change_schedule(someone.id, STANDARD, cohort=cohort).is_refused(422, *titles)
    after.change_schedule(moves.id, STANDARD, cohort=CLOSED).is_accepted()
    after.shows_training(moves.id, cohort=CLOSED, cohort_changed_after_payments_frozen=False)


@only("v3")
@behaviour("deployed")
@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations")
def test_until_then_what_was_declared_in_it_binds_whoever_has_moved_out(api: Api, stage: Backstage) -> None:
    someone = stage.person(cohort=CLOSED, declared=["started"])
    stage.act("POST", f"/cohorts/{CLOSED}/close", at=CLOSED_AT)
    after = api.at(MOMENT_AFTER)
    after.change_schedule(someone.id, STANDARD, cohort="2024").is_accepted()
    with after.nothing_changes(someone.id):
        api.at(MOMENT_BEFORE).change_schedule(someone.id, JANUARY).is_refused(422, "schedule_identifier")
    after.change_schedule(someone.id, JANUARY).is_accepted()


@only("v3")
@behaviour("deployed")
@accepts("sched.frozen-cohort")
def test_nor_does_a_mentor_come_out_by_then(api: Api, stage: Backstage) -> None:
    mentor = stage.person("mentor", cohort=CLOSED)
    stage.act("POST", f"/cohorts/{CLOSED}/close", at=CLOSED_AT)
    for at, cohort in ((MOMENT_BEFORE, CLOSED), (CLOSED_AT, "2024")):
        register(stage, at=at, mentor_id=mentor.id)
        api.at(MOMENT_AFTER).shows_training(mentor.id, mentor.course, cohort=cohort)
