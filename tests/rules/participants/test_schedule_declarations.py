"""`PUT …/change-schedule`: what has been declared must fit the new schedule."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.model import Behaviour
from tests.api import JANE, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import BOTH_BEHAVIOURS

NAOMI = "97f1c819-9a90-44de-9a66-a01623cc2cd7"  # extended schedule of 2022, declared up to extended-1
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # started in October 2023 with Northgate, now with Harbour
DOES_NOT_FIT = (422, ["schedule_identifier"], ["sched.fits-declarations"])
LATER = "2025-02-01T10:00:00Z"


def declared(world: World, version: str, dated: str, schedule: str | None = None) -> tuple[Api, str]:
    """Somebody of cohort 2024 whose `started` has that date, and who trains them, in February 2025."""
    api, ada = world.api(version).at(LATER), Backstage(world).person()
    if schedule is not None:
        assert api.change_schedule(ada, schedule).status == 200
    assert api.declare(ada, "started", dated).status == 200
    return api, ada


@EVERY_VERSION
@BOTH_BEHAVIOURS
@pytest.mark.parametrize(
    ("dated", "to"),
    [
        ("2024-10-14T09:00:00Z", "ecf-standard-january"),
        ("2024-12-31T23:59:59Z", "ecf-standard-january"),
        ("2024-08-31T23:59:59Z", "ecf-reduced-september"),
        ("2024-09-01T00:00:00Z", "ecf-reduced-september"),
        ("2024-12-31T23:59:59Z", "ecf-extended-january"),
    ],
)
@refuses("sched.fits-declarations")
def test_a_schedule_whose_milestone_opens_later_is_refused_and_at_midnight_of_its_first_day_it_is_not_open(
    version: str, behaviour: Behaviour, dated: str, to: str
) -> None:
    api, ada = declared(World(behaviour=behaviour), version, dated)
    assert refusal(api, Api.change_schedule, ada, to) == DOES_NOT_FIT


@EVERY_VERSION
@accepts("sched.fits-declarations")
def test_a_second_after_midnight_of_its_first_day_it_is_open(version: str) -> None:
    api, ada = declared(World(), version, "2024-09-01T00:00:01Z")
    assert api.change_schedule(ada, "ecf-reduced-september").status == 200


@EVERY_VERSION
@refuses("sched.fits-declarations")
def test_so_what_may_be_declared_on_a_schedule_need_not_fit_another_that_opens_the_same_day(version: str) -> None:
    api, ada = declared(World(), version, "2024-09-01T00:00:00Z", "ecf-reduced-september")
    assert refusal(api, Api.change_schedule, ada, "ecf-extended-september") == DOES_NOT_FIT


@EVERY_VERSION
@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations")
def test_a_milestone_takes_the_whole_of_its_last_day_and_nothing_after_it(version: str) -> None:
    api, ada = declared(World(), version, "2024-12-31T23:59:59Z", "ecf-reduced-september")
    assert api.change_schedule(ada, "ecf-standard-september").status == 200
    api, ada = declared(World(), version, "2025-01-01T00:00:00Z", "ecf-reduced-september")
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-september") == DOES_NOT_FIT


@EVERY_VERSION
@BOTH_BEHAVIOURS
@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations")
def test_void_change_declare_again(version: str, behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    api, ada = world.api(version).at(LATER), Backstage(world).person()
    made = api.declare(ada, "started", "2024-10-14T09:00:00Z")
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-january") == DOES_NOT_FIT
    assert api.void(made.id).status == 200
    assert api.change_schedule(ada, "ecf-standard-january").status == 200
    assert api.declare(ada, "started", "2025-01-20T09:00:00Z").status == 200


@EVERY_VERSION
@pytest.mark.parametrize("to", ["ecf-reduced-september", "ecf-standard-september"])
@refuses("sched.fits-declarations")
def test_a_schedule_without_the_milestone_is_refused(version: str, to: str) -> None:
    assert refusal(World().api(version), Api.change_schedule, NAOMI, to) == DOES_NOT_FIT


@EVERY_VERSION
@pytest.mark.parametrize("to", ["ecf-reduced-september", "ecf-standard-september"])
@refuses("sched.declared-milestone")
@accepts("sched.declared-milestone")
def test_as_deployed_a_schedule_without_the_milestone_is_not_found(version: str, to: str) -> None:
    api = World(behaviour="deployed").api(version)
    assert refusal(api, Api.change_schedule, NAOMI, to) == (404, [], ["sched.declared-milestone"])
    listed = api.get("/participant-declarations", **{"filter[participant_id]": NAOMI}).data
    for extended in (d["id"] for d in listed if d["attributes"]["declaration_type"] == "extended-1"):
        assert api.void(extended).status == 200
    assert api.change_schedule(NAOMI, to).rules != ["sched.declared-milestone"]


@EVERY_VERSION
@accepts("sched.fits-declarations")
def test_once_the_extended_milestone_is_voided_the_rest_fits_a_reduced_schedule(version: str) -> None:
    api = World().api(version)
    listed = api.get("/participant-declarations", **{"filter[participant_id]": NAOMI}).data
    (extended,) = [d["id"] for d in listed if d["attributes"]["declaration_type"] == "extended-1"]
    assert api.void(extended).status == 200
    assert api.change_schedule(NAOMI, "ecf-reduced-september").status == 200


@EVERY_VERSION
@pytest.mark.parametrize("state", ["submitted", "eligible", "payable", "paid"])
@refuses("sched.fits-declarations")
def test_every_live_declaration_counts_whatever_its_state(version: str, state: Any) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person()
    made = api.declare(ada, "started", "2024-10-14T09:00:00Z")
    backstage.change(backstage.declaration(made.id), state=state)
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-january") == DOES_NOT_FIT


@EVERY_VERSION
@pytest.mark.parametrize("state", ["voided", "ineligible", "awaiting_clawback", "clawed_back"])
@accepts("sched.fits-declarations")
def test_those_that_are_not_live_do_not_count(version: str, state: Any) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person()
    made = api.declare(ada, "started", "2024-10-14T09:00:00Z")
    backstage.change(backstage.declaration(made.id), state=state)
    assert api.change_schedule(ada, "ecf-standard-january").status == 200


@EVERY_VERSION
@refuses("sched.fits-declarations")
def test_those_of_an_earlier_provider_count_as_well(version: str) -> None:
    refused = refusal(World().api(version, "harbour"), Api.change_schedule, PRIYA, "ecf-reduced-january")
    assert refused == DOES_NOT_FIT


@EVERY_VERSION
@accepts("sched.fits-declarations")
def test_those_for_the_persons_other_course_do_not_count(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person("ect")
    backstage.person("mentor", participant_id=ada)
    assert api.declare(ada, "started", "2024-10-14T09:00:00Z", course_identifier="ecf-mentor").status == 200
    assert api.change_schedule(ada, "ecf-standard-january").status == 200


@EVERY_VERSION
@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations")
def test_the_september_milestone_of_2021_opens_in_november_by_the_guidance_and_in_september_in_the_deployed_service(
    version: str,
) -> None:
    def on_reduced_and_started(behaviour: Behaviour) -> Api:
        api = World("first-cohort", behaviour).api(version).at("2021-12-10T10:00:00Z")
        assert api.change_schedule(JANE, "ecf-reduced-september").status == 200
        assert api.declare(JANE, "started", "2021-10-11T09:00:00Z").status == 200
        return api

    documented = on_reduced_and_started("documented")
    assert refusal(documented, Api.change_schedule, JANE, "ecf-standard-september") == DOES_NOT_FIT
    deployed = on_reduced_and_started("deployed")
    assert deployed.change_schedule(JANE, "ecf-standard-september").status == 200
