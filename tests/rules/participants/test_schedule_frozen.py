"""`PUT …/change-schedule` out of a cohort that is closed for payments, and back."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.model import Behaviour, Declaration, School
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import BOTH_BEHAVIOURS, training

CHIDI = "606c460b-7846-419e-92cd-e199ff590fec"  # of 2021; started and retained-1, both paid
SOFIA = "8ae0ff7a-0061-40a3-8dcd-b87bf8e8e2f5"  # was moved to 2024
ELIF = "4b025830-8b9b-4276-bab1-39b1e6a227b0"  # was moved to 2024 and declared there, with Meadow
GRACE = "60b8e9b9-45e5-4108-812b-662dd9f8019f"  # of 2021; completed
MARTIN = "0d1abc6f-948a-4cc4-816c-ae349de8a41f"  # of 2021; his induction has ended
NGOZI = "ecdfcc9c-aa66-495b-ae6e-56ddbeb4d981"  # a mentor of 2021 with Meadow; started
RUTH = "b8831f95-1b5f-45f1-b380-bf2e61c9ad14"  # of 2022, which is not closed; started
FIXED_THERE = (422, ["cohort"], ["sched.cohort-fixed"])
KEPT = (422, ["schedule_identifier", "cohort"], ["sched.fits-declarations", "sched.cohort-fixed"])


def to_2024(api: Api, participant_id: str, **others: Any) -> dict[str, Any]:
    """What is shown of someone who moves to 2024."""
    asked = {"cohort": "2024"} | others
    return training(api.change_schedule(participant_id, "ecf-standard-september", **asked).attributes)


def was_changed(world: World, participant_id: str) -> bool:
    """What v3 says of a change of cohort after payments were frozen."""
    return bool(training(world.api().participant(participant_id))["cohort_changed_after_payments_frozen"])


@EVERY_VERSION
@BOTH_BEHAVIOURS
@accepts("sched.frozen-cohort", "sched.cohort-fixed", "sched.fits-declarations")
def test_an_ect_stopped_halfway_in_a_closed_cohort_may_move_to_2024_and_back(
    version: str, behaviour: Behaviour
) -> None:
    world = World(behaviour=behaviour)
    api = world.api(version)
    declared = world.store.read().find(Declaration, participant_id=CHIDI)
    assert to_2024(api, CHIDI)["cohort"] == "2024"
    assert was_changed(world, CHIDI) is True
    back = training(api.change_schedule(CHIDI, "ecf-standard-september", cohort="2021").attributes)
    assert back["cohort"] == "2021"
    assert was_changed(world, CHIDI) is False
    assert world.store.read().find(Declaration, participant_id=CHIDI) == declared


@EVERY_VERSION
@accepts("sched.frozen-cohort")
def test_someone_moved_long_before_may_go_back(version: str) -> None:
    world = World()
    assert was_changed(world, SOFIA) is True
    assert world.api(version).change_schedule(SOFIA, "ecf-standard-september", cohort="2021").status == 200
    assert was_changed(world, SOFIA) is False


@EVERY_VERSION
@BOTH_BEHAVIOURS
@pytest.mark.parametrize("id", [GRACE, MARTIN])
@refuses("sched.cohort-fixed")
def test_one_declared_as_completed_or_whose_induction_has_ended_may_not_move(
    version: str, behaviour: Behaviour, id: str
) -> None:
    api = World(behaviour=behaviour).api(version)
    assert refusal(api, Api.change_schedule, id, "ecf-standard-september", cohort="2024") == KEPT


@EVERY_VERSION
@refuses("sched.cohort-fixed")
@accepts("sched.frozen-cohort")
def test_a_completed_alone_is_enough_to_stay_and_one_that_was_voided_is_not(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    backstage.change(backstage.training_record(GRACE), induction_end_date=None)
    assert refusal(api, Api.change_schedule, GRACE, "ecf-standard-september", cohort="2024") == KEPT
    (completed,) = [
        d for d in world.store.read().find(Declaration, participant_id=GRACE) if d.declaration_type == "completed"
    ]
    backstage.change(completed, state="voided")
    assert to_2024(api, GRACE)["cohort"] == "2024"


@EVERY_VERSION
@refuses("sched.cohort-fixed")
def test_a_mentor_may_not_move(version: str) -> None:
    api = World().api(version, "meadow")
    sent = {"course": "ecf-mentor", "cohort": "2024"}
    assert refusal(api, Api.change_schedule, NGOZI, "ecf-standard-september", **sent) == KEPT


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["2022", "2023"])
@refuses("sched.cohort-fixed")
def test_2024_is_the_only_cohort_to_move_to(version: str, cohort: str) -> None:
    refused = refusal(World().api(version), Api.change_schedule, CHIDI, "ecf-standard-september", cohort=cohort)
    assert refused == KEPT


@EVERY_VERSION
@refuses("sched.cohort-fixed")
def test_nor_is_2025_whichever_side_they_are_on(version: str) -> None:
    api = World().api(version)
    assert refusal(api, Api.change_schedule, SOFIA, "ecf-standard-september", cohort="2025") == KEPT
    assert api.change_schedule(SOFIA, "ecf-standard-september", cohort="2021").status == 200
    assert refusal(api, Api.change_schedule, SOFIA, "ecf-standard-september", cohort="2025") == KEPT


@EVERY_VERSION
@refuses("sched.cohort-fixed")
def test_nobody_moves_out_of_a_cohort_that_is_not_closed(version: str) -> None:
    refused = refusal(World().api(version), Api.change_schedule, RUTH, "ecf-standard-september", cohort="2024")
    assert refused == KEPT


@EVERY_VERSION
@refuses("sched.cohort-fixed")
@accepts("sched.frozen-cohort")
def test_nor_before_the_moment_it_is_closed(version: str) -> None:
    api = World().api(version)
    before, then = api.at("2024-04-02T23:59:59Z"), api.at("2024-04-03T00:00:00Z")
    assert refusal(before, Api.change_schedule, CHIDI, "ecf-standard-september", cohort="2024") == KEPT
    assert to_2024(then, CHIDI)["cohort"] == "2024"


@EVERY_VERSION
@refuses("sched.cohort-fixed")
@accepts("sched.frozen-cohort")
def test_something_declared_must_be_billable(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    started, retained = world.store.read().find(Declaration, participant_id=CHIDI)
    backstage.change(started, state="submitted")
    backstage.change(retained, state="submitted")
    sent = {"cohort": "2024"}
    assert refusal(world.api(version), Api.change_schedule, CHIDI, "ecf-standard-september", **sent) == KEPT
    backstage.change(retained, state="payable")
    assert to_2024(world.api(version), CHIDI)["cohort"] == "2024"


@EVERY_VERSION
@accepts("sched.frozen-cohort")
def test_with_nothing_declared_the_move_is_an_ordinary_one(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    for declaration in world.store.read().find(Declaration, participant_id=CHIDI):
        backstage.change(declaration, state="voided")
    assert to_2024(world.api(version), CHIDI)["cohort"] == "2024"
    assert was_changed(world, CHIDI) is False


@EVERY_VERSION
@refuses("sched.cohort-fixed")
@accepts("sched.frozen-cohort")
def test_once_something_live_is_declared_there_nobody_goes_back_until_it_is_voided(version: str) -> None:
    world = World()
    api = world.api(version, "meadow")
    assert refusal(api, Api.change_schedule, ELIF, "ecf-standard-september", cohort="2021") == KEPT
    (there,) = [d for d in world.store.read().find(Declaration, participant_id=ELIF) if d.cohort == "2024"]
    assert api.void(there.id).status == 200
    assert training(api.change_schedule(ELIF, "ecf-standard-september", cohort="2021").attributes)["cohort"] == "2021"


@EVERY_VERSION
@refuses("sched.cohort-fixed")
def test_back_means_to_the_cohort_they_came_from(version: str) -> None:
    refused = refusal(World().api(version), Api.change_schedule, SOFIA, "ecf-standard-september", cohort="2022")
    assert refused == KEPT


@EVERY_VERSION
@refuses("sched.partnership")
def test_a_partnership_there_is_needed_all_the_same(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    theirs = [
        p for p in backstage.partnerships("northgate", "2024") if p.school_id == backstage.placement(CHIDI).school_id
    ]
    backstage.challenge(theirs[0])
    refused = refusal(world.api(version), Api.change_schedule, CHIDI, "ecf-standard-september", cohort="2024")
    assert refused == (422, ["cohort"], ["sched.partnership"])


@EVERY_VERSION
@accepts("sched.frozen-cohort")
def test_in_2024_they_are_declared_on_the_schedule_of_2024(version: str) -> None:
    world = World()
    api = world.api(version)
    to_2024(api, CHIDI)
    made = api.at("2025-01-20T10:00:00Z").declare(CHIDI, "retained-2", "2025-01-15T09:00:00Z")
    assert (made.status, made.rules) == (422, ["decl.milestone-start"])
    later = api.at("2025-05-20T10:00:00Z").declare(CHIDI, "retained-2", "2025-05-15T09:00:00Z")
    assert Backstage(world).declaration(later.id).cohort == "2024"


@EVERY_VERSION
@accepts("sched.frozen-cohort")
def test_with_nothing_declared_only_a_move_to_a_closed_cohort_is_one_back(version: str) -> None:
    world = World()
    api = world.api(version)
    for declaration in world.store.read().find(Declaration, participant_id=SOFIA):
        assert api.at("2023-01-10T00:00:00Z").void(declaration.id).status == 200
    for cohort, still_changed in (("2023", True), ("2024", True), ("2021", False)):
        shown = training(api.change_schedule(SOFIA, "ecf-standard-september", cohort=cohort).attributes)
        assert (shown["cohort"], was_changed(world, SOFIA)) == (cohort, still_changed)


@EVERY_VERSION
@refuses("sched.cohort-fixed")
def test_nobody_goes_back_to_a_cohort_before_the_moment_it_is_closed(version: str) -> None:
    before = World().api(version).at("2024-04-02T23:59:59Z")
    assert refusal(before, Api.change_schedule, SOFIA, "ecf-standard-september", cohort="2021") == FIXED_THERE


@EVERY_VERSION
@accepts("sched.frozen-cohort", "sched.fits-declarations")
@refuses("sched.cohort-fixed")
def test_as_deployed_what_was_declared_in_the_closed_cohort_does_not_bind_the_schedule_in_2024(version: str) -> None:
    api = World(behaviour="deployed").api(version)
    to_2024(api, CHIDI)
    assert api.change_schedule(CHIDI, "ecf-extended-april").status == 200
    refused = refusal(api, Api.change_schedule, CHIDI, "ecf-standard-september", cohort="2025")
    assert refused == (422, ["cohort"], ["sched.cohort-fixed", "sched.partnership"])


@EVERY_VERSION
@accepts("sched.frozen-cohort")
def test_as_deployed_it_stays_said_of_those_who_go_back_to_nothing_billable(version: str) -> None:
    world = World(behaviour="deployed")
    backstage = Backstage(world)
    for declaration in world.store.read().find(Declaration, participant_id=SOFIA):
        backstage.change(declaration, state="voided")
    assert world.api(version).change_schedule(SOFIA, "ecf-standard-september", cohort="2021").status == 200
    assert was_changed(world, SOFIA) is True


@pytest.mark.parametrize(("behaviour", "cohort"), [("documented", "2021"), ("deployed", "2024")])
@accepts("sched.frozen-cohort")
def test_as_deployed_a_mentor_comes_out_of_a_closed_cohort_with_an_ect_of_another(
    behaviour: Behaviour, cohort: str
) -> None:
    world = World(behaviour=behaviour)
    backstage, meadow = Backstage(world), world.api(provider="meadow")
    place = world.store.read().get(School, backstage.placement(NGOZI).school_id)
    before = training(meadow.participant(NGOZI), "mentor")
    backstage.person(provider="meadow", place=place, mentor_id=NGOZI)
    shown = training(meadow.participant(NGOZI), "mentor")
    assert (before["cohort"], shown["cohort"]) == ("2021", cohort)
    assert shown["schedule_identifier"] == before["schedule_identifier"]
    backstage.person(
        provider="meadow", place=place, cohort="2023", email="b@example.com", trn="7000002", mentor_id=NGOZI
    )
    assert training(meadow.participant(NGOZI), "mentor")["cohort"] == cohort
