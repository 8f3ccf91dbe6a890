"""When a milestone may be declared: of which schedules, and from which day to which."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product

import pytest

from contract_tests.api import Api, Reply
from contract_tests.calendar import EXTENSIONS, SEASONS, milestones
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.target.backstage import Backstage, Person
from contract_tests.target.sandbox_backstage import evidence_for

SECOND = timedelta(seconds=1)
AFTERWARDS = "2029-01-01T00:00:00Z"
SCHEDULES = [
    *product(("2021", "2022", "2023", "2024", "2025"), [f"ecf-standard-{season}" for season in SEASONS]),
    ("2024", "ecf-reduced-september"),
    ("2024", "ecf-extended-january"),
    ("2025", "ecf-reduced-april"),
]
of_every_schedule = pytest.mark.parametrize(("cohort", "schedule"), SCHEDULES)


@refuses("decl.milestone-start")
def test_nothing_may_be_dated_before_its_milestone_opens(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        early = api.declare(someone.id, "started", someone.milestone().opens - SECOND)
        early.is_refused(422, "declaration_date")


@accepts("decl.milestone-start")
def test_a_milestone_may_be_dated_on_the_first_moment_it_is_open(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    made = api.declare(someone.id, "started", someone.milestone().opens)
    made.is_accepted().shows(declaration_type="started", participant_id=someone.id)
    api.void(made.id).is_accepted().shows(state="voided")


@refuses("decl.milestone-end")
def test_nothing_may_be_dated_after_its_milestone_has_closed(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    last = someone.milestone().closes
    assert last is not None
    later = api.at(last + timedelta(days=10))
    with api.nothing_changes(someone.id):
        later.declare(someone.id, "started", last + SECOND).is_refused(422, "declaration_date")


@accepts("decl.milestone-end")
def test_a_milestone_may_be_dated_on_its_last_moment_and_submitted_later(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    last = someone.milestone().closes
    assert last is not None
    made = api.at(last + timedelta(days=10)).declare(someone.id, "started", last)
    made.is_accepted().shows(declaration_type="started")
    api.void(made.id).is_accepted()


@accepts("decl.milestone-end")
def test_on_a_schedule_that_is_not_standard_a_milestone_never_closes(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(schedule="ecf-reduced-september", validation="checking_qts")
    made = api.at(AFTERWARDS).declare(someone.id, "started", AFTERWARDS)
    made.is_accepted()
    api.void(made.id).is_accepted()


# In these zones the day that is written is the one before, or the one after, that of UTC.
ZONES = tuple(timezone(timedelta(hours=hours)) for hours in (-9.5, 5.5))


@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
def test_its_first_day_is_one_of_utc_in_whichever_zone_a_date_is_written(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    opens = someone.milestone().opens
    for zone in ZONES:
        made = api.declare(someone.id, "started", opens.astimezone(zone).isoformat()).is_accepted()
        api.void(made.id).is_accepted()
        with api.nothing_changes(someone.id):
            early = api.declare(someone.id, "started", (opens - SECOND).astimezone(zone).isoformat())
            early.is_refused(422, "declaration_date")


@refuses("decl.milestone-end")
@accepts("decl.milestone-end")
def test_so_is_its_last_day(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    last = someone.milestone().closes
    assert last is not None
    later = api.at(last + timedelta(days=10))
    for zone in ZONES:
        made = later.declare(someone.id, "started", last.astimezone(zone).isoformat()).is_accepted()
        api.void(made.id).is_accepted()
        with api.nothing_changes(someone.id):
            late = later.declare(someone.id, "started", (last + SECOND).astimezone(zone).isoformat())
            late.is_refused(422, "declaration_date")


@only("v3")
@of_every_schedule
@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
def test_every_milestone_of_every_schedule_opens_to_the_second(
    api: Api, backstage: Backstage, cohort: str, schedule: str
) -> None:
    someone = somebody(backstage, cohort, schedule)
    for declaration_type, milestone in milestones(schedule, cohort, backstage.behaviour).items():
        declare(api, someone, declaration_type, milestone.opens - SECOND).is_refused(422, "declaration_date")
        made = declare(api, someone, declaration_type, milestone.opens)
        api.void(made.is_accepted().id).is_accepted()


@only("v3")
@of_every_schedule
@refuses("decl.milestone-end")
@accepts("decl.milestone-end")
def test_every_milestone_of_every_schedule_closes_to_the_second_or_never(
    api: Api, backstage: Backstage, cohort: str, schedule: str
) -> None:
    someone = somebody(backstage, cohort, schedule)
    for declaration_type, milestone in milestones(schedule, cohort, backstage.behaviour).items():
        if milestone.closes:
            declare(api, someone, declaration_type, milestone.closes + SECOND).is_refused(422, "declaration_date")
        made = declare(api, someone, declaration_type, milestone.closes or AFTERWARDS)
        api.void(made.is_accepted().id).is_accepted()


def somebody(backstage: Backstage, cohort: str, schedule: str) -> Person:
    """Someone whom nobody pays for, so that their cohort need not be open."""
    return backstage.person(cohort=cohort, schedule=schedule, validation="checking_qts")


def declare(api: Api, someone: Person, declaration_type: str, dated: datetime | str) -> Reply:
    """Declare of them when every milestone has been open, and those that close are closed."""
    evidence = evidence_for(someone, declaration_type)
    return api.at(AFTERWARDS).declare(someone.id, declaration_type, dated, evidence_held=evidence)


@refuses("decl.milestone-exists")
def test_a_schedule_without_a_milestone_takes_no_declaration_of_its_type(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    dated = someone.milestone().middle
    with api.nothing_changes(someone.id):
        for declaration_type in (*EXTENSIONS, "retained-5", "Started"):
            api.at(dated).declare(someone.id, declaration_type, dated).is_refused(422, "declaration_type")


@accepts("decl.milestone-exists")
def test_a_schedule_with_the_milestone_does(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(schedule="ecf-extended-september")
    for declaration_type in EXTENSIONS:
        dated = someone.milestone(declaration_type).opens
        made = api.declare(someone.id, declaration_type, dated)
        made.is_accepted().shows(declaration_type=declaration_type)
        api.void(made.id).is_accepted()


@behaviour("deployed")
@refuses("decl.milestone-exists")
def test_the_deployed_service_lets_nobody_complete_on_the_first_january_schedule(
    api: Api, backstage: Backstage
) -> None:
    someone = backstage.person(cohort="2021", schedule="ecf-standard-january", validation="checking_qts")
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "completed", "2023-06-01T09:00:00Z").is_refused(422, "declaration_type")
