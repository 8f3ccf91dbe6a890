"""Who may not move out of a closed cohort, or back into it: each condition of the exception by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.marks import accepts, only, refuses
from contract_tests.target.backstage import STANDARD, Backstage, Person

CLOSED: Final = "2023"
BOTH: Final = ("schedule_identifier", "cohort")
NOVEMBER: Final = "2024-11-12T09:00:00Z"


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
