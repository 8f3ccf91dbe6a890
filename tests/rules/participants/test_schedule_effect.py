"""What a change of schedule changes: the schedule, and the cohort if another was given. Nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sandbox.model import Declaration, School
from tests.api import JANE, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_VERSION

from .training import STARTED_AT

RIVERBANK = "106286"
AT = "2024-11-20T16:45:30Z"
PLACEMENTS: dict[str, dict[str, Any]] = {
    "in training": {},
    "joining": {"starts_on": date(2025, 1, 6)},
    "leaving": {"ends_on": date(2024, 12, 20), "induction_status": "leaving"},
    "left": {"ends_on": date(2024, 10, 25), "induction_status": "leaving"},
    "withdrawn by the school": {"induction_status": "withdrawn"},
    "completed": {"induction_status": "completed"},
}
EVERY_PLACEMENT = pytest.mark.parametrize("placement", PLACEMENTS.values(), ids=PLACEMENTS)


def at_riverbank(world: World, **placement: Any) -> str:
    """An ECT of cohort 2024 at the school that has one delivery partner in every cohort, with a mentor and a break."""
    backstage = Backstage(world)
    riverbank = next(p for p in backstage.partnerships("northgate", "2024") if _urn(world, p.school_id) == RIVERBANK)
    mentor = backstage.person("mentor", trn="7000501")
    ada = backstage.person(mentor_id=mentor)
    backstage.change(backstage.placement(ada), school_id=riverbank.school_id, partnership_id=riverbank.id, **placement)
    assert world.api().at("2024-11-15T09:00:00Z").defer(ada).status == 200
    return ada


def _urn(world: World, school_id: str) -> str:
    school = world.store.read().get(School, school_id)
    assert school is not None
    return school.urn


@EVERY_VERSION
@EVERY_PLACEMENT
@accepts("sched.effect")
def test_within_a_cohort_the_schedule_changes_and_nothing_else(version: str, placement: dict[str, Any]) -> None:
    world = World()
    ada = at_riverbank(world, **placement)
    before = world.api().at(AT).participant(ada)
    assert world.api(version).at(AT).change_schedule(ada, "ecf-extended-april").status == 200
    (enrolment,) = before["ecf_enrolments"]
    assert world.api().at(AT).participant(ada) == {
        **before,
        "updated_at": AT,
        "ecf_enrolments": [enrolment | {"schedule_identifier": "ecf-extended-april"}],
    }


@EVERY_VERSION
@EVERY_PLACEMENT
@accepts("sched.effect")
def test_to_another_cohort_the_schedule_and_the_cohort_change_and_nothing_else(
    version: str, placement: dict[str, Any]
) -> None:
    world = World()
    ada = at_riverbank(world, **placement)
    before = world.api().at(AT).participant(ada)
    assert world.api(version).at(AT).change_schedule(ada, "ecf-extended-april", cohort="2023").status == 200
    (enrolment,) = before["ecf_enrolments"]
    assert world.api().at(AT).participant(ada) == {
        **before,
        "updated_at": AT,
        "ecf_enrolments": [enrolment | {"schedule_identifier": "ecf-extended-april", "cohort": "2023"}],
    }


@EVERY_VERSION
@pytest.mark.parametrize("placement", [{}, PLACEMENTS["joining"], PLACEMENTS["leaving"]])
@accepts("sched.effect")
def test_v1_and_v2_show_the_same_training_on_another_schedule(version: str, placement: dict[str, Any]) -> None:
    world = World()
    ada = at_riverbank(world, **placement)
    flat = world.api("v1")
    before = flat.participant(ada)
    world.api(version).at(AT).change_schedule(ada, "ecf-extended-april", cohort="2022")
    expected = {"schedule_identifier": "ecf-extended-april", "cohort": "2022", "updated_at": AT}
    assert flat.participant(ada) == before | expected


@EVERY_VERSION
@accepts("sched.effect")
def test_declarations_stay_as_they_are(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person()
    api.declare(ada, "started", STARTED_AT)
    before = world.store.read().find(Declaration, participant_id=ada)
    assert api.at(AT).change_schedule(ada, "ecf-reduced-september").status == 200
    assert world.store.read().find(Declaration, participant_id=ada) == before


@EVERY_VERSION
@accepts("sched.effect")
def test_what_is_declared_from_then_on_is_declared_on_the_new_schedule(version: str) -> None:
    api = World().api(version)
    assert api.change_schedule(JANE, "ecf-standard-april").status == 200
    early = api.at("2022-05-01T10:00:00Z").declare(JANE, "started", "2022-01-20T09:00:00Z")
    assert (early.status, early.rules) == (422, ["decl.milestone-start"])
    assert api.at("2022-05-01T10:00:00Z").declare(JANE, "started", "2022-04-20T09:00:00Z").status == 200
