"""A participant changes schedule."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import Unavailable, require_equal
from contract_tests.lists import DECLARATIONS
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import move, partnerships
from contract_tests.target.backstage import STANDARD, Backstage

REDUCED: Final = "ecf-reduced-september"
JANUARY: Final = "ecf-standard-january"
CLOSED: Final = "2023"
FOR_BOTH: Final = [
    f"ecf-{kind}-{month}" for kind in ("standard", "reduced", "extended") for month in ("september", "january", "april")
]
FOR_MENTORS: Final = [f"ecf-replacement-{month}" for month in ("september", "january", "april")]


@refuses("sched.identifier")
def test_without_a_schedule_nothing_changes(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, "").is_refused(422, "schedule_identifier")


@behaviour("documented")
@refuses("sched.identifier")
def test_a_schedule_there_is_not_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for name in ("ecf-standard-june", "standard-january", "x"):
            api.change_schedule(someone.id, name).is_refused(422, "schedule_identifier")
        for cohort in ("1999", "2099"):
            api.change_schedule(someone.id, REDUCED, cohort=cohort).is_refused(422, "schedule_identifier")


@accepts("sched.identifier", "sched.course")
def test_an_ect_may_train_on_any_schedule_but_those_for_replacement_mentors(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for name in (*FOR_BOTH[1:], STANDARD):
        api.change_schedule(someone.id, name).is_accepted()
        api.shows_training(someone.id, schedule_identifier=name)


@refuses("sched.course")
def test_replacement_schedules_are_not_for_ects(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for name in FOR_MENTORS:
            api.change_schedule(someone.id, name).is_refused(422, "schedule_identifier")


@accepts("sched.course")
def test_they_are_for_mentors(api: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor")
    for name in (*FOR_MENTORS, STANDARD):
        api.change_schedule(mentor.id, name, mentor.course).is_accepted()
        api.shows_training(mentor.id, mentor.course, schedule_identifier=name)


@refuses("sched.not-withdrawn")
def test_the_schedule_of_someone_withdrawn_does_not_change(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, "ecf-extended-september").is_refused(422, "participant_id")


@accepts("sched.not-withdrawn")
def test_that_of_someone_on_a_break_does(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    api.change_schedule(someone.id, REDUCED).is_accepted()
    api.shows_training(someone.id, schedule_identifier=REDUCED, training_status="deferred")
    api.change_schedule(someone.id, STANDARD).is_accepted()


@refuses("sched.different")
def test_the_schedule_they_are_on_is_none_to_change_to(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024")
    with api.nothing_changes(someone.id):
        for others in ({}, {"cohort": "2024"}, {"cohort": 2024}):
            api.change_schedule(someone.id, STANDARD, **others).is_refused(422, "schedule_identifier")


@accepts("sched.different")
def test_once_they_have_left_it_they_may_come_back_to_it(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.change_schedule(someone.id, REDUCED).is_accepted()
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, REDUCED).is_refused(422, "schedule_identifier")
    api.change_schedule(someone.id, STANDARD).is_accepted()
    api.shows_training(someone.id, schedule_identifier=STANDARD)


@refuses("sched.fits-declarations")
def test_what_was_declared_must_lie_in_the_milestones_of_the_new_schedule(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024", declared=["started"])
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, JANUARY).is_refused(422, "schedule_identifier")


@accepts("sched.fits-declarations")
def test_where_it_does_the_schedule_changes_and_the_declaration_stays(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024", declared=["started"])
    about = {"filter[participant_id]": someone.id}
    declared: list[Any] = api.get(DECLARATIONS, **about).data
    if any(each["attributes"]["declaration_date"] <= "2024-09-01T00:00:00Z" for each in declared):
        raise Unavailable("nobody of cohort 2024 who started after the summer")
    api.change_schedule(someone.id, REDUCED).is_accepted()
    api.shows_training(someone.id, schedule_identifier=REDUCED)
    require_equal(declared, api.get(DECLARATIONS, **about).data)
    api.change_schedule(someone.id, STANDARD).is_accepted()


@pytest.mark.parametrize(
    ("before", "after", "dated", "fits"),
    [
        (STANDARD, REDUCED, "2024-09-01T00:00:00Z", False),
        (STANDARD, REDUCED, "2024-09-01T00:00:01Z", True),
        (REDUCED, STANDARD, "2024-12-31T23:59:59Z", True),
        (REDUCED, STANDARD, "2025-01-01T00:00:00Z", False),
    ],
)
@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations")
def test_it_lies_inside_after_the_first_moment_and_up_to_the_last_day(
    api: Api, backstage: Backstage, before: str, after: str, dated: str, fits: bool
) -> None:
    someone, spring = backstage.person(schedule=before), api.at("2025-02-03T09:00:00Z")
    made = spring.declare(someone.id, "started", dated).is_accepted()
    changed = spring.change_schedule(someone.id, after)
    if fits:
        changed.is_accepted()
    else:
        changed.is_refused(422, "schedule_identifier")
    spring.void(made.id).is_accepted()
    if fits:
        spring.change_schedule(someone.id, before).is_accepted()


@accepts("sched.fits-declarations")
def test_once_what_does_not_fit_is_voided_the_schedule_changes(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024")
    declared = api.declare(someone.id, "started", someone.milestone().middle).is_accepted()
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, JANUARY).is_refused(422, "schedule_identifier")
    api.void(declared.id).is_accepted()
    api.change_schedule(someone.id, JANUARY).is_accepted()
    api.change_schedule(someone.id, STANDARD).is_accepted()


@refuses("sched.cohort-fixed")
def test_with_something_declared_the_cohort_is_fixed(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024", declared=["started"])
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, REDUCED, cohort="2023").is_refused(422, "cohort")


@accepts("sched.cohort-fixed", "sched.partnership")
def test_with_nothing_declared_it_may_change_where_provider_and_school_are_partners(
    api: Api, backstage: Backstage
) -> None:
    id = _registered(backstage, "2024")
    api.change_schedule(id, "ecf-standard-april", cohort="2023").is_accepted()
    shown = {"cohort": "2023", "schedule_identifier": "ecf-standard-april"}
    api.shows_training(id, **shown, cohort_changed_after_payments_frozen=False)


@accepts("sched.cohort-fixed")
def test_what_was_voided_fixes_nothing(api: Api, backstage: Backstage) -> None:
    id = _registered(backstage, "2024")
    api.void(api.declare(id, "started", "2024-11-01T09:00:00Z").id).is_accepted()
    api.change_schedule(id, REDUCED, cohort="2023").is_accepted()
    api.shows_training(id, cohort="2023")


@refuses("sched.partnership")
def test_where_they_are_none_it_may_not(api: Api, backstage: Backstage) -> None:
    id = _registered(backstage, "2024")
    urn = api.enrolment(id)["school_urn"]
    (partnership,) = [each["id"] for each in partnerships(backstage.provider(), "2023") if each["urn"] == urn]
    backstage.act("POST", f"/partnerships/{partnership}/challenge")
    with api.nothing_changes(id):
        api.change_schedule(id, REDUCED, cohort="2023").is_refused(422, "cohort")


@refuses("sched.partnership")
def test_what_was_made_for_one_persons_transfer_lets_nobody_change_cohort(
    api: Api, rival: Api, stage: Backstage
) -> None:
    there = partnerships(rival)[0]["urn"]
    for cohort in ("2023", "2024"):
        someone = stage.person(cohort=cohort).id
        move(stage, someone, there, date(2024, 11, 14), keeps_provider=True)
    with api.nothing_changes(someone):
        api.change_schedule(someone, REDUCED, cohort="2023").is_refused(422, "cohort")
    api.change_schedule(someone, REDUCED).is_accepted()  # while the cohort stays


@accepts("sched.frozen-cohort")
def test_an_ect_stopped_halfway_in_a_closed_cohort_moves_to_2024_and_back(api: Api, backstage: Backstage) -> None:
    id = _stopped_halfway(backstage, ["started"])
    api.change_schedule(id, STANDARD, cohort="2024").is_accepted()
    api.shows_training(id, cohort="2024", cohort_changed_after_payments_frozen=True)
    api.change_schedule(id, STANDARD, cohort=CLOSED).is_accepted()
    api.shows_training(id, cohort=CLOSED, cohort_changed_after_payments_frozen=False)


@refuses("sched.cohort-fixed", "sched.fits-declarations")
def test_there_is_no_other_cohort_to_move_to(api: Api, backstage: Backstage) -> None:
    halfway = _stopped_halfway(backstage, ["started"])
    with api.nothing_changes(halfway):
        for cohort in ("2021", "2022"):
            moved = api.change_schedule(halfway, STANDARD, cohort=cohort)
            moved.is_refused(422, "schedule_identifier", "cohort")


@refuses("sched.cohort-fixed", "sched.fits-declarations")
def test_nor_a_move_with_completed_declared(api: Api, backstage: Backstage) -> None:
    completed = _stopped_halfway(backstage, ["started", "completed"])
    with api.nothing_changes(completed):
        moved = api.change_schedule(completed, STANDARD, cohort="2024")
        moved.is_refused(422, "schedule_identifier", "cohort")


@accepts("sched.effect")
def test_the_schedule_changes_and_nothing_else(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    before = api.enrolment(someone.id)
    api.change_schedule(someone.id, REDUCED).is_accepted()
    after = api.enrolment(someone.id)
    require_equal(REDUCED, after["schedule_identifier"])
    changed = {"schedule_identifier", "updated_at"}
    require_equal(
        {n: v for n, v in before.items() if n not in changed}, {n: v for n, v in after.items() if n not in changed}
    )
    api.change_schedule(someone.id, STANDARD).is_accepted()


@accepts("sched.effect")
def test_what_is_declared_from_then_on_is_declared_on_the_new_schedule(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024")
    api.change_schedule(someone.id, JANUARY).is_accepted()
    with api.nothing_changes(someone.id):
        early = api.declare(someone.id, "started", someone.milestone().middle)
        early.is_refused(422, "declaration_date")
    api.change_schedule(someone.id, STANDARD).is_accepted()


def _registered(backstage: Backstage, cohort: str) -> str:
    """An ECT new at a school that is partnered with the provider in every cohort."""
    return str(backstage.act("POST", "/participants", cohort=cohort)["participant"]["id"])


def _stopped_halfway(backstage: Backstage, declared: list[str]) -> str:
    """An ECT of a cohort that the DfE has closed since, with these declared while it was open."""
    id = backstage.person(cohort=CLOSED, declared=declared).id
    backstage.act("POST", f"/cohorts/{CLOSED}/close")
    return id
