"""`PUT …/change-schedule` to a schedule of another cohort."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sandbox.model import Behaviour, Declaration, Partnership
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import BOTH_BEHAVIOURS, STARTED_AT, training

LILY = "8770e1d4-9327-40dc-9a92-7d5bae55758b"  # started with Northgate in 2023; her school was Harbour's until 2022
ISOBEL = "1cbde7f3-256d-4f4d-a82f-1629a028e962"  # at a school that is Meadow's for her alone
CHARLOTTE = "5b5c4bcb-fe39-4317-88c8-3961f300f55e"  # started in 2023, registered that August; leaves in December 2024
NO_PARTNERSHIP = (422, ["cohort"], ["sched.partnership"])
FIXED = (422, ["cohort"], ["sched.cohort-fixed"])


def target_partnership(world: World, participant_id: str, cohort: str) -> Partnership:
    """The partnership that their school has for a cohort."""
    school_id = Backstage(world).placement(participant_id).school_id
    (found,) = world.store.read().find(Partnership, school_id=school_id, cohort=cohort)
    return found


@EVERY_VERSION
@BOTH_BEHAVIOURS
@accepts("sched.partnership", "sched.cohort-fixed", "sched.effect")
def test_someone_of_whom_nothing_is_declared_may_move_where_provider_and_school_are_partners(
    version: str, behaviour: Behaviour
) -> None:
    world = World(behaviour=behaviour)
    api, ada = world.api(version), Backstage(world).person(cohort="2024")
    shown = training(api.change_schedule(ada, "ecf-standard-april", cohort="2023").attributes)
    assert (shown["cohort"], shown["schedule_identifier"]) == ("2023", "ecf-standard-april")
    assert training(api.participant(ada)) == shown
    if version == "v3":
        assert shown["cohort_changed_after_payments_frozen"] is False


@EVERY_VERSION
@pytest.mark.parametrize("state", ["submitted", "eligible", "payable", "paid"])
@refuses("sched.cohort-fixed")
def test_with_any_live_declaration_the_cohort_is_fixed(version: str, state: Any) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    made = api.declare(ada, "started", STARTED_AT)
    backstage.change(backstage.declaration(made.id), state=state)
    assert refusal(api, Api.change_schedule, ada, "ecf-reduced-september", cohort="2023") == FIXED
    assert api.change_schedule(ada, "ecf-reduced-september").status == 200, "within the cohort it is not"


@EVERY_VERSION
@pytest.mark.parametrize("state", ["voided", "ineligible", "awaiting_clawback", "clawed_back"])
@accepts("sched.cohort-fixed")
def test_with_none_but_those_no_longer_live_it_is_not(version: str, state: Any) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    made = api.declare(ada, "started", STARTED_AT)
    backstage.change(backstage.declaration(made.id), state=state)
    assert api.change_schedule(ada, "ecf-reduced-september", cohort="2023").status == 200


@EVERY_VERSION
@refuses("sched.partnership")
def test_without_a_partnership_in_that_cohort_it_is_refused(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    school_id = backstage.placement(ada).school_id
    with world.writing() as unit:
        for partnership in unit.find(Partnership, school_id=school_id, cohort="2023"):
            unit.delete(Partnership, partnership.id)
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-april", cohort="2023") == NO_PARTNERSHIP


@EVERY_VERSION
@refuses("sched.partnership")
def test_another_providers_partnership_is_none(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    theirs = msgspec.structs.replace(
        target_partnership(world, ada, "2023"), lead_provider_id=backstage.provider("harbour").id
    )
    backstage.change(theirs)
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-april", cohort="2023") == NO_PARTNERSHIP


@EVERY_VERSION
@refuses("sched.partnership")
def test_a_challenged_partnership_is_none(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    backstage.challenge(target_partnership(world, ada, "2023"))
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-april", cohort="2023") == NO_PARTNERSHIP


@EVERY_VERSION
@refuses("sched.partnership")
def test_one_made_for_a_single_persons_transfer_is_none(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    backstage.change(target_partnership(world, ada, "2023"), relationship=True)
    assert refusal(api, Api.change_schedule, ada, "ecf-standard-april", cohort="2023") == NO_PARTNERSHIP


@EVERY_VERSION
@accepts("sched.partnership")
def test_but_while_the_cohort_stays_it_will_do(version: str) -> None:
    api = World().api(version, "meadow")
    shown = api.change_schedule(ISOBEL, "ecf-reduced-september", cohort="2023").attributes
    assert training(shown)["schedule_identifier"] == "ecf-reduced-september"


@EVERY_VERSION
@accepts("sched.partnership")
def test_where_a_school_has_both_kinds_the_full_partnership_counts(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    api, ada = world.api(version), backstage.person(cohort="2024")
    extra = msgspec.structs.replace(target_partnership(world, ada, "2023"), relationship=True)
    backstage.change(extra, id="00000000-0000-4000-8000-00000000000b")
    assert api.change_schedule(ada, "ecf-standard-april", cohort="2023").status == 200


@EVERY_VERSION
@refuses("sched.fits-declarations", "sched.cohort-fixed", "sched.partnership")
def test_everything_at_fault_is_said_at_once_in_order(version: str) -> None:
    refused = refusal(World().api(version), Api.change_schedule, LILY, "ecf-standard-april", cohort="2022")
    assert refused == (
        422,
        ["schedule_identifier", "cohort"],
        ["sched.fits-declarations", "sched.cohort-fixed", "sched.partnership"],
    )


@EVERY_VERSION
@accepts("sched.effect")
def test_one_may_move_there_and_back_again_on_the_same_day(version: str) -> None:
    world = World()
    api, ada = world.api(version), Backstage(world).person(cohort="2024")
    before = training(api.participant(ada))
    for cohort in ("2023", "2022", "2024"):
        shown = training(api.change_schedule(ada, "ecf-standard-september", cohort=cohort).attributes)
        assert shown["cohort"] == cohort
    after = training(api.participant(ada))
    assert {k: v for k, v in after.items() if k != "updated_at"} == {
        k: v for k, v in before.items() if k != "updated_at"
    }


@EVERY_VERSION
@accepts("sched.effect", "status.derive")
def test_someone_who_is_leaving_moves_even_as_of_a_time_before_they_were_registered(version: str) -> None:
    world = World()
    api = world.api(version)
    for declaration in world.store.read().find(Declaration, participant_id=CHARLOTTE):
        assert api.void(declaration.id).status == 200
    before = api.at("2023-06-01T00:00:00Z")
    shown = training(before.change_schedule(CHARLOTTE, "ecf-standard-september", cohort="2024").attributes)
    assert shown["cohort"] == "2024"
    shown = training(api.participant(CHARLOTTE))
    assert (shown["cohort"], shown.get("participant_status", shown.get("status"))) == (
        "2024",
        "leaving" if version == "v3" else "active",
    )
