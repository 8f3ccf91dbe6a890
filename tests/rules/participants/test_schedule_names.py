"""`PUT …/change-schedule`: which schedule is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import STARTED_AT, training

IVY = "b0452c56-4866-4bdc-a0d0-576ed710651a"  # an ECT of cohort 2025
KIERAN = "15d260e5-fb59-4196-9ed8-79a2ea44defb"  # withdrawn
NOBODY = "00000000-0000-4000-8000-000000000000"
FOR_BOTH = [
    f"ecf-{kind}-{month}" for kind in ("standard", "reduced", "extended") for month in ("september", "january", "april")
]
FOR_MENTORS = ["ecf-replacement-september", "ecf-replacement-january", "ecf-replacement-april"]
NO_SCHEDULES = ["ecf-standard-june", "standard-january", "ECF-STANDARD-APRIL", "2021/ecf-standard-april", "x"]
NO_SCHEDULE = (422, ["schedule_identifier"], ["sched.identifier"])


@EVERY_VERSION
@pytest.mark.parametrize("identifier", ["", " ", *NO_SCHEDULES])
@refuses("sched.identifier")
def test_a_name_that_is_missing_or_no_schedules_is_refused(version: str, identifier: str) -> None:
    assert refusal(World().api(version), Api.change_schedule, JANE, identifier) == NO_SCHEDULE


@EVERY_VERSION
@pytest.mark.parametrize("identifier", NO_SCHEDULES)
@refuses("sched.known")
@accepts("sched.known")
def test_as_deployed_a_name_that_is_no_schedule_s_is_refused_once_all_else_is_right(
    version: str, identifier: str
) -> None:
    api = World(behaviour="deployed").api(version)
    assert refusal(api, Api.change_schedule, JANE, identifier) == (422, ["Invalid action"], ["sched.known"])
    withdrawn = refusal(api, Api.change_schedule, KIERAN, identifier)
    assert withdrawn == (422, ["participant_id"], ["sched.not-withdrawn"])
    assert api.change_schedule(JANE, "ecf-standard-april").status == 200


@EVERY_VERSION
@refuses("sched.identifier")
def test_as_deployed_a_blank_name_is_missing(version: str) -> None:
    assert refusal(World(behaviour="deployed").api(version), Api.change_schedule, JANE, "") == NO_SCHEDULE


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["1999", "2099", "next"])
@refuses("sched.cohort")
@accepts("sched.cohort")
def test_as_deployed_a_cohort_that_there_is_not_is_all_that_is_said(version: str, cohort: str) -> None:
    api = World(behaviour="deployed").api(version)
    refused = refusal(api, Api.change_schedule, JANE, "ecf-standard-april", cohort=cohort)
    assert refused == (422, ["cohort"], ["sched.cohort"])
    assert api.change_schedule(JANE, "ecf-standard-april", cohort="2021").status == 200


@EVERY_VERSION
@pytest.mark.parametrize("course", [None, "ecf", ""])
@refuses("participant.course-matches", "sched.course")
def test_as_deployed_no_schedule_serves_a_course_that_there_is_not(version: str, course: Any) -> None:
    refused = refusal(
        World(behaviour="deployed").api(version), Api.change_schedule, JANE, "ecf-standard-april", course=course
    )
    assert refused == (
        422,
        ["course_identifier", "schedule_identifier"],
        ["participant.course-matches", "sched.course"],
    )


@EVERY_VERSION
@pytest.mark.parametrize(
    ("to", "rules"),
    [
        ("ecf-standard-april", []),
        ("ecf-standard-april-of-old", []),
        ("ecf-standard-september", ["sched.different"]),
        ("", ["sched.identifier"]),
    ],
)
@refuses("participant.placed-with-provider", "sched.partnership")
def test_as_deployed_of_another_provider_s_participant_everything_wrong_is_said_at_once(
    version: str, to: str, rules: list[str]
) -> None:
    world = World(behaviour="deployed")
    ada = Backstage(world).person(provider="harbour")
    refused = refusal(world.api(version), Api.change_schedule, ada, to)
    named = ["schedule_identifier"] if rules else []
    assert refused == (
        422,
        ["participant_id", *named, "cohort"],
        ["participant.placed-with-provider", *rules, "sched.partnership"],
    )


@EVERY_VERSION
@refuses("sched.different")
@accepts("sched.different")
def test_as_deployed_after_a_move_each_provider_may_set_its_own_schedule_again(version: str) -> None:
    world = World(behaviour="deployed")
    backstage = Backstage(world)
    ada = backstage.person()
    backstage.transfer(ada, backstage.school("harbour"), date(2024, 11, 10))
    assert world.api(version, "harbour").change_schedule(ada, "ecf-extended-april").status == 200
    former = world.api(version)
    assert former.change_schedule(ada, "ecf-standard-september").status == 200
    refused = refusal(former, Api.change_schedule, ada, "ecf-standard-september")
    assert refused == (422, ["schedule_identifier"], ["sched.different"])


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["2020", "1999", "2099", "next", "2021/", 2020])
@refuses("sched.identifier")
def test_a_cohort_that_has_no_such_schedule_is_refused(version: str, cohort: Any) -> None:
    refused = refusal(World().api(version), Api.change_schedule, JANE, "ecf-standard-april", cohort=cohort)
    assert refused == NO_SCHEDULE


@EVERY_VERSION
@pytest.mark.parametrize("identifier", [name for name in FOR_BOTH if name != "ecf-standard-january"])
@accepts("sched.identifier", "sched.course", "sched.different")
def test_an_ect_may_move_to_any_schedule_but_those_for_replacement_mentors(version: str, identifier: str) -> None:
    api = World().api(version)
    shown = training(api.change_schedule(JANE, identifier).attributes)
    assert shown["schedule_identifier"] == identifier
    assert training(api.participant(JANE)) == shown


@EVERY_VERSION
@pytest.mark.parametrize("identifier", FOR_MENTORS)
@refuses("sched.course")
def test_replacement_schedules_are_not_for_ects(version: str, identifier: str) -> None:
    api = World().api(version)
    for id in (JANE, IVY):
        refused = refusal(api, Api.change_schedule, id, identifier)
        assert refused == (422, ["schedule_identifier"], ["sched.course"])


@EVERY_VERSION
@pytest.mark.parametrize("identifier", [*FOR_MENTORS, *FOR_BOTH[1:]])
@accepts("sched.course")
def test_a_mentor_may_move_to_any_schedule(version: str, identifier: str) -> None:
    world = World()
    mentor = Backstage(world).person("mentor")
    shown = world.api(version).change_schedule(mentor, identifier, course="ecf-mentor").attributes
    assert training(shown, "mentor")["schedule_identifier"] == identifier


@EVERY_VERSION
@pytest.mark.parametrize("others", [{}, {"cohort": "2021"}, {"cohort": 2021}, {"cohort": ""}, {"cohort": None}])
@refuses("sched.different")
def test_the_schedule_they_are_on_already_is_refused(version: str, others: dict[str, Any]) -> None:
    refused = refusal(World().api(version), Api.change_schedule, JANE, "ecf-standard-january", **others)
    assert refused == (422, ["schedule_identifier"], ["sched.different"])


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["2022", 2022])
@accepts("sched.different", "sched.identifier")
def test_the_schedule_of_the_same_name_in_another_cohort_is_another(version: str, cohort: Any) -> None:
    shown = training(World().api(version).change_schedule(JANE, "ecf-standard-january", cohort=cohort).attributes)
    assert (shown["schedule_identifier"], shown["cohort"]) == ("ecf-standard-january", "2022")


@EVERY_VERSION
@accepts("sched.identifier")
def test_without_a_cohort_it_is_a_schedule_of_the_cohort_they_are_in_now(version: str) -> None:
    api = World().api(version)
    assert api.change_schedule(JANE, "ecf-standard-april", cohort="2022").status == 200
    assert training(api.change_schedule(JANE, "ecf-standard-september").attributes)["cohort"] == "2022"
    assert refusal(api, Api.change_schedule, JANE, "ecf-standard-september").rules == ["sched.different"]


@EVERY_VERSION
@refuses("sched.not-withdrawn")
def test_the_schedule_of_someone_withdrawn_is_not_changed(version: str) -> None:
    refused = refusal(World().api(version), Api.change_schedule, KIERAN, "ecf-reduced-september")
    assert refused == (422, ["participant_id"], ["sched.not-withdrawn"])


@EVERY_VERSION
@accepts("sched.not-withdrawn")
def test_once_they_have_resumed_it_is_and_on_a_break_it_may_be_as_well(version: str) -> None:
    api = World().api(version)
    assert api.resume(KIERAN).status == 200
    assert api.change_schedule(KIERAN, "ecf-extended-september").status == 200
    assert api.defer(MENTOR, course="ecf-mentor").status == 200
    assert api.change_schedule(MENTOR, "ecf-extended-september", course="ecf-mentor").status == 200


@EVERY_VERSION
@refuses("sched.identifier", "sched.not-withdrawn", "sched.course", "sched.fits-declarations", "vis.participant")
def test_everything_at_fault_is_said_at_once_in_order(version: str) -> None:
    world = World()
    api, ada = world.api(version), Backstage(world).person()
    assert refusal(api, Api.change_schedule, NOBODY, "", "") == (
        422,
        ["participant_id", "course_identifier", "schedule_identifier"],
        ["vis.participant", "participant.course-matches", "sched.identifier"],
    )
    assert refusal(api, Api.change_schedule, KIERAN, "ecf-standard-june") == (
        422,
        ["participant_id", "schedule_identifier"],
        ["sched.not-withdrawn", "sched.identifier"],
    )
    api.declare(ada, "started", STARTED_AT)
    assert refusal(api, Api.change_schedule, ada, "ecf-replacement-april") == (
        422,
        ["schedule_identifier"],
        ["sched.course", "sched.fits-declarations"],
    )
