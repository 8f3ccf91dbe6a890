"""`PUT /partnerships/ecf/{id}`: another delivery partner."""

from __future__ import annotations

import pytest

from tests.api import PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import Refusal, over, refusal

from .places import (
    BROOKVALE,
    FAIRFIELD,
    FELLSIDE,
    HAWTHORN,
    ISOBEL,
    LARKRISE,
    NOWHERE,
    OAKFIELD,
    RIVERBANK,
    SALTMARSH,
    TIDEWAY,
    partnership,
    through,
)

change = Api.change_delivery_partner
UNKNOWN = Refusal(404, [], ["part.update-known"])


def riverbanks(world: World) -> str:
    """The id of Northgate's partnership with Riverbank for 2025, which is through Oakfield."""
    (found,) = [p for p in Backstage(world).partnerships("northgate", "2025") if p.school_id == RIVERBANK]
    assert found.delivery_partner_id == OAKFIELD
    return found.id


@accepts("part.update-known", "part.update-active", "part.update-delivery-partner", "part.update-effect")
def test_a_partnership_gets_another_delivery_partner_and_keeps_its_id() -> None:
    world = World()
    id, api = riverbanks(world), world.api().at("2024-11-20T10:00:00Z")
    before = api.partnership(id)
    changed = api.change_delivery_partner(id, TIDEWAY)
    assert changed.id == id
    assert changed.attributes == before | {
        "delivery_partner_id": TIDEWAY,
        "delivery_partner_name": "Tideway Teaching School Hub",
        "updated_at": "2024-11-20T10:00:00Z",
    }
    assert api.partnership(id) == changed.attributes


@accepts("part.update-effect")
def test_the_placements_under_it_follow_and_their_people_have_changed() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person(cohort="2024")
    one = through(world, ada)
    other = TIDEWAY if one.delivery_partner_id == OAKFIELD else OAKFIELD
    api.at("2024-11-20T10:00:00Z").change_delivery_partner(one.id, other)
    assert api.enrolment(ada)["delivery_partner_id"] == other
    assert api.participant(ada)["updated_at"] == "2024-11-20T10:00:00Z"
    assert backstage.placement(ada).partnership_id == one.id


@accepts("part.update-effect")
def test_what_was_declared_before_keeps_the_delivery_partner_that_it_was_declared_with() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person(cohort="2024")
    one = through(world, ada)
    made = api.declare(ada, "started", "2024-11-14T09:00:00Z")
    other = TIDEWAY if one.delivery_partner_id == OAKFIELD else OAKFIELD
    api.change_delivery_partner(one.id, other)
    assert api.declaration(made.id)["delivery_partner_id"] == one.delivery_partner_id


@accepts("part.update-effect")
def test_the_same_one_again_is_accepted_and_changes_nothing() -> None:
    world = World()
    id, api = riverbanks(world), world.api()
    before, revision = api.get(f"/partnerships/ecf/{id}").data, world.store.revision
    assert api.at("2024-11-20T10:00:00Z").change_delivery_partner(id.upper(), OAKFIELD.upper()).data == before
    assert world.store.revision == revision


@pytest.mark.parametrize("id", [NOWHERE, "riverbank", RIVERBANK, "%00", "1"])
@refuses("part.update-known")
def test_a_partnership_that_is_none_is_not_found(id: str) -> None:
    assert refusal(World().api(), change, id, TIDEWAY) == UNKNOWN


@pytest.mark.parametrize("provider", ["harbour", "meadow"])
@refuses("part.update-known")
def test_nobody_changes_anothers_partnership(provider: str) -> None:
    world = World()
    assert refusal(world.api("v3", provider), change, riverbanks(world), TIDEWAY) == UNKNOWN


@pytest.mark.parametrize("provider", PROVIDERS)
@refuses("part.update-known")
def test_one_made_for_a_single_persons_transfer_is_there_for_nobody(provider: str) -> None:
    world = World()
    assert refusal(world.api("v3", provider), change, through(world, ISOBEL).id, TIDEWAY) == UNKNOWN


@pytest.mark.parametrize("body", [b"", b"{", b"{}", b'{"data":{"attributes":{}}}', b"\xff"])
@refuses("part.update-known")
@accepts("part.update-known")
def test_whether_there_is_one_is_looked_at_before_the_body(body: bytes) -> None:
    world = World()
    api, headers = world.api(), {"Content-Type": "application/json"}
    assert refusal(api, Api.send, "PUT", f"/partnerships/ecf/{NOWHERE}", headers, content=body) == UNKNOWN
    assert refusal(api, Api.send, "PUT", f"/partnerships/ecf/{riverbanks(world)}", headers, content=body) != UNKNOWN


@pytest.mark.parametrize("sent", [{"delivery_partner_id": ""}, {"cohort": "2025"}, {"delivery_partner_id": {}}])
@refuses("part.delivery-partner-given")
def test_the_delivery_partner_has_to_be_given(sent: dict[str, object]) -> None:
    world = World()
    refused = refusal(world.api(), Api.put, f"/partnerships/ecf/{riverbanks(world)}", **sent)
    assert refused == over("delivery_partner_id", "part.delivery-partner-given")


@refuses("part.delivery-partner-known", "part.delivery-partner-yours")
@accepts("part.delivery-partner-given", "part.delivery-partner-known", "part.delivery-partner-yours")
def test_it_is_one_that_works_with_the_provider_in_the_cohort() -> None:
    world = World()
    id, api = riverbanks(world), world.api()
    for delivery_partner, rule in (
        (NOWHERE, "part.delivery-partner-known"),
        ("tideway", "part.delivery-partner-known"),
        (SALTMARSH, "part.delivery-partner-yours"),
        (FELLSIDE, "part.delivery-partner-yours"),
    ):
        assert refusal(api, change, id, delivery_partner) == over("delivery_partner_id", rule)
    assert api.change_delivery_partner(id, TIDEWAY).status == 200


@refuses("part.update-active")
@accepts("part.update-active")
def test_a_challenged_partnership_cannot_be_changed_until_it_is_confirmed_again() -> None:
    world = World()
    id, api = riverbanks(world), world.api()
    Backstage(world).challenge(partnership(world, id))
    for delivery_partner in (OAKFIELD, TIDEWAY):
        refused = refusal(api, change, id, delivery_partner)
        assert refused == over("delivery_partner_id", "part.update-active")
    assert refusal(api, change, id, SALTMARSH) == over("delivery_partner_id", "part.delivery-partner-yours")
    assert api.confirm_partnership(RIVERBANK, OAKFIELD).id == id
    assert api.change_delivery_partner(id, TIDEWAY).status == 200


@refuses("part.update-delivery-partner")
@accepts("part.update-delivery-partner")
def test_there_are_never_two_with_the_same_school_cohort_and_delivery_partner() -> None:
    world = World()
    api, extra = world.api("v3", "meadow"), through(world, ISOBEL)
    assert (extra.school_id, extra.cohort, extra.relationship) == (FAIRFIELD, "2023", True)
    first, second = {BROOKVALE, HAWTHORN, LARKRISE} - {extra.delivery_partner_id}
    made = api.confirm_partnership(FAIRFIELD, first, "2023")
    assert made.id != extra.id
    refused = refusal(api, change, made.id, extra.delivery_partner_id)
    assert refused == over("delivery_partner_id", "part.update-delivery-partner")
    assert api.change_delivery_partner(made.id, second).id == made.id


@refuses("part.update-active")
@accepts("part.update-delivery-partner")
def test_that_a_school_challenged_it_is_said_before_that_it_would_be_there_twice() -> None:
    world = World()
    api, extra = world.api("v3", "meadow"), through(world, ISOBEL)
    made = api.confirm_partnership(FAIRFIELD, min({BROOKVALE, LARKRISE} - {extra.delivery_partner_id}), "2023")
    Backstage(world).challenge(partnership(world, made.id))
    refused = refusal(api, change, made.id, extra.delivery_partner_id)
    assert refused == over("delivery_partner_id", "part.update-active")
