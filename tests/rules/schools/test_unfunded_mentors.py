"""Unfunded mentors: who mentors a provider's ECTs and is not in training with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sandbox.actors import dfe, school
from sandbox.model import Behaviour, Participant, Partnership, Placement
from tests.api import JANE, PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.reading.mergers import moment, retire
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_BEHAVIOUR

GARETH = "f6a8f5aa-ffb5-415e-8fa8-220c20c662f3"  # trained with Harbour, mentors an ECT of Northgate's
SUSAN = "8142a697-4b77-4291-bbb0-7a60380674d1"  # trained with nobody, mentors another
LILY = "8770e1d4-9327-40dc-9a92-7d5bae55758b"  # Gareth's ECT
NADIA = "3312f736-2275-4c9e-b257-2ad694f5cc53"  # was an ECT with Northgate, is a mentor with Harbour
MENTORS = "/unfunded-mentors/ecf"


def shown(api: Api, id: str) -> dict[str, Any] | None:
    """What is shown of a mentor, in the list and alone alike; None when it is nothing."""
    listed = [each for each in api.get(MENTORS).data if each["id"] == id]
    if not listed:
        assert refusal(api, Api.get, f"{MENTORS}/{id}") == NOT_FOUND
        return None
    assert [api.get(f"{MENTORS}/{id}").data] == listed
    return dict(listed[0]["attributes"])


def attributes(api: Api, id: str) -> dict[str, Any]:
    """What is shown of a mentor who is seen."""
    found = shown(api, id)
    assert found is not None
    return found


def mentor(backstage: Backstage, **registration: Any) -> str:
    """A mentor in training with Meadow, unless told otherwise."""
    return backstage.person("mentor", **({"provider": "meadow", "trn": "7000031"} | registration))


def assign(world: World, ect: str, mentor_id: str | None) -> None:
    with world.writing() as unit:
        school.assign_mentor(unit, moment(world), Backstage(world).placement(ect), mentor_id)


def participant(world: World, id: str) -> Participant:
    found = world.store.read().get(Participant, id)
    assert found is not None
    return found


def partnership(world: World, participant_id: str) -> Partnership:
    """The one through which somebody is placed."""
    found = world.store.read().get(Partnership, Backstage(world).placement(participant_id).partnership_id or "")
    assert found is not None
    return found


@accepts("vis.unfunded-mentor")
def test_a_mentor_with_another_provider_or_with_none_is_shown_to_the_provider_of_the_ect() -> None:
    api = World().api()
    assert api.get(MENTORS).ids == [GARETH, SUSAN]
    assert api.get(f"{MENTORS}/{GARETH}").data == {
        "id": GARETH,
        "type": "unfunded-mentor",
        "attributes": {
            "full_name": "Gareth Pugh",
            "email": "gareth.pugh@crossways.example.com",
            "teacher_reference_number": "2000273",
            "created_at": "2021-07-06T10:30:00Z",
            "updated_at": "2021-07-08T08:00:00Z",
        },
    }
    assert attributes(api, SUSAN)["full_name"] == "Susan Whitlock"


@refuses("path.unknown")
@accepts("vis.unfunded-mentor", "auth.one-provider")
def test_other_providers_do_not_see_them() -> None:
    world = World()
    for provider in ("harbour", "meadow"):
        api = world.api("v3", provider)
        assert api.get(MENTORS).ids == []
        assert shown(api, GARETH) is None
        assert shown(api, SUSAN) is None


@pytest.mark.parametrize("provider", PROVIDERS)
@accepts("vis.unfunded-mentor")
def test_whoever_an_enrolment_names_as_mentor_is_either_a_participant_or_an_unfunded_mentor(provider: str) -> None:
    api = World(behaviour="deployed").api("v3", provider)
    people = api.get("/participants/ecf", **{"page[per_page]": "3000"})
    named = {enrolment["mentor_id"] for one in people.data for enrolment in one["attributes"]["ecf_enrolments"]}
    assert set(api.get(MENTORS).ids) == named - {None} - set(people.ids)


@accepts("vis.unfunded-mentor")
def test_a_mentor_is_seen_from_the_moment_they_are_assigned_until_another_is() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    eve, own = mentor(backstage), mentor(backstage, provider="northgate", trn="7000032")
    ada = backstage.person()
    assert shown(api, eve) is None
    assign(world, ada, eve)
    assert attributes(api, eve)["full_name"] == "Ada Hart"
    assign(world, ada, own)
    assert shown(api, eve) is None
    assert shown(api, own) is None
    assign(world, ada, None)
    assert api.get(MENTORS).ids == [GARETH, SUSAN]


@accepts("vis.unfunded-mentor")
def test_whoever_mentors_two_is_listed_once() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    backstage.person(mentor_id=GARETH)
    assert api.get(MENTORS).ids == [GARETH, SUSAN]


@accepts("vis.unfunded-mentor")
def test_someone_with_any_placement_with_the_provider_is_a_participant_and_not_seen_here() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    backstage.person(mentor_id=NADIA)
    assert shown(api, NADIA) is None
    assert api.get(f"/participants/ecf/{NADIA}").id == NADIA
    eve = mentor(backstage)
    backstage.person(mentor_id=eve, trn="7000033")
    assert shown(api, eve) is not None
    backstage.transfer(eve, backstage.school("northgate"), date(2024, 11, 1))
    assert shown(api, eve) is None
    assert api.get(f"/participants/ecf/{eve}").id == eve


@accepts("vis.unfunded-mentor")
def test_what_counts_is_the_providers_own_latest_placement_of_the_ect() -> None:
    world = World()
    backstage = Backstage(world)
    northgate, harbour = world.api(), world.api("v3", "harbour")
    eve, ben = mentor(backstage), mentor(backstage, trn="7000034")
    ada = backstage.person(mentor_id=eve)
    with world.writing() as unit:
        leaving = school.report_leaving(unit, moment(world), backstage.placement(ada), date(2024, 11, 1))
        to = backstage.school("harbour")
        school.transfer_in(unit, moment(world), leaving, to, date(2024, 11, 1), mentor_id=ben)
    assert (shown(northgate, eve) is None, shown(northgate, ben) is None) == (False, True)
    assert (shown(harbour, eve) is None, shown(harbour, ben) is None) == (True, False)


@accepts("vis.unfunded-mentor")
def test_after_a_move_between_two_of_the_providers_schools_the_mentor_at_the_former_is_not_seen() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    eve = mentor(backstage)
    ada = backstage.person(mentor_id=eve)
    assert shown(api, eve) is not None
    backstage.transfer(ada, backstage.school("northgate", number=1), date(2024, 11, 1))
    assert len(world.store.read().find(Placement, participant_id=ada)) == 2
    assert shown(api, eve) is None


@accepts("vis.unfunded-mentor")
def test_through_a_challenged_partnership_no_mentor_is_seen() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    assert shown(api, GARETH) is not None
    backstage.challenge(partnership(world, LILY))
    assert shown(api, GARETH) is None


@accepts("vis.unfunded-mentor")
def test_a_mentor_whose_own_partnership_with_the_provider_is_challenged_has_become_one() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    eve = mentor(backstage, provider="northgate")
    ada = backstage.person(mentor_id=eve)
    backstage.transfer(ada, backstage.school("northgate", number=1), date(2024, 11, 1))
    assign(world, ada, eve)
    assert shown(api, eve) is None
    backstage.challenge(partnership(world, eve))
    assert shown(api, eve) is not None


@EVERY_BEHAVIOUR
@accepts("vis.unfunded-mentor", "vis.validated-only")
def test_the_mentor_of_an_ect_who_is_hidden_is_not_seen(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api()
    eve = mentor(backstage)
    ada = backstage.person(mentor_id=eve, validated="dfe_checking_eligibility")
    assert (shown(api, eve) is None) == (behaviour == "documented")
    backstage.validate(ada, "checking_qts")
    assert shown(api, eve) is not None


@EVERY_BEHAVIOUR
@accepts("vis.unfunded-mentor", "vis.validated-only")
def test_a_mentor_who_is_not_validated_is_hidden_too_or_shown_with_the_trn_they_gave(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api()
    eve = mentor(backstage, validated="dfe_checking_eligibility")
    backstage.person(mentor_id=eve)
    if behaviour == "documented":
        assert shown(api, eve) is None
    else:
        assert attributes(api, eve)["teacher_reference_number"] == "7000031"
    backstage.validate(eve, "eligible_to_start", "mentor")
    assert attributes(api, eve)["teacher_reference_number"] == "7000031"


@EVERY_BEHAVIOUR
@accepts("vis.unfunded-mentor")
def test_one_in_training_with_the_provider_is_none_even_while_they_are_not_validated(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api()
    own = mentor(backstage, provider="northgate", validated="dfe_checking_eligibility")
    backstage.person(mentor_id=own)
    assert shown(api, own) is None


@EVERY_BEHAVIOUR
@accepts("vis.unfunded-mentor", "vis.validated-only")
def test_a_placement_with_the_provider_that_is_hidden_makes_nobody_a_participant(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api()
    eve = backstage.person("ect", validated="dfe_checking_eligibility", trn="7000031")
    mentor(backstage, participant_id=eve)
    backstage.person(mentor_id=eve)
    seen_as = "/participants/ecf" if behaviour == "deployed" else MENTORS
    assert api.get(f"{seen_as}/{eve}").id == eve
    assert (shown(api, eve) is None) == (behaviour == "deployed")


@accepts("vis.unfunded-mentor")
def test_without_a_verified_trn_the_one_they_gave_is_shown_and_null_without_any() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    eve, ben = mentor(backstage), mentor(backstage, trn=None)
    for number, mentor_id in enumerate((eve, ben)):
        backstage.person(mentor_id=mentor_id, trn=f"700004{number}")
    with world.writing() as unit:
        record = backstage.training_record(eve, "mentor")
        dfe.validate(unit, moment(world), record, "eligible_to_start", trn_validated=False)
    assert attributes(api, eve)["teacher_reference_number"] == "7000031"
    assert attributes(api, ben)["teacher_reference_number"] is None


@accepts("vis.unfunded-mentor")
def test_the_address_is_the_one_of_their_own_newest_placement() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    eve = mentor(backstage, email="eve@first.example.com")
    backstage.person(mentor_id=eve)
    assert attributes(api, eve)["email"] == "eve@first.example.com"
    with world.writing() as unit:
        leaving = school.report_leaving(unit, moment(world), backstage.placement(eve), date(2024, 11, 1))
        to = backstage.school("harbour")
        school.transfer_in(unit, moment(world), leaving, to, date(2024, 11, 1), email="eve@second.example.com")
    assert attributes(api, eve)["email"] == "eve@second.example.com"
    assert participant(world, eve).email == "eve@first.example.com"


@refuses("path.unknown")
@accepts("read.updated-since")
def test_whoever_changed_at_that_time_or_later_is_found() -> None:
    api = World().api()
    gareth, susan = attributes(api, GARETH), attributes(api, SUSAN)
    assert gareth["updated_at"] < susan["updated_at"]
    since = {"filter[updated_since]": susan["updated_at"]}
    assert api.get(MENTORS, **since).ids == [SUSAN]
    assert api.get(f"{MENTORS}/{SUSAN}", **since).id == SUSAN
    assert refusal(api, Api.get, f"{MENTORS}/{GARETH}", **since) == NOT_FOUND
    later = datetime.fromisoformat(susan["updated_at"]) + timedelta(seconds=1)
    assert api.get(MENTORS, **{"filter[updated_since]": later.isoformat()}).ids == []


@accepts("read.updated-since")
def test_updated_at_is_the_persons_and_not_of_when_they_were_assigned() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    eve = mentor(backstage)
    registered = participant(world, eve).updated_at
    world.clock.at += timedelta(days=1)
    backstage.person(mentor_id=eve)
    assert datetime.fromisoformat(attributes(api, eve)["updated_at"]) == registered
    backstage.validate(eve, "not_eligible_for_funded_training", "mentor")
    assert datetime.fromisoformat(attributes(api, eve)["updated_at"]) == world.clock.at


@accepts("read.sort")
def test_they_are_sorted_by_what_is_shown_of_them() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    backstage.change(
        participant(world, SUSAN), full_name="Abigail Whitlock", updated_at=datetime(2021, 1, 1, tzinfo=UTC)
    )
    backstage.change(backstage.placement(GARETH), email="zoe@example.com")
    assert api.get(MENTORS, sort="full_name").ids == [SUSAN, GARETH]
    assert api.get(MENTORS, sort="-full_name").ids == [GARETH, SUSAN]
    assert api.get(MENTORS, sort="email").ids == [SUSAN, GARETH]
    assert api.get(MENTORS, sort="updated_at").ids == [SUSAN, GARETH]
    assert api.get(MENTORS, sort="-created_at").ids == [SUSAN, GARETH]
    assert api.get(MENTORS).ids == api.get(MENTORS, sort="created_at").ids == [GARETH, SUSAN]


@refuses("path.unknown")
@accepts("vis.unfunded-mentor")
def test_one_whose_id_is_retired_is_seen_under_the_id_that_remains() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    twin = mentor(backstage, full_name="Gareth L Pugh")
    retire(world, GARETH, twin)
    assert shown(api, GARETH) is None
    assert attributes(api, twin)["full_name"] == "Gareth L Pugh"
    assert api.get(f"/participants/ecf/{LILY}").attributes["ecf_enrolments"][0]["mentor_id"] == twin


@pytest.mark.parametrize("id", ["00000000-0000-4000-8000-000000000000", "gareth", "1", GARETH[:-1], JANE, LILY])
@refuses("path.unknown")
def test_an_id_that_is_no_unfunded_mentors_or_no_uuid_at_all_is_not_found(id: str) -> None:
    assert refusal(World().api(), Api.get, f"{MENTORS}/{id}") == NOT_FOUND


@accepts("path.unknown")
def test_an_id_may_be_written_in_capital_letters() -> None:
    assert World().api().get(f"{MENTORS}/{GARETH.upper()}").id == GARETH
