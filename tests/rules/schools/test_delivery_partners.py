"""Delivery partners: those a provider works with, and the cohorts in which it does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.model import DeliveryPartner, ProviderRelationship
from sandbox.seeding.ids import school_id
from tests.api import JANE, PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal

OAKFIELD = "cd3a1234-7308-4879-942a-c4a70ced400a"
TIDEWAY = "af9d0057-760e-4807-b2be-d8ae7906acef"  # works with Harbour too
FELLSIDE = "63206e0f-c526-47b6-afda-a2084d7c6f9b"  # until 2023
BROOKVALE = "71f80f06-32ac-4fbd-a14b-f3ac519ceb33"  # Meadow's
EVERY_COHORT = ["2021", "2022", "2023", "2024", "2025"]
PARTNERS = "/delivery-partners"


def listed(api: Api, cohort: str | None = None) -> dict[str, dict[str, Any]]:
    """What the list shows, by id."""
    query = {} if cohort is None else {"filter[cohort]": cohort}
    return {each["id"]: each["attributes"] for each in api.get(PARTNERS, **query).data}


def relate(world: World, partner_id: str, cohort: str, provider: str = "northgate") -> None:
    """The provider begins to work with a delivery partner in a cohort."""
    provider_id = Backstage(world).provider(provider).id
    with world.writing() as unit:
        unit.put(
            ProviderRelationship(
                id=f"{provider_id}/{partner_id}/{cohort}",
                lead_provider_id=provider_id,
                delivery_partner_id=partner_id,
                cohort=cohort,
            )
        )


def partner(world: World, id: str) -> DeliveryPartner:
    found = world.store.read().get(DeliveryPartner, id)
    assert found is not None
    return found


@accepts("vis.delivery-partner")
def test_a_delivery_partner_is_shown_with_the_cohorts_it_shares_with_the_provider() -> None:
    assert World().api().get(f"{PARTNERS}/{FELLSIDE}").data == {
        "id": FELLSIDE,
        "type": "delivery-partner",
        "attributes": {
            "name": "Fellside Learning Alliance",
            "cohort": ["2021", "2022", "2023"],
            "created_at": "2021-03-01T09:00:00Z",
            "updated_at": "2021-03-01T09:00:00Z",
        },
    }


@pytest.mark.parametrize("provider", PROVIDERS)
@refuses("path.unknown")
@accepts("vis.delivery-partner", "auth.one-provider")
def test_a_provider_sees_those_it_works_with_and_no_others(provider: str) -> None:
    world = World()
    api, provider_id = world.api("v3", provider), Backstage(world).provider(provider).id
    theirs: dict[str, list[str]] = {}
    for relationship in world.store.read().find(ProviderRelationship, lead_provider_id=provider_id):
        theirs.setdefault(relationship.delivery_partner_id, []).append(relationship.cohort)
    assert {id: shown["cohort"] for id, shown in listed(api).items()} == theirs
    for other in world.store.read().all(DeliveryPartner):
        if other.id in theirs:
            assert api.get(f"{PARTNERS}/{other.id}").attributes == listed(api)[other.id]
        else:
            assert refusal(api, Api.get, f"{PARTNERS}/{other.id}") == NOT_FOUND


@accepts("vis.delivery-partner", "auth.one-provider")
def test_of_one_they_share_each_provider_sees_only_its_own_cohorts() -> None:
    world = World()
    relate(world, FELLSIDE, "2025", "harbour")
    assert listed(world.api())[FELLSIDE]["cohort"] == ["2021", "2022", "2023"]
    assert listed(world.api("v3", "harbour"))[FELLSIDE]["cohort"] == ["2025"]
    assert FELLSIDE not in listed(world.api("v3", "meadow"))


@accepts("vis.delivery-partner")
def test_the_cohorts_ascend_in_whatever_order_they_were_agreed() -> None:
    world = World()
    relate(world, FELLSIDE, "2025")
    relate(world, FELLSIDE, "2020")
    assert listed(world.api())[FELLSIDE]["cohort"] == ["2020", "2021", "2022", "2023", "2025"]


@pytest.mark.parametrize(
    ("cohort", "expected"),
    [
        ("2021", {OAKFIELD, TIDEWAY, FELLSIDE}),
        ("2024", {OAKFIELD, TIDEWAY}),
        ("2023,2024", {OAKFIELD, TIDEWAY, FELLSIDE}),
        ("2024,2025,1999", {OAKFIELD, TIDEWAY}),
        ("", {OAKFIELD, TIDEWAY, FELLSIDE}),
        ("1999", set()),
        ("2020", set()),
        ("next", set()),
    ],
)
@accepts("read.cohort-filter")
def test_those_it_works_with_in_one_of_the_cohorts_are_listed_with_all_that_they_share(
    cohort: str, expected: set[str]
) -> None:
    api = World().api()
    found = listed(api, cohort)
    assert found.keys() == expected
    assert found == {id: shown for id, shown in listed(api).items() if id in expected}


@accepts("read.cohort-filter")
def test_without_the_filter_the_cohorts_after_2020_count() -> None:
    world = World()
    relate(world, BROOKVALE, "2020")
    assert BROOKVALE not in listed(world.api())
    assert listed(world.api(), "2020").keys() == {BROOKVALE}
    relate(world, BROOKVALE, "2024")
    assert listed(world.api())[BROOKVALE]["cohort"] == ["2020", "2024"]


@accepts("read.cohort-filter")
def test_a_single_one_is_shown_whatever_the_filter_says() -> None:
    world = World()
    relate(world, BROOKVALE, "2020")
    for query in ({}, {"filter[cohort]": "1999"}, {"filter[cohort]": "2024"}):
        assert world.api().get(f"{PARTNERS}/{FELLSIDE}", **query).attributes["cohort"] == ["2021", "2022", "2023"]
        assert world.api().get(f"{PARTNERS}/{BROOKVALE}", **query).attributes["cohort"] == ["2020"]


@accepts("read.updated-since")
def test_they_are_not_filtered_by_their_changes() -> None:
    api = World().api()
    assert api.get(PARTNERS, **{"filter[updated_since]": "yesterday"}).ids == api.get(PARTNERS).ids


@accepts("read.sort")
def test_they_are_sorted_by_name_and_by_their_times_and_the_oldest_come_first_without() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)
    backstage.change(partner(world, TIDEWAY), created_at=early)
    backstage.change(partner(world, OAKFIELD), updated_at=late, created_at=late)
    assert api.get(PARTNERS).ids == api.get(PARTNERS, sort="created_at").ids == [TIDEWAY, FELLSIDE, OAKFIELD]
    assert api.get(PARTNERS, sort="-created_at").ids == [OAKFIELD, FELLSIDE, TIDEWAY]
    assert api.get(PARTNERS, sort="name").ids == [FELLSIDE, OAKFIELD, TIDEWAY]
    assert api.get(PARTNERS, sort="-name").ids == [TIDEWAY, OAKFIELD, FELLSIDE]
    assert api.get(PARTNERS, sort="-updated_at,name").ids == [OAKFIELD, FELLSIDE, TIDEWAY]


@pytest.mark.parametrize(
    "id", ["00000000-0000-4000-8000-000000000000", "oakfield", "1", OAKFIELD[:-1], JANE, school_id("106286")]
)
@refuses("path.unknown")
def test_an_id_that_is_no_delivery_partners_or_no_uuid_at_all_is_not_found(id: str) -> None:
    assert refusal(World().api(), Api.get, f"{PARTNERS}/{id}") == NOT_FOUND


@accepts("path.unknown")
def test_an_id_may_be_written_in_capital_letters() -> None:
    assert World().api().get(f"{PARTNERS}/{OAKFIELD.upper()}").id == OAKFIELD
