"""A token belongs to one lead provider, and no other provider's data is read or changed through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.model import UNVALIDATED, Declaration, Partnership, Placement, TrainingRecord
from sandbox.seeding.files import SEEDS, read
from tests.api import PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

EVERY_PROVIDER = pytest.mark.parametrize("provider", PROVIDERS)
RETIRED = "439ac4fe-a003-417f-9694-07c45b3482f8"  # leads to whoever took its place
PERSONAS = [person.id for people in read(SEEDS).people.values() for person in people if person.id != RETIRED]
PRIYA, BEATRIZ, HARUTO, NADIA = (
    "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833",  # from Northgate to Harbour
    "49e1361d-58d6-419f-9f53-f7306f263332",  # from Harbour to Northgate
    "395135d8-196e-4335-b5ae-0b20fa244885",  # on the way from Northgate to Meadow
    "3312f736-2275-4c9e-b257-2ad694f5cc53",  # an ECT with Northgate, a mentor with Harbour
)
ALL = {"page[per_page]": "3000"}


def trained(world: World, provider: str) -> set[str]:
    """The ids of the participants whom a provider trains or trained, by the records themselves."""
    reader, provider_id = world.store.read(), Backstage(world).provider(provider).id
    through = {
        partnership.id
        for partnership in reader.all(Partnership)
        if partnership.lead_provider_id == provider_id and partnership.challenged_at is None
    }
    validated = {r.id for r in reader.all(TrainingRecord) if r.validation_status not in UNVALIDATED}
    return {
        placement.participant_id
        for placement in reader.all(Placement)
        if placement.partnership_id in through and placement.training_record_id in validated
    }


def writes(api: Api, participant_id: str) -> Iterator[tuple[list[str], list[str]]]:
    """What is at fault, and by which rule, when each change is asked for someone whom the provider does not see."""
    for course in ("ecf-induction", "ecf-mentor"):
        yield refusal(api, Api.defer, participant_id, course=course)[1:]
        yield refusal(api, Api.resume, participant_id, course=course)[1:]
        yield refusal(api, Api.withdraw, participant_id, course=course)[1:]
        yield refusal(api, Api.change_schedule, participant_id, "ecf-reduced-april", course=course)[1:]


def without_times(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a list shows, save when each participant last changed: that moves whoever changes them."""
    return [
        {**person, "attributes": {name: shown for name, shown in person["attributes"].items() if name != "updated_at"}}
        for person in people
    ]


@EVERY_VERSION
@EVERY_PROVIDER
@accepts("auth.one-provider", "vis.participant")
def test_a_list_has_everyone_the_provider_trains_or_trained_and_nobody_else(version: str, provider: str) -> None:
    world = World()
    listed = world.api(version, provider).get("/participants/ecf", **ALL).ids
    assert set(listed) == trained(world, provider)


@EVERY_VERSION
@EVERY_PROVIDER
@refuses("path.unknown")
@accepts("auth.one-provider", "vis.participant")
def test_each_participant_can_be_looked_up_by_whoever_has_them_listed_and_by_nobody_else(
    version: str, provider: str
) -> None:
    world = World()
    api, seen = world.api(version, provider), trained(world, provider)
    for id in PERSONAS:
        if id in seen:
            assert api.get(f"/participants/ecf/{id}").id == id
        else:
            assert refusal(api, Api.get, f"/participants/ecf/{id}") == NOT_FOUND


@EVERY_VERSION
@EVERY_PROVIDER
@refuses("vis.participant")
@accepts("auth.one-provider")
def test_nobody_changes_the_training_of_someone_they_do_not_see(version: str, provider: str) -> None:
    world = World()
    api, seen = world.api(version, provider), trained(world, provider)
    validated = {
        id for id in PERSONAS if any(r.is_validated for r in world.store.read().find(TrainingRecord, participant_id=id))
    }
    for id in sorted(validated - seen):
        assert list(writes(api, id)) == [(["participant_id"], ["vis.participant"])] * 8


@EVERY_VERSION
@EVERY_PROVIDER
@accepts("auth.one-provider")
def test_nobody_declares_of_someone_they_do_not_see(version: str, provider: str) -> None:
    world = World()
    api, seen = world.api(version, provider), trained(world, provider)
    for id in PERSONAS:
        if id not in seen:
            refused = refusal(api, Api.declare, id, "retained-4", "2024-01-20T09:00:00Z")
            assert (refused.status, refused.titles) == (422, ["participant_id"])


@EVERY_VERSION
@EVERY_PROVIDER
@refuses("path.unknown")
@accepts("auth.one-provider", "vis.declaration")
def test_a_provider_sees_everything_it_declared_and_of_others_only_what_concerns_those_it_sees(
    version: str, provider: str
) -> None:
    world = World()
    api, own, seen = world.api(version, provider), Backstage(world).provider(provider).id, trained(world, provider)
    listed = set(api.get("/participant-declarations", **ALL).ids)
    for declaration in world.store.read().all(Declaration):
        if declaration.lead_provider_id == own:
            assert declaration.id in listed
        elif declaration.id in listed:
            assert declaration.participant_id in seen
        elif declaration.participant_id in PERSONAS:
            assert refusal(api, Api.get, f"/participant-declarations/{declaration.id}") == NOT_FOUND


@EVERY_VERSION
@EVERY_PROVIDER
@refuses("path.unknown")
@accepts("auth.one-provider")
def test_nobody_voids_what_another_provider_declared(version: str, provider: str) -> None:
    world = World()
    api, own = world.api(version, provider), Backstage(world).provider(provider).id
    for id in PERSONAS:
        for declaration in world.store.read().find(Declaration, participant_id=id):
            if declaration.lead_provider_id != own:
                assert refusal(api, Api.void, declaration.id) == NOT_FOUND


@EVERY_VERSION
@accepts("auth.one-provider")
def test_only_those_who_changed_provider_are_listed_for_two(version: str) -> None:
    world = World()
    northgate, harbour, meadow = (
        set(world.api(version, provider).get("/participants/ecf", **ALL).ids) for provider in PROVIDERS
    )
    assert northgate & harbour == {PRIYA, BEATRIZ, NADIA}
    assert northgate & meadow == {HARUTO}
    assert harbour & meadow == set()


@EVERY_VERSION
@accepts("auth.one-provider")
def test_what_one_provider_reports_of_someone_is_not_shown_to_another(version: str) -> None:
    world = World()
    northgate, harbour = world.api(version), world.api(version, "harbour")
    before = harbour.get("/participants/ecf", **ALL).data
    northgate.defer(PRIYA)
    northgate.change_schedule(PRIYA, "ecf-reduced-september")
    northgate.withdraw(BEATRIZ)
    assert without_times(harbour.get("/participants/ecf", **ALL).data) == without_times(before)
    assert harbour.defer(PRIYA).status == 200
