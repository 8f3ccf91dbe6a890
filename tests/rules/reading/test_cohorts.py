"""`filter[cohort]`."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from sandbox.model import Placement, Schedule
from tests.api import JANE, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION, FLAT

SOFIA = "8ae0ff7a-0061-40a3-8dcd-b87bf8e8e2f5"  # moved from cohort 2021 to 2024
OWEN = "d1dd50c8-71ef-4b62-bc3c-b498c5ca7052"  # an ECT of cohort 2021, a mentor of 2024
ALL = {"page[per_page]": "3000"}


def listed(api: Api, cohort: str | None = None, path: str = "/participants/ecf") -> list[dict[str, Any]]:
    """Everything that a list has for a cohort, or without the filter."""
    query = {} if cohort is None else {"filter[cohort]": cohort}
    return list(api.get(path, **ALL, **query).data)


def cohorts(participant: dict[str, Any]) -> set[str]:
    """The cohorts that a participant is shown in."""
    shown = participant["attributes"]
    return {training["cohort"] for training in shown.get("ecf_enrolments", [shown])}


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["2021", "2022", "2023", "2024", "2025"])
@accepts("read.cohort-filter")
def test_a_cohort_lists_those_in_it_and_only_those(version: str, cohort: str) -> None:
    api = World().api(version)
    found = listed(api, cohort)
    assert found
    assert all(cohort in cohorts(participant) for participant in found)
    in_it = {p["id"] for p in listed(api) if cohort in cohorts(p)}
    moved_on = {SOFIA} if version != "v3" and cohort == "2021" else set()
    assert {p["id"] for p in found} == in_it | moved_on


@EVERY_VERSION
@accepts("read.cohort-filter")
def test_several_cohorts_list_what_each_lists(version: str) -> None:
    api = World().api(version)
    both = {p["id"] for p in listed(api, "2022,2025")}
    assert both == {p["id"] for p in listed(api, "2022")} | {p["id"] for p in listed(api, "2025")}
    assert listed(api, "2025,2022,2025,1999") == listed(api, "2022,2025")


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["1999", "2099", "2020", "next", "20212022", "-1", "2021.0"])
@accepts("read.cohort-filter")
def test_a_year_without_a_cohort_or_no_year_at_all_matches_nothing(version: str, cohort: str) -> None:
    assert listed(World().api(version), cohort) == []


@EVERY_VERSION
@accepts("read.cohort-filter")
def test_without_the_filter_the_cohorts_after_2020_are_listed(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person()
    schedule = world.store.read().get(Schedule, "2021/ecf-standard-september")
    assert schedule is not None
    backstage.change(schedule, id="2020/ecf-standard-september", cohort="2020")
    assert ada in [p["id"] for p in listed(api)]
    backstage.change(backstage.placement(ada), schedule_id="2020/ecf-standard-september")
    assert ada not in [p["id"] for p in listed(api)]
    assert [p["id"] for p in listed(api, "2020")] == [ada]
    assert refusal(api, Api.get, f"/participants/ecf/{ada}") == NOT_FOUND


@EVERY_VERSION
@accepts("read.cohort-filter")
def test_it_is_the_schedules_cohort_that_counts_not_the_one_of_the_schools_programme(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person(cohort="2024")
    backstage.change(backstage.placement(ada), schedule_id="2023/ecf-standard-september")
    assert ada in [p["id"] for p in listed(api, "2023")]
    assert ada not in [p["id"] for p in listed(api, "2024")]
    assert cohorts(next(p for p in listed(api, "2023") if p["id"] == ada)) == {"2024"}


@FLAT
@accepts("read.cohort-filter")
def test_v1_and_v2_look_at_the_newest_placement_among_those_in_the_cohorts(version: str) -> None:
    api = World().api(version)

    def sofia(cohort: str | None) -> tuple[str, str]:
        (found,) = [p["attributes"] for p in listed(api, cohort) if p["id"] == SOFIA]
        return found["cohort"], found["status"]

    assert sofia("2021") == ("2021", "withdrawn"), "which is how the school's view of the old cohort is shown"
    assert sofia("2024") == sofia("2021,2024") == sofia(None) == ("2024", "active")
    assert SOFIA not in [p["id"] for p in listed(api, "2022,2023")]


@accepts("read.cohort-filter")
def test_v3_looks_at_the_newest_placement_of_all() -> None:
    api = World().api("v3")
    assert SOFIA not in [p["id"] for p in listed(api, "2021")]
    (found,) = [p for p in listed(api, "2021,2024") if p["id"] == SOFIA]
    assert cohorts(found) == {"2024"}


@accepts("read.cohort-filter")
def test_v3_lists_someone_with_two_trainings_under_the_cohort_of_either() -> None:
    api = World().api("v3")
    for cohort in ("2021", "2024"):
        assert [p["id"] for p in listed(api, cohort)].count(OWEN) == 1
    assert OWEN not in [p["id"] for p in listed(api, "2022")]


@FLAT
@accepts("read.cohort-filter")
def test_the_csv_is_filtered_as_the_list_is(version: str) -> None:
    api = World().api(version)
    rows = api.get("/participants/ecf.csv", **{"filter[cohort]": "2021"}).response.text.splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == [p["id"] for p in listed(api, "2021")]


@EVERY_VERSION
@refuses("path.unknown")
@accepts("read.cohort-filter")
def test_someone_the_filter_does_not_keep_is_not_found_by_their_id_either(version: str) -> None:
    api = World().api(version)
    assert api.get(f"/participants/ecf/{JANE}", **{"filter[cohort]": "2021"}).id == JANE
    assert refusal(api, Api.get, f"/participants/ecf/{JANE}", **{"filter[cohort]": "2022"}) == NOT_FOUND
    then = {"filter[cohort]": "2021"}
    if version == "v3":
        assert refusal(api, Api.get, f"/participants/ecf/{SOFIA}", **then) == NOT_FOUND
    else:
        assert api.get(f"/participants/ecf/{SOFIA}", **then).attributes["cohort"] == "2021"


@accepts("read.cohort-filter")
def test_v3_keeps_the_declarations_made_for_a_cohort_wherever_the_participant_is_now() -> None:
    world = World()
    api, path = world.api("v3"), "/participant-declarations"
    made = {d["id"] for d in listed(api, path=path) if d["attributes"]["participant_id"] == SOFIA}
    assert made
    assert made <= {d["id"] for d in listed(api, "2021", path)}
    assert made.isdisjoint(d["id"] for d in listed(api, "2024", path))
    every = [d["id"] for d in listed(api, "2021,2022,2023,2024,2025", path)]
    assert every == [d["id"] for d in listed(api, path=path)]
    assert listed(api, "1999", path) == []
    one = next(iter(made))
    assert api.get(f"{path}/{one}", **{"filter[cohort]": "2021"}).id == one
    assert refusal(api, Api.get, f"{path}/{one}", **{"filter[cohort]": "2024"}) == NOT_FOUND


@accepts("read.cohort-filter")
def test_without_the_filter_v3_lists_the_declarations_of_every_cohort() -> None:
    world = World()
    backstage, api = Backstage(world), world.api("v3")
    made = api.declare(backstage.person(), "started", "2024-11-01T09:00:00Z")
    backstage.change(backstage.declaration(made.id), cohort="2020")
    assert made.id in [d["id"] for d in listed(api, path="/participant-declarations")]


@FLAT
@accepts("read.cohort-filter")
def test_v1_and_v2_do_not_filter_declarations_by_cohort(version: str) -> None:
    api, path = World().api(version), "/participant-declarations"
    assert listed(api, "1999", path) == listed(api, path=path) != []


@EVERY_VERSION
@accepts("read.cohort-filter")
def test_of_two_placements_in_one_cohort_the_newer_is_listed(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person(cohort="2024")
    first = backstage.placement(ada)
    with world.writing() as unit:
        unit.put(msgspec.structs.replace(first, ends_on=date(2024, 11, 1)))
        unit.put(msgspec.structs.replace(first, id="00000000-0000-4000-8000-00000000000a", email="new@example.com"))
    assert len(world.store.read().find(Placement, participant_id=ada)) == 2
    (found,) = [p["attributes"] for p in listed(api, "2024") if p["id"] == ada]
    assert found.get("ecf_enrolments", [found])[0]["email"] == "new@example.com"
