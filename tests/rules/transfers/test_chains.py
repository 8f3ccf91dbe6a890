"""Several transfers of one person, and what else happens to their training meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sandbox.actors import dfe, school
from sandbox.model import Placement
from tests.api import World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.reading.mergers import moment, retire

from .moving import TODAY, TOMORROW, join, leave, seen, the_one, urns


@accepts("transfer.type")
def test_moves_in_a_row_are_as_many_transfers_in_that_order() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    first, second, third = (backstage.school(number=number) for number in range(3))
    for place in (second, third, first):
        leave(world, backstage.placement(ada), TODAY)
        join(world, ada, place, TODAY)
    leave(world, backstage.placement(ada), TOMORROW)
    assert urns(api, ada) == [
        (first.urn, second.urn),
        (second.urn, third.urn),
        (third.urn, first.urn),
        (first.urn, None),
    ]
    types = [each["transfer_type"] for each in seen(api, ada)]
    assert types == ["new_school", "new_school", "new_school", "unknown"]


@accepts("transfer.type")
def test_schools_that_report_late_make_the_same_transfers_in_the_end() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    places = [backstage.school(number=number) for number in range(3)]
    first = backstage.placement(ada)
    second = join(world, ada, places[1], TODAY)
    assert urns(api, ada) == []
    join(world, ada, places[2], TOMORROW)
    leave(world, second, TODAY)
    assert urns(api, ada) == [(places[1].urn, places[2].urn)]
    leave(world, first, TODAY)
    assert urns(api, ada) == [(places[0].urn, places[1].urn), (places[1].urn, places[2].urn)]


@accepts("transfer.type")
def test_a_school_joined_from_one_that_reports_no_leaving_does_not_count_as_joined_from_the_one_before() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    places = [backstage.school(number=number) for number in range(3)]
    leave(world, backstage.placement(ada), TODAY)
    for place in places[1:]:
        join(world, ada, place, TODAY)
    assert urns(api, ada) == [(places[0].urn, places[1].urn)]


@accepts("transfer.type")
def test_the_day_of_leaving_may_be_reported_anew() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    left = backstage.placement(ada)
    leave(world, left, TOMORROW)
    join(world, ada, backstage.school("harbour"), TODAY)
    assert the_one(world.api(), ada)["status"] == "incomplete"
    leave(world, left, TODAY)
    assert the_one(world.api(), ada)["status"] == "complete"
    assert the_one(world.api(), ada)["leaving"]["date"] == "2024-11-15"


@accepts("transfer.type", "sched.effect")
def test_a_change_of_cohort_before_or_after_it_leaves_a_transfer_as_it_is() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    first, second = backstage.school(), backstage.school(number=1)
    assert api.change_schedule(ada, "ecf-standard-september", cohort="2023").status == 200
    assert seen(api, ada) == []
    leave(world, backstage.placement(ada), TODAY)
    join(world, ada, second, TODAY)
    before = the_one(api, ada)
    assert urns(api, ada) == [(first.urn, second.urn)]
    later = api.at("2024-12-02T09:00:00Z")
    assert later.change_schedule(ada, "ecf-standard-september", cohort="2024").status == 200
    assert the_one(api, ada) == before
    assert before["joining"]["date"] == "2024-11-15"


@accepts("transfer.type")
def test_what_a_school_that_was_joined_does_later_leaves_a_transfer_as_it_is() -> None:
    world = World(behaviour="deployed")
    backstage, api = Backstage(world), world.api()
    ada, joined = backstage.person(), backstage.school(number=1)
    leave(world, backstage.placement(ada), TODAY)
    join(world, ada, joined, TODAY)
    before = the_one(api, ada)["joining"]
    with world.writing() as unit:
        school.choose_programme(unit, moment(world), joined, "2024", "school_led")
    assert backstage.placement(ada).lead_provider_id is None
    assert the_one(api, ada)["joining"] == before
    assert before["provider"] == "Northgate Teaching Institute"


@accepts("transfer.type")
def test_someone_who_is_leaving_and_changes_cohort_goes_on_leaving_once() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person()
    leave(world, backstage.placement(ada), TOMORROW)
    assert api.change_schedule(ada, "ecf-standard-september", cohort="2023").status == 200
    assert the_one(api, ada)["leaving"]["date"] == "2024-11-16"


@accepts("transfer.type", "transfer.who-sees")
def test_someone_who_is_both_ect_and_mentor_may_move_as_each() -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person()
    world.clock.at = datetime(2024, 11, 20, 12, tzinfo=UTC)
    with world.writing() as unit:
        wanted = school.Registration(
            full_name="Ada Hart",
            email="ada.hart@example.com",
            participant_type="mentor",
            cohort="2024",
            participant_id=ada,
            training_record_id="00000000-0000-4000-8000-000000000000",
        )
        record = school.register(unit, moment(world), backstage.school("harbour"), wanted)
        dfe.validate(unit, moment(world), record, "eligible_to_start")
    ect, mentor = world.store.read().find(Placement, participant_id=ada)
    leave(world, mentor, TODAY)
    assert the_one(world.api("v3", "harbour"), ada)["training_record_id"] == record.id
    assert seen(world.api(), ada) == []
    leave(world, ect, TOMORROW)
    assert the_one(world.api(), ada)["training_record_id"] == ect.training_record_id
    with world.writing() as unit:
        school.transfer_in(unit, moment(world), mentor, backstage.school(number=1), date(2024, 12, 2))
    ids = [each["training_record_id"] for each in seen(world.api(), ada)]
    assert ids == [ect.training_record_id, mentor.training_record_id]


@accepts("transfer.type", "id-change")
def test_what_moved_under_a_retired_id_is_shown_under_the_one_that_remains() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada, twin = backstage.person(), backstage.person(trn="7000002")
    leave(world, backstage.placement(twin), TODAY)
    join(world, twin, backstage.school(number=1), TODAY)
    before = the_one(api, twin)
    retire(world, twin, ada)
    after = the_one(api, ada)
    assert seen(api, twin) == []
    assert after["training_record_id"] == before["training_record_id"]
    assert (after["leaving"], after["joining"]) == (before["leaving"], before["joining"])


@accepts("transfer.type", "id-change")
def test_a_second_registration_of_someone_who_is_leaving_is_no_joining_side() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada, twin = backstage.person(), backstage.person(provider="harbour", trn="7000002")
    leave(world, backstage.placement(ada), TODAY)
    retire(world, twin, ada)
    assert urns(api, ada) == [(backstage.school().urn, None)]
    assert seen(world.api("v3", "harbour"), ada) == []
